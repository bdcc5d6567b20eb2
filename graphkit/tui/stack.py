"""Rows one below another at a width: which lines each takes. Large ones are made in a thread."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from textual.content import Content

from graphkit.tui import rows
from graphkit.tui.rows import Row


class Stack:
    """Rows laid out to be looked up by line and by value; only what is looked at is drawn.

    `tops` holds the first line of each row, and after the last one how many lines there are.
    """

    def __init__(self, shown: Iterable[Row], width: int) -> None:
        self.rows: Sequence[Row] = tuple(shown)
        self.width = width
        self.tops = [0, *accumulate(rows.height(row, width) for row in self.rows)]
        self._drawn: dict[int, list[Content]] = {}

    @property
    def height(self) -> int:
        """Of all rows, in lines."""
        return self.tops[-1]

    def over(self, line: int) -> int:
        """The row that a line belongs to; below the last row, how many rows there are."""
        return bisect_right(self.tops, line) - 1

    def draw(self, line: int) -> Content:
        """One line of the row that it belongs to."""
        at = self.over(line)
        if at not in self._drawn:
            self._drawn[at] = rows.draw(self.rows[at], self.width)
        return self._drawn[at][line - self.tops[at]]

    def holds(self, at: int) -> bool:
        return 0 <= at < len(self.rows)

    def value(self, at: int) -> Any:
        """What a row gives; None where there is no such row."""
        return self.rows[at].value if self.holds(at) else None

    def place_of(self, value: Any) -> int | None:
        """The first row that gives `value`; None when no row does."""
        if value is None:
            return None
        return next((at for at, row in enumerate(self.rows) if row.value == value), None)

    def next(self, at: int, step: int) -> int:
        """The nearest row from `at` on, in the direction of `step`, that can be chosen; else -1."""
        most = len(self.rows) - 1
        reach = range(max(at, 0), most + 1) if step > 0 else range(min(at, most), -1, -1)
        return next((index for index in reach if self.rows[index].value is not None), -1)

    def nearest(self, at: int, step: int) -> int:
        """The same, but in the other direction where there is none in this one."""
        bounded = max(0, min(at, len(self.rows) - 1))
        found = self.next(bounded, step)
        return found if found >= 0 else self.next(bounded, -step)
