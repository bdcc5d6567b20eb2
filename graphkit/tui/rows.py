"""Rows: what every list of the explorer is made of, as plain values.

A row's words come from notes and are shown literally: they never pass a markup parser, and
whatever acts on a terminal is made visible first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from graphkit.render import escape

Part = tuple[str, str]  # words and their style
Line = tuple[Part, ...]

_NARROWEST = 8  # cells; where there are fewer, words are cut at the right


class Row(NamedTuple):
    """A mark, words that may wrap, something at the right end, faint lines below."""

    text: str
    value: Any = None  # what choosing the row gives; a row without one is passed over
    mark: Part = ("", "")
    style: str = ""
    tail: Line = ()
    notes: tuple[Line, ...] = ()  # a first part that ends in two spaces has the rest beside it
    lines: int = 2  # the words, and each note, wrap to at most so many
    place: str = ""  # `path:line`, shown last, on one line, its beginning cut where it must be
    lead: str = ""  # what stands before the mark, as an indent or a branch of a tree
    under: str = ""  # what stands there on the other lines, where the words are indented alike


def literal(words: str) -> str:
    """Words on one line, their spaces kept, with everything that acts made visible."""
    return " ".join(escape.verbatim(words).expandtabs(4).splitlines())


def content(line: Line) -> Content:
    """The parts of a line as Textual's content, with nothing in them that acts."""
    return Content.assemble(*((literal(words), style) for words, style in line))


def height(row: Row, width: int) -> int:
    """How many lines the row takes at this width, without laying out what fits on one."""
    room, first = _rooms(row, width)
    text = row.text if _plain(row.text) else literal(row.text)
    lines = _lines(text, first, room, row.lines) + bool(row.place)
    if not row.notes:
        return lines
    return lines + sum(_note_lines(note, room, row.lines) for note in row.notes)


def _note_lines(note: Line, room: int, most: int) -> int:
    hang = _hang(note, room)
    text = "".join(literal(words) for words, _ in note[bool(hang) :])
    return _lines(text, room - hang, room - hang, most)


def _hang(note: Line, room: int) -> int:
    """The cells of a note's label; 0 where it has none, or no room for one."""
    label = note[0][0] if len(note) > 1 else ""
    cells = _cells(label) if label.endswith("  ") else 0
    return cells if cells < room // 2 else 0


def _plain(words: str) -> bool:
    """Whether words are shown as they are, a cell a character: most are, and cost nothing then."""
    return words.isascii() and words.isprintable()


def _cells(words: str) -> int:
    return len(words) if _plain(words) else cell_len(words)


def _lines(text: str, first: int, room: int, most: int) -> int:
    if _cells(text) <= first:
        return 1
    if most <= 2:
        return most
    words = text.split(" ")
    parted_once = all(words)  # several spaces between words wrap in ways of their own
    if parted_once and _plain(text) and max(map(len, words)) <= min(first, room):
        return min(most, _filled(words, first, room))
    return len(wrapped(Content(text), first, room, most))


def _filled(words: Iterable[str], first: int, room: int) -> int:
    """The lines that words fill, none of them too long for one: as `wrapped` does, but cheaply."""
    lines, left = 1, first + 1
    for word in words:
        left -= len(word) + 1
        if left < 0:
            lines, left = lines + 1, room - len(word)
    return lines


def draw(row: Row, width: int) -> list[Content]:
    """The lines of the row, none wider than `width` cells."""
    room, beside = _rooms(row, width)
    mark = content((row.mark, (" " * bool(row.mark[0]), "")))
    lead = content(((row.lead, "$faint"),)) + mark
    under = content(((row.under, "$faint"),))
    under = under.pad_right(max(0, lead.cell_length - under.cell_length))
    text = Content(literal(row.text)).stylize_before(row.style)
    first, *others = wrapped(text, beside, room, row.lines)
    tail = content(row.tail)
    gap = width - lead.cell_length - first.cell_length - tail.cell_length
    notes = [line for note in row.notes for line in _note(note, room, row.lines)]
    places = [Content.styled(shortened(row.place, room), "$quiet")] if row.place else []
    lines = [
        Content.assemble(lead, first, " " * max(gap, 0), tail),
        *(under + line for line in (*others, *notes, *places)),
    ]
    return [line.truncate(width, ellipsis=True) for line in lines]


def _note(note: Line, room: int, most: int) -> list[Content]:
    hang = _hang(note, room)
    label = content(note[: bool(hang)])
    first, *others = wrapped(content(note[bool(hang) :]), room - hang, room - hang, most)
    return [label + first, *(Content(" " * hang) + line for line in others)]


def _rooms(row: Row, width: int) -> tuple[int, int]:
    """The cells that the words have on any line, and on the first one, beside the tail."""
    lead, mark = _cells(row.lead), _cells(row.mark[0])
    tail = sum([_cells(words) for words, _ in row.tail])
    room = max(_NARROWEST, width - lead - mark - bool(mark))
    return room, max(_NARROWEST, room - tail - bool(tail))


def wrapped(text: Content, first: int, room: int, most: int) -> list[Content]:
    """Words in at most `most` lines: one of `first` cells, then lines of `room` cells."""
    if text.cell_length <= first:
        return [text]
    if most == 1:
        return [text.truncate(first, ellipsis=True)]
    begun = text.wrap(first)[0].rstrip()
    rest = text[len(begun.plain) :]
    rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
    return [begun, *wrapped(rest, room, room, most - 1)]


def shortened(place: str, room: int) -> str:
    """A path with its line in `room` cells: what is cut is its beginning."""
    shown = escape.line(place)
    return shown if len(shown) <= room else f"…{shown[len(shown) - room + 1 :]}"
