"""Does a binary reward harm calibration, and does a proper scoring reward repair it?

The source is RLCR (arXiv 2507.16806): rightness less the squared distance of a confidence that is
stated. It is stated before the answer, because after it a model of two layers learnt nothing. Two
kinds of confidence are told apart: the chance that the model gives its answer, which binary reward
may sharpen beyond what it knows, and the confidence that it states, which binary reward leaves
without a reason to be right. Plain reinforcement: no divergence, no rehearsal.
"""

from __future__ import annotations

from typing import Final

from graphkit.experiment.arms import Arm, Reinforce, Tune
from graphkit.experiment.rule import Bound, ClaimTest, Gate, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import change, difference, values

START: Final = Arm("c-sft", Tune("C", 400, 256, 3e-3), 18, (starts.K_BASE,))
SAID, CHANCE = (
    "calibration error of the stated confidence",
    "calibration error of the answer's chance",
)


def _arm(name: str, reward: str) -> Arm:
    return Arm(name, Reinforce("C", reward, 64, 16, 100, 3e-4, beta=0.0), 14, (START,))


BINARY: Final = _arm("c-binary", "binary")
PROPER: Final = _arm("c-brier", "brier")


def read(seed: Seed) -> Reading:
    start, binary, proper = seed["c-sft"], seed["c-binary"], seed["c-brier"]
    return Reading(
        effect=change(CHANCE, binary, start),
        checks={
            "stated calibration error, binary minus scored": change(SAID, binary, proper),
            "stated AUROC, scored minus binary": change(
                "AUROC of the stated confidence", proper, binary
            ),
            "accuracy, scored minus binary": difference(
                values(proper, "C", "c"), values(binary, "C", "c")
            ),
        },
        measures={
            "stated calibration error, binary minus start": change(SAID, binary, start)[0],
            "stated calibration error, scored": proper.metrics[SAID],
            "AUROC of the answer's chance, binary minus start": change(
                "AUROC of the answer's chance", binary, start
            )[0],
            "calibration error of the answer's chance, scored minus start": change(
                CHANCE, proper, start
            )[0],
        },
    )


TEST: Final = ClaimTest(
    "binary-hurts-calibration",
    "A binary reward harms calibration; a proper scoring reward repairs it",
    cited="HotpotQA ECE .37 -> .03 with a Brier term",
    quantity="calibration error of the answer's chance, binary minus start",
    unit="",
    smallest=0.03,
    arms=(starts.K_BASE, START, BINARY, PROPER),
    gates=(
        *starts.KNOWLEDGE_GATES,
        Gate("c-sft", "stated no confidence", high=0.02),
        Gate("c-sft", "accuracy, forced", low=0.4),
        Gate("c-sft", "AUROC of the stated confidence", low=0.65),
        *starts.alive(BINARY, PROPER),
    ),
    components=(
        Bound("stated calibration error, binary minus scored", 0.03),
        Bound("stated AUROC, scored minus binary", 0.03),
    ),
    guards=(Bound("accuracy, scored minus binary", -0.02),),
    read=read,
    panel=Panel(
        "Two kinds of confidence (world K, stated before the answer)",
        (
            (CHANCE, "calibration error of the answer's chance"),
            (SAID, "calibration error of the stated confidence"),
            ("accuracy", "right"),
        ),
        (("c-sft", "start"), ("c-binary", "binary reward"), ("c-brier", "proper scoring reward")),
        unit="per cent",
    ),
    primary=True,
)
