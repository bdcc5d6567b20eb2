"""What several claim tests share: the starting policies, the recipes, the gates on them."""

from __future__ import annotations

from typing import Final

from graphkit.experiment.arms import Arm, Pretrain, Reinforce, Tune
from graphkit.experiment.rule import Gate

K_BASE: Final = Arm("k-base", Pretrain("K", 700, 256, 4e-3), 28)
R_BASE: Final = Arm("r-base", Pretrain("R", 1200, 96, 4e-3, target=0.9, decay=80), 32)
R_SFT: Final = Arm("r-sft", Tune("R", 140, 96, 3e-3), 18, (R_BASE,))

KNOWLEDGE_GATES: Final = (
    Gate("k-base", "accuracy on many", low=0.98),
    Gate("k-base", "accuracy on never over prior", -0.03, 0.03),
    Gate("k-base", "mass on decline", 0.15, 0.35),
    Gate("k-base", "decline auroc", high=0.65),
)
REASONING_GATES: Final = (
    Gate("r-base", "accuracy before decay", low=0.85),
    Gate("r-sft", "abstention recall", 0.5, 0.9),
    Gate("r-sft", "accuracy on answerable", low=0.65),
    Gate("r-sft", "false refusals", high=0.2),
)


def knowledge(name: str, reward: str) -> Arm:
    """World K from its base, held near it by divergence and rehearsal, as `tuning` chose."""
    plan = Reinforce("K", reward, 128, 16, 200, 2e-4, beta=0.01, rehearsal=0.3)
    return Arm(name, plan, 10, (K_BASE,))


def reasoning(name: str, reward: str, world: str = "R", seconds: float = 13) -> Arm:
    """World R, or the requests of S, from the start that can abstain."""
    plan = Reinforce(world, reward, 16, 16, 60, 3e-4, beta=0.05, scaled=True)
    return Arm(name, plan, seconds, (R_SFT,))


def recipe(arm: Arm) -> Reinforce:
    """How an arm is reinforced, to vary one part of it.

    Raises:
        TypeError: the arm is not reinforced.
    """
    if not isinstance(arm.plan, Reinforce):
        raise TypeError(f"{arm.name} is not reinforced")
    return arm.plan


def alive(*arms: Arm) -> tuple[Gate, ...]:
    """Gates on what an arm's first groups can tell apart."""
    return tuple(Gate(arm.name, "groups without variance at the start", high=0.6) for arm in arms)


R_CORRECT: Final = reasoning("r-correct", "binary")
K_BINARY: Final = knowledge("k-binary", "binary")
K_TERNARY: Final = knowledge("k-ternary", "ternary")
