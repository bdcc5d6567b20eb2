"""Supervised training: from random weights to a base, and from a base to one that can abstain."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 (the name every reader of PyTorch knows)

from graphkit.experiment.arms import Pretrain, Tune
from graphkit.experiment.model import GPT, complete
from graphkit.experiment.rewards import outcome
from graphkit.experiment.world import joint, knowledge, reasoning, redundant, safety, stated, words
from graphkit.experiment.world.words import Documents

Curves = dict[str, list[float]]
Draw = Callable[[np.random.Generator, int, float], list[Documents]]  # generator, count, progress

REQUESTS: Final = 0.2  # share of world S in the documents of the reasoning base
LOOK_EVERY: Final = 20  # steps between looks at what training waits for
LOOKED_AT: Final = 128  # tasks in one look
CLIP: Final = 1.0


def generator(seed: int, purpose: str) -> np.random.Generator:
    """A stream of random numbers for one purpose, the same for every arm of a seed."""
    return np.random.default_rng([seed, *purpose.encode()])


def documents(world: str, seed: int) -> Draw:
    """What a base of this world reads: K alone, K with R, or R with the requests of S."""
    if world == "J":
        both = knowledge.build(seed)
        return lambda random, count, done: joint.pretraining(both, random, count, done)
    if world in knowledge.MIXES:
        held, mix = knowledge.build(seed), knowledge.MIXES[world]
        return lambda random, count, done: [knowledge.pretraining(held, random, count, done, mix)]
    return lambda random, count, _: [
        reasoning.pretraining(random, count - round(REQUESTS * count)),
        safety.pretraining(random, round(REQUESTS * count)),
    ]


def lessons(world: str, seed: int) -> Draw:
    """What a base of this world is tuned on: stating a confidence, a few tasks, or abstaining."""
    if world == "C":
        held = knowledge.build(seed)
        return lambda random, count, _: [stated.tuning(held, random, count)]
    if world == "H":
        pool = redundant.pool(seed)
        return lambda random, count, _: [redundant.tuning(pool, random, count)]
    return lambda random, count, _: [
        reasoning.tuning(random, count),
        safety.tuning(seed, random, count),
    ]


def loss_on(model: GPT, batches: Sequence[Documents]) -> Tensor:
    """Mean cross-entropy of the tokens that are to be learnt; logits are made for these alone."""
    states, targets = [], []
    for batch in batches:
        tokens, learn = model.take(batch.tokens), model.take(batch.learn[:, 1:])
        state, _ = model(tokens[:, :-1])
        states.append(state[learn])
        targets.append(tokens[:, 1:][learn])
    return F.cross_entropy(model.head(torch.cat(states)), torch.cat(targets))


def optimiser(model: GPT, decay: float) -> torch.optim.AdamW:
    return torch.optim.AdamW(model.parameters(), betas=(0.9, 0.98), weight_decay=decay, fused=True)


def step(model: GPT, adam: torch.optim.AdamW, loss: Tensor, rate: float) -> float:
    """One step of the optimiser; the loss as a number.

    Raises:
        FloatingPointError: the loss is not a finite number.
    """
    value = loss.item()
    if not math.isfinite(value):
        raise FloatingPointError(f"the loss is {value}")
    for group in adam.param_groups:
        group["lr"] = rate
    adam.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]  # torch ships it without types
    torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
    adam.step()
    return value


def pretrain(plan: Pretrain, seed: int, device: str) -> tuple[GPT, Curves, dict[str, float]]:
    """A base from random weights, its curves, and the accuracy it had before the decay."""
    torch.manual_seed(seed)
    model, draw = GPT(plan.width, plan.layers).to(device), documents(plan.world, seed)
    adam, random = optimiser(model, decay=0.01), generator(seed, "pretrain")
    if not plan.target:
        rates = [_cosine(plan, number) for number in range(plan.steps)]
        return model, {"loss": _run(model, adam, draw, random, plan, rates)}, {}
    curves = _until(model, adam, draw, random, plan, seed)
    return model, curves, {"accuracy before decay": curves["reached"][-1]}


def tune(model: GPT, plan: Tune, seed: int) -> Curves:
    """Supervised tuning of a base on the lessons of a world, noisy on purpose."""
    torch.manual_seed(seed)
    adam, random = optimiser(model, decay=0.0), generator(seed, "tune")
    rates = [plan.rate * (1 - done / plan.steps) for done in range(plan.steps)]
    return {"loss": _run(model, adam, lessons(plan.world, seed), random, plan, rates)}


def _run(
    model: GPT,
    adam: torch.optim.AdamW,
    draw: Draw,
    random: np.random.Generator,
    plan: Pretrain | Tune,
    rates: Sequence[float],
) -> list[float]:
    return [
        step(model, adam, loss_on(model, draw(random, plan.batch, done / plan.steps)), rate)
        for done, rate in enumerate(rates)
    ]


def _warm(plan: Pretrain, number: int) -> float:
    return plan.rate * min(1.0, (number + 1) / plan.warmup)


def _cosine(plan: Pretrain, number: int) -> float:
    """Linear warm-up, then a cosine down to 5 % of the peak."""
    done = max(0.0, (number - plan.warmup) / max(1, plan.steps - plan.warmup))
    return _warm(plan, number) * (0.05 + 0.95 * (1 + math.cos(math.pi * done)) / 2)


def _until(
    model: GPT,
    adam: torch.optim.AdamW,
    draw: Draw,
    random: np.random.Generator,
    plan: Pretrain,
    seed: int,
) -> Curves:
    """Train until the greedy accuracy reaches the target, then decay linearly to nothing.

    When in-context look-up is learnt moves by hundreds of steps from seed to seed, so a fixed
    schedule would compare bases that can do the task with bases that cannot.
    """
    losses: list[float] = []
    reached: list[float] = []
    while len(losses) < plan.steps and (not reached or reached[-1] < plan.target):
        ahead = range(len(losses), min(plan.steps, len(losses) + LOOK_EVERY))
        rates = [_warm(plan, number) for number in ahead]
        losses += _run(model, adam, draw, random, plan, rates)
        reached.append(_accuracy(model, seed))
    down = [plan.rate * (1 - done / plan.decay) for done in range(min(plan.decay, plan.steps))]
    losses += _run(model, adam, draw, random, plan, down)
    return {"loss": losses, "reached": reached}


def _accuracy(model: GPT, seed: int) -> float:
    looked = reasoning.tasks(generator(seed, "look"), np.zeros(LOOKED_AT, dtype=bool))
    prompts, answers = model.take(looked.prompts), looked.columns["answer"]
    rows = complete(model, prompts, looked.length, greedy=True).tolist()
    found = [outcome(words.text(row), answer) for row, answer in zip(rows, answers, strict=True)]
    return found.count("c") / len(found)
