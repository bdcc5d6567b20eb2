"""Planned writes: as a unified diff, and as a list of what is stale and why."""

from __future__ import annotations

import codecs
import difflib
from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.models import Change
from graphkit.render import marks
from graphkit.render.counts import problems
from graphkit.render.escape import line, verbatim
from graphkit.render.layout import Hang, paragraph, stack

_STYLES: Final = {"+++": marks.TITLE, "---": marks.TITLE, "@@": "cyan", "+": "green", "-": "red"}
_CODECS: Final = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF8: "utf-8",
}


def changes(planned: Iterable[Change]) -> Group:
    """The unified diff of every file that would change; what must be left alone is said first."""
    listed = tuple(planned)
    refused = [change.problem for change in listed if change.problem]
    diffs = (part for change in listed if not change.problem for part in _diff(change))
    conflicts = (part for change in listed for part in _conflicts(change))
    return stack(*([problems(refused)] if refused else []), *conflicts, *diffs)


def _conflicts(change: Change) -> Iterator[Text]:
    """The places where a person's words and the new ones cannot both stand."""
    for place in change.conflicts:
        yield Text(f"{line(change.path)}: in the summary", style=marks.TITLE)
        yield from _rows(place)


def conflict(place: str) -> Group:
    """One place where a person's words and the new ones cannot both stand."""
    return stack(*_rows(place))


def _rows(place: str) -> Iterator[Text]:
    for row in place.split("\n"):
        yield Text(verbatim(row.expandtabs(4)), no_wrap=True, overflow="ignore")


def _diff(change: Change) -> Iterator[Text]:
    path = line(change.path)
    old = line(change.source) or path
    if change.source:
        yield Text(f"rename from {old}\nrename to {path}", style=marks.TITLE)
    before, after = (_lines(data) for data in (change.before, change.after))
    names = (f"a/{old}" if change.before else "/dev/null", f"b/{path}")
    for row in difflib.unified_diff(before, after, *names, lineterm=""):
        style = next((style for mark, style in _STYLES.items() if row.startswith(mark)), "")
        yield Text(verbatim(row.expandtabs(4)), style=style, no_wrap=True, overflow="ignore")


def _lines(data: bytes) -> list[str]:
    """The lines of a note without their ends, whatever they are written in."""
    bom = next((bom for bom in _CODECS if data.startswith(bom)), b"")
    text = data.removeprefix(bom).decode(_CODECS.get(bom, "utf-8"), errors="replace")
    return [row.removesuffix("\r") for row in text.removesuffix("\n").split("\n")] if text else []


def stale(planned: Iterable[Change]) -> RenderableType:
    """The notes whose summary is not what it should be, each with its causes in words."""
    return stack(*(part for change in planned for part in _causes(change)))


def _causes(change: Change) -> Iterator[RenderableType]:
    if change.problem:
        yield problems([change.problem])
    else:
        yield Hang(Text("◌ ", style="yellow"), Text(line(change.path), style=marks.PLACE))
    for cause in change.causes:
        yield paragraph(Text(line(cause)), by=2)
