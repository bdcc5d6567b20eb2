"""Does a small model trained for its uncertainty match one about ten times its size?

The source (arXiv 2402.03284) asks it of forecasts of conversations, by Brier score. Here a model
of 21 thousand weights, rewarded for abstaining rather than erring, stands beside one of 195
thousand: as its base is, trained for right answers only, and (the fair arm) trained like the small
one. Two hundredths of Brier score are the margin within which it counts as matching. What a model
of this size lacks here is memory for facts, which forecasting asks less of.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Pretrain
from graphkit.experiment.rule import Bound, ClaimTest, Gate, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import difference, mean, values

if TYPE_CHECKING:
    from graphkit.experiment.record import Record

MARGIN: Final = 0.02
SMALL_BASE: Final = Arm("n-base", Pretrain("K", 700, 256, 8e-3, width=12), 12)
SMALL_TERNARY: Final = replace(
    starts.K_TERNARY, name="n-ternary", cpu_seconds=6, needs=(SMALL_BASE,)
)
SMALL_BINARY: Final = replace(starts.K_BINARY, name="n-binary", cpu_seconds=6, needs=(SMALL_BASE,))


def read(seed: Seed) -> Reading:
    small, base = seed["n-ternary"], seed["k-base"]
    binary, ternary = seed["k-binary"], seed["k-ternary"]

    def matched(larger: Record) -> list[float]:
        return difference([loss + MARGIN for loss in _losses(larger)], _losses(small))

    def truthful(larger: Record) -> list[float]:
        return difference(values(small, "K", "c", "w"), values(larger, "K", "c", "w"))

    def selective(larger: Record) -> float:
        name = "accuracy at half coverage by the answer's chance"
        return small.metrics[name] - larger.metrics[name]

    return Reading(
        effect=matched(binary),
        checks={
            "Brier score against the larger base, within the margin": matched(base),
            "Brier score against the larger ternary, within the margin": matched(ternary),
            "truthfulness against the larger binary": truthful(binary),
        },
        measures={
            "truthfulness against the larger base": mean(truthful(base)),
            "truthfulness against the larger ternary": mean(truthful(ternary)),
            "accuracy at half coverage against the larger binary": selective(binary),
            "accuracy at half coverage against the larger base": selective(base),
            "accuracy at half coverage against the larger ternary": selective(ternary),
        },
    )


def _losses(record: Record) -> list[float]:
    """The squared distance by item between the chance of the answer and its rightness."""
    right = record.items["K"].flags("forced", "1")
    sure = record.items["K"].numbers["sure"]
    return [(s - r) ** 2 for s, r in zip(sure, right, strict=True)]


TEST: Final = ClaimTest(
    "small-matches-large",
    "A small model trained for its uncertainty matches one ten times its size at forecasting",
    cited="Brier score and skill on eight corpora of negotiations",
    quantity="Brier score of the larger binary model less that of the small ternary one, "
    "plus the margin of .02",
    unit="",
    smallest=0.0,
    arms=(starts.K_BASE, starts.K_BINARY, starts.K_TERNARY, SMALL_BASE, SMALL_TERNARY),
    optional=(SMALL_BINARY,),
    gates=(
        *starts.KNOWLEDGE_GATES,
        *starts.alive(starts.K_BINARY, starts.K_TERNARY, SMALL_TERNARY),
        Gate("n-base", "mass on decline", 0.1, 0.4),
    ),
    components=(
        Bound("Brier score against the larger base, within the margin", 0),
        Bound("Brier score against the larger ternary, within the margin", 0),
        Bound("truthfulness against the larger binary", 0),
    ),
    read=read,
    panel=Panel(
        "Small (21k weights) and larger (195k) models (world K)",
        (
            ("Brier score of the answer's chance", "Brier score"),
            ("accuracy at half coverage by the answer's chance", "accuracy at half coverage"),
            ("hallucination", "wrong"),
        ),
        (
            ("n-base", "small, start"),
            ("n-ternary", "small, ternary"),
            ("k-base", "larger, start"),
            ("k-binary", "larger, binary"),
            ("k-ternary", "larger, ternary"),
        ),
        unit="per cent",
    ),
)
