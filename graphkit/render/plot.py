"""A measured effect and its interval as one line of text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from graphkit.models import Verdict

_ROOM: Final = 15  # cells on either side of zero
_ZERO, _EMPTY, _RANGE, _LOW, _HIGH, _EFFECT = "│", "╌", "━", "┣", "┫", "●"


def limit(verdicts: Iterable[Verdict]) -> float:
    """The end of a scale around zero that holds every effect and interval given; at least 0."""
    ends = (
        abs(end)
        for verdict in verdicts
        for end in (verdict.effect, *(verdict.interval or ()))
        if end is not None
    )
    return max(ends, default=0.0)


def bar(verdict: Verdict, scale: float) -> str:
    """The interval as a bar on a line from -`scale` to +`scale` with its effect and zero marked.

    Empty when nothing was measured. An interval that crosses zero crosses the `│`.
    """
    if verdict.effect is None:
        return ""
    cells = [_EMPTY] * (2 * _ROOM + 1)
    if verdict.interval:
        low, high = (_cell(end, scale) for end in verdict.interval)
        cells[low : high + 1] = [_RANGE] * (high - low + 1)
        cells[low], cells[high] = _LOW, _HIGH
    cells[_ROOM] = _ZERO
    cells[_cell(verdict.effect, scale)] = _EFFECT
    return "".join(cells)


def _cell(value: float, scale: float) -> int:
    share = value / scale if scale else 0.0
    return _ROOM + round(_ROOM * min(max(share, -1.0), 1.0))
