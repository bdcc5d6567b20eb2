"""What the rules of this room hand to each other: marks, pieces and runs of inline text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple


class Mark(NamedTuple):
    """A link found in a run of inline text, before anything is known of its meaning."""

    start: int  # offsets in the run's Markdown
    end: int
    form: str  # as in `Link.form`
    target: str
    alias: str = ""
    heading: str = ""
    block: str = ""
    at: int = 0  # offset in the run's plain text


class Piece(NamedTuple):
    """A stretch of inline text that one rule took: up to `end`, shown as `text`."""

    end: int
    text: str = ""
    marks: tuple[Mark, ...] = ()
    field: Field | None = None


Read = Callable[[str, int], Piece | None]
"""A rule for inline text: the Markdown and a position in it; None means "not mine"."""


class Field(NamedTuple):
    """A property with a name, `key:: value`, alone on its line or in brackets."""

    key: str
    start: int  # offsets in the run's Markdown: from the key, or the bracket before it
    value: int
    end: int
    bracketed: bool


@dataclass(slots=True)
class Run:
    """One run of inline text: a heading, a paragraph, the first line of a list item, a cell."""

    role: str  # heading, paragraph, item, cell
    line: int  # of its first character, from 0
    source: str  # its Markdown, without the markers of lists and quotes around it
    depth: int = 0  # how many lists it stands in
    level: int = 0  # of a heading
    heading: str = ""  # the text of the heading above
    offset: int = 0  # of a cell: where it begins on its line, an escaped `|` counted as one
    text: str = ""  # as a reader sees it
    prose: bool = True  # whether it has words of its own, besides code and maths
    marks: list[Mark] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
