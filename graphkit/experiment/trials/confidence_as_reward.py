"""Does a model's own confidence, used as its reward, restore calibration and help reasoning?

The source is RLSF (arXiv 2507.21931), which prefers, of several answers, the one whose span the
model finds likelier. Here the preference is relative to the group of samples: the reward is the
chance of the answer after the policy's own chain, and nothing else is known to it. That it helps
reasoning is asked of the most likely answer as well, since sampling alone gets better where a
policy grows surer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure
from graphkit.experiment.rule import Bound, ClaimTest, Gate, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import change, difference, values

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items


def certainty(
    policies: Mapping[str, GPT], seed: int, items: int
) -> tuple[dict[str, float], dict[str, Items]]:
    """How well each policy's chance of its answer fits its rightness, on answerable tasks."""
    import torch

    from graphkit.experiment import evaluate

    torch.manual_seed(seed)
    _, _, tasks = evaluate.reasoning_tasks(seed, items)
    found: dict[str, float] = {}
    for name, policy in policies.items():
        found |= evaluate.answered(policy, tasks, name)
    return found, {}


_PLAN: Final = starts.recipe(starts.R_CORRECT)
SURE: Final = replace(
    starts.R_CORRECT, name="r-sure", plan=replace(_PLAN, reward="own_confidence", confident=True)
)
CERTAINTY: Final = Arm(
    "r-certainty", Measure("R", certainty), 2, (starts.R_SFT, SURE, starts.R_CORRECT)
)


def read(seed: Seed) -> Reading:
    start, sure, found = seed["r-sft"], seed["r-sure"], seed["r-certainty"].metrics
    answerable = start.items["R"].flags("kind", "a")
    error = "calibration error of"
    return Reading(
        effect=[found[f"{error} r-sft"] - found[f"{error} r-sure"]],
        checks={
            "accuracy on answerable": difference(
                values(sure, "R", "c"), values(start, "R", "c"), answerable
            ),
            "accuracy on answerable, greedy": change("accuracy on answerable, greedy", sure, start),
        },
        measures={
            "calibration error, start": found[f"{error} r-sft"],
            "calibration error, own confidence": found[f"{error} r-sure"],
            "calibration error, verified": found[f"{error} r-correct"],
            "mean confidence, start": found["mean confidence, r-sft"],
            "mean confidence, own confidence": found["mean confidence, r-sure"],
            "AUROC, own confidence minus start": found["AUROC of r-sure"] - found["AUROC of r-sft"],
        },
    )


TEST: Final = ClaimTest(
    "confidence-as-reward",
    "A model's own confidence in its answers, used as preference, restores calibration",
    cited="accuracy and ECE better on four reasoning sets",
    quantity="calibration error on answerable tasks, start minus own confidence",
    unit="",
    smallest=0.03,
    arms=(starts.R_BASE, starts.R_SFT, starts.R_CORRECT, SURE, CERTAINTY),
    gates=(
        *starts.REASONING_GATES,
        *starts.alive(SURE),
        Gate("r-certainty", "calibration error of r-sft", low=0.05),
    ),
    components=(
        Bound("accuracy on answerable", 0.0),
        Bound("accuracy on answerable, greedy", 0.0),
    ),
    read=read,
    panel=Panel(
        "Rewarding one's own confidence (world R)",
        (
            ("accuracy on answerable", "right, answerable"),
            ("abstention recall", "declined, unanswerable"),
            ("false refusals", "declined, answerable"),
        ),
        (("r-sft", "start"), ("r-sure", "own confidence"), ("r-correct", "verified")),
    ),
)
