"""The summary of a page that asserts nothing itself: how what it points to stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from graphkit.render.summaries.markdown import Cell
from graphkit.render.summaries.scene import Part, Scene, Section, Tie, shown, tally, ties
from graphkit.render.words import count, listing
from graphkit.vocabulary import Kind, Stand

_STANDING: Final = (Kind.QUESTION, Kind.CLAIM)


def _points(tie: Tie) -> bool:
    """Whether the page leads to a claim or a question."""
    return tie.outward and tie.other.kind in _STANDING


def _stands(scene: Scene) -> Section:
    found = ties(scene, _points)
    return Section(lambda: _sentence(scene, found) if found else "", shown(found))


def _sentence(scene: Scene, found: Sequence[Tie]) -> str:
    told = (
        _share(scene, kind, [tie for tie in found if tie.other.kind is kind]) for kind in _STANDING
    )
    return f"Leads to {listing(tuple(filter(None, told)))}."


def _share(scene: Scene, kind: Kind, found: list[Tie]) -> str:
    amount = len({tie.other.id for tie in found})
    return f"{count(amount, kind)} ({tally(scene, found)})" if amount else ""


def _groups(scene: Scene) -> Section:
    """The claims and questions by how they stand, which the page's own links do not tell."""
    found = ties(scene, _points)
    return Section(lambda: _grouped(scene, found), shown(found))


def _grouped(scene: Scene, found: Sequence[Tie]) -> str:
    groups: dict[Stand, dict[str, Cell]] = {}
    for tie in sorted(found, key=_by_kind):
        if standing := scene.standings.get(tie.other.id):
            groups.setdefault(standing.word, {})[tie.other.id] = scene.link(tie.other)
    return "\n".join(
        f"- {word}: {listing(tuple(groups[word].values()))}" for word in Stand if word in groups
    )


def _by_kind(tie: Tie) -> int:
    return _STANDING.index(tie.other.kind)


PARTS: Final[Mapping[str, Part]] = {"standing": _stands, "leads": _groups}
