"""Does training to reason cost knowledge, and does it work in higher layers than knowledge?

The source (arXiv 2507.18178) is correlational. Here one model of four layers has learnt facts and
chains, and is reinforced on chains alone, without rehearsal. What it costs is the net change over
all facts: counting only those lost of the known would call chance a loss. Where an update sits is
its mean layer, weighted by squared norm; a second policy, reinforced on facts alone by the same
recipe, says whether an update for knowledge sits lower. The swap puts the trained half of the
layers into the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure, Pretrain, Reinforce
from graphkit.experiment.rule import Bound, ClaimTest, Gate, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import difference, mean, values

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items, Record

LAYERS: Final = 4
HALVES: Final = {"lower": (0, 1), "upper": (2, 3)}  # layers taken from the trained policy
J_BASE: Final = Arm("j-base", Pretrain("J", 900, 288, 3e-3, layers=LAYERS), 165)
J_GATES: Final = (
    Gate("j-base", "accuracy on many, facts", low=0.95),
    Gate("j-base", "accuracy on answerable, greedy", low=0.7),
    Gate("j-base", "mass on decline, facts", 0.1, 0.35),
)


def layers(
    policies: Mapping[str, GPT], seed: int, items: int
) -> tuple[dict[str, float], dict[str, Items]]:
    """Where the update sits, and what either half of the trained layers brings with it."""
    import torch

    from graphkit.experiment import evaluate, weights

    torch.manual_seed(seed)
    start, trained = policies["j-base"], policies["j-reason"]
    found: dict[str, float] = {}
    for what, policy in {"chains": trained, "facts": policies["j-facts"]}.items():
        mass = weights.mass_by_layer(start, policy)
        found |= {f"mass in layer {place}, {what}": share for place, share in enumerate(mass)}
        found[f"mean layer, {what}"] = sum(place * share for place, share in enumerate(mass))
    for name, places in HALVES.items():
        swapped = weights.grafted(start, trained, places)
        measured, _ = evaluate.evaluate(swapped, "J", seed, items // 2, label=False)
        for metric in ("accuracy on many, facts", "accuracy on answerable"):
            found[f"{metric}, {name} half trained"] = measured[metric]
    return found, {}


def _arm(name: str, practice: str) -> Arm:
    plan = Reinforce("J", "binary", 16, 16, 60, 3e-4, beta=0.05, scaled=True, practice=practice)
    return Arm(name, plan, 22, (J_BASE,))


REASON: Final = _arm("j-reason", "R")
FACTS: Final = _arm("j-facts", "K")
DEPTH: Final = Arm("j-layers", Measure("J", layers, ("weights",)), 4, (J_BASE, REASON, FACTS))


def read(seed: Seed) -> Reading:
    start, after, found = seed["j-base"], seed["j-reason"], seed["j-layers"].metrics
    answerable = start.items["R"].flags("kind", "a")
    before, left = (_forced(record) for record in (start, after))
    return Reading(
        effect=difference(before, left),
        checks={
            "accuracy of reasoning": difference(
                values(after, "R", "c"), values(start, "R", "c"), answerable
            ),
            "mean layer of the update, chains less facts, in hundredths": [
                found["mean layer, chains"] - found["mean layer, facts"]
            ],
        },
        measures={
            "facts lost, of those that the start knew": 100
            * mean(difference(before, left, start.items["K"].flags("forced", "1"))),
            **{
                f"mean layer of the update, {what}": found[f"mean layer, {what}"]
                for what in ("chains", "facts")
            },
            "facts declined, lost with the training on chains": 100
            * (start.metrics["abstention, facts"] - after.metrics["abstention, facts"]),
            **{
                f"{what}, {half} half trained": 100 * found[f"{what}, {half} half trained"]
                for what in ("accuracy on many, facts", "accuracy on answerable")
                for half in HALVES
            },
        },
    )


def _forced(record: Record) -> list[int]:
    """Whether the likeliest value of each fact is the right one."""
    return [int(flag) for flag in record.items["K"].flags("forced", "1")]


TEST: Final = ClaimTest(
    "knowledge-cost",
    "Training to reason costs knowledge; knowledge sits lower in the layers, reasoning higher",
    cited="fast against slow answers of 15 models, correlational",
    quantity="facts answered rightly, start minus reasoning-trained",
    smallest=3,
    arms=(J_BASE, REASON, FACTS, DEPTH),
    gates=(*J_GATES, *starts.alive(REASON, FACTS)),
    components=(
        Bound("accuracy of reasoning", 5),
        Bound("mean layer of the update, chains less facts, in hundredths", 50),
    ),
    read=read,
    panel=Panel(
        "Facts and chains before and after training on chains (world J)",
        (
            ("accuracy on many, facts", "right, facts met often"),
            ("accuracy on few, facts", "right, facts met seldom"),
            ("accuracy on answerable", "right, chains"),
        ),
        (("j-base", "start"), ("j-reason", "trained to reason")),
    ),
)
