"""The further quantities of a verdict, each with its interval and its unit."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from graphkit.models import RELEASED_PROFILE, Verdict
from graphkit.render.words import LEVEL, plain

_CHANCE: Final = "sign-flip p"  # how the probabilities of an effect are called
_LOW, _HIGH = ", low", ", high"  # what the ends of a measure's interval are called
_DIFFERENCE: Final = re.compile(r"\b(?:minus|less|lost|against)\b")
_KINDS: Final = ("bootstrap", "t")  # the intervals of the effect itself: the wider one decides


class Measure(NamedTuple):
    """One quantity; its texts hold only numbers and brackets, and need no escape."""

    name: str
    value: str
    interval: str = ""  # as "[−6.03, −2.51]", at `words.LEVEL`
    unit: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.value, self.unit, self.interval) if part)


def measures(verdict: Verdict) -> tuple[Measure, ...]:
    """Of which intervals the effect's is the wider, every further quantity, probabilities last.

    The differences of a test are in its own unit. What is shown beside them may be a level, or
    of another unit, which the verdict does not name; nor does it name those of released results.
    """
    held = dict(verdict.measures)
    unit = "" if verdict.profile == RELEASED_PROFILE else verdict.unit
    told = [
        _measure(held, name, unit)
        for name in held
        if not _is_end(held, name) and not name.startswith(_CHANCE)
    ]
    chances = [Measure(n, plain(p)) for n, p in verdict.measures if n.startswith(_CHANCE)]
    return (*_sureness(held, unit), *told, *chances)


def _measure(held: dict[str, float], name: str, unit: str) -> Measure:
    """One quantity, in the unit of the test where it is a difference: no level is below zero."""
    between = _between(held, name + _LOW, name + _HIGH)
    differs = between or held[name] < 0 or _DIFFERENCE.search(name)
    return Measure(name, plain(held[name]), between, unit if differs else "")


def _sureness(held: dict[str, float], unit: str) -> list[Measure]:
    """Of which two intervals the effect's is the wider, where it is."""
    found = {kind: _between(held, f"{kind} low", f"{kind} high") for kind in _KINDS}
    if not all(found.values()):
        return []
    wider = " and ".join(f"{kind} {said}" for kind, said in found.items())
    return [Measure(f"its {LEVEL}, the wider of two", "", wider, unit)]


def _is_end(held: dict[str, float], name: str) -> bool:
    """Whether a number is an end of an interval that is told with what it is of."""
    if name in {f"{kind} {end}" for kind in _KINDS for end in ("low", "high")}:
        return all(f"{kind} {end}" in held for kind in _KINDS for end in ("low", "high"))
    owner = name.removesuffix(_LOW).removesuffix(_HIGH)
    return owner != name and owner in held and {owner + _LOW, owner + _HIGH} <= held.keys()


def _between(held: dict[str, float], low: str, high: str) -> str:
    return f"[{plain(held[low])}, {plain(held[high])}]" if {low, high} <= held.keys() else ""
