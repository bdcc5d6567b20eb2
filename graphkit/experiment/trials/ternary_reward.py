"""Does scoring abstention between right and wrong make a model more truthful than binary?

The source is TruthRL (arXiv 2509.25760). Its optimum abstains where the chance of a right answer
is below (1 + t) / 2, with t the reward of abstaining; a binary reward never abstains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graphkit.experiment.arms import Arm, Pretrain
from graphkit.experiment.rule import Bound, ClaimTest, Panel, Reading, Seed, Thresholds
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import declined, difference, mean, values

SIGNED: Final = starts.knowledge("k-signed", "signed_binary")
REWARDING: Final = starts.knowledge("k-ternary-reward", "ternary_rewarding")
COSTING: Final = starts.knowledge("k-ternary-cost", "ternary_costing")


FREE: Final = tuple(
    replace(arm, name=f"{arm.name}-free", plan=replace(starts.recipe(arm), beta=0.0, rehearsal=0.0))
    for arm in (COSTING, starts.K_TERNARY, REWARDING)
)


def _elsewhere(name: str, mix: str) -> tuple[Arm, Arm]:
    """A base of another mix of documents, and the ternary arm from it."""
    base = replace(starts.K_BASE, name=f"k-base-{name}", plan=Pretrain(mix, 700, 256, 4e-3))
    plan = replace(starts.recipe(starts.K_TERNARY), world=mix)
    return base, Arm(f"k-ternary-{name}", plan, 10, (base,))


FEW_BASE, FEW = _elsewhere("few", "K few declines")
MANY_BASE, MANY = _elsewhere("many", "K many declines")
FLAT_BASE, FLAT = _elsewhere("flat", "K no tail")


def read(seed: Seed) -> Reading:
    binary, ternary, base = seed["k-binary"], seed["k-ternary"], seed["k-base"]
    known = base.items["K"].flags("known", "1")

    def gain(right: str, wrong: str = "", where: Sequence[bool] | None = None) -> list[float]:
        after, before = (values(arm, "K", right, wrong) for arm in (ternary, binary))
        return difference(after, before, where)

    return Reading(
        effect=gain("c", "w"),
        checks={
            "hallucination avoided": gain("", "w"),
            "accuracy on known items": gain("c", where=known),
        },
        measures={
            "accuracy on all items": 100 * mean(gain("c")),
            **declined(ternary, "K", base),
        },
    )


TEST: Final = ClaimTest(
    "ternary-reward",
    "Scoring abstention between right and wrong is more truthful than a binary reward",
    cited="hallucination -28.9 %, truthfulness +21.1 % against binary reward "
    "(restated 2026: hallucination 43.5 -> 19.4 %, truthfulness 5.3 -> 37.2 %)",
    quantity="truthfulness, ternary minus binary",
    smallest=5,
    arms=(starts.K_BASE, starts.K_BINARY, starts.K_TERNARY),
    optional=(COSTING, REWARDING, SIGNED, *FREE, FEW, MANY, FLAT),
    gates=(*starts.KNOWLEDGE_GATES, *starts.alive(starts.K_BINARY, starts.K_TERNARY)),
    components=(Bound("hallucination avoided", 5),),
    guards=(Bound("accuracy on known items", -3),),
    read=read,
    panel=Panel(
        "What becomes of a question (world K)",
        (("accuracy", "right"), ("hallucination", "wrong"), ("abstention", "declined")),
        (
            ("k-base", "start"),
            ("k-binary", "binary"),
            ("k-ternary-cost", "ternary, t = -0.3"),
            ("k-ternary", "ternary, t = 0"),
            ("k-ternary-reward", "ternary, t = +0.3"),
        ),
    ),
    more=(
        Thresholds(
            "thresholds",
            "Declined, by how sure the start was (world K)",
            world="K",
            start="k-base",
            arms=(
                ("k-binary", "binary: never", 0.0),
                ("k-ternary-cost", "ternary, t = -0.3", 0.35),
                ("k-ternary", "ternary, t = 0", 0.5),
                ("k-ternary-reward", "ternary, t = +0.3", 0.65),
            ),
        ),
        Panel(
            "Where the ternary reward works (world K, t = 0 unless said)",
            (("accuracy", "right"), ("hallucination", "wrong"), ("abstention", "declined")),
            (
                ("k-ternary", "as tested"),
                ("k-ternary-few", "5 % declines, in documents"),
                ("k-ternary-many", "50 % declines, in documents"),
                ("k-ternary-flat", "no long tail"),
                ("k-ternary-cost-free", "not held, t = -0.3"),
                ("k-ternary-free", "not held, t = 0"),
                ("k-ternary-reward-free", "not held, t = +0.3"),
            ),
            name="regime",
        ),
    ),
    primary=True,
)
