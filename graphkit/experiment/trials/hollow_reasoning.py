"""Does supervised tuning raise accuracy while the chain of thought loses its grip on the answer?

The sources are Knowledge or Reasoning? (arXiv 2506.02126: information gain) and On the Impact of
Fine-Tuning on Chain-of-Thought (arXiv 2411.15382). The tasks are few and their answers are also
shown alone, so that a chain becomes redundant. Grip is measured on these tasks, given a right
chain: is the answer another one after a cut, filled or spoilt chain? Two of the three tests must
agree, so the effect is the middle one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure, Tune
from graphkit.experiment.rule import Bound, ClaimTest, Gate, Panel, Reading, Seed
from graphkit.experiment.trials import starts

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items

TESTS: Final = ("early termination", "filler", "mistake")
GATE: Final = Gate("r-base", "accuracy before decay", low=0.85)


def grips(
    policies: Mapping[str, GPT], seed: int, _items: int
) -> tuple[dict[str, float], dict[str, Items]]:
    """The grip of the chain on the answer in each policy, judged by the start."""
    from graphkit.experiment import grip
    from graphkit.experiment.world import redundant

    tasks, judge = redundant.pool(seed), policies["r-base"]
    return {
        f"{name}, {policy}": value
        for policy, model in policies.items()
        for name, value in grip.described(model, judge, tasks).items()
    }, {}


TUNED: Final = Arm("h-sft", Tune("H", 150, 96, 1e-3), 16, (starts.R_BASE,))
GRIPS: Final = Arm("h-grip", Measure("H", grips, ("grip",)), 1, (starts.R_BASE, TUNED))


def read(seed: Seed) -> Reading:
    found = seed["h-grip"].metrics

    def lost(name: str) -> float:
        return found[f"{name}, r-base"] - found[f"{name}, h-sft"]

    gain = found["information gain, r-base"]
    return Reading(
        effect=[sorted(map(lost, TESTS))[1]],
        checks={
            "information gain lost, per cent": [lost("information gain") / gain if gain else 0.0],
            "accuracy with a chain": [-lost("accuracy with a chain")],
            "accuracy without a chain": [-lost("accuracy without a chain")],
        },
        measures={f"grip lost by {name}": 100 * lost(name) for name in TESTS},
    )


TEST: Final = ClaimTest(
    "hollow-reasoning",
    "Supervised tuning raises accuracy while the chain of thought loses its grip",
    cited="information gain -38.9 %",
    quantity="answers that change with the chain, start minus tuned; the middle of three tests",
    smallest=5,
    arms=(starts.R_BASE, TUNED, GRIPS),
    gates=(GATE, Gate("h-grip", "mistake, r-base", low=0.5)),
    components=(
        Bound("information gain lost, per cent", 10),
        Bound("accuracy without a chain", 5),
    ),
    guards=(Bound("accuracy with a chain", -3),),
    read=read,
    panel=Panel(
        "Answers that change when the chain is tampered with (world H)",
        (
            ("early termination, r-base", "cut, start"),
            ("early termination, h-sft", "cut, tuned"),
            ("mistake, r-base", "spoilt, start"),
            ("mistake, h-sft", "spoilt, tuned"),
        ),
        (("h-grip", "given a right chain"),),
        unit="per cent of answers",
    ),
)
