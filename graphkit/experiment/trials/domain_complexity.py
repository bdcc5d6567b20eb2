"""Does a base model calibrate on simple templates and answer complex tasks too seldom?

No source was found for the claim, and released data speak against it, so this is exploratory. One
base has read facts (one step from question to answer) and chains (many), with `<idk>` in an equal
share of both and regardless of what is known. Asked what it knows, does it decline the complex
kind more, and is its chance of the answer it then gives further from its rightness?
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure
from graphkit.experiment.rule import Bound, ClaimTest, Panel, Reading, Seed
from graphkit.experiment.trials.knowledge_cost import J_BASE, J_GATES
from graphkit.experiment.trials.readings import mean, values

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items, Record


def answered(
    policies: Mapping[str, GPT], seed: int, items: int
) -> tuple[dict[str, float], dict[str, Items]]:
    """How well the base's chance of its answer fits its rightness, where it answered."""
    import torch

    from graphkit.experiment import evaluate
    from graphkit.experiment.world import knowledge

    torch.manual_seed(seed)
    base = policies["j-base"]
    facts = knowledge.tasks(knowledge.build(seed), half=1, count=items)
    chains = evaluate.reasoning_tasks(seed, items)[2]
    return evaluate.answered(base, facts, "facts") | evaluate.answered(base, chains, "chains"), {}


ANSWERED: Final = Arm("j-answered", Measure("J", answered), 3, (J_BASE,))


def read(seed: Seed) -> Reading:
    base, found = seed["j-base"], seed["j-answered"].metrics
    facts = _declined(base, "K", known="1")
    chains, short, long = (
        _declined(base, "R", known="1", kind="a", hops=hops) for hops in ("123", "1", "3")
    )
    errors = [found[f"calibration error of {kind}"] for kind in ("chains", "facts")]
    return Reading(
        effect=[mean(chains) - mean(facts)],
        checks={"calibration error, chains minus facts": [errors[0] - errors[1]]},
        measures={
            "declined though known, chains": 100 * mean(chains),
            "declined though known, facts": 100 * mean(facts),
            "declined though known, three hops minus one": 100 * (mean(long) - mean(short)),
        },
    )


def _declined(record: Record, world: str, **where: str) -> list[float]:
    """Whether each item was declined that has one of these characters under each heading."""
    flags = [record.items[world].flags(column, among) for column, among in where.items()]
    kept = map(all, zip(*flags, strict=True))
    return [float(d) for d, keep in zip(values(record, world, "a"), kept, strict=True) if keep]


TEST: Final = ClaimTest(
    "domain-complexity",
    "A base model calibrates on simple templates and answers complex ones too seldom",
    cited="no source found; released abstention data speak against it",
    quantity="declined though known, chains minus facts",
    smallest=5,
    arms=(J_BASE, ANSWERED),
    gates=J_GATES,
    components=(Bound("calibration error, chains minus facts", 3),),
    read=read,
    panel=Panel(
        "One base, two kinds of question (world J)",
        (
            ("calibration error of facts", "calibration error, facts"),
            ("calibration error of chains", "calibration error, chains"),
        ),
        (("j-answered", "where it answered"),),
        unit="per cent",
    ),
)
