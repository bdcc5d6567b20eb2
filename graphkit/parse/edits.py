"""Edits to a note's text that leave every other character as it is, line ends included."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n?|\n")


class Edit(NamedTuple):
    """A stretch of a text and what is to stand there; offsets are those of `normal(text)`."""

    start: int
    end: int
    text: str


class Overlap(ValueError):
    """Two edits claim the same stretch of a text."""


def normal(text: str) -> str:
    """The text as the parser counts it: one character for every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�")


def offset(text: str, line: int, column: int) -> int:
    """Where a line and column, counted from 1, stand in a normal text."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with these edits made; new lines get the line end that the text uses first.

    Raises:
        Overlap: two different edits claim one stretch.
    """
    pairs = [match.start() - before for before, match in enumerate(re.finditer("\r\n", text))]
    found = _LINE_END.search(text)
    newline = found[0] if found else "\n"
    parts, at = [], 0
    for edit in sorted(set(edits)):
        start, end = (place + bisect_left(pairs, place) for place in edit[:2])
        if start < at:
            raise Overlap(edit.text)
        parts += [text[at:start], edit.text.replace("\n", newline)]
        at = end
    return "".join((*parts, text[at:]))
