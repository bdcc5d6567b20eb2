"""What is run: the arms, the profiles, and the fingerprint that ties a record to them.

An arm is one policy: where its weights start, how it is trained and what it is rewarded for. To
add an arm, add a row to `ARMS`; to add a size of run, a row to `PROFILES`. The recipes were tuned
on seed 0 and the development seeds 100 to 102 only, none of which a profile reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any, Final

from graphkit.errors import RecordError
from graphkit.experiment import digest


@dataclass(frozen=True, slots=True)
class Pretrain:
    """Next-token training from random weights; `batch` in documents, `rate` the peak."""

    world: str
    steps: int  # at most, where training waits for a target
    batch: int
    rate: float
    warmup: int = 100
    target: float = 0.0  # greedy accuracy at which the decay starts; 0: a fixed cosine
    decay: int = 0  # steps of linear decay after the target


@dataclass(frozen=True, slots=True)
class Tune:
    """Supervised tuning on labels that can abstain, noisily; the rate falls linearly to nothing."""

    world: str
    steps: int
    batch: int  # tasks, and as many requests
    rate: float


@dataclass(frozen=True, slots=True)
class Reinforce:
    """Group-relative policy gradient; `prompts` groups of `samples` completions a step."""

    world: str
    reward: str  # a row of `rewards.REWARDS`
    prompts: int
    samples: int
    steps: int
    rate: float
    beta: float  # weight of the k3 estimate of the divergence from the initial policy
    scaled: bool = False  # divide the advantage by the group's standard deviation
    rehearsal: float = 0.0  # weight of the pretraining loss kept beside it


Plan = Pretrain | Tune | Reinforce
STAGES: Final = {Pretrain: "base", Tune: "sft", Reinforce: "rl"}


@dataclass(frozen=True, slots=True)
class Arm:
    """One policy of the experiment."""

    name: str
    plan: Plan
    cpu_seconds: float  # budget for one seed under `quick`, written down before it is run
    start: str = ""  # the arm whose weights it starts from; empty: random weights

    @property
    def stage(self) -> str:
        return STAGES[type(self.plan)]


def _knowledge(reward: str) -> Reinforce:
    return Reinforce("K", reward, 128, 16, 200, 2e-4, beta=0.1, rehearsal=0.3)


def _reasoning(reward: str) -> Reinforce:
    return Reinforce("R", reward, 16, 16, 60, 3e-4, beta=0.05, scaled=True)


def _table(*rows: Arm) -> dict[str, Arm]:
    return {row.name: row for row in rows}


ARMS: Final = _table(
    Arm("k-base", Pretrain("K", 700, 256, 4e-3), 28),
    Arm("k-binary", _knowledge("binary"), 10, "k-base"),
    Arm("k-signed", _knowledge("signed_binary"), 10, "k-base"),
    Arm("k-ternary", _knowledge("ternary"), 10, "k-base"),
    Arm("k-ternary-reward", _knowledge("ternary_rewarding"), 10, "k-base"),
    Arm("k-ternary-cost", _knowledge("ternary_costing"), 10, "k-base"),
    Arm("r-base", Pretrain("R", 1200, 96, 4e-3, target=0.9, decay=80), 32),
    Arm("r-sft", Tune("R", 140, 96, 3e-3), 18, "r-base"),
    Arm("r-correct", _reasoning("binary"), 15, "r-sft"),
    Arm("r-clarify", _reasoning("clarification"), 16, "r-sft"),
    Arm("r-abstain", _reasoning("abstention"), 16, "r-sft"),
    Arm("s-safety", replace(_reasoning("safety"), world="S"), 3, "r-sft"),
)


@dataclass(frozen=True, slots=True)
class Profile:
    """A size of run. Seed 0 is for tuning only, so no profile that reports uses it."""

    name: str
    seeds: tuple[int, ...]
    tests: tuple[str, ...]
    optional: tuple[str, ...] = ()  # arms that only add to a figure
    minutes: float = 0.0  # wall clock on two free cores; 0: no limit
    items: int = 1000  # test items of each world
    steps: int | None = None  # cap on the steps of every stage
    batch: int | None = None  # cap on documents or prompts a step
    gated: bool = True  # arms of a seed whose base fails a gate are not run


PRIMARY: Final = (
    "ternary-reward",
    "reasoning-removes-abstention",
    "objective-sets-direction",
    "clarification-reward",
)
PROFILES: Final = {
    row.name: row
    for row in (
        Profile("smoke", (1, 2), PRIMARY, items=24, steps=3, batch=8, gated=False),
        Profile(
            "quick",
            (1, 2, 3),
            PRIMARY,
            optional=("k-ternary-reward", "k-ternary-cost"),
            minutes=5,
        ),
        Profile(
            "full",
            tuple(range(1, 9)),
            PRIMARY,
            optional=("k-signed", "k-ternary-reward", "k-ternary-cost"),
            minutes=60,
        ),
    )
}
FEWEST_SEEDS: Final = 2  # fewer are no sample
RANK: Final = {name: rank for rank, name in enumerate(PROFILES)}  # the larger run speaks


def plan(profile: Profile, arm: Arm) -> Plan:
    """How this arm is trained under this profile: the table's plan within the profile's caps."""
    caps = {"steps": profile.steps, "batch": profile.batch, "prompts": profile.batch}
    capped = {
        name: min(getattr(arm.plan, name), cap)
        for name, cap in caps.items()
        if cap is not None and hasattr(arm.plan, name)
    }
    return replace(arm.plan, **capped)


def lineage(name: str) -> tuple[Arm, ...]:
    """An arm after all that it starts from, the random start first."""
    arm = ARMS[name]
    return (*lineage(arm.start), arm) if arm.start else (arm,)


def closure(names: Iterable[str]) -> tuple[Arm, ...]:
    """These arms and all that they start from, each once, starts before what starts from them."""
    return tuple({arm.name: arm for name in names for arm in lineage(name)}.values())


def config(profile: Profile, arm: Arm) -> dict[str, Any]:
    """The settings that a record carries: its plan, and those of the arms that it starts from."""
    return {
        "items": profile.items,
        "lineage": [
            {"arm": step.name, **asdict(plan(profile, step))} for step in lineage(arm.name)
        ],
    }


@cache
def fingerprint(profile: str, arm: str) -> str:
    """Digest of the settings and of the code that defines world, training, reward, evaluation.

    Raises:
        RecordError: there is no such profile or arm.
    """
    if profile not in PROFILES or arm not in ARMS:
        raise RecordError(f"no arm {arm!r} in a profile {profile!r}", "this version has none")
    steps = lineage(arm)
    return digest.of([config(PROFILES[profile], ARMS[arm]), *(_code(step.plan) for step in steps)])


_SHARED: Final = ("model", "evaluate", "world/words")
_WORLDS: Final[Mapping[str, tuple[str, ...]]] = {
    "K": ("world/knowledge",),
    "R": ("world/reasoning", "world/safety"),
    "S": ("world/reasoning", "world/safety"),
}
_TRAINING: Final = {Pretrain: "train", Tune: "train", Reinforce: "reinforce"}


def _code(step: Plan) -> list[str]:
    modules = (*_SHARED, *_WORLDS[step.world], _TRAINING[type(step)])
    rewards = [step.reward] if isinstance(step, Reinforce) else []
    return [*map(digest.module, modules), digest.definitions("rewards", rewards)]


def current(profile: str, arm: str, recorded: str) -> bool:
    """Whether a record with this fingerprint was made by the protocol as it stands now."""
    try:
        return fingerprint(profile, arm) == recorded
    except RecordError:
        return False
