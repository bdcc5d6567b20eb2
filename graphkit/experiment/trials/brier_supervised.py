"""How much of the stated calibration error would a supervised Brier loss still take away?

An upper reference beside `binary-hurts-calibration`, whose repair is a reward: here the same start
is tuned for as many steps on as many questions by the Brier loss itself, every digit scored against
the chance that the answer after it is right. It is no part of that test's verdict.
"""

from __future__ import annotations

from typing import Final

from graphkit.experiment.arms import Arm, Score
from graphkit.experiment.rule import ClaimTest, Panel, Reading, Seed
from graphkit.experiment.trials import binary_hurts_calibration as repair
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import change, difference, mean, values

_PLAN: Final = starts.recipe(repair.PROPER)
SUPERVISED: Final = Arm(
    "c-supervised", Score("C", _PLAN.prompts, _PLAN.steps, _PLAN.rate), 6, (repair.START,)
)


def read(seed: Seed) -> Reading:
    scored, taught = seed["c-brier"], seed["c-supervised"]
    said, auroc = "calibration error of the stated confidence", "AUROC of the stated confidence"
    return Reading(
        effect=change(said, scored, taught),
        measures={
            "accuracy, supervised minus scored": mean(
                difference(values(taught, "C", "c"), values(scored, "C", "c"))
            ),
            "stated calibration error, supervised": taught.metrics[said],
            "stated calibration error, scored": scored.metrics[said],
            "stated AUROC, supervised minus scored": change(auroc, taught, scored)[0],
        },
    )


TEST: Final = ClaimTest(
    "brier-supervised",
    "A supervised Brier loss calibrates what is stated further than the reward does",
    cited="none: an upper reference for the repair by a reward",
    quantity="stated calibration error, scored by the reward minus supervised",
    unit="",
    smallest=0.03,
    arms=(starts.K_BASE, repair.START, repair.BINARY, repair.PROPER, SUPERVISED),
    gates=repair.TEST.gates,
    read=read,
    panel=Panel(
        "What is stated: by reward, and by the loss itself (world K)",
        (
            ("calibration error of the stated confidence", "calibration error, stated"),
            ("Brier score of the stated confidence", "Brier score, stated"),
            ("accuracy", "right"),
        ),
        (
            ("c-sft", "start"),
            ("c-binary", "binary reward"),
            ("c-brier", "proper scoring reward"),
            ("c-supervised", "supervised Brier loss"),
        ),
        unit="per cent",
    ),
)
