"""Reinforcement: sample groups, score them, follow the policy gradient.

On-policy GRPO (one step a batch, so no clipping): the advantage is the reward less its group's
mean, divided by the group's standard deviation only where the plan says so (Dr. GRPO,
arXiv 2503.20783, leaves it out). A k3 estimate holds the policy near where it started. Groups in
which all completions score the same carry no gradient and are skipped.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from graphkit.experiment import rewards, train
from graphkit.experiment.arms import Reinforce
from graphkit.experiment.evaluate import answer_chances
from graphkit.experiment.model import GPT, complete
from graphkit.experiment.world import knowledge, reasoning, safety, stated, words
from graphkit.experiment.world.words import Tasks

Stream = Callable[[np.random.Generator, int], Tasks]
POOL = 1400  # questions of world K to reinforce on
REHEARSED = 64  # pretraining documents beside each batch
PURPOSES = ("tasks", "rehearsal")
DRAWN_APART = 1_000_003  # between the seeds of two draws
FIRST = 4  # steps that count as the start: one batch is too few groups to gate on


class Group(NamedTuple):
    """What one batch of prompts gave: a row for each completion, a prompt's in a row."""

    prompts: Tensor  # [prompts, length]
    written: Tensor  # [prompts * samples, tokens]
    advantage: Tensor  # [prompts * samples]
    alive: Tensor  # [prompts] whether its completions differ in reward
    reward: float
    declined: float


def stream(world: str, seed: int) -> Stream:
    """The tasks that a policy of this world practises on."""
    if world in {"C", *knowledge.MIXES}:
        plain = knowledge.tasks(knowledge.build(seed), half=0, count=POOL)
        pool = stated.tasks(plain) if world == "C" else plain
        return lambda random, count: pool.take(random.integers(len(pool.prompts), size=count))
    if world == "S":
        return lambda random, count: safety.stream(seed, random, count)
    return reasoning.stream


def reinforce(model: GPT, plan: Reinforce, seed: int) -> tuple[train.Curves, dict[str, float]]:
    """Train a policy for its reward; its curves, and the share of dead groups at the start."""
    torch.manual_seed(seed + DRAWN_APART * plan.draw)
    reference = copy.deepcopy(model).requires_grad_(requires_grad=False)
    adam, practice = train.optimiser(model, decay=0.0), stream(plan.practice or plan.world, seed)
    random, rehearsal = (
        train.generator(seed, f"{purpose}{plan.draw or ''}") for purpose in PURPOSES
    )
    documents = train.documents(plan.world, seed) if plan.rehearsal else None
    curves: train.Curves = {"reward": [], "declined": [], "dead": []}
    for _ in range(plan.steps):
        group = _sample(model, plan, practice(random, plan.prompts))
        curves["reward"].append(group.reward)
        curves["declined"].append(group.declined)
        curves["dead"].append(1 - group.alive.float().mean().item())
        if not group.alive.any():
            continue
        loss = _loss(model, reference, plan, group)
        if documents is not None:
            loss = loss + plan.rehearsal * train.loss_on(
                model, documents(rehearsal, REHEARSED, 1.0)
            )
        train.step(model, adam, loss, plan.rate)
    first = curves["dead"][:FIRST]
    return curves, {"groups without variance at the start": sum(first) / len(first)}


def _sample(model: GPT, plan: Reinforce, tasks: Tasks) -> Group:
    prompts = model.take(tasks.prompts)
    written = complete(model, prompts, tasks.length, samples=plan.samples)
    texts = [words.text(row) for row in written.tolist()]
    columns = {
        name: [value for value in values for _ in range(plan.samples)]
        for name, values in tasks.columns.items()
    }
    if plan.confident:
        columns["confidence"] = answer_chances(model, prompts, written, plan.samples)[0].tolist()
    asked = [text for text in map(words.text, tasks.prompts) for _ in range(plan.samples)]
    scores = rewards.REWARDS[plan.reward](prompts=asked, completions=texts, **columns)
    reward = model.take(np.array(scores, dtype=np.float32)).view(-1, plan.samples)
    advantage = reward - reward.mean(1, keepdim=True) if plan.baseline else reward.clone()
    alive = advantage.abs().amax(1) > 1e-6
    if plan.scaled:
        advantage = advantage / (reward.std(1, keepdim=True) + 1e-6)
    declined = sum(rewards.outcome(text, None) == "a" for text in texts) / len(texts)
    return Group(prompts, written, advantage.flatten(), alive, reward.mean().item(), declined)


def _loss(model: GPT, reference: GPT, plan: Reinforce, group: Group) -> Tensor:
    """Policy gradient plus divergence on the groups that are alive, by token of all groups."""
    rows = group.alive.repeat_interleave(plan.samples)
    prompts, written = group.prompts[group.alive], group.written[rows]
    real = written != words.PAD
    chosen = _log_probabilities(model, prompts, written, plan.samples)[real]
    with torch.no_grad():
        before = _log_probabilities(reference, prompts, written, plan.samples)[real]
    advantage = group.advantage[rows][:, None].expand_as(real)[real]
    gap = before - chosen
    total = advantage * chosen - plan.beta * (gap.exp() - gap - 1)
    return -total.sum() / (group.written != words.PAD).sum()


def _log_probabilities(model: GPT, prompts: Tensor, written: Tensor, samples: int) -> Tensor:
    """The log-probability of each written token [completions, tokens]; prompts are read once."""
    state, past = model(prompts)
    first = model.head(state[:, -1]).log_softmax(1)
    chosen: Tensor = first.gather(1, written[:, 0].view(-1, samples)).view(-1, 1)
    if written.shape[1] == 1:
        return chosen
    later, _ = model(written[:, :-1], past.repeat(samples))
    rest = model.head(later).log_softmax(2).gather(2, written[:, 1:, None])[:, :, 0]
    return torch.cat([chosen, rest], 1)
