"""Where a run's text stands in its file: lines and columns, in characters, from 1."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from graphkit.parse.pieces import Run

Place = Callable[[int], tuple[int, int]]


def places(run: Run, lines: list[str], cursor: int = 0) -> Place:
    """From an offset in the run's Markdown to line and column in the file.

    markdown-it takes list and quote markers off the front of each line and leaves its end, so
    a line of the run is looked for from the right. Cells share their line: theirs is looked for
    from `cursor` on, and an escaped `|` counts two characters.
    """
    if run.role == "cell":
        return _cell(run, lines[run.line], cursor)
    starts = [0]
    if "\n" in run.source:
        starts.extend(i + 1 for i, character in enumerate(run.source) if character == "\n")
    shifts: dict[int, int] = {}

    def place(offset: int) -> tuple[int, int]:
        index = bisect_right(starts, offset) - 1
        start = starts[index]
        if index not in shifts:
            end = starts[index + 1] - 1 if index + 1 < len(starts) else len(run.source)
            shifts[index] = _shift(run.source[start:end], lines[run.line + index])
        return run.line + index + 1, offset - start + shifts[index] + 1

    return place


def _shift(line: str, raw: str) -> int:
    """How many characters stand before a run's line in the file's line."""
    bare = line.lstrip()
    found = raw.rfind(bare.rstrip())
    return found - (len(line) - len(bare))


def _cell(run: Run, raw: str, cursor: int) -> Place:
    plain = raw.replace("\\|", "|")
    first = plain.find(run.source, cursor)

    def place(offset: int) -> tuple[int, int]:
        column = first + offset
        for index, character in enumerate(raw):
            if index > column:
                break
            if character == "\\" and raw.startswith("|", index + 1):
                column += 1
        return run.line + 1, column + 1

    return place


def cell_end(run: Run, raw: str, cursor: int) -> int:
    """Where to look for the next cell of the same line."""
    return raw.replace("\\|", "|").find(run.source, cursor) + len(run.source)
