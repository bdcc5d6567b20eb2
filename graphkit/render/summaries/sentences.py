"""Sentences of a note's own prose, picked rather than written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_END: Final = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+(?=\S)|(?<=[。！？])(?=\S)")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|al|etc|Figs?|Eqs?|Secs?|Tab|No|Dr|Prof|St|approx)|\b[A-Z])\.$"
)


def sentences(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph on one line each."""
    start = 0
    for end in _END.finditer(paragraph):
        # A full stop before a small letter or after an abbreviation ends nothing.
        if paragraph[end.end()].islower() or _ABBREVIATION.search(paragraph, start, end.start()):
            continue
        yield from _whole(paragraph[start : end.end()])
        start = end.end()
    yield from _whole(paragraph[start:])


def _whole(text: str) -> Iterator[str]:
    if words := " ".join(text.split()):
        yield words
