"""The pieces of a page: each knows how to fill a width with lines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from textual.content import Content

from graphkit.tui.rows import shortened


@dataclass(frozen=True, slots=True)
class Words:
    """Running text behind a lead: a bullet on its first line, an indent on the others."""

    content: Content
    line: int = 0
    first: Content = Content()  # noqa: RUF009 - a Content is a value
    rest: Content = Content()  # noqa: RUF009

    def lines(self, width: int) -> list[Content]:
        room = max(10, width - self.rest.cell_length)
        laid = self.content.wrap(room) or [Content()]
        leads = [self.first, *[self.rest] * (len(laid) - 1)]
        return [lead + line.rstrip() for lead, line in zip(leads, laid, strict=True)]


@dataclass(frozen=True, slots=True)
class Where:
    """A `path:line` on one line, its beginning cut where it must be."""

    place: str
    line: int = 0

    def lines(self, width: int) -> list[Content]:
        return [Content.styled(shortened(self.place, width), "$quiet")]


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in columns, which narrow and wrap where the width asks for it."""

    rows: tuple[tuple[Content, ...], ...]  # the first one is the header
    line: int = 0
    rest: Content = Content()  # noqa: RUF009

    def lines(self, width: int) -> list[Content]:
        columns = max(len(row) for row in self.rows)
        room = width - self.rest.cell_length - 2 * (columns - 1)
        widths = _shared(self.rows, columns, max(room, 4 * columns))
        header, *body = (self._row(row, widths) for row in self.rows)
        rule = Content("─" * min(width, sum(widths) + 2 * (columns - 1))).stylize("$rule")
        laid = [
            *(line.stylize("bold") for line in header),
            rule,
            *(ln for row in body for ln in row),
        ]
        return [self.rest + line for line in laid]

    def _row(self, row: tuple[Content, ...], widths: list[int]) -> list[Content]:
        cells = [cell.wrap(width) for cell, width in zip(row, widths, strict=False)]
        gap = Content("  ")
        return [
            gap.join(
                part.pad_right(max(0, width - part.cell_length))
                for part, width in zip(line, widths, strict=False)
            )
            for line in zip_longest(*cells, fillvalue=Content())
        ]


def _shared(rows: tuple[tuple[Content, ...], ...], columns: int, room: int) -> list[int]:
    """Column widths in cells: natural ones where they fit, else the widest give way first."""
    widths = [
        max((row[at].cell_length for row in rows if at < len(row)), default=1) or 1
        for at in range(columns)
    ]
    while sum(widths) > room and max(widths) > 4:
        widths[widths.index(max(widths))] -= 1
    return widths


Block = Words | Where | Table
"""Its `line` is that of the source, from 1; 0 for what is not in it."""


class Page(NamedTuple):
    """A note, or as much of it as is shown at once."""

    blocks: tuple[Block, ...]
    links: tuple[str, ...] = ()  # targets as written; a span's meta `link` is the place in them
    left: int = 0  # lines of the note that come after it
