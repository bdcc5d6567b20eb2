"""What an arm is: one policy, where its weights start and how it is trained or measured.

The arms themselves stand in the claim tests that compare them (`trials`); those that several
tests share stand in `trials.starts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any, Final


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
    width: int = 64
    layers: int = 2


@dataclass(frozen=True, slots=True)
class Tune:
    """Supervised tuning on documents of a world; the rate falls linearly to nothing."""

    world: str
    steps: int
    batch: int  # documents; in worlds of tasks and requests, so many of each
    rate: float
    dtype: str = ""  # of torch: the weights are rounded to it after each step


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
    baseline: bool = True  # take the group's mean off the reward
    scaled: bool = False  # divide the advantage by the group's standard deviation
    rehearsal: float = 0.0  # weight of the pretraining loss kept beside it
    confident: bool = False  # tell the reward how sure the policy was of each completion
    draw: int = 0  # another stream of tasks and samples for the same seed
    dtype: str = ""  # of torch: the weights are rounded to it after each step
    practice: str = ""  # the world whose tasks it is reinforced on; empty: its own


@dataclass(frozen=True, slots=True)
class Score:
    """Supervised tuning of a stated confidence by the Brier loss; `prompts` questions a step."""

    world: str
    prompts: int
    steps: int
    rate: float


@dataclass(frozen=True, slots=True)
class Measure:
    """No training: something measured on the policies that the arm needs.

    `what` takes these policies by name, the seed and the number of items, and returns metrics and
    items; it stands beside the test that reads them, and loads torch itself. `code` names the
    modules of this room that it measures with, beyond those every arm is evaluated with.
    """

    world: str
    what: Callable[..., Any]
    code: tuple[str, ...] = ()


Plan = Pretrain | Tune | Reinforce | Score | Measure
STAGES: Final = {
    Pretrain: "base",
    Tune: "sft",
    Score: "sft",
    Reinforce: "rl",
    Measure: "measure",
}


@dataclass(frozen=True, slots=True)
class Arm:
    """One policy of the experiment, or one measurement of several."""

    name: str
    plan: Plan
    cpu_seconds: float  # budget for one seed, written down before it is run
    needs: tuple[Arm, ...] = ()  # whose weights it loads; it is trained on from the first

    @property
    def stage(self) -> str:
        return STAGES[type(self.plan)]


def closure(arms: Iterable[Arm]) -> tuple[Arm, ...]:
    """These arms and all that they need, each once, what is needed before what needs it."""
    found: dict[str, Arm] = {}
    for arm in arms:
        found |= {needed.name: needed for needed in closure(arm.needs)}
        found.setdefault(arm.name, arm)
    return tuple(found.values())


def settings(plan: Plan) -> dict[str, Any]:
    """A plan as JSON: its fields, functions by their names."""
    values = {field.name: getattr(plan, field.name) for field in fields(plan)}
    return {k: v.__name__ if callable(v) else v for k, v in values.items()}
