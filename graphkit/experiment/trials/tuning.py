"""How both arms of `ternary-reward` were tuned, by one rule.

Every setting of one grid (rate of learning by weight of the divergence; budget, prompts and
rehearsal as in the test) is run for either arm on seed 0, which no test reports. One setting is
chosen for both, so that they differ by their reward alone: that under which the two together earn
most, each of its *own* reward, on the questions held out from training; of equals, the first. What
the rule chose is what every arm of world K is trained with that is held to its start.
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
    """Every setting for which both arms have a record, in the order of the grid."""
    held = {r.arm: r for r in records if r.profile == PROFILE and not r.failure}
    tried = [row for row in zip(*GRID.values(), strict=True) if all(a.name in held for a in row)]
    together = [sum(_earned(arm, held[arm.name]) for arm in row) for row in tried]
    return tuple(
        _weighed(of, arm, held[arm.name], chosen=place == together.index(max(together)))
        for place, row in enumerate(tried)
        for of, arm in zip(GRID, row, strict=True)
    )


def _earned(arm: Arm, record: Record) -> float:
    return REWARD[starts.recipe(arm).reward](record)


def _weighed(of: str, arm: Arm, record: Record, *, chosen: bool) -> Tuned:
    recipe = starts.recipe(arm)
    return Tuned(
        arm.name,
        of,
        recipe.rate,
        recipe.beta,
        _earned(arm, record),
        _truthfulness(record),
        chosen=chosen,
        tested=arm.name == of,
        record=record.name,
    )
