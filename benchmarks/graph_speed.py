"""How long a graph takes to build, to stand, to check and to be asked.

    python benchmarks/graph_speed.py [--notes 10000] [--links 50000] [--beside PYTHON]
        [--ideagraph PYTHON]

The vault is made up: notes of all kinds in twenty folders, linked at random by typed and untyped
links, rings included. Times are processor seconds, the best of `--repeat` runs; `impact` and `why`
are of ten nodes, the median and the worst of them. The collector of cycles runs as in the program.

`--beside` names the Python of a virtual environment that holds `hypgraph` (pip install hypgraph):
the claims, sources and edges for and against are then given to it as a snapshot of its own, and
its standing of every claim, `why` and `impact` are timed in the same run. `--ideagraph` does so
with that package, which needs Python 3.12: its `validate_all` and `validate_node` look one step
far, and its impact is the list of assertions gone stale when one piece of evidence changes.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from graphkit import graph
from graphkit.models import Graph, Link, Note, ParsedNote, Span, derived_id
from graphkit.vocabulary import Kind

KINDS = [Kind.CLAIM] * 5 + [Kind.SOURCE] * 3 + [Kind.QUESTION, Kind.NOTE]
MIX = {"is reported by": 35, "has evidence": 15, "contradicts": 5, "addresses": 5,
       "depends on": 2, "": 38}  # fmt: skip
ENDS = {"is reported by": Kind.SOURCE, "addresses": Kind.QUESTION}


def vault(notes: int, links: int, seed: int) -> list[ParsedNote]:
    """Notes with links by title and by file name, half and half."""
    chance = random.Random(seed)
    kinds = [chance.choice(KINDS) for _ in range(notes)]
    titles = [f"Note {i} on subject {chance.randrange(10**6)}" for i in range(notes)]
    of = {kind: [i for i in range(notes) if kinds[i] is kind] for kind in Kind}
    written: list[list[tuple[str, str]]] = [[] for _ in range(notes)]
    for words in chance.choices(list(MIX), weights=list(MIX.values()), k=links):
        start = chance.choice(of[Kind.CLAIM]) if words else chance.randrange(notes)
        end = chance.choice(of[ENDS.get(words, Kind.CLAIM)]) if words else chance.randrange(notes)
        written[start].append((words, titles[end] if end % 2 else f"n{end}"))
    return [page(i, kinds[i], titles[i], written[i]) for i in range(notes)]


def page(number: int, kind: Kind, title: str, written: list[tuple[str, str]]) -> ParsedNote:
    path = f"{kind.value}s/{number % 20}/n{number}.md"
    links = tuple(
        Link(target, Span(path, line), "wikilink", relation=words, context="a few words")
        for line, (words, target) in enumerate(written, start=8)
    )
    return ParsedNote(Note(path, derived_id(kind, path), kind, title), links, ())


def best(run: Callable[[], object], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--links", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--beside", type=Path, metavar="PYTHON")
    parser.add_argument("--ideagraph", type=Path, metavar="PYTHON")
    asked = parser.parse_args()
    pages = vault(asked.notes, asked.links, asked.seed)
    gc.set_threshold(100_000, 20, 20)
    built = graph.build(pages)
    weighed = graph.weigh(built)
    claims, works = (
        [key for key, node in built.nodes.items() if node.kind is kind]
        for kind in (Kind.CLAIM, Kind.SOURCE)
    )
    some = [*works[:5], *claims[:5]]
    title = built.nodes[claims[-1]].title
    measured: dict[str, Callable[[], object]] = {
        "build": lambda: graph.build(pages),
        "standings": lambda: graph.standings(built),
        "check": lambda: graph.check(pages, built),
        "path": lambda: graph.path(built, claims[0], claims[-1]),
        "find": lambda: graph.find(built, title),
        "export json": lambda: graph.export(built, "json"),
    }
    print(f"{len(built.nodes)} nodes, {len(built.edges)} edges")
    for name, run in measured.items():
        print(f"{name:<12} {best(run, asked.repeat):7.3f} s")
    each("why", lambda key: graph.why(built, key, weighed.standings), some, asked.repeat)
    each("impact", lambda key: graph.impact(weighed, key), some, asked.repeat)
    for name, python in (("hypgraph", asked.beside), ("ideagraph", asked.ideagraph)):
        if python:
            beside(name, python, built, some, asked.repeat)


def each(name: str, run: Callable[[str], object], keys: Iterable[str], repeat: int) -> None:
    """Print the median and the worst of many nodes."""
    times = [best(lambda: run(key), repeat) for key in keys]  # noqa: B023  called at once
    print(f"{name:<12} {statistics.median(times):7.3f} s, at worst {max(times):.3f} s")


HYPGRAPH = """
import json, sys, time
from hypgraph import derive
from hypgraph.graph import Graph
from hypgraph.policy import Policy
given = json.load(sys.stdin)
def made():
    snap = derive.Snap(1, Policy())
    for key, kind in given["nodes"]:
        snap.nodes[key] = dict(id=key, code=key, type=kind, inv="", title=key, author="a", at="",
                               body=dict(statement=key, title=key), v=1, created_at="", by="a")
    for number, (source, relation, target) in enumerate(given["edges"]):
        edge = dict(id=number, src=source, rel=relation, dst=target, data={}, author="a", at="")
        snap.edges[number] = edge
        snap.out[source].append(edge)
        snap.inn[target].append(edge)
    return snap
