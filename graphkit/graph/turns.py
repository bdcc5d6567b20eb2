"""Two states of a graph compared: which standings turned, and by which edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graphkit.change import Difference, Turn
from graphkit.graph.argument import placements
from graphkit.graph.edges import CITATION, UNTYPED
from graphkit.graph.lines import reached
from graphkit.graph.standing import Weighed
from graphkit.models import Edge, Graph, Node, Standing
from graphkit.vocabulary import Kind


def difference(before: Weighed, after: Weighed, renamed: Mapping[str, str]) -> Difference:
    """What differs; `renamed` gives the id now of each node that went by another before.

    A node that is gone and a new one of its kind and title are one node too, if no third has them.
    Bare links, citations and what a retracted work says are no edges here. An edge that moved to
    another line, or whose words in brackets changed, is the same edge.
    """
    renamed = {**dict(_retold(before.graph, after.graph)), **renamed}
    old = {_key(edge, renamed): edge for edge in _typed(before)}
    new = {_key(edge, {}): edge for edge in _typed(after)}
    gone = tuple(edge for key, edge in old.items() if key not in new)
    added = tuple(edge for key, edge in new.items() if key not in old)
    nodes = {**before.graph.nodes, **after.graph.nodes}
    ends = sorted({end for edge in (*gone, *added) for end in (edge.source, edge.target)})
    return Difference(
        tuple(_turns(before, after, renamed, gone, added)),
        gone,
        added,
        tuple((end, _called(nodes[end])) for end in ends),
        tuple(renamed.items()),
    )


def _called(node: Node) -> str:
    """A title; of a retracted work with that, which is why its edges are gone."""
    return f"{node.title} ({node.retracted})" if node.retracted else node.title


def _retold(before: Graph, after: Graph) -> Iterator[tuple[str, str]]:
    """Ids before and now of the nodes that kept their kind and title, and nothing else has."""
    gone = _by_title(before.nodes[key] for key in before.nodes.keys() - after.nodes.keys())
    new = _by_title(after.nodes[key] for key in after.nodes.keys() - before.nodes.keys())
    for name in gone.keys() & new.keys():
        if len(gone[name]) == len(new[name]) == 1:
            yield gone[name][0], new[name][0]


def _by_title(nodes: Iterable[Node]) -> Mapping[tuple[Kind, str], list[str]]:
    named: dict[tuple[Kind, str], list[str]] = {}
    for node in nodes:
        named.setdefault((node.kind, node.title), []).append(node.id)
    return named


def _typed(weighed: Weighed) -> Iterator[Edge]:
    graph = weighed.graph
    typed = (edge for edge in graph.edges if edge.relation not in (UNTYPED, CITATION))
    return (edge for edge in typed if not graph.nodes[edge.source].retracted)


def _key(edge: Edge, renamed: Mapping[str, str]) -> tuple[str, str, str, bool]:
    ends = (renamed.get(end, end) for end in (edge.source, edge.target))
    return *ends, edge.relation, edge.inferred  # type: ignore[return-value]  # there are two ends


def _turns(
    before: Weighed,
    after: Weighed,
    renamed: Mapping[str, str],
    gone: tuple[Edge, ...],
    added: tuple[Edge, ...],
) -> Iterator[Turn]:
    was = {each.id: each for each in _called_now(before, renamed)}
    once = {now: then for then, now in renamed.items()}
    for key in sorted({*was, *after.standings}):
        old, new = was.get(key), after.standings.get(key)
        if old == new:
            continue
        now = key in after.graph.nodes
        node = after.graph.nodes[key] if now else before.graph.nodes[once.get(key, key)]
        yield Turn(
            key,
            node.title,
            old,
            new,
            tuple(_bearing(before, once.get(key, key), gone)) if old else (),
            tuple(_bearing(after, key, added)) if new else (),
        )


def _called_now(weighed: Weighed, renamed: Mapping[str, str]) -> Iterator[Standing]:
    """The standings with every id as it is now."""
    if not renamed:
        yield from weighed.standings.values()
        return
    for each in weighed.standings.values():
        sides = (each.supports, each.opposes)
        supports, opposes = (tuple(sorted(renamed.get(i, i) for i in side)) for side in sides)
        key = renamed.get(each.id, each.id)
        yield each._replace(id=key, supports=supports, opposes=opposes)


def _bearing(weighed: Weighed, node_id: str, edges: Iterable[Edge]) -> Iterator[Edge]:
    """Those of these edges that the standing of a node can follow from."""
    if not edges:
        return
    argued = weighed.argued
    answers = {node_id, *argued.answers.get(node_id, ())}
    behind = reached(answers, argued.supporters)
    behind |= {each for claim in behind for each in argued.attackers.get(claim, ())}
    behind |= {base for base, claims in argued.dependants.items() if claims & behind}
    for edge in edges:
        if any(place.object in behind for place in placements(weighed.graph, edge)):
            yield edge
