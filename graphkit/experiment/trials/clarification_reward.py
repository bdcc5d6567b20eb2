"""Can abstaining, and naming what is missing, be rewarded into being?

The source is Abstain-R1 (arXiv 2604.17073); the second quantity is QuestBench's (arXiv 2503.22674).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.experiment.rule import Bound, ClaimTest, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import declined, difference, mean, values

if TYPE_CHECKING:
    from graphkit.experiment.record import Record

ABSTAIN: Final = starts.reasoning("r-abstain", "abstention")
CLARIFY: Final = starts.reasoning("r-clarify", "clarification")


def read(seed: Seed) -> Reading:
    start, plain, named = seed["r-sft"], seed["r-abstain"], seed["r-clarify"]
    answerable = start.items["R"].flags("kind", "a")
    unanswerable = start.items["R"].flags("kind", "u")

    def accuracy(other: Record) -> list[float]:
        return difference(values(named, "R", "c"), values(other, "R", "c"), answerable)

    return Reading(
        effect=difference(_names(named), _names(plain), unanswerable),
        checks={
            "accuracy on answerable, against abstain-only": accuracy(plain),
            "accuracy on answerable, against the start": accuracy(start),
            "unanswerable tasks declined, against the start": difference(
                values(named, "R", "a"), values(start, "R", "a"), unanswerable
            ),
        },
        measures={
            **declined(named, "R", start),
            "named given the completed task is solved, before": _given_solved(start),
            "named given the completed task is solved, after": _given_solved(named),
        },
    )


def _names(record: Record) -> list[int]:
    return [int(flag) for flag in record.items["R"].flags("named", "1")]


def _given_solved(record: Record) -> float:
    solved = record.items["R"].flags("solved", "1")
    return 100 * mean([float(n) for n, s in zip(_names(record), solved, strict=True) if s])


TEST: Final = ClaimTest(
    "clarification-reward",
    "Rewarding the name of what is missing makes a model abstain and name it",
    cited="a 3B model rewarded so abstains and clarifies with answerable accuracy preserved",
    quantity="unanswerable tasks declined with the right missing premise, "
    "clarification minus abstain-only",
    smallest=10,
    arms=(starts.R_BASE, starts.R_SFT, ABSTAIN, CLARIFY),
    gates=(*starts.REASONING_GATES, *starts.alive(ABSTAIN, CLARIFY)),
    components=(Bound("unanswerable tasks declined, against the start", 0),),
    guards=(
        Bound("accuracy on answerable, against abstain-only", -3),
        Bound("accuracy on answerable, against the start", -3),
    ),
    read=read,
    panel=Panel(
        "Rewarding the name of what is missing (world R)",
        (
            ("clarification", "declined and named, unanswerable"),
            ("abstention recall", "declined, unanswerable"),
            ("accuracy on answerable", "right, answerable"),
        ),
        (("r-sft", "start"), ("r-abstain", "abstain-only"), ("r-clarify", "clarification")),
    ),
    primary=True,
)