def standings(snap):
    for key, kind in given["nodes"]:
        if kind == "claim":
            derive.independent_lines(snap, key), derive.at_risk(snap, key)
            sum(e["rel"] == "challenges" and not derive.fallen(snap, e["src"])
                for e in snap.inn.get(key, []))
def timed(run, *arguments):
    start = time.process_time()
    run(*arguments)
    return time.process_time() - start
snap = made()
told = {"standings": [timed(standings, snap)]}
told["why"] = [timed(derive.ancestors, snap, key) for key in given["some"]]
told["impact"] = [timed(derive.dependents, snap, key) for key in given["some"]]
json.dump(told, sys.stdout)
"""

IDEAGRAPH = """
import json, sys, time
from ideagraph import Edge, KnowledgeGraph, Node, validate_all, validate_node
from ideagraph.kg.profiles.research_ops import find_stale_assertions
given = json.load(sys.stdin)
kinds = dict(given["nodes"])
graph = KnowledgeGraph()
for key, kind in kinds.items():
    told = {"kind": "workflow", "reference": key, "digest": "1"}
    graph.add_node(Node(type="claim", id=key, text=key) if kind == "claim"
                   else Node(type="evidence", id=key, properties=told))
between = {"supports": "elaborates", "challenges": "contrasts"}
linked = {"supports": "supported_by", "challenges": "refuted_by"}
for source, relation, target in given["edges"]:
    claims = kinds[source] == "claim"
    graph.add_edge(Edge(type=between[relation], source=source, target=target) if claims
                   else Edge(type=linked[relation], source=target, target=source))
def impact(key):
    return find_stale_assertions(graph, lambda node: "2" if node.id == key else "1")
def timed(run, *arguments):
    start = time.process_time()
    run(*arguments)
    return time.process_time() - start
told = {"standings": [timed(validate_all, graph)]}
told["why"] = [timed(validate_node, graph, k) for k in given["some"] if kinds[k] == "claim"]
told["impact"] = [timed(impact, k) for k in given["some"] if kinds[k] == "source"]
json.dump(told, sys.stdout)
"""

NEIGHBOURS = {"hypgraph": HYPGRAPH, "ideagraph": IDEAGRAPH}


def beside(name: str, python: Path, built: Graph, some: list[str], repeat: int) -> None:
    """The same claims, sources and edges in a neighbour: what stands, why, what rests on it."""
    names = {1: "supports", -1: "challenges"}
    signs = {row.name: row.sign for row in built.vocabulary.rows}
    kinds = {Kind.CLAIM: "claim", Kind.SOURCE: "source"}
    nodes = {key: kinds[node.kind] for key, node in built.nodes.items() if node.kind in kinds}
    edges = [
        (edge.source, names[signs[edge.relation]], edge.target)
        for edge in built.edges
        if signs.get(edge.relation) and edge.source in nodes and edge.target in nodes
    ]
    given = json.dumps({"nodes": [*nodes.items()], "edges": edges, "some": some})
    runs = [
        json.loads(
            subprocess.run(
                [python, "-c", NEIGHBOURS[name]],
                input=given,
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for _ in range(min(repeat, 2))
    ]
    print(f"{name}, on {len(nodes)} nodes and {len(edges)} edges of these")
    for what in runs[0]:
        times = [min(each) for each in zip(*(run[what] for run in runs), strict=True)]
        print(f"{what:<12} {statistics.median(times):7.3f} s, at worst {max(times):.3f} s")


if __name__ == "__main__":
    main()
