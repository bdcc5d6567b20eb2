"""Where a run's text stands in its file: lines and columns, in characters, from 1."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache

from graphkit.parse.pieces import Run

_ESCAPED_BAR = re.compile(r"\\\|")

Place = Callable[[int], tuple[int, int]]
"""From an offset in a run's Markdown to its line and column in the file."""


def places(run: Run, lines: Sequence[str]) -> Place:
    """The places of a run in its file, of which `lines` are the lines."""
    if run.role == "cell":
        return _in_cell(run, lines[run.line])
    if "\n" not in run.source:
        shift = _shift(run.source, lines[run.line]) + 1
        return lambda offset: (run.line + 1, shift + offset)
    return _in_lines(run, lines)


def _in_lines(run: Run, lines: Sequence[str]) -> Place:
    written = run.source.split("\n")
    starts = [0]
    for line in written:
        starts.append(starts[-1] + len(line) + 1)

    shift = cache(lambda index: _shift(written[index], lines[run.line + index]))

    def place(offset: int) -> tuple[int, int]:
        index = bisect_right(starts, offset) - 1
        return run.line + index + 1, offset - starts[index] + shift(index) + 1

    return place


def _shift(written: str, line: str) -> int:
    """How many characters stand before a run's line in the file's line.

    The parser takes list and quote markers off its front, and spaces off both ends; spaces that
    stand for a tab it may even have added. So the text is looked for, from the right.
    """
    text = written.strip()
    return line.rfind(text) - written.find(text)


def _in_cell(run: Run, line: str) -> Place:
    bars = _ESCAPED_BAR.finditer(line) if "\\|" in line else ()
    escaped = [match.start() - count for count, match in enumerate(bars)]

    def place(offset: int) -> tuple[int, int]:
        column = run.offset + offset
        return run.line + 1, column + bisect_right(escaped, column) + 1

    return place
