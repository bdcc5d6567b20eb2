"""Does reinforcement change few weights, at nearly full rank, alike from run to run?

The source (arXiv 2505.11711) compares bf16 checkpoints; its reading is disputed as an artefact of
precision and rate (arXiv 2511.08567). So the control is supervised tuning from the same start for
as many steps, its update scaled to the same norm: what is left is what reinforcement itself does.
Embeddings, of which most rows are met seldom, are counted apart.

Beside the verdict, both kinds of training at three rates, the weights kept as they are or rounded
to bf16 after each step. How that is read was fixed before it was run: sparsity is of reinforcement
if at each rate and precision it leaves 10 points more unchanged than supervision does, and of
precision and rate if both leave more unchanged as the rate falls and where the weights are rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure, Reinforce, Tune
from graphkit.experiment.rule import Bound, ClaimTest, Panel, Reading, Seed
from graphkit.experiment.trials import starts

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items


def updates(
    policies: Mapping[str, GPT],
    _seed: int,
    _items: int,
) -> tuple[dict[str, float], dict[str, Items]]:
    """What became of the weights of each policy since the start, and where two runs agree."""
    from graphkit.experiment import weights

    start, *trained = policies
    found: dict[str, float] = {}
    for name in trained:
        found |= weights.described(policies[start], policies[name], name)
    norm = found["norm of the update, r-correct"]
    scaled = weights.scaled(policies[start], policies["r-imitate"], norm)
    found["unchanged in bf16, r-imitate at equal norm"] = weights.unchanged(policies[start], scaled)
    overlap = weights.overlap(*(policies[name] for name in (start, "r-correct", "r-again")))
    return found | {"overlap of two runs over chance": overlap}, {}


_PLAN: Final = starts.recipe(starts.R_CORRECT)
AGAIN: Final = replace(starts.R_CORRECT, name="r-again", plan=replace(_PLAN, draw=1))
SLOW: Final = replace(starts.R_CORRECT, name="r-slow", plan=replace(_PLAN, rate=_PLAN.rate / 10))
IMITATE: Final = Arm("r-imitate", Tune("R", _PLAN.steps, 128, _PLAN.rate), 15, (starts.R_SFT,))
UPDATES: Final = Arm(
    "r-updates",
    Measure("R", updates, ("weights",)),
    1,
    (starts.R_SFT, starts.R_CORRECT, AGAIN, IMITATE),
)
SLOW_UPDATES: Final = Arm(
    "r-slow-updates",
    Measure("R", updates, ("weights",)),
    1,
    (starts.R_SFT, SLOW, starts.R_CORRECT, AGAIN, IMITATE),
)


def by_precision(
    policies: Mapping[str, GPT],
    _seed: int,
    _items: int,
) -> tuple[dict[str, float], dict[str, Items]]:
    """The share of weights that each policy, by its place, left as they were in the start."""
    from graphkit.experiment import weights

    start, *trained = policies.values()
    found: dict[str, float] = {}
    for name, policy in zip(KEPT, trained, strict=True):
        found |= weights.described(start, policy, name)
    return found, {}


KEPT: Final = ("reinforced", "supervised", "reinforced, in bf16", "supervised, in bf16")
_RATES: Final = (_PLAN.rate / 100, _PLAN.rate / 10, _PLAN.rate)
BY_RATE: Final = {rate: f"{rate:.0e}".replace("e-0", "e-") for rate in _RATES}


def _at(arm: Arm, rate: float, dtype: str) -> Arm:
    """The arm at another rate and precision; one that has run already, where it is the same."""
    if not isinstance(arm.plan, Tune | Reinforce):
        raise TypeError(f"{arm.name} is not tuned")
    plan = replace(arm.plan, rate=rate, dtype=dtype)
    name = f"{arm.name}-rate{BY_RATE[rate]}{'-bf16' if dtype else ''}"
    ran = {each.plan: each for each in (starts.R_CORRECT, IMITATE, SLOW)}
    return ran.get(plan, replace(arm, name=name, plan=plan))


PRECISIONS: Final = tuple(
    Arm(
        f"r-updates-rate{name}",
        Measure("R", by_precision, ("weights",)),
        1,
        (
            starts.R_SFT,
            *(_at(a, rate, kept) for kept in ("", "bfloat16") for a in (starts.R_CORRECT, IMITATE)),
        ),
    )
    for rate, name in BY_RATE.items()
)


def read(seed: Seed) -> Reading:
    found = seed["r-updates"].metrics
    left, control = (
        found[f"unchanged in bf16, {name}"] for name in ("r-correct", "r-imitate at equal norm")
    )
    return Reading(
        effect=[left - control],
        checks={
            "weights left unchanged": [left],
            "rank of the update, of full": [found["rank of the update, r-correct"]],
            "overlap of two runs over chance": [found["overlap of two runs over chance"]],
        },
        measures={
            "weights left unchanged, supervised": 100 * found["unchanged in bf16, r-imitate"],
            "unchanged by a tolerance of 1e-5": 100 * found["unchanged within 1e-5, r-correct"],
            "embeddings left unchanged": 100 * found["embeddings unchanged in bf16, r-correct"],
            "embeddings left unchanged, supervised": 100
            * found["embeddings unchanged in bf16, r-imitate"],
        },
    )


TEST: Final = ClaimTest(
    "sparse-updates",
    "Reinforcement changes a small, nearly full-rank share of the weights, alike across seeds",
    cited="5 to 30 % of weights changed (bf16, tolerance 1e-5)",
    quantity="weights left unchanged in bf16, reinforced minus supervised at equal norm",
    smallest=10,
    arms=(starts.R_BASE, starts.R_SFT, starts.R_CORRECT, AGAIN, IMITATE, UPDATES),
    optional=(SLOW, SLOW_UPDATES, *PRECISIONS),
    gates=(*starts.REASONING_GATES, *starts.alive(starts.R_CORRECT, AGAIN)),
    components=(
        Bound("weights left unchanged", 70),
        Bound("rank of the update, of full", 90),
        Bound("overlap of two runs over chance", 10),
    ),
    read=read,
    panel=Panel(
        "Weights left unchanged in bf16, embeddings apart (world R)",
        (
            ("unchanged in bf16, r-correct", "reinforced"),
            ("unchanged in bf16, r-imitate at equal norm", "supervised, equal norm"),
            ("unchanged in bf16, r-imitate", "supervised"),
            ("unchanged in bf16, r-slow", "reinforced, a tenth of the rate"),
        ),
        (("r-updates", "rate 3e-4"), ("r-slow-updates", "with a tenth of the rate")),
        unit="per cent of weights",
        lines=((70, "cited: 70 to 95 % unchanged"), (95, "")),
    ),
    more=(
        Panel(
            "Weights left unchanged in bf16, by rate and by how the weights are kept (world R)",
            tuple((f"unchanged in bf16, {name}", name) for name in KEPT),
            tuple(
                (arm.name, f"rate {name}")
                for arm, name in zip(PRECISIONS, BY_RATE.values(), strict=True)
            ),
            unit="per cent of weights",
            lines=((70, "cited: 70 to 95 % unchanged"), (95, "")),
            name="precision",
        ),
    ),
)
