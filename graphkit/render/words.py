"""Short phrases that every view words alike: numbers, counts, places, verdicts."""

from __future__ import annotations

import re
from sys import float_info
from typing import Final

from graphkit.models import Reported, Standing, Verdict
from graphkit.render.escape import line
from graphkit.vocabulary import Flag, Outcome

OWN_TRACK: Final = "A"
LEVEL: Final = "95 % interval"
"""Of every interval of a verdict, as `experiment.statistics.LEVEL` has it."""
_HYPHEN: Final = re.compile(r"(?<![\w.])-(?=\.?\d)")
_TRACKS: Final = {OWN_TRACK: "own run", "B": "released results"}


def number(value: float, unit: str = "") -> str:
    """A signed number with a true minus: one decimal in points or per cent, else three."""
    decimals = 1 if unit in {"points", "%"} else 3
    rounded = round(value, decimals)
    sign = "+" if rounded else ""  # zero has no side
    return f"{rounded or 0.0:{sign}.{decimals}f}".replace("-", "−")


def citing(verdict: Verdict) -> str:
    """Whose the figure is that a run is held against."""
    return "its author expects" if verdict.own else "the source says"


def cited_as(verdict: Verdict) -> str:
    """As what that figure is listed."""
    return "expected" if verdict.own else "cited"


def signed(words: str) -> str:
    """Words with a true minus before their negative numbers, as `number` writes its own."""
    return _HYPHEN.sub("−", words)


def plain(value: float) -> str:
    """A number of unknown unit, to three significant digits; what rounding left of zero is zero."""
    return f"{value if abs(value) >= float_info.epsilon else 0:.3g}".replace("-", "−")


def count(amount: int, noun: str, plural: str = "") -> str:
    """An amount with its noun, as "1 run" or "2 runs"."""
    return f"{amount} {noun if amount == 1 else plural or noun + 's'}"


def listing(items: tuple[str, ...]) -> str:
    """Items as a sentence lists them: "a", "a and b", "a, b and c"."""
    return " and ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def effect(verdict: Verdict) -> str:
    """The measured effect with its unit; empty when nothing was measured."""
    if verdict.effect is None:
        return ""
    return f"{number(verdict.effect, verdict.unit)} {line(verdict.unit)}".rstrip()


def interval(verdict: Verdict) -> str:
    """The interval of the effect as "[−36.1, −31.5]"; empty when there is none."""
    if verdict.interval is None:
        return ""
    low, high = (number(end, verdict.unit) for end in verdict.interval)
    return f"[{low}, {high}]"


def measurement(verdict: Verdict) -> str:
    """The effect with its interval; empty when nothing was measured."""
    return " ".join(part for part in (effect(verdict), interval(verdict)) if part)


def seeds(verdict: Verdict) -> str:
    """How many seeds ran; empty when none did."""
    return count(len(verdict.seeds), "seed") if verdict.seeds else ""


def reported(said: Reported) -> str:
    """What an edge says of a measurement, as it was read: "p = 0.03, n = 412, 12 % up"."""
    figures = (
        " ".join(part for part in (line(f.metric), f"{f.value:g}", f.unit, f.direction) if part)
        for f in said.figures
    )
    parts = (
        f"p {said.bound} {said.p:g}" if said.p is not None else "",
        f"n = {said.n}" if said.n is not None else "",
        *figures,
        line(said.locator),
    )
    return ", ".join(part for part in parts if part)


def measured(verdict: Verdict) -> bool:
    """Whether a run stands behind the verdict."""
    return verdict.outcome not in {Outcome.NOT_RUN, Outcome.NOT_TESTABLE}


def small(verdict: Verdict) -> bool:
    """Whether its run shows a direction only: the profile is not the one that decides."""
    return measured(verdict) and not verdict.decisive


def caveat(verdict: Verdict) -> str:
    """What keeps the verdict from deciding: a small profile, a protocol changed since."""
    profile = line(verdict.profile) or "unnamed"
    parts = (f"{profile} profile, direction only" if small(verdict) else "", age(verdict))
    return "; ".join(part for part in parts if part)


def tried(standing: Standing) -> str:
    """What must stand beside the test state of a claim: that it settles nothing, whose runs
    it is of where that is not plain.
    """
    state = (standing.test, standing.profile)
    of = [each.track for each in standing.tracks if (each.outcome, each.profile) == state]
    plain = len(of) != 1 or (of == [OWN_TRACK] and len(standing.tracks) == 1)
    return "; ".join(part for part in (standing.hedge, "" if plain else track(of[0])) if part)


def flags(standing: Standing) -> tuple[str, ...]:
    """The flags of a standing; with whose runs are stale where not those of every track are."""
    stale = [each.track for each in standing.tracks if each.stale]
    some = 0 < len(stale) < len(standing.tracks)
    whose = f"{listing(tuple(map(track, stale)))} " if some else ""
    return tuple(f"{whose if flag is Flag.STALE else ''}{flag}" for flag in standing.flags)


def track(letter: str) -> str:
    """An evidence track in words."""
    return _TRACKS.get(letter, f"track {line(letter)}")


def age(verdict: Verdict) -> str:
    """That the verdict is of another protocol than the present one; empty when it is not."""
    return "stale: the protocol changed since this run" if verdict.stale else ""
