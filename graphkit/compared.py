"""Figures compared, each in one unit: whether two that measure one thing say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from graphkit.models import Edge, Figure, Node

TOLERANCE: Final = 0.02  # figures this close, relative to the larger, are the same but rounded
NUMBER: Final = re.compile(
    r"(?:(?<![\w.,])\d{1,3}(?:,\d{3})+|(?<![\d.])\d+)(?:\.\d+)?|(?<![\w.])\.\d+"
)

RELATIVE: Final = "relative change"  # "cuts hallucination by 28.9 %"
ABSOLUTE: Final = "change in points"  # "recall falls by 24 percentage points"
SHARE: Final = "share"  # "19.4 %", "recall of .194"; also where it fell from another share
RATIO: Final = "ratio"
PLAIN: Final = "number"


class Amount(NamedTuple):
    """A figure in one unit: shares and changes in hundredths, a fall below zero."""

    measure: str
    value: float


def amount(figure: Figure) -> Amount:
    """What a figure says, so that it can be compared with what another says."""
    signed = -figure.value if figure.direction == "down" else figure.value
    level = not figure.direction or NUMBER.fullmatch(figure.baseline) is not None
    if figure.unit == "points":
        return Amount(ABSOLUTE, signed)
    if figure.unit == "x":
        return Amount(RATIO, figure.value)
    if figure.unit == "%":
        return Amount(SHARE, figure.value) if level else Amount(RELATIVE, signed)
    share = 0 <= figure.value <= 1
    return Amount(SHARE, 100 * figure.value) if share else Amount(PLAIN, figure.value)


def figures_of(work: Node, links: Iterable[Edge], figure: Figure) -> tuple[Figure, ...]:
    """What a work states: in its own note, and in the brackets of its links with a claim.

    A number that stands alone in brackets and names nothing is of what the claim's `figure` is of,
    if it is that number: so its unit and direction can be told apart from the claim's.
    """
    told = (_about(figure, edge.reported.figures) for edge in links if edge.reported)
    return (*work.figures, *(each for figures in told for each in figures))


def _about(figure: Figure, said: tuple[Figure, ...]) -> tuple[Figure, ...]:
    if len(said) == 1 and not said[0].metric and close(said[0].value, figure.value):
        return (replace(said[0], metric=figure.metric),)
    return said


def differing(figure: Figure, theirs: Iterable[Figure]) -> Figure | None:
    """The first of their figures on the same thing, where none of those says the same."""
    on_it = [each for each in theirs if comparable(each, figure)]
    return on_it[0] if on_it and not any(agree(each, figure) for each in on_it) else None


class Difference(NamedTuple):
    """A figure of a claim, and what a work or run behind it states instead."""

    behind: Node
    figure: Figure
    theirs: Figure


def silent(behind: Iterable[Node], told: Collection[str]) -> Iterator[Node]:
    """The works and runs for a claim that are not `told`, by id, to narrow it or to oppose it."""
    return (each for each in behind if each.id not in told)


def disagreeing(
    claim: Node,
    behind: Iterable[Node],
    told: Collection[str],
    stated: Callable[[Node, Figure], Iterable[Figure]],
) -> Iterator[Difference]:
    """Figures of a claim that what is behind it states otherwise, and is not said to.

    `stated` gives the figures of a work or run that one of the claim may be compared with.
    """
    for each in silent(behind, told):
        for figure in claim.figures:
            if theirs := differing(figure, stated(each, figure)):
                yield Difference(each, figure, theirs)


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures measure one thing, in units of which one can be told in the other."""
    return same_metric(one, other) and amount(one).measure == amount(other).measure


def same_metric(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one quantity; of one that is not named, never."""
    named = [" ".join(each.metric.casefold().split()) for each in (one, other)]
    return bool(named[0]) and named[0] == named[1]


def agree(one: Figure, other: Figure) -> bool:
    """Whether two comparable figures are the same, but for rounding."""
    values = amount(one).value, amount(other).value
    if not (one.direction and other.direction):
        return close(abs(values[0]), abs(values[1]))
    return close(*values)


def close(one: float, other: float) -> bool:
    """Whether two numbers are the same, but for rounding."""
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))
