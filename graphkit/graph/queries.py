"""What is joined to a node, how two nodes are joined, and what lies around one."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from graphkit.graph.edges import UNTYPED
from graphkit.graph.names import folded
from graphkit.models import Edge, Graph, Node, RelationGroup, Standing
from graphkit.vocabulary import Kind, Stand, Vocabulary

HUB: Final = 25  # more nodes than these cannot be drawn so that one can read them

_FAINT: Final = frozenset({UNTYPED, "relates to"})  # what a reader wants to see last


def select(
    graph: Graph,
    standings: Mapping[str, Standing],
    kinds: Collection[Kind] = (),
    stands: Collection[Stand] = (),
    word: str = "",
    tag: str = "",
) -> tuple[Node, ...]:
    """Nodes of these kinds that stand so, have `word` in title or alias, and carry `tag`.

    What is not asked for is not filtered, except that ghosts show only where their kind is named.
    A tag stands for those nested in it too. In order of kind, then title.
    """
    wanted, label = folded(word), folded(tag.removeprefix("#"))
    found = [
        node
        for node in graph.nodes.values()
        if (node.kind in kinds if kinds else node.kind is not Kind.GHOST)
        and (not stands or (node.id in standings and standings[node.id].word in stands))
        and (not wanted or any(wanted in folded(name) for name in (node.title, *node.aliases)))
        and (not label or any(f"{folded(each)}/".startswith(f"{label}/") for each in node.tags))
    ]
    order = list(Kind)
    return tuple(sorted(found, key=lambda node: (order.index(node.kind), folded(node.title))))


def relations(graph: Graph, node_id: str) -> tuple[RelationGroup, ...]:
    """The edges of a node by label, as a reader of that node would say them.

    In order of the relation table, outwards before inwards; the author's own relations after it,
    bare links last.
    """
    groups: dict[tuple[str, bool], list[Edge]] = {}
    for outgoing, edges in ((True, graph.outgoing), (False, graph.incoming)):
        for edge in edges.get(node_id, ()):
            groups.setdefault((edge.relation, outgoing), []).append(edge)
    rank = {row.name: place for place, row in enumerate(graph.vocabulary.rows)}

    def order(key: tuple[str, bool]) -> tuple[bool, int, str, bool]:
        name, outgoing = key
        return name == UNTYPED, rank.get(name, len(rank)), name, not outgoing

    return tuple(
        RelationGroup(label(graph.vocabulary, name, outgoing=outgoing), outgoing, tuple(edges))
        for (name, outgoing), edges in sorted(groups.items(), key=lambda group: order(group[0]))
    )


def label(vocabulary: Vocabulary, relation: str, *, outgoing: bool) -> str:
    """What to call a relation when reading from one end: its name, or its inverse."""
    if outgoing:
        return relation
    row = vocabulary.by_name.get(relation)
    return row.inverse if row else f"is object of: {relation}"


def path(graph: Graph, start: str, goal: str) -> tuple[Edge, ...]:
    """A shortest chain of edges between two nodes, in either direction; empty if there is none.

    Of several, one that uses typed relations first. Breadth first by hand: importing networkx
    alone takes a quarter of a second, the search over 50,000 edges a few hundredths.
    """
    came: dict[str, Edge | None] = {start: None}
    queue = deque([start])
    while queue and goal not in came:
        here = queue.popleft()
        for edge, other in _steps(graph, here):
            if other not in came:
                came[other] = edge
                queue.append(other)
    return tuple(_walked_back(came, goal))[::-1]


def _walked_back(came: dict[str, Edge | None], goal: str) -> Iterator[Edge]:
    here = goal
    while edge := came.get(here):
        yield edge
        here = edge.source if edge.target == here else edge.target


def _steps(graph: Graph, node_id: str) -> list[tuple[Edge, str]]:
    """The edges at a node with their other ends, the telling ones first."""
    steps = [(edge, edge.target) for edge in graph.outgoing.get(node_id, ())]
    steps += [(edge, edge.source) for edge in graph.incoming.get(node_id, ())]
    return sorted(steps, key=lambda step: (step[0].relation in _FAINT, step[0].inferred, step[1]))


def neighbourhood(graph: Graph, node_id: str, limit: int = HUB) -> Graph:
    """The node, at most `limit - 1` of its nearest nodes, and all edges among them."""
    chosen = dict.fromkeys([node_id])
    queue = deque([node_id])
    while queue and len(chosen) < limit:
        for _, other in _steps(graph, queue.popleft()):
            if other not in chosen and len(chosen) < limit:
                chosen[other] = None
                queue.append(other)
    return induced(graph, chosen)


def induced(graph: Graph, ids: Iterable[str]) -> Graph:
    """The graph of these nodes alone, the first one named first."""
    nodes = {each: graph.nodes[each] for each in ids}
    near = dict.fromkeys(edge for each in nodes for edge in graph.outgoing.get(each, ()))
    edges = tuple(edge for edge in near if edge.target in nodes)
    return replace(graph, nodes=nodes, edges=edges, problems=())
