"""The part of a graph that argues: which edges count for a claim, against it, or not at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from graphkit.models import Edge, Graph
from graphkit.vocabulary import Kind, Relation

ANSWERING: Final = frozenset({"addresses", "resolves"})
LEANING: Final = "depends on"  # has no sign, yet its subject falls with its object
QUALIFYING: Final = "qualifies"
LINES: Final = frozenset({Kind.SOURCE, Kind.RESULT})
"""Kinds whose nodes are independent lines of evidence: one work, or one run."""

Ends = defaultdict[str, set[str]]


def _ends() -> Ends:
    return defaultdict(set)


@dataclass(frozen=True, slots=True)
class Argument:
    """Ids of nodes, by the id of the node they bear on."""

    direct_for: Ends = field(default_factory=_ends)  # claim: its own sources and runs
    direct_against: Ends = field(default_factory=_ends)
    supporters: Ends = field(default_factory=_ends)  # claim: claims that are evidence for it
    attackers: Ends = field(default_factory=_ends)  # claim: claims that contradict it
    leans_on: Ends = field(default_factory=_ends)  # claim: claims it holds only with
    qualifiers: Ends = field(default_factory=_ends)
    answers: Ends = field(default_factory=_ends)  # question: claims that address or resolve it


def argument(graph: Graph) -> Argument:
    """Sort the edges that count by what they do."""
    found = Argument()
    rows = {row.name: row for row in graph.vocabulary.rows if _argues(row)}
    for edge in graph.edges:
        row = rows.get(edge.relation)
        if row is None or edge.inferred:
            continue
        _place(found, graph, row, edge.source, edge.target)
        if row.symmetric:
            _place(found, graph, row, edge.target, edge.source)
    for claim, supporters in found.supporters.items():
        found.leans_on[claim] |= supporters
    return found


def counts(graph: Graph, edge: Edge) -> bool:
    """Whether the edge can change a standing: typed by an author, between kinds it fits."""
    row = graph.vocabulary.by_name.get(edge.relation)
    ends = graph.nodes[edge.source].kind, graph.nodes[edge.target].kind
    return row is not None and _argues(row) and not edge.inferred and row.fits(*ends)


def _argues(row: Relation) -> bool:
    return row.sign != 0 or row.name in {*ANSWERING, LEANING, QUALIFYING}


def _place(found: Argument, graph: Graph, row: Relation, subject: str, object_: str) -> None:
    kinds = graph.nodes[subject].kind, graph.nodes[object_].kind
    if not row.fits(*kinds):
        return
    if kinds == (Kind.CLAIM, Kind.QUESTION) and row.name in ANSWERING:
        found.answers[object_].add(subject)
    if kinds[1] is not Kind.CLAIM:
        return
    if kinds[0] is Kind.CLAIM and row.name == LEANING:
        found.leans_on[subject].add(object_)
    elif row.name == QUALIFYING:
        found.qualifiers[object_].add(subject)
    elif row.sign:
        _side(found, row.sign > 0, kinds[0])[object_].add(subject)


def _side(found: Argument, supports: bool, kind: Kind) -> Ends:  # noqa: FBT001  a table of four
    if kind in LINES:
        return found.direct_for if supports else found.direct_against
    return found.supporters if supports else found.attackers
