"""A page laid out at a width: its lines, and what of the note stands on them.

Made in a thread: a page of an endless line or a wide table takes its time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual.content import Content

from graphkit.tui.blocks import Page


class Sheet(NamedTuple):
    """What the reader shows."""

    page: Page
    width: int  # cells
    lines: Sequence[Content]
    starts: Sequence[tuple[int, int]]  # (line of the source, line on the sheet)
    places: Sequence[tuple[int, int]]  # (link, line on the sheet), in reading order

    def source(self, line: int) -> int:
        """The line of the source that stands on a line of the sheet, or last above it."""
        at = bisect_left(self.starts, line + 1, key=lambda start: start[1])
        return self.starts[at - 1][0] if at else 1

    def line(self, source: int) -> int | None:
        """The line of the sheet on which a line of the source begins, or the one above it."""
        at = bisect_left(self.starts, source + 1, key=lambda start: start[0])
        return self.starts[at - 1][1] if at else None


def lay(page: Page, width: int) -> Sheet:
    """Lay a page out, its lines at most `width` cells wide."""
    lines: list[Content] = []
    starts = []
    for block in page.blocks:
        if block.line:
            starts.append((block.line, len(lines)))
        lines += block.lines(width)
    return Sheet(page, width, lines, starts, _places(lines))


def links(line: Content) -> list[tuple[int, int, int]]:
    """The links of a line: from which character to which, and their number."""
    return [
        (span.start, span.end, span.style.meta["link"])
        for span in line.spans
        if not isinstance(span.style, str) and "link" in span.style.meta
    ]


def _places(lines: Iterable[Content]) -> list[tuple[int, int]]:
    """Each link once, with the line that it begins on."""
    found: dict[int, int] = {}
    for at, line in enumerate(lines):
        for _, _, number in links(line):
            found.setdefault(number, at)
    return sorted(found.items(), key=lambda place: (place[1], place[0]))
