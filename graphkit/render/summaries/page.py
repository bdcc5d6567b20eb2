"""The summary of a page that asserts nothing itself: how what it points to stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graphkit.render.summaries.markdown import table
from graphkit.render.summaries.scene import Part, Scene, Section, Tie, shown, tally, ties
from graphkit.render.words import count
from graphkit.vocabulary import Kind

_STANDING: Final = (Kind.QUESTION, Kind.CLAIM)


def _points(tie: Tie) -> bool:
    """Whether the page leads to a claim or a question."""
    return tie.outward and tie.other.kind in _STANDING


def _stands(scene: Scene) -> Section:
    found = ties(scene, _points)
    told = (
        _share(scene, kind, [tie for tie in found if tie.other.kind is kind]) for kind in _STANDING
    )
    words = f"Leads to {' and '.join(part for part in told if part)}." if found else ""
    return Section(words, shown(scene, found))


def _share(scene: Scene, kind: Kind, found: list[Tie]) -> str:
    amount = len({tie.other.id for tie in found})
    return f"{count(amount, kind)} ({tally(scene, found)})" if amount else ""


def _table(scene: Scene) -> Section:
    found = ties(scene, _points)
    ends = {tie.other.id: tie.other for tie in sorted(found, key=_by_kind)}
    rows = [(scene.link(node), node.kind.value, scene.stand(node)) for node in ends.values()]
    return Section(table(("Note", "Kind", "Standing"), rows), shown(scene, found))


def _by_kind(tie: Tie) -> int:
    return _STANDING.index(tie.other.kind)


PARTS: Final[Mapping[str, Part]] = {"standing": _stands, "leads": _table}
