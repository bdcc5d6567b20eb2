"""Suggestions: what may be missing between notes, with the line to paste and where it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from graphkit import graph as graphs
from graphkit.found import Ground, Hit, Suggestion
from graphkit.graph.names import without_suffix
from graphkit.graph.queries import label
from graphkit.graph.resolve import Fate
from graphkit.models import Graph, Link, Node, Note, Span
from graphkit.parse import edits
from graphkit.render.encoding import encoding
from graphkit.search import closeness, common_ground, suggest
from graphkit.search.closeness import Bond
from graphkit.search.suggest import Candidate, Scene
from graphkit.vocabulary import Hunch, Kind
from graphkit.workspace import insertion, lookup
from graphkit.workspace.refactoring import Files

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

_RELATIONS: Final = {
    Hunch.CONTRADICTION: "contradicts",
    Hunch.DUPLICATE: "is similar to",
    Hunch.ASKED_TWICE: "is similar to",
    Hunch.MISSING_LINK: "relates to",
}
_KINDS: Final = {kind: place for place, kind in enumerate(Kind)}


def suggested(workspace: Workspace, files: Files, only: str, limit: int) -> tuple[Suggestion, ...]:
    """The best suggestions for a vault, or for the note at the path `only`."""
    scene = observed(workspace, only)
    notes = files.names.notes
    said = list(_disagreeing(workspace, scene, notes))
    known = {frozenset((each.one, each.other)) for each in said}
    others = (
        each
        for each in suggest.candidates(scene)
        if each.hunch is not Hunch.CONTRADICTION or frozenset((each.one, each.other)) not in known
    )
    found = (*said, *others)
    made = (_suggestion(files, workspace.graph, each, only) for each in found)
    return tuple(
        replace(each, grounds=(*each.grounds, *_shared(workspace, scene, notes, each)))
        for each in islice((each for each in made if each), limit)
    )


def _disagreeing(
    workspace: Workspace, scene: Scene, notes: Mapping[str, Note]
) -> Iterator[Candidate]:
    """Claims with a line behind them that states another figure, each pair once."""
    pairs: dict[tuple[str, str], list[Ground]] = {}
    for each in graphs.disagreements(workspace.graph, workspace.weighed.argued):
        one, other = each.claim.path, each.other.path
        written = each.other.kind is Kind.SOURCE and other in notes  # a run tells by its record
        if written and scene.only in ("", one, other):
            says = f"“{each.figure.text}” here is “{each.theirs.text}” in {each.other.title}"
            places = (each.figure.span, each.theirs.span)
            pairs.setdefault((one, other), []).append(Ground(says, places))
    for (one, other), grounds in pairs.items():
        bond = scene.bonds.get(one, {}).get(other)
        score = bond.score if bond else 0.0
        yield Candidate(Hunch.CONTRADICTION, one, other, score, tuple(dict.fromkeys(grounds)))


def related(workspace: Workspace, path: str, limit: int) -> tuple[Hit, ...]:
    """The notes closest to the note at a path, each with what the two have in common."""
    workspace.encode()
    notes = {note.path: note for note in workspace.notes}
    within = closeness.space(workspace.store, workspace.notes)
    near = closeness.bonds(within, [path], {}).get(path, {})
    best = sorted(near, key=lambda other: (-near[other].score, other))[:limit]
    shared = partial(common_ground.grounds, workspace.store, within, workspace.graph, notes[path])
    return tuple(_hit(notes[other], near[other], shared(notes[other])) for other in best)


def _hit(note: Note, bond: Bond, grounds: tuple[Ground, ...]) -> Hit:
    parts = {"semantic": bond.cosine, "words": bond.words}
    told = {name: round(part, 4) for name, part in parts.items() if part is not None}
    places = (place for each in grounds for place in each.places if place.path == note.path)
    line = next(places, Span(note.path)).line
    return Hit(note.id, note.title, note.path, line, round(bond.score, 4), told, grounds=grounds)


def observed(workspace: Workspace, only: str = "") -> Scene:
    """A vault as the rules of suggestion see it: every note, or the one at the path `only`."""
    workspace.encode()
    within = closeness.space(workspace.store, workspace.notes)
    linked = lookup.linked(workspace.graph)
    report = partial(workspace.progress, "comparing notes")
    wanted = [only] if only else within.paths
    return Scene(
        workspace.graph,
        workspace.standings,
        linked,
        within,
        closeness.bonds(within, wanted, linked, report),
        suggest.usual(within, linked),
        {node.path: node for node in workspace.graph.nodes.values() if node.path},
        only,
    )


def _shared(
    workspace: Workspace, scene: Scene, notes: Mapping[str, Note], made: Suggestion
) -> tuple[Ground, ...]:
    """What the two notes of a suggestion have in common."""
    ends = (workspace.graph.nodes[id_].path for id_ in (made.source, made.target))
    one, other = (notes[path] for path in ends)
    return common_ground.grounds(workspace.store, scene.within, workspace.graph, one, other)


def _suggestion(files: Files, graph: Graph, found: Candidate, only: str = "") -> Suggestion | None:
    """A candidate with its line, its place and its reasons; None where no link can name the note.

    The line goes into the note at `only`, else into the note of the claim, question or source.
    """
    nodes = {graph.nodes[id_].path: graph.nodes[id_] for id_ in _ids(files, found)}
    ends = sorted(nodes.values(), key=lambda node: (node.path != only, _KINDS[node.kind]))
    page, target = ends
    relation, words = _words(graph, found.hunch, page, target)
    name = _name(files, page.path, files.names.notes[target.path])
    if not name:
        return None
    place = insertion.place(_normal(files, page.path), files.names.notes[page.path])
    return Suggestion(
        found.hunch,
        page.id,
        target.id,
        relation,
        f"{place.lead}{words} [[{name}]]",
        Span(page.path, place.line),
        round(found.score, 4),
        found.grounds,
    )


def _normal(files: Files, path: str) -> str:
    data = files.read(path)
    return edits.normal(encoding(data).text(data, "replace"))


def _ids(files: Files, found: Candidate) -> tuple[str, str]:
    return files.names.notes[found.one].id, files.names.notes[found.other].id


def _words(graph: Graph, hunch: Hunch, page: Node, target: Node) -> tuple[str, str]:
    """The relation of a suggestion, and how the note at `page` would say it."""
    kinds = page.kind, target.kind
    if hunch is Hunch.MISSING_LINK and {*kinds} == {Kind.CLAIM, Kind.QUESTION}:
        forward = page.kind is Kind.CLAIM
        return "addresses", label(graph.vocabulary, "addresses", outgoing=forward)
    return _RELATIONS[hunch], _RELATIONS[hunch]


def _name(files: Files, page: str, target: Note) -> str:
    """The shortest name that leads from a page to a note; empty where none does."""
    stem = without_suffix(target.path)
    for name in (target.title, stem.rpartition("/")[2], stem):
        if not insertion.UNNAMEABLE.search(name) and _leads(files, name, page, target.path):
            return name
    return ""


def _leads(files: Files, name: str, page: str, path: str) -> bool:
    found = files.meaning(Link(name, Span(page), "wikilink"), page)
    return found.fate is Fate.RESOLVED and found.path == path
