"""Two policies at one text: one writes, and where a rule says so the other chooses the token."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
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


def followed(writer: GPT, other: GPT, tasks: Tasks, rule: Rule) -> tuple[float, float]:
    """The share of tasks that come out right under a rule, and the share of tokens it routes."""
    written, seen, routed = write(writer, other, tasks, rule)
    texts = [words.text(row) for row in written.tolist()]
    right = float((outcomes_of(texts, tasks.columns["answer"]) == "c").mean())
    return right, float(routed.sum() / (seen >= 0).sum())


def thresholds(
    writer: GPT, other: GPT, tasks: Tasks, shares: Sequence[float]
) -> dict[float, float]:
    """The divergence above which so large a share of the tokens lies that the writer writes."""
    _, seen, _ = write(writer, other, tasks, NEVER)
    tokens = seen[seen >= 0]
    return {share: float(tokens.quantile(1 - share)) for share in shares}


def above(threshold: float) -> Rule:
    """Route the tokens on which the two differ by more than this."""
    return lambda divergence: divergence > threshold


def chance(share: float, seed: int) -> Rule:
    """Route so large a share of tokens, whatever they are; its draws are its own."""
    random = np.random.default_rng([seed, 6])
    return lambda found: torch.from_numpy(random.random(len(found)) < share).to(found.device)
