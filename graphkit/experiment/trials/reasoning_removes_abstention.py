"""Does rewarding only right answers to reasoning tasks take abstention away?

Under such a reward every sample of an unanswerable task scores alike, so that its group has no
gradient: abstention can only go by what is learnt from answerable tasks.
"""

from __future__ import annotations

from typing import Final

from graphkit.experiment.rule import Bound, ClaimTest, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import change, difference, values


def read(seed: Seed) -> Reading:
    before, after = seed["r-sft"], seed["r-correct"]
    answerable = before.items["R"].flags("kind", "a")
    unanswerable = before.items["R"].flags("kind", "u")
    return Reading(
        effect=difference(values(before, "R", "a"), values(after, "R", "a"), unanswerable),
        checks={
            "accuracy on answerable": difference(
                values(after, "R", "c"), values(before, "R", "c"), answerable
            )
        },
        measures={
            "accuracy on answerable, greedy": 100
            * change("accuracy on answerable, greedy", after, before)[0],
            "abstention F1": 100 * change("abstention F1", after, before)[0],
        },
    )


TEST: Final = ClaimTest(
    "reasoning-removes-abstention",
    "Rewarding only right answers to reasoning tasks lowers abstention where there is none",
    cited="-24 points of mean abstention recall, two pairs of SFT-type reasoning tunes",
    quantity="abstention recall lost, tuned start minus correct-only",
    smallest=5,
    arms=(starts.R_BASE, starts.R_SFT, starts.R_CORRECT),
    gates=(*starts.REASONING_GATES, *starts.alive(starts.R_CORRECT)),
    guards=(Bound("accuracy on answerable", 0),),
    read=read,
    panel=Panel(
        "Rewarding right answers only (world R)",
        (
            ("abstention recall", "declined, unanswerable"),
            ("accuracy on answerable", "right, answerable"),
            ("false refusals", "declined, answerable"),
        ),
        (("r-sft", "start"), ("r-correct", "correct-only")),
    ),
    primary=True,
)
