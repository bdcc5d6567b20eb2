"""The verdicts: each claim test judged on the records of the largest profile that is a sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.experiment import protocol, rule, statistics
from graphkit.experiment.protocol import FEWEST_SEEDS, PROFILES, RANK
from graphkit.experiment.rule import ClaimTest, complete
from graphkit.experiment.trials import BESIDE, BUILT, TESTS
from graphkit.models import Verdict

if TYPE_CHECKING:
    from graphkit.experiment.record import Record  # pydantic waits there

Judge = Callable[[ClaimTest, Sequence["Record"]], Verdict]
"""Judges a test on those records that its verdict depends on."""


def verdicts(records: Iterable[Record], judge: Judge | None = None) -> tuple[Verdict, ...]:
    """One verdict for each test, from the largest profile whose records are a sample.

    A `judge` that remembers what `judged` said of the same records spares judging them again.
    """
    held, ask = tuple(records), judge or judged
    told = [ask(test, _speaking(test, held)) for test in TESTS.values()]
    p_values = {
        verdict.test: dict(verdict.measures)["sign-flip p"]
        for verdict in told
        if TESTS[verdict.test].primary and verdict.measures
    }
    adjusted = statistics.holm(p_values)
    return tuple(_adjusted(verdict, adjusted) for verdict in told)


def beside(records: Iterable[Record]) -> tuple[Verdict, ...]:
    """One verdict for each row that stands beside the tests: reported, but no claim rests on it."""
    held = tuple(records)
    return tuple(judged(row, _speaking(row, held)) for row in BESIDE)


def _speaking(test: ClaimTest, records: Sequence[Record]) -> list[Record]:
    """The records of the largest profile with enough whole seeds, else of the largest begun.

    Those of arms that the test does not ask for are left out.
    """
    own = _own(test)
    begun = {record.profile for record in records if record.arm in own}
    held = {name: [r for r in records if _asked(test, r, name)] for name in begun}
    enough = [name for name in begun if len(complete(held[name], test.required)) >= FEWEST_SEEDS]
    largest = max(enough or begun, key=lambda name: RANK.get(name, -1), default="")
    return [record for record in held.get(largest, ()) if record.arm in test.required]


def _own(test: ClaimTest) -> frozenset[str]:
    """The arms whose records show that a test was begun: those that no other test has, if any."""
    others = {arm.name for each in BUILT if each.name != test.name for arm in each.arms}
    arms = frozenset(arm.name for arm in test.arms)
    return arms - others or arms


def _asked(test: ClaimTest, record: Record, profile: str) -> bool:
    """Whether a record is of this profile and of a seed on which the profile runs the test."""
    planned = PROFILES[profile].seeds_of(test) if profile in PROFILES else ()
    return record.profile == profile and record.seed in planned


def judged(test: ClaimTest, records: Sequence[Record]) -> Verdict:
    """The verdict, stale if one of its records is of another protocol than the present one."""
    verdict = rule.judge(test, records)
    named = (record for record in records if record.name in verdict.records)
    stale = any(not protocol.current(r.profile, r.arm, r.fingerprint) for r in named)
    return replace(verdict, stale=stale)


def _adjusted(verdict: Verdict, adjusted: dict[str, float]) -> Verdict:
    """The verdict with its p-value among those of all primary tests."""
    holm = [("sign-flip p, Holm", p) for name, p in adjusted.items() if name == verdict.test]
    return replace(verdict, measures=(*verdict.measures, *holm))
