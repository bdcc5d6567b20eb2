"""Sentences of a note's own prose, picked rather than written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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


def gist(paragraph: str, figures: Iterable[str] = ()) -> tuple[str, ...]:
    """What a paragraph says, in at most two of its sentences.

    The first one, and the first other one that states one of the `figures` (as written): what a
    claim asserts, and the number that a run can be compared with.
    """
    found = tuple(sentences(paragraph))
    stated = [words for words in (" ".join(figure.split()) for figure in figures) if words]
    telling = [each for each in found if any(figure in each for figure in stated)]
    return tuple(dict.fromkeys((*found[:1], *telling[:1])))
