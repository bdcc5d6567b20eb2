"""The edges that argue about a node, whether they count or are only shown."""

from __future__ import annotations

from typing import NamedTuple

from graphkit.graph.argument import counts
from graphkit.models import Edge, Graph, Node
from graphkit.rules import ANSWERING, LEANING, QUALIFYING
from graphkit.vocabulary import Kind, Relation

TESTING = "tests"  # a run that settled nothing yet


class Step(NamedTuple):
    """An edge that bears on a node, and the node at its other end."""

    edge: Edge
    other: Node
    row: Relation
    incoming: bool


def bearing(graph: Graph, node: Node) -> list[Step]:
    """The edges that argue about a node: first those that count, in order of the relations."""
    rows = {row.name: row for row in graph.vocabulary.rows}
    rank = {name: place for place, name in enumerate(rows)}
    steps = [
        Step(edge, graph.nodes[edge.source], rows[edge.relation], incoming=True)
        for edge in graph.incoming.get(node.id, ())
        if edge.relation in rows and _bears(rows[edge.relation])
    ]
    steps += [
        Step(edge, graph.nodes[edge.target], rows[edge.relation], incoming=False)
        for edge in graph.outgoing.get(node.id, ())
        if edge.relation in rows and _bears_outwards(rows[edge.relation], node.kind)
    ]
    return sorted(
        steps,
        key=lambda step: (
            not counts(graph, step.edge),
            rank[step.row.name],
            step.other.title,
            step.edge.span,
        ),
    )


def _bears(row: Relation) -> bool:
    return row.sign != 0 or row.name in {*ANSWERING, QUALIFYING, TESTING}


def _bears_outwards(row: Relation, kind: Kind) -> bool:
    """What a claim leans on, and the other end of a contradiction that its own page states."""
    return kind is Kind.CLAIM and (row.name == LEANING or (row.symmetric and row.sign != 0))
