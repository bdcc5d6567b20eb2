"""How both arms of `ternary-reward` were tuned, by one rule.

Every setting of one grid (rate of learning by weight of the divergence; budget, prompts and
rehearsal as in the test) is run for either arm on seed 0, which no test reports. For each arm the
setting wins under which it earns most of its *own* reward on the questions held out from training;
of equals, the one nearest the top of the grid. One seed tells settings apart by little where they
are near each other; what the rule chose is what every arm of world K is trained with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.experiment.arms import Arm, closure
from graphkit.experiment.trials import starts

if TYPE_CHECKING:
    from graphkit.experiment.record import Record

PROFILE: Final = "tuning"
RATES: Final = (1e-4, 2e-4, 4e-4)
BETAS: Final = (0.01, 0.03, 0.1, 0.3)
TESTED: Final = (starts.K_BINARY, starts.K_TERNARY)


def setting(arm: Arm, rate: float, beta: float) -> Arm:
    """The arm under one setting of the grid; itself, where that is its own recipe."""
    plan = replace(starts.recipe(arm), rate=rate, beta=beta)
    named = replace(arm, name=f"{arm.name}-rate{rate:g}-beta{beta:g}", plan=plan)
    return arm if plan == arm.plan else named


GRID: Final = {
    arm.name: tuple(setting(arm, *each) for each in product(RATES, BETAS)) for arm in TESTED
}
ARMS: Final = closure(arm for row in GRID.values() for arm in row)


class Tuned(NamedTuple):
    """One setting of one arm, and what it came to on the seed for tuning; shares of one."""

    arm: str
    of: str  # the arm of the test that it is a setting of
    rate: float
    beta: float
    reward: float  # its own, a question held out
    truthfulness: float
    chosen: bool
    tested: bool  # it is the recipe of the test
    record: str


def _truthfulness(record: Record) -> float:
    return record.metrics["accuracy"] - record.metrics["hallucination"]


REWARD: Final[Mapping[str, Callable[[Record], float]]] = {  # mean reward of an answer, by reward
    "binary": lambda record: record.metrics["accuracy"],
    "ternary": _truthfulness,
}


def tuned(records: Iterable[Record]) -> tuple[Tuned, ...]:
    """Every setting that has a record, arm by arm in the order of the grid."""
    held = {r.arm: r for r in records if r.profile == PROFILE and not r.failure}
    return tuple(
        each
        for of, row in GRID.items()
        for each in _weighed(of, [(arm, held[arm.name]) for arm in row if arm.name in held])
    )


def _weighed(of: str, row: list[tuple[Arm, Record]]) -> list[Tuned]:
    earned = [REWARD[starts.recipe(arm).reward](record) for arm, record in row]
    best = max(earned, default=0.0)
    return [
        Tuned(
            arm.name,
            of,
            starts.recipe(arm).rate,
            starts.recipe(arm).beta,
            reward,
            _truthfulness(record),
            chosen=place == earned.index(best),
            tested=arm.name == of,
            record=record.name,
        )
        for place, ((arm, record), reward) in enumerate(zip(row, earned, strict=True))
    ]
