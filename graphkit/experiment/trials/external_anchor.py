"""Does a policy that rewards itself by its own majority stall where one with a verifier improves?

The sources are Can Large Reasoning Models Self-Train? (arXiv 2505.21444) and Mind the Gap (arXiv
2412.02674). Both arms practise on the same tasks; one is told what is right, the other what most
of its own samples say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure
from graphkit.experiment.rule import Bound, ClaimTest, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import difference, values

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items, Record

SAMPLES: Final = 16
MOST_TASKS: Final = 160


def agreement(
    policies: Mapping[str, GPT], seed: int, items: int
) -> tuple[dict[str, float], dict[str, Items]]:
    """How far each policy agrees with itself, and pass@16, on tasks that have an answer."""
    import torch

    from graphkit.experiment import evaluate

    torch.manual_seed(seed)
    _, _, tasks = evaluate.reasoning_tasks(seed, min(items, MOST_TASKS))
    found: dict[str, float] = {}
    for name, policy in policies.items():
        shares, right, reached = evaluate.votes(policy, tasks, SAMPLES)
        found[f"agreement with the majority, {name}"] = float(shares.mean())
        found[f"majority right, {name}"] = float(right.mean())
        found[f"pass@{SAMPLES}, {name}"] = float(reached.mean())
    return found, {}


VOTE: Final = starts.reasoning("r-vote", "majority")
AGREEMENT: Final = Arm(
    "r-agreement", Measure("R", agreement), 5, (starts.R_SFT, starts.R_CORRECT, VOTE)
)


def read(seed: Seed) -> Reading:
    start, checked, alone = seed["r-sft"], seed["r-correct"], seed["r-vote"]
    measured = seed["r-agreement"].metrics
    answerable = start.items["R"].flags("kind", "a")

    def gain(arm: Record, other: Record) -> list[float]:
        return difference(values(arm, "R", "c"), values(other, "R", "c"), answerable)

    def more(what: str, arm: str, other: str) -> float:
        return measured[f"{what}, {arm}"] - measured[f"{what}, {other}"]

    return Reading(
        effect=gain(checked, alone),
        checks={
            "accuracy not gained without a check": gain(start, alone),
            "agreement with its own majority": [
                more("agreement with the majority", "r-vote", "r-sft")
            ],
            "accuracy gained with a check": gain(checked, start),
        },
        measures={
            "majority right at the start": 100 * measured["majority right, r-sft"],
            "pass@16 without a check, against the start": 100 * more("pass@16", "r-vote", "r-sft"),
            "pass@16 with a check, against the start": 100 * more("pass@16", "r-correct", "r-sft"),
        },
    )


TEST: Final = ClaimTest(
    "external-anchor",
    "Self-improvement without an external check stalls or collapses",
    cited="majority-vote reward rises while accuracy collapses",
    quantity="accuracy on answerable tasks, verified minus majority-voted",
    smallest=5,
    arms=(starts.R_BASE, starts.R_SFT, starts.R_CORRECT, VOTE, AGREEMENT),
    gates=(*starts.REASONING_GATES, *starts.alive(starts.R_CORRECT, VOTE)),
    components=(
        Bound("accuracy not gained without a check", -5),
        Bound("agreement with its own majority", 5),
    ),
    guards=(Bound("accuracy gained with a check", 5),),
    read=read,
    panel=Panel(
        "With and without a verifier (world R)",
        (
            ("accuracy on answerable", "right, answerable"),
            ("abstention recall", "declined, unanswerable"),
            ("false refusals", "declined, answerable"),
        ),
        (("r-sft", "start"), ("r-correct", "verifier"), ("r-vote", "own majority")),
    ),
)
