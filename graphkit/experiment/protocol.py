"""The sizes of run, and the fingerprint that ties a record to what made it.

To add a size of run, add a row to `PROFILES`. The recipes of the arms were tuned on seed 0 and the
development seeds 100 to 102 only, none of which a profile reports. The tests themselves were mended
after a first full run on the seeds 1 to 8, so that `full` reports on seeds that nothing had seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from graphkit.errors import RecordError
from graphkit.experiment import digest
from graphkit.experiment.arms import (
    Arm,
    Measure,
    Plan,
    Pretrain,
    Reinforce,
    Score,
    Tune,
    closure,
    settings,
)
from graphkit.experiment.rule import ClaimTest
from graphkit.experiment.trials import ARMS, BESIDE, BUILT, FIRST, TUNED


@dataclass(frozen=True, slots=True)
class Profile:
    """A size of run. Seed 0 is for tuning only, so no profile that reports uses it."""

    name: str
    seeds: tuple[int, ...]
    tests: tuple[str, ...]
    others: int = 0  # how many of the seeds tests that are not primary use; 0: all
    extras: int = 0  # how many of the seeds also run the arms that only add to a figure
    minutes: float = 0.0  # wall clock on two free cores; 0: no limit
    items: int = 1000  # test items of each world
    steps: int | None = None  # cap on the steps of every stage
    batch: int | None = None  # cap on documents or prompts a step
    gated: bool = True  # arms of a seed whose base fails a gate are not run
    arms: tuple[Arm, ...] = ()  # that no test compares

    def seeds_of(self, test: ClaimTest) -> tuple[int, ...]:
        """The seeds on which this profile runs a test."""
        return self.seeds if test.primary else self.seeds[: self.others or None]


ALL: Final = tuple(test.name for test in (*BUILT, *BESIDE))
PROFILES: Final = {
    row.name: row
    for row in (
        Profile("tuning", (0,), (), arms=TUNED),
        Profile("smoke", (1, 2), ALL, others=1, extras=1, items=16, steps=3, batch=8, gated=False),
        Profile("quick", (1, 2, 3), tuple(test.name for test in FIRST), minutes=5),
        Profile("full", tuple(range(11, 19)), ALL, others=5, extras=2, minutes=60),
    )
}
FEWEST_SEEDS: Final = 2  # fewer are no sample
RANK: Final = {name: rank for rank, name in enumerate(PROFILES)}  # the larger run speaks


def plan(profile: Profile, arm: Arm) -> Plan:
    """How this arm is trained under this profile: its own plan within the profile's caps."""
    caps = {"steps": profile.steps, "batch": profile.batch, "prompts": profile.batch}
    capped = {
        name: min(getattr(arm.plan, name), cap)
        for name, cap in caps.items()
        if cap is not None and hasattr(arm.plan, name)
    }
    return replace(arm.plan, **capped)


def config(profile: Profile, arm: Arm) -> dict[str, Any]:
    """The settings that a record carries: its plan, and those of the arms that it needs."""
    return {
        "items": profile.items,
        "lineage": [{"arm": step.name, **settings(plan(profile, step))} for step in closure([arm])],
    }


@cache
def fingerprint(profile: str, arm: str) -> str:
    """Digest of the settings and of the code that defines world, training, reward, evaluation.

    Raises:
        RecordError: there is no such profile or arm.
    """
    if profile not in PROFILES or arm not in ARMS:
        raise RecordError(f"no arm {arm!r} in a profile {profile!r}", "this version has none")
    code = [_code(step.plan) for step in closure([ARMS[arm]])]
    return digest.of([config(PROFILES[profile], ARMS[arm]), *code])


_SHARED: Final = ("model", "evaluate", "calibration", "world/words")
_READ: Final = ("outcome", "names", "stated")  # how every completion is read, rewarded or not
_WORLDS: Final[Mapping[str, tuple[str, ...]]] = {  # by the letter of a world
    "K": ("world/knowledge",),
    "C": ("world/knowledge", "world/stated"),
    "H": ("world/reasoning", "world/safety", "world/redundant"),
    "J": ("world/knowledge", "world/reasoning", "world/safety", "world/joint"),
    "R": ("world/reasoning", "world/safety"),
    "S": ("world/reasoning", "world/safety"),
}
_TRAINING: Final = {
    Pretrain: ["train"],
    Tune: ["train"],
    Reinforce: ["train", "reinforce"],
    Score: ["train", "reinforce", "supervise"],
}


def _code(step: Plan) -> list[str]:
    rounding = ["precision"] if getattr(step, "dtype", "") else []
    training = [*_TRAINING.get(type(step), []), *rounding]
    measuring = step.code if isinstance(step, Measure) else ()
    modules = (*_SHARED, *_WORLDS[step.world[0]], *training, *measuring)
    rewards = [*_READ, step.reward] if isinstance(step, Reinforce) else _READ
    digests = [*map(digest.module, modules), digest.definitions("rewards", rewards)]
    return [*digests, digest.function(step.what)] if isinstance(step, Measure) else digests


def current(profile: str, arm: str, recorded: str) -> bool:
    """Whether a record with this fingerprint was made by the protocol as it stands now."""
    try:
        return fingerprint(profile, arm) == recorded
    except RecordError:
        return False
