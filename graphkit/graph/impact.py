"""What falls if a node falls: the graph without it, and the standings that change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graphkit.graph.standing import standings
from graphkit.models import Graph, Impact, Standing


def without(graph: Graph, node_id: str) -> Graph:
    """The graph as it would be if this node, and what it says, were gone."""
    verdict = graph.nodes[node_id].verdict
    return replace(
        graph,
        nodes={key: node for key, node in graph.nodes.items() if key != node_id},
        edges=tuple(edge for edge in graph.edges if node_id not in (edge.source, edge.target)),
        verdicts=tuple(each for each in graph.verdicts if each != verdict),
    )


def impact(graph: Graph, node_id: str, now: Mapping[str, Standing]) -> tuple[Impact, ...]:
    """The nodes whose standing would change if this one fell, the most supported first.

    `now` are the standings of the graph as it is.
    """
    then = standings(without(graph, node_id))
    changed = [
        Impact(key, before, then[key])
        for key, before in now.items()
        if key != node_id and before != then[key]
    ]
    return tuple(sorted(changed, key=lambda each: (-len(each.before.supports), each.id)))
