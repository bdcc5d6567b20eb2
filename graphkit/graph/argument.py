"""The part of a graph that argues: which edges count for a claim, against it, or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, NamedTuple

from graphkit.models import Edge, Graph
from graphkit.rules import EFFECTS, Effect, argues, effects, exclusion
from graphkit.vocabulary import Kind, Vocabulary

Ends = defaultdict[str, set[str]]


def _ends() -> Ends:
    return defaultdict(set)


@dataclass(frozen=True, slots=True)
class Argument:
    """Ids of nodes, by the id of the node they bear on; see `rules.EFFECTS` for each group."""

    direct_for: Ends = field(default_factory=_ends)  # claim: its own sources and runs
    direct_against: Ends = field(default_factory=_ends)
    supporters: Ends = field(default_factory=_ends)  # claim: claims that are evidence for it
    attackers: Ends = field(default_factory=_ends)  # claim: claims that contradict it
    dependants: Ends = field(default_factory=_ends)  # claim: claims that depend on it
    qualifiers: Ends = field(default_factory=_ends)
    answers: Ends = field(default_factory=_ends)  # question: claims that address or resolve it


_GROUPS: Final = tuple(dict.fromkeys(rule.group for rule in EFFECTS))


def argument(graph: Graph) -> Argument:
    """Sort the edges that count by what they do."""
    found = Argument()
    number = {kind: place for place, kind in enumerate(Kind)}  # numbers hash faster than members
    mute = number[Kind.NOTE]  # what argues no more; the rules of exclusion, as fast as it goes
    kinds = {key: mute if n.retracted else number[n.kind] for key, n in graph.nodes.items()}
    table = {
        (name, number[subject], number[object_]): getattr(found, rule.group) if rule else None
        for (name, subject, object_), rule in effects(graph.vocabulary.rows).items()
    }
    symmetric = {row.name: row.symmetric for row in graph.vocabulary.rows if argues(row)}
    for edge in graph.edges:
        name = edge.relation
        if name not in symmetric or edge.phrase:
            continue
        subject, object_ = edge.source, edge.target
        group = table[name, kinds[subject], kinds[object_]]
        if group is not None:
            group[object_].add(subject)
        if symmetric[name]:
            group = table[name, kinds[object_], kinds[subject]]
            if group is not None:
                group[subject].add(object_)
    return found


class Placement(NamedTuple):
    """One entry of an argument: that a subject is in a group of an object."""

    group: str
    object: str
    subject: str


def placements(graph: Graph, edge: Edge) -> Iterator[Placement]:
    """Where an edge of this graph stands in its argument: in one place, in two, or in none."""
    row = graph.vocabulary.by_name.get(edge.relation)
    if row is None:
        return
    table, ends = _effects(graph.vocabulary), (edge.source, edge.target)
    for subject, object_ in (ends, ends[::-1]) if row.symmetric else (ends,):
        node = graph.nodes[subject]
        rule = table.get((edge.relation, node.kind, graph.nodes[object_].kind))
        if rule and not exclusion(edge, node):
            yield Placement(rule.group, object_, subject)


@lru_cache(maxsize=16)  # one for each vocabulary in use
def _effects(vocabulary: Vocabulary) -> Mapping[tuple[str, Kind, Kind], Effect | None]:
    return effects(vocabulary.rows)


def counts(graph: Graph, edge: Edge) -> bool:
    """Whether the edge can change a standing: typed by an author, between kinds it fits."""
    return any(placements(graph, edge))


def amended(
    before: Argument, graph: Graph, gone: Iterable[Edge], added: Iterable[Edge]
) -> tuple[Argument, frozenset[str]]:
    """The argument without some edges of its graph and with some others, and what they bore on.

    Costs the edges at those nodes alone: all others keep what they have.
    """
    left, new = frozenset(gone), tuple(added)
    moved = frozenset(place.object for edge in (*left, *new) for place in placements(graph, edge))
    groups: dict[str, Ends] = {name: getattr(before, name).copy() for name in _GROUPS}
    for group in groups.values():
        for key in moved & group.keys():
            del group[key]
    kept = (edge for key in moved for edge in edges_at(graph, key) if edge not in left)
    for edge in (*kept, *new):
        for group_name, object_, subject in placements(graph, edge):
            if object_ in moved:
                groups[group_name][object_].add(subject)
    return replace(before, **groups), moved


def edges_at(graph: Graph, node_id: str) -> Iterator[Edge]:
    """The edges at a node, whichever way they point."""
    yield from graph.incoming.get(node_id, ())
    yield from graph.outgoing.get(node_id, ())
