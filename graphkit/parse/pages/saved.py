"""A saved page before its shape is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from graphkit import codes
from graphkit.models import Problem, Span
from graphkit.parse.pages.entry import Entry, Origin

_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST: Final = 600  # characters of a title or a deck; a longer line is prose


class Line(NamedTuple):
    """A line of a page that says something, its spaces folded."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Saved:
    """The lines of one file. Blank ones are left out."""

    name: str
    sha256: str
    lines: tuple[Line, ...]

    def origin(self, part: str) -> frozenset[Origin]:
        return frozenset({Origin(self.name, self.sha256, part)})

    def find(self, wanted: re.Pattern[str], start: int = 0) -> int | None:
        """Index of the first line from `start` on that is wholly `wanted`."""
        rest = enumerate(self.lines[start:], start)
        return next((index for index, line in rest if wanted.fullmatch(line.text)), None)

    def texts(self, start: int, end: int | None = None) -> tuple[str, ...]:
        return tuple(line.text for line in self.lines[start:end])

    def problem(self, code: str, message: str, line: int, hint: str) -> Problem:
        return codes.problem(code, message, Span(self.name, line), hint)


def short_enough(*texts: str) -> bool:
    """Whether all of these are short enough to be titles or decks, and so for a front matter."""
    return all(len(text) <= _LONGEST for text in texts)


class Reading(NamedTuple):
    """What a page says, entry by entry. The first entry is the page's own note."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


Reader = Callable[[Saved], Reading | None]
"""One page shape: its reading, or None when the page has another shape."""


def save(text: str, name: str, sha256: str) -> Saved:
    """Lines of a page's text; only the last part of `name` is kept, never a machine's folders."""
    numbered = enumerate(re.split(r"\r\n|\r|\n", text), 1)
    folded = (Line(number, _folded(line)) for number, line in numbered)
    lines = tuple(line for line in folded if line.text)
    return Saved(re.split(r"[/\\]", name)[-1], sha256, lines)


def _folded(line: str) -> str:
    return " ".join(_UNPRINTABLE.sub("\ufffd", line).split())
