"""The pieces of a page: each knows how to fill a width with lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Final, NamedTuple

from textual.content import Content

from graphkit.tui.rows import shortened

_GAP: Final = "  "  # between two columns of a table
_READABLE: Final = 16  # cells that a wider column of a table may shrink to


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
    """Cells in columns where they can be read so, else each row as lines of header and cell."""

    rows: tuple[tuple[Content, ...], ...]  # the first one is the header
    line: int = 0
    rest: Content = Content()  # noqa: RUF009

    def lines(self, width: int) -> list[Content]:
        room = width - self.rest.cell_length
        natural = [max(cell.cell_length for cell in column) for column in self._columns()]
        gaps = len(_GAP) * (len(natural) - 1)
        if sum(min(cells, _READABLE) for cells in natural) + gaps <= room:
            laid = self._in_columns(_shared(natural, room - gaps))
        else:
            laid = self._as_cards(room)
        return [self.rest + line for line in laid]

    def _columns(self) -> list[tuple[Content, ...]]:
        return list(zip_longest(*self.rows, fillvalue=Content()))

    def _in_columns(self, widths: list[int]) -> list[Content]:
        header, *body = ([*_side_by_side(row, widths)] for row in self.rows)
        rule = Content.styled("─" * (sum(widths) + len(_GAP) * (len(widths) - 1)), "$rule")
        return [*(line.stylize("bold") for line in header), rule, *chain.from_iterable(body)]

    def _as_cards(self, room: int) -> list[Content]:
        header, *body = self.rows
        aside = min(max(name.cell_length for name in header) + len(_GAP), room // 2)
        laid = []
        for row in body:
            for name, cell in zip(header, row, strict=False):
                label = name.truncate(aside - 1, ellipsis=True).stylize("$quiet")
                first = label.pad_right(aside - label.cell_length)
                words = Words(cell, 0, first, Content(" " * aside))
                laid += words.lines(room) if cell else []
            laid.append(Content())
        return laid[:-1]


def _side_by_side(row: tuple[Content, ...], widths: list[int]) -> Iterator[Content]:
    cells = [cell.wrap(width) for cell, width in zip(row, widths, strict=False)]
    for line in zip_longest(*cells, fillvalue=Content()):
        padded = (
            part.pad_right(max(0, width - part.cell_length))
            for part, width in zip(line, widths, strict=False)
        )
        yield Content(_GAP).join(padded)


def _shared(natural: list[int], room: int) -> list[int]:
    """Column widths in cells: natural ones where they fit, else the widest give way first."""
    widths = [max(cells, 1) for cells in natural]
    while sum(widths) > room:
        widths[widths.index(max(widths))] -= 1
    return widths


Block = Words | Where | Table
"""Its `line` is that of the source, from 1; 0 for what is not in it."""


class Page(NamedTuple):
    """A note, or as much of it as is shown at once."""

    blocks: tuple[Block, ...]
    links: tuple[str, ...] = ()  # targets as written; a span's meta `link` is the place in them
    left: int = 0  # lines of the note that come after it
