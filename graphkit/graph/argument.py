"""The part of a graph that argues: which edges count for a claim, against it, or not at all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
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
    dependants: Ends = field(default_factory=_ends)  # claim: claims that depend on it
    qualifiers: Ends = field(default_factory=_ends)
    answers: Ends = field(default_factory=_ends)  # question: claims that address or resolve it


def argument(graph: Graph) -> Argument:
    """Sort the edges that count by what they do."""
    found = Argument()
    number = {kind: place for place, kind in enumerate(Kind)}  # numbers hash faster than members
    kinds = {key: number[node.kind] for key, node in graph.nodes.items()}
    rows = {row.name: row for row in graph.vocabulary.rows if _argues(row)}
    groups = {
        (name, number[subject], number[object_]): _group(found, row, subject, object_)
        for name, row in rows.items()
        for subject, object_ in product(Kind, repeat=2)
    }
    for edge in graph.edges:
        row = rows.get(edge.relation)
        if row is None or edge.phrase:
            continue
        subject, object_ = edge.source, edge.target
        _add(groups[row.name, kinds[subject], kinds[object_]], subject, object_)
        if row.symmetric:
            _add(groups[row.name, kinds[object_], kinds[subject]], object_, subject)
    return found


def counts(graph: Graph, edge: Edge) -> bool:
    """Whether the edge can change a standing: typed by an author, between kinds it fits."""
    row = graph.vocabulary.by_name.get(edge.relation)
    ends = graph.nodes[edge.source].kind, graph.nodes[edge.target].kind
    return row is not None and _argues(row) and not edge.inferred and row.fits(*ends)


def _argues(row: Relation) -> bool:
    return row.sign != 0 or row.name in {*ANSWERING, LEANING, QUALIFYING}


def _add(group: Ends | None, subject: str, object_: str) -> None:
    if group is not None:
        group[object_].add(subject)


def _group(found: Argument, row: Relation, subject: Kind, object_: Kind) -> Ends | None:
    """Where a relation between nodes of these kinds belongs; None where it changes nothing."""
    if not row.fits(subject, object_):
        return None
    if object_ is Kind.QUESTION and row.name in ANSWERING:
        return found.answers if subject is Kind.CLAIM else None
    if object_ is not Kind.CLAIM:
        return None
    if row.name == QUALIFYING:
        return found.qualifiers
    if subject in LINES and row.sign:
        return found.direct_for if row.sign > 0 else found.direct_against
    groups = {1: found.supporters, -1: found.attackers}
    own = found.dependants if row.name == LEANING else groups.get(row.sign)
    return own if subject is Kind.CLAIM else None
