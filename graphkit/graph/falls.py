"""By which edges a supposed change reaches the nodes whose standing it changes."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from graphkit.change import Impact, Supposition
from graphkit.graph.argument import edges_at, placements
from graphkit.graph.queries import label
from graphkit.graph.standing import Weighed
from graphkit.models import Edge, Graph, Reason

DEPTH: Final = 20  # levels below which nobody reads a tree
BREADTH: Final = 200  # changed nodes in all trees together

_Children = Mapping[str, Sequence[str]]


class _View(NamedTuple):
    graph: Graph
    changed: Mapping[str, Impact]
    children: _Children


def falls(weighed: Weighed, supposed: Supposition, changed: Sequence[Impact]) -> tuple[Reason, ...]:
    """One tree for each thing supposed, down to the nodes that stand otherwise.

    A node hangs where the change reaches it soonest, and once; of very many the first `BREADTH`.
    """
    roots = [*_roots(weighed.graph, supposed)]
    by_id = {each.id: each for each in changed}
    came = _spread(weighed, [start for _, starts in roots for start in starts], by_id.keys())
    view = _View(weighed.graph, by_id, _kept(came, by_id.keys()))
    return tuple(
        replace(root, children=tuple(_beneath(view, root, starts))) for root, starts in roots
    )


def _roots(graph: Graph, supposed: Supposition) -> Iterator[tuple[Reason, tuple[str, ...]]]:
    """What is supposed, in words, with the nodes at which the change comes in."""
    for node_id in supposed.removed:
        yield Reason(node_id, f"without {graph.nodes[node_id].title}"), (node_id,)
    for node_id in supposed.reversed:
        yield Reason(node_id, f"if {graph.nodes[node_id].title} said the opposite"), (node_id,)
    for words, edges in (("without", supposed.cut), ("turned round", supposed.turned)):
        for edge in edges:
            ends = tuple(place.object for place in placements(graph, edge))
            yield Reason(edge.source, f"{words}: {_sentence(graph, edge)}", edge), ends


def _sentence(graph: Graph, edge: Edge) -> str:
    ends = (graph.nodes[end].title for end in (edge.source, edge.target))
    return f" {edge.relation} ".join(ends)


def _spread(weighed: Weighed, starts: Sequence[str], wanted: Collection[str]) -> Mapping[str, str]:
    """For each node that the change reaches, the one before it; ends once enough are found."""
    came = dict.fromkeys(starts, "")
    queue = deque(came)
    found = 0
    while queue and found < min(len(wanted), BREADTH):
        here = queue.popleft()
        for each in sorted(_next(weighed, here)):
            if each not in came:
                came[each] = here
                found += each in wanted
                queue.append(each)
    return came


def _next(weighed: Weighed, node_id: str) -> set[str]:
    """The nodes whose standing may follow from this one."""
    reach = (weighed.fed, weighed.attacked, weighed.asked, weighed.argued.dependants)
    ways = (way.get(node_id, ()) for way in reach)
    said = weighed.graph.outgoing.get(node_id, ()) if node_id not in weighed.trials else ()
    direct = (place.object for edge in said for place in placements(weighed.graph, edge))
    return {*direct}.union(*ways)


def _kept(came: Mapping[str, str], wanted: Collection[str]) -> _Children:
    """The ways to the wanted nodes, from each node on them to the next ones."""
    children: dict[str, dict[str, None]] = {}
    for each in came:
        here = each if each in wanted else ""
        while here and came[here]:
            children.setdefault(came[here], {})[here] = None
            here = came[here]
    return {key: tuple(ids) for key, ids in children.items()}


def _beneath(view: _View, root: Reason, starts: Sequence[str]) -> Iterator[Reason]:
    for start in starts:
        if root.edge is None:  # the node itself is what is supposed otherwise
            yield from _branches(view, start, DEPTH)
        else:
            yield _branch(view, start, None, "", DEPTH)


def _branches(view: _View, here: str, depth: int) -> Iterator[Reason]:
    for each in view.children.get(here, ()) if depth else ():
        edge, outgoing = _between(view.graph, here, each)
        words = label(view.graph.vocabulary, edge.relation, outgoing=outgoing)
        yield _branch(view, each, edge, f"{words} ", depth - 1)


def _branch(view: _View, here: str, edge: Edge | None, words: str, depth: int) -> Reason:
    title = view.graph.nodes[here].title
    says = f"{words}{title}{_otherwise(view.changed.get(here))}"
    return Reason(here, says, edge, tuple(_branches(view, here, depth)))


def _between(graph: Graph, here: str, there: str) -> tuple[Edge, bool]:
    """The edge that carries a change from one node to the next, and whether it points along."""
    edge = next(
        edge
        for edge in edges_at(graph, here)
        if there in (edge.source, edge.target) and any(placements(graph, edge))
    )
    return edge, edge.source == here


def _otherwise(change: Impact | None) -> str:
    return f" ({'; '.join(change.differences)})" if change else ""
