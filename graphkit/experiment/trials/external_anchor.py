"""Does a policy that rewards itself by its own majority stall where one with a verifier improves?

The sources are Can Large Reasoning Models Self-Train? (arXiv 2505.21444) and Mind the Gap (arXiv
2412.02674). Both arms practise on the same tasks; one is told what is right, the other what most
of its own samples say. The sources see the collapse late, so both are trained four times as long
as elsewhere; the shorter ones stand beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure
from graphkit.experiment.rule import Bound, ClaimTest, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import change, difference, mean, values

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items, Record

SAMPLES: Final = 16
MOST_TASKS: Final = 160
GREEDY: Final = "accuracy on answerable, greedy"


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


def _longer(name: str, reward: str) -> Arm:
    arm = starts.reasoning(name, reward, seconds=50)
    return replace(arm, plan=replace(starts.recipe(arm), steps=LONGER))


LONGER: Final = 240  # steps
VOTE: Final = starts.reasoning("r-vote", "majority")
LONG_VOTE: Final = _longer("r-vote-long", "majority")
LONG_CORRECT: Final = _longer("r-correct-long", "binary")
AGREEMENT: Final = Arm(
    "r-agreement", Measure("R", agreement), 5, (starts.R_SFT, LONG_CORRECT, LONG_VOTE)
)


def read(seed: Seed) -> Reading:
    start, checked, alone = seed["r-sft"], seed["r-correct-long"], seed["r-vote-long"]
    measured = seed["r-agreement"].metrics
    answerable = start.items["R"].flags("kind", "a")

    def gain(arm: Record, other: Record) -> list[float]:
        return difference(values(arm, "R", "c"), values(other, "R", "c"), answerable)

    def more(what: str, arm: str, other: str) -> float:
        return measured[f"{what}, {arm}"] - measured[f"{what}, {other}"]

    return Reading(
        effect=gain(checked, alone),
        checks={
            "accuracy, start minus majority-voted": gain(start, alone),
            "agreement with its own majority": [
                more("agreement with the majority", "r-vote-long", "r-sft")
            ],
            "accuracy, verified minus start": gain(checked, start),
        },
        measures={
            "majority right at the start": 100 * measured["majority right, r-sft"],
            "accuracy after a quarter of the steps, start minus majority-voted": 100
            * mean(gain(start, seed["r-vote"])),
            "accuracy, greedy, start minus majority-voted": 100 * change(GREEDY, start, alone)[0],
            "accuracy, greedy, verified minus start": 100 * change(GREEDY, checked, start)[0],
            "pass@16, majority-voted minus start": 100 * more("pass@16", "r-vote-long", "r-sft"),
            "pass@16, verified minus start": 100 * more("pass@16", "r-correct-long", "r-sft"),
        },
    )


TEST: Final = ClaimTest(
    "external-anchor",
    "Self-improvement without an external check stalls or collapses",
    cited="majority-vote reward rises while accuracy collapses",
    quantity="accuracy on answerable tasks, verified minus majority-voted",
    smallest=5,
    arms=(starts.R_BASE, starts.R_SFT, VOTE, LONG_CORRECT, LONG_VOTE, AGREEMENT),
    gates=(*starts.REASONING_GATES, *starts.alive(LONG_CORRECT, LONG_VOTE)),
    components=(
        Bound("accuracy, start minus majority-voted", -5),
        Bound("agreement with its own majority", 5),
    ),
    guards=(Bound("accuracy, verified minus start", 5),),
    read=read,
    panel=Panel(
        "With and without a verifier (world R)",
        (
            ("accuracy on answerable", "right, answerable"),
            ("abstention recall", "declined, unanswerable"),
            ("false refusals", "declined, answerable"),
        ),
        (
            ("r-sft", "start"),
            ("r-vote", "own majority, a quarter of the steps"),
            ("r-vote-long", "own majority"),
            ("r-correct-long", "verifier"),
        ),
    ),
)
