"""Supervised training of a stated confidence: the Brier loss itself, nothing sampled.

An upper reference for what a reward can do: every digit that could be stated is scored against the
chance that the answer after it is right, which no sample tells a reward. Answers are not taught.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from graphkit.experiment import reinforce, train
from graphkit.experiment.arms import Score
from graphkit.experiment.model import GPT
from graphkit.experiment.world import words
from graphkit.experiment.world.words import Tasks

STATED = [(digit + 0.5) / 10 for digit in range(10)]  # the confidence that a digit states


def supervise(model: GPT, plan: Score, seed: int) -> train.Curves:
    """Train a policy to state its confidence by the Brier loss; the curve of that loss."""
    torch.manual_seed(seed)
    adam, practice = train.optimiser(model, decay=0.0), reinforce.stream(plan.world, seed)
    random = train.generator(seed, "tasks")
    losses = [
        train.step(model, adam, loss_on(model, practice(random, plan.prompts)), plan.rate)
        for _ in range(plan.steps)
    ]
    return {"loss": losses}


def loss_on(model: GPT, tasks: Tasks) -> Tensor:
    """The expected Brier score of what is stated; a word that states nothing counts 1."""
    prompts = model.take(tasks.prompts)
    state, _ = model(prompts)
    zero = words.ID["0"]
    stating = model.head(state[:, -1]).softmax(1)[:, zero : zero + 10]
    right = chances(model, prompts, [words.ID[answer] for answer in tasks.columns["answer"]])
    said = torch.tensor(STATED, device=right.device)
    brier = right * (said - 1).square() + (1 - right) * said.square()
    expected: Tensor = ((stating * brier).sum(1) + 1 - stating.sum(1)).mean()
    return expected


@torch.no_grad()
def chances(model: GPT, prompts: Tensor, answers: list[int]) -> Tensor:
    """The chance of the right answer after each digit that could be stated [prompts, 10]."""
    digits = model.take(words.ID["0"] + np.arange(10)).repeat(len(prompts))[:, None]
    asked = torch.cat([prompts.repeat_interleave(10, 0), digits], 1)
    marked = torch.cat([asked, torch.full_like(digits, words.A)], 1)
    state, _ = model(marked)
    chance = model.head(state[:, -1]).softmax(1)
    wanted = model.take(np.array(answers)).repeat_interleave(10)[:, None]
    found: Tensor = chance.gather(1, wanted).view(-1, 10)
    return found
