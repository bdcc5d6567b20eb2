"""Finding the bracket that closes another."""

from __future__ import annotations

import re
from typing import Final

_REACH: Final = 1_000  # characters; what closes further away was not meant as a pair

_PAIRS: Final = {
    "(": (")", re.compile(r"\\.|[()]")),
    "[": ("]", re.compile(r"\\.|[\[\]]")),
}


def closing(source: str, start: int, end: int, opening: str) -> int:
    """The offset of the bracket that closes one opened just before `start`, or -1."""
    close, either = _PAIRS[opening]
    depth = 1
    for match in either.finditer(source, start, min(end, start + _REACH)):
        depth += (match[0] == opening) - (match[0] == close)  # an escaped one is neither
        if depth == 0:
            return match.start()
    return -1
