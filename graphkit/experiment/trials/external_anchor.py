"""Does a policy that rewards itself by its own majority stall where one with a verifier improves?

The sources are Can Large Reasoning Models Self-Train? (arXiv 2505.21444) and Mind the Gap (arXiv
2412.02674). Both arms practise on the same tasks; one is told what is right, the other what most
of its own samples say. Here a policy can also decline, which those of the sources cannot: one arm
counts that as an answer like any other, another as no vote at all. A majority that is right leaves
a verifier nothing to add, so all start from a policy that has learnt the tasks in part, and because
the sources see the collapse late all are trained four times as long as elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure, Pretrain, Tune
from graphkit.experiment.rule import Bound, ClaimTest, Gate, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import change, difference, mean, values

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items, Record

SAMPLES: Final = 16
MOST_TASKS: Final = 160
GREEDY: Final = "accuracy on answerable, greedy"
RIGHT: Final = "majority right, r-early-sft"


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


def _long(name: str, reward: str) -> Arm:
    plan = replace(starts.recipe(starts.R_CORRECT), reward=reward, steps=240)
    return Arm(name, plan, 45, (START,))


BASE: Final = Arm("r-early", Pretrain("R", 1200, 96, 4e-3, target=0.5, decay=20), 10)
START: Final = Arm("r-early-sft", Tune("R", 60, 96, 1e-3), 9, (BASE,))
VOTE: Final = _long("r-early-vote", "majority")
ANSWERS: Final = _long("r-early-vote-answers", "majority_of_answers")
CHECKED: Final = _long("r-early-correct", "binary")
AGREEMENT: Final = Arm("r-agreement", Measure("R", agreement), 5, (START, CHECKED, VOTE))


def read(seed: Seed) -> Reading:
    start, checked, alone, spoken = (seed[a.name] for a in (START, CHECKED, VOTE, ANSWERS))
    measured = seed["r-agreement"].metrics
    answerable = start.items["R"].flags("kind", "a")

    def gain(arm: Record, other: Record) -> list[float]:
        return difference(values(arm, "R", "c"), values(other, "R", "c"), answerable)

    def more(what: str, arm: Arm) -> float:
        return measured[f"{what}, {arm.name}"] - measured[f"{what}, {START.name}"]

    return Reading(
        effect=gain(checked, alone),
        checks={
            "accuracy, start minus majority-voted": gain(start, alone),
            "accuracy, verified minus voted among answers": gain(checked, spoken),
            "agreement with its own majority": [more("agreement with the majority", VOTE)],
            "accuracy, verified minus start": gain(checked, start),
        },
        measures={
            "majority right at the start": 100 * measured[RIGHT],
            "majority right, majority-voted minus start": 100 * more("majority right", VOTE),
            "accuracy, start minus voted among answers": 100 * mean(gain(start, spoken)),
            "false refusals, majority-voted minus start": 100
            * change("false refusals", alone, start)[0],
            "accuracy, greedy, start minus majority-voted": 100 * change(GREEDY, start, alone)[0],
            "accuracy, greedy, verified minus start": 100 * change(GREEDY, checked, start)[0],
            "pass@16, majority-voted minus start": 100 * more("pass@16", VOTE),
            "pass@16, verified minus start": 100 * more("pass@16", CHECKED),
        },
    )


TEST: Final = ClaimTest(
    "external-anchor",
    "Self-improvement without an external check stalls or collapses",
    cited="majority-vote reward rises while accuracy collapses",
    quantity="accuracy on answerable tasks, verified minus majority-voted",
    smallest=5,
    arms=(BASE, START, CHECKED, VOTE, ANSWERS, AGREEMENT),
    gates=(
        Gate("r-early-sft", "accuracy on answerable", 0.25, 0.7),
        Gate("r-agreement", RIGHT, 0.4, 0.9),
        *starts.alive(CHECKED, VOTE, ANSWERS),
    ),
    components=(
        Bound("accuracy, start minus majority-voted", -5),
        Bound("accuracy, verified minus voted among answers", 5),
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
            ("r-early-sft", "start"),
            ("r-early-correct", "verifier"),
            ("r-early-vote", "own majority"),
            ("r-early-vote-answers", "own majority of answers"),
        ),
    ),
)
