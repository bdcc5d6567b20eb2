"""Does reinforcement deploy what the start can already do?

Two readings of the claim. Coverage: with enough samples the start reaches what the trained policy
reaches. Routing: the start writes, and only where the two differ most does the trained policy
choose the token; the source (arXiv 2510.07364) steers 12 % of tokens and recovers up to 91 % of the
gap. Routing as many tokens at random is the control.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure
from graphkit.experiment.rule import Bound, ClaimTest, Gate, Panel, Reading, Seed
from graphkit.experiment.trials import starts

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items

SHARES: Final = (0.02, 0.05, 0.12, 0.25, 0.5)  # of tokens that the trained policy chooses
SAMPLES: Final = 64
MOST_TASKS: Final = 160  # for pass@k, the dearer part


def routes(
    policies: Mapping[str, GPT], seed: int, items: int
) -> tuple[dict[str, float], dict[str, Items]]:
    """Accuracy of both policies and of the start routed, and pass@k of both."""
    import torch

    from graphkit.experiment import evaluate, routing

    torch.manual_seed(seed)
    before, after = policies["r-sft"], policies["r-correct"]
    _, _, tasks = evaluate.reasoning_tasks(seed, items)
    found = {
        "accuracy of the start": routing.accuracy(before, after, tasks, routing.NEVER),
        "accuracy of the trained policy": routing.accuracy(before, after, tasks, routing.ALWAYS),
    }
    gained = found["accuracy of the trained policy"] - found["accuracy of the start"]
    for share in SHARES:
        for name, rule in routing.rules(before, after, tasks, share).items():
            reached = routing.accuracy(before, after, tasks, rule)
            recovered = (reached - found["accuracy of the start"]) / gained if gained else 0.0
            found[f"recovered by {share:.0%} {name}"] = recovered
    _, _, fewer = evaluate.reasoning_tasks(seed, min(items, MOST_TASKS))
    for name, policy in (("the start", before), ("the trained policy", after)):
        for k, reached in evaluate.coverage(policy, fewer, SAMPLES).items():
            found[f"pass@{k} of {name}"] = reached
    return found | {"accuracy gained": gained}, {}


ROUTES: Final = Arm("r-routes", Measure("R", routes), 12, (starts.R_SFT, starts.R_CORRECT))


def read(seed: Seed) -> Reading:
    found = seed["r-routes"].metrics
    most, random = (found[f"recovered by 12% {rule}"] for rule in ("most divergent", "random"))
    return Reading(
        effect=[most - random],
        checks={
            "share of the gain recovered": [most],
            "pass@64, start minus trained": [
                found["pass@64 of the start"] - found["pass@64 of the trained policy"]
            ],
        },
        measures={
            f"recovered by the {share:.0%} most divergent": found[
                f"recovered by {share:.0%} most divergent"
            ]
            for share in SHARES
        }
        | {
            f"pass@{k}, start minus trained": found[f"pass@{k} of the start"]
            - found[f"pass@{k} of the trained policy"]
            for k in (1, 4, 16)
        },
    )


TEST: Final = ClaimTest(
    "deploys-not-creates",
    "Reinforcement deploys what the starting model can already do",
    cited="up to 91 % of the gap recovered by steering 12 % of tokens",
    quantity="share of the gain recovered by routing the 12 % most divergent tokens, "
    "less that of 12 % at random",
    unit="",
    smallest=0.2,
    arms=(starts.R_BASE, starts.R_SFT, starts.R_CORRECT, ROUTES),
    gates=(
        *starts.REASONING_GATES,
        *starts.alive(starts.R_CORRECT),
        Gate("r-routes", "accuracy gained", low=0.05),
    ),
    components=(
        Bound("share of the gain recovered", 0.5),
        Bound("pass@64, start minus trained", -0.02),
    ),
    read=read,
    panel=Panel(
        "The gain, by share of tokens that the trained policy chooses (world R)",
        tuple(
            (f"recovered by {share:.0%} most divergent", f"{share:.0%} of tokens")
            for share in SHARES[:4]
        ),
        (("r-routes", "most divergent tokens"),),
        unit="per cent of the gain",
        lines=((91, "cited: up to 91 % of the gap"),),
    ),
)
