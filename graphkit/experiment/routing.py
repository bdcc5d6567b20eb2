"""Two policies at one text: one writes, and where a rule says so the other chooses the token."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from graphkit.experiment.evaluate import outcomes_of
from graphkit.experiment.model import GPT
from graphkit.experiment.world import words
from graphkit.experiment.world.words import Tasks

Rule = Callable[[Tensor], Tensor]  # divergence of each row [rows] -> whether to route it [rows]


def NEVER(divergence: Tensor) -> Tensor:  # noqa: N802 (a constant rule)
    return torch.zeros_like(divergence, dtype=torch.bool)


def ALWAYS(divergence: Tensor) -> Tensor:  # noqa: N802 (a constant rule)
    return torch.ones_like(divergence, dtype=torch.bool)


@torch.no_grad()
def write(writer: GPT, other: GPT, tasks: Tasks, rule: Rule) -> tuple[Tensor, Tensor, Tensor]:
    """Completions [tasks, tokens], the divergence at each token, and where it was routed.

    The divergence is the total variation between the two distributions, 0 to 1; it is -1 after
    the end of a completion.
    """
    prompts = writer.take(tasks.prompts)
    token, pasts = prompts, [None, None]
    done = torch.zeros(len(prompts), dtype=torch.bool, device=prompts.device)
    columns: list[tuple[Tensor, Tensor, Tensor]] = []
    for _ in range(tasks.length):
        chances = []
        for index, policy in enumerate((writer, other)):
            state, pasts[index] = policy(token, pasts[index])
            chances.append(policy.head(state[:, -1]).softmax(1))
        divergence = (chances[0] - chances[1]).abs().sum(1) / 2
        routed = rule(divergence)
        steps = torch.where(routed[:, None], chances[1], chances[0]).cumsum(1)
        draw = torch.rand(len(steps), 1, device=steps.device) * steps[:, -1:]
        chosen = torch.searchsorted(steps, draw)[:, 0].masked_fill(done, words.PAD)
        columns.append((chosen, divergence.masked_fill(done, -1), routed & ~done))
        done = done | (chosen == words.EOS)
        token = chosen[:, None]
    written, divergences, routes = (torch.stack(column, 1) for column in zip(*columns, strict=True))
    return written, divergences, routes


def accuracy(writer: GPT, other: GPT, tasks: Tasks, rule: Rule) -> float:
    """The share of tasks that come out right under a rule."""
    written, _, _ = write(writer, other, tasks, rule)
    texts = [words.text(row) for row in written.tolist()]
    return float((outcomes_of(texts, tasks.columns["answer"]) == "c").mean())


def rules(writer: GPT, other: GPT, tasks: Tasks, share: float) -> dict[str, Rule]:
    """Routing of about this share of tokens: the most divergent ones, and as many at random.

    The threshold is found on completions of the writer alone, then once more on routed ones,
    whose tokens differ less often; the random rule routes the share that this one really does.
    """
    _, seen, _ = write(writer, other, tasks, NEVER)
    threshold = _threshold(seen, share)
    _, seen, _ = write(writer, other, tasks, lambda found: found > threshold)
    settled = _threshold(seen, share)
    _, seen, routed = write(writer, other, tasks, lambda found: found > settled)
    really = float(routed.sum() / (seen >= 0).sum())
    return {
        "most divergent": lambda found: found > settled,
        "random": lambda found: torch.rand(len(found), device=found.device) < really,
    }


def _threshold(divergences: Tensor, share: float) -> float:
    return float(divergences[divergences >= 0].quantile(1 - share))
