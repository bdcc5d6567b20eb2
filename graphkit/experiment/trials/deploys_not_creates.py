"""Does reinforcement deploy what the start can already do?

Two readings of the claim. Coverage: with enough samples the start reaches what the trained policy
reaches (arXiv 2504.13837), read on facts, where pass@k is exact and a start does not reach all of
them at once; on chains it does. Routing: the start writes, and only where the two differ most does
the trained policy choose the token; the source (arXiv 2510.07364) steers 12 % of tokens and
recovers up to 91 % of the gap. Routing as many tokens at random is the control.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from graphkit.experiment.arms import Arm, Measure
from graphkit.experiment.rule import Bound, ClaimTest, Gate, Panel, Reading, Seed
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.negative_reinforcement import PLAIN, passed
from graphkit.experiment.trials.readings import change, difference, mean

if TYPE_CHECKING:
    from graphkit.experiment.model import GPT
    from graphkit.experiment.record import Items

SHARES: Final = (0.02, 0.05, 0.12, 0.25, 0.5)  # of tokens that the trained policy chooses
SAMPLES: Final = 64
ROUTED, SAMPLED = 800, 96  # tasks to route, and tasks to sample so often


def routes(
    policies: Mapping[str, GPT], seed: int, items: int
) -> tuple[dict[str, float], dict[str, Items]]:
    """Accuracy of both policies and of the start routed, and pass@k of both."""
    import torch

    from graphkit.experiment import evaluate, routing

    before, after = policies["r-sft"], policies["r-correct"]
    _, _, tasks = evaluate.reasoning_tasks(seed, min(items, ROUTED))

    def followed(rule: routing.Rule) -> tuple[float, float]:
        torch.manual_seed(seed)  # the same draws under every rule, so that only the rule differs
        return routing.followed(before, after, tasks, rule)

    start, trained = followed(routing.NEVER)[0], followed(routing.ALWAYS)[0]
    gained = trained - start
    found = {"accuracy gained": gained, "accuracy of the start": start}
    for share, threshold in routing.thresholds(before, after, tasks, SHARES).items():
        right, really = followed(routing.above(threshold))
        control, _ = followed(routing.chance(really, seed))
        found |= {
            f"recovered by {share:.0%} most divergent": (right - start) / gained if gained else 0,
            f"recovered by {share:.0%} random": (control - start) / gained if gained else 0,
            f"tokens routed for {share:.0%}": really,
        }
    _, _, fewer = evaluate.reasoning_tasks(seed, min(items, SAMPLED))
    for name, policy in (("the start", before), ("the trained policy", after)):
        reached = evaluate.coverage(policy, fewer, SAMPLES)
        found |= {f"pass@{k} of {name}": value for k, value in reached.items()}
    return found, {}


ROUTES: Final = Arm(
    "r-routes", Measure("R", routes, ("routing",)), 12, (starts.R_SFT, starts.R_CORRECT)
)


def read(seed: Seed) -> Reading:
    found = seed["r-routes"].metrics
    start, trained = seed[starts.K_BASE.name], seed[PLAIN.name]

    def covered(k: int) -> list[float]:
        return difference(passed(start, k), passed(trained, k))

    most, random = (found[f"recovered by 12% {rule}"] for rule in ("most divergent", "random"))
    return Reading(
        effect=[most - random],
        checks={
            "share of the gain recovered": [most],
            "pass@256 on facts, start minus trained": covered(256),
        },
        measures={"tokens really routed": found["tokens routed for 12%"]}
        | {
            f"recovered by the {share:.0%} most divergent": found[
                f"recovered by {share:.0%} most divergent"
            ]
            for share in SHARES
        }
        | {f"pass@{k} on facts, start minus trained": mean(covered(k)) for k in (1, 8, 16, 64)}
        | {
            f"pass@{k} on chains, start minus trained": found[f"pass@{k} of the start"]
            - found[f"pass@{k} of the trained policy"]
            for k in (1, 4, 64)
        }
        | {
            "accuracy on chains, greedy, trained minus start": change(
                "accuracy on answerable, greedy",
                seed[starts.R_CORRECT.name],
                seed[starts.R_SFT.name],
            )[0]
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
    arms=(starts.R_BASE, starts.R_SFT, starts.R_CORRECT, ROUTES, starts.K_BASE, PLAIN),
    gates=(
        *starts.REASONING_GATES,
        *starts.KNOWLEDGE_GATES,
        *starts.alive(starts.R_CORRECT),
        Gate("r-routes", "accuracy gained", low=0.05),
    ),
    components=(
        Bound("share of the gain recovered", 0.5),
        Bound("pass@256 on facts, start minus trained", 0.0),
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
