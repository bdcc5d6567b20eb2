"""Nodes from notes: one for each note, except that notes about one work are one node."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from graphkit.codes import problem
from graphkit.graph.names import identity
from graphkit.models import Edge, Node, Note, Problem, Span, derived_id
from graphkit.vocabulary import Kind

RETRACTING: Final = "retracts"
RETRACTED: Final = "retracted"
_NOT: Final = frozenset({"", "false", "no", "0", "none", "null"})
"""Values of the property `retracted` that say that the work was not."""
_NO_DATE: Final = _NOT | {"true", "yes", "1"}


class Census(NamedTuple):
    """The nodes that the notes make, and which node stands for the note at a path."""

    nodes: dict[str, Node]
    by_path: dict[str, str]
    own: dict[str, Node]  # by path: what a note's node is without other notes about its work
    problems: tuple[Problem, ...]


def census(notes: Sequence[Note], before: Mapping[str, Node]) -> Census:
    """Give every note, in order of path, its node.

    `before` holds what is still true of the `own` nodes of an earlier census.
    """
    nodes: dict[str, Node] = {}
    by_path: dict[str, str] = {}
    own: dict[str, Node] = {}
    problems: list[Problem] = []
    for first, *others in _grouped_by_work(notes):
        if first.id in nodes:
            problems.append(_duplicate_id(first, nodes[first.id]))
        node_id, known = _free_id(first, nodes), before.get(first.path)
        node = known if known and known.id == node_id else _node(first, node_id)
        own[first.path] = node
        nodes[node.id] = _with(node, others) if others else node
        for note in (first, *others):
            by_path[note.path] = node.id
        problems += [_duplicate_source(note, first) for note in others]
    return Census(nodes, by_path, own, tuple(problems))


def work(identifier: str) -> Node:
    """The node of a work that is cited but that no note describes."""
    return Node(
        id=derived_id(Kind.SOURCE, identifier),
        kind=Kind.SOURCE,
        title=identifier,
        identifiers=(identifier,),
    )


def _grouped_by_work(notes: Sequence[Note]) -> Iterable[Sequence[Note]]:
    """Each note alone, and the source notes that share an identifier together."""
    leaders = _leaders(notes)
    groups: dict[str, list[Note]] = {}
    for note in notes:
        groups.setdefault(leaders.get(note.path, note.path), []).append(note)
    return groups.values()


def _leaders(notes: Iterable[Note]) -> Mapping[str, str]:
    """For each source note with identifiers: the first note, by path, about the same work."""
    leader: dict[str, str] = {}
    owner: dict[str, str] = {}

    def root(path: str) -> str:
        while leader[path] != path:
            path = leader[path]
        return path

    for note in notes:
        if note.kind is not Kind.SOURCE:
            continue
        leader[note.path] = note.path
        for identifier in map(identity, note.identifiers):
            ends = sorted({root(owner.setdefault(identifier, note.path)), root(note.path)})
            leader[ends[-1]] = ends[0]
    return {path: root(path) for path in leader}


def _free_id(note: Note, taken: Mapping[str, Node]) -> str:
    candidate, attempt = note.id, 0
    while candidate in taken:
        attempt += 1
        candidate = derived_id(note.kind, f"{note.path}#{attempt}")
    return candidate


def _node(note: Note, node_id: str) -> Node:
    return Node(
        id=node_id,
        kind=note.kind,
        title=note.title,
        path=note.path,
        line=_line(note),
        summary=note.summary,
        aliases=note.aliases,
        identifiers=note.identifiers,
        tags=note.tags,
        tests=note.tests,
        figures=note.figures,
        retracted=_retracted(note),
    )


def _line(note: Note) -> int:
    """Where a note says what it is called: its heading of level one, else its first line."""
    return next((heading.line for heading in note.headings if heading.level == 1), 1)


def _with(node: Node, others: Sequence[Note]) -> Node:
    """The node of a work with the names that its other notes give it."""
    names = (name for note in others for name in (note.title, *note.aliases))
    known = {identity(name): name for note in reversed(others) for name in note.identifiers}
    known |= {identity(name): name for name in node.identifiers}
    return replace(
        node,
        aliases=_distinct(node.aliases, names),
        identifiers=tuple(known[key] for key in sorted(known)),
        tags=_distinct(node.tags, *(note.tags for note in others)),
        retracted=next(filter(None, (node.retracted, *map(_retracted, others))), ""),
    )


def _retracted(note: Note) -> str:
    """What a source's front matter says of its retraction, by `retracted` or `status`."""
    said = {key.casefold(): value.strip() for key, value in note.properties}
    when = said.get("retracted", "")
    yes = when.casefold() not in _NOT or said.get("status", "").casefold() == RETRACTED
    if note.kind is not Kind.SOURCE or not yes:
        return ""
    return RETRACTED if when.casefold() in _NO_DATE else f"{RETRACTED} {when}"


def taken_back(nodes: Mapping[str, Node], edges: Iterable[Edge]) -> dict[str, Node]:
    """The works that another node is said to retract, saying so."""
    return {
        edge.target: replace(nodes[edge.target], retracted=f"{RETRACTED} by {by}")
        for edge in edges
        if edge.relation == RETRACTING
        and not edge.inferred
        and nodes[edge.target].kind is Kind.SOURCE
        and not nodes[edge.target].retracted
        and (by := nodes[edge.source].title)
    }


def _distinct(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group))


def _duplicate_id(note: Note, other: Node) -> Problem:
    return problem(
        "duplicate-id",
        f"the id {note.id} is already that of {other.path}",
        Span(note.path),
        "give one of the two another id",
    )


def _duplicate_source(note: Note, first: Note) -> Problem:
    return problem(
        "duplicate-source",
        f"{note.path} and {first.path} describe the same work",
        Span(note.path),
        "merge the two notes, or correct the identifier of one",
    )
