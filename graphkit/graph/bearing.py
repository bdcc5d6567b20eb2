"""The edges that argue about a node, whether they count or are only shown."""

from __future__ import annotations

from typing import Final, NamedTuple

from graphkit.graph.argument import counts
from graphkit.models import Edge, Graph, Node
from graphkit.rules import ANSWERING, LEANING, QUALIFYING
from graphkit.vocabulary import Kind, Relation

TESTING: Final = "tests"  # a run that settled nothing yet
_SIGNLESS: Final = frozenset({*ANSWERING, QUALIFYING, TESTING})


class Step(NamedTuple):
    """An edge that bears on a node, and the node at its other end."""

    edge: Edge
    other: Node
    row: Relation
    incoming: bool
    counted: bool


def bearing(graph: Graph, node: Node) -> list[Step]:
    """The edges that argue about a node: first those that count, in order of the relations."""
    rows, rank = graph.vocabulary.by_name, graph.vocabulary.rank
    near = [
        (edge, edge.source, True)
        for edge in graph.incoming.get(node.id, ())
        if edge.relation in rows and _bears(rows[edge.relation])
    ]
    near += [
        (edge, edge.target, False)
        for edge in graph.outgoing.get(node.id, ())
        if edge.relation in rows and _bears_outwards(rows[edge.relation], node.kind)
    ]
    steps = [
        Step(edge, graph.nodes[other], rows[edge.relation], incoming, counts(graph, edge))
        for edge, other, incoming in near
    ]
    return sorted(
        steps,
        key=lambda step: (
            not step.counted, rank[step.row.name], step.other.title, step.edge.span
        ),
    )  # fmt: skip


def _bears(row: Relation) -> bool:
    return row.sign != 0 or row.name in _SIGNLESS


def _bears_outwards(row: Relation, kind: Kind) -> bool:
    """What a claim leans on, and the other end of a contradiction that its own page states."""
    return kind is Kind.CLAIM and (row.name == LEANING or (row.symmetric and row.sign != 0))
