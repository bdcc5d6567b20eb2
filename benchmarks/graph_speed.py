"""How long a graph takes to build, to stand, to check and to be asked.

    python benchmarks/graph_speed.py [--notes 10000] [--links 50000]

The vault is made up: notes of all kinds in twenty folders, linked at random by typed and untyped
links, rings included. Times are processor seconds, the best of `--repeat` runs.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable

from graphkit import graph
from graphkit.models import Link, Note, ParsedNote, Span, derived_id
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
    asked = parser.parse_args()
    pages = vault(asked.notes, asked.links, asked.seed)
    built = graph.build(pages)
    standings = graph.standings(built)
    claim, *_, last = (key for key, node in built.nodes.items() if node.kind is Kind.CLAIM)
    work = next(key for key, node in built.nodes.items() if node.kind is Kind.SOURCE)
    title = built.nodes[last].title
    measured: dict[str, Callable[[], object]] = {
        "build": lambda: graph.build(pages),
        "standings": lambda: graph.standings(built),
        "check": lambda: graph.check(pages, built),
        "path": lambda: graph.path(built, claim, last),
        "find": lambda: graph.find(built, title),
        "why": lambda: graph.why(built, claim, standings),
        "impact": lambda: graph.impact(built, work, standings),
        "export json": lambda: graph.export(built, "json"),
    }
    print(f"{len(built.nodes)} nodes, {len(built.edges)} edges")
    for name, run in measured.items():
        print(f"{name:<12} {best(run, asked.repeat):7.3f} s")


if __name__ == "__main__":
    main()
