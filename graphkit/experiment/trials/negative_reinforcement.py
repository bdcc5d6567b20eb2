"""Does training on wrong samples alone keep what a policy can reach, and on right ones lose it?

The source (arXiv 2506.01347) has no baseline, no divergence and no rehearsal; nor have these arms.
Where an answer is one word, pass@k is exact. Abstaining is no right answer, so that it counts as a
negative sample; an arm that leaves it out is drawn beside the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Reinforce
from graphkit.experiment.rule import Bound, ClaimTest, Gate, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import difference, mean

if TYPE_CHECKING:
    from graphkit.experiment.record import Record


def _arm(name: str, reward: str, *, baseline: bool = False) -> Arm:
    plan = Reinforce("K", reward, 128, 16, 120, 2e-4, beta=0.0, baseline=baseline)
    return Arm(name, plan, 5, (starts.K_BASE,))


POSITIVE: Final = _arm("k-positive", "positive")
NEGATIVE: Final = _arm("k-negative", "negative")
WEIGHTED: Final = _arm("k-weighted", "negative_weighted")
ANSWERS: Final = _arm("k-negative-answers", "negative_answers")
PLAIN: Final = _arm("k-plain", "binary", baseline=True)


def read(seed: Seed) -> Reading:
    base, positive, negative = seed["k-base"], seed["k-positive"], seed["k-negative"]

    def more(k: int, arm: Record, other: Record) -> list[float]:
        return difference(passed(arm, k), passed(other, k))

    return Reading(
        effect=more(256, negative, positive),
        checks={
            "pass@256, negative-only against the start": more(256, negative, base),
            "pass@256 lost by positive-only against the start": more(256, base, positive),
            "pass@1, negative-only against the start": more(1, negative, base),
        },
        measures={
            "pass@16, negative-only minus positive-only": 100 * mean(more(16, negative, positive)),
            "pass@1, negative-only minus positive-only": 100 * mean(more(1, negative, positive)),
            "pass@256, weighted minus the start": 100 * mean(more(256, seed["k-weighted"], base)),
        },
    )


def passed(record: Record, k: int) -> list[float]:
    """Pass@k of world K by item, from the chance that one sample is right."""
    return [1 - (1 - chance) ** k for chance in record.items["K"].numbers["right"]]


TEST: Final = ClaimTest(
    "negative-reinforcement",
    "Training on wrong samples alone keeps pass@k; on right samples alone loses it",
    cited="negative-only training matches full reinforcement, k to 256",
    quantity="pass@256, negative-only minus positive-only",
    smallest=3,
    arms=(starts.K_BASE, POSITIVE, NEGATIVE, WEIGHTED),
    optional=(PLAIN, ANSWERS),
    gates=(*starts.KNOWLEDGE_GATES, Gate("k-base", "pass@1", 0.2, 0.7)),
    components=(
        Bound("pass@256, negative-only against the start", -3),
        Bound("pass@256 lost by positive-only against the start", 3),
    ),
    guards=(Bound("pass@1, negative-only against the start", -3),),
    read=read,
    panel=Panel(
        "What k samples reach (world K)",
        (("pass@1", "pass@1"), ("pass@16", "pass@16"), ("pass@256", "pass@256")),
        (
            ("k-base", "start"),
            ("k-positive", "right only"),
            ("k-negative", "wrong only"),
            ("k-weighted", "weighted"),
            ("k-plain", "both"),
            ("k-negative-answers", "wrong, abstaining free"),
        ),
    ),
    primary=True,
)
