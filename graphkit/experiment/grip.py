"""How far an answer depends on the chain before it: the chain is cut, filled or spoilt.

The tests are those of arXiv 2307.13702 and 2411.15382, given a right chain: early termination,
filler, and a mistake in the last step. A grip of 1 means that the answer always changes.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch

from graphkit.experiment.model import GPT
from graphkit.experiment.world import reasoning, redundant, words
from graphkit.experiment.world.reasoning import Chains
from graphkit.experiment.world.words import ID


def described(policy: GPT, judge: GPT, tasks: Chains) -> Mapping[str, float]:
    """The grip by each test, accuracy with and without a chain, and the judge's information gain.

    The gain is in bits: log2 of the chance that the judge gives the right answer after the
    policy's own chain, less the same before any.
    """
    rows = [_of(policy, judge, tasks, hops) for hops in range(1, reasoning.HOPS + 1)]
    weights = [len(row["accuracy with a chain"]) for row in rows]
    assert sum(weights) == len(tasks.hops)  # noqa: S101 (every task has its number of hops)
    return {name: float(np.concatenate([row[name] for row in rows]).mean()) for name in rows[0]}


def _of(policy: GPT, judge: GPT, tasks: Chains, hops: int) -> dict[str, np.ndarray]:
    """Each quantity by task, for the tasks of so many hops, whose chains are of one length."""
    chosen = tasks.hops == hops
    right = redundant.results(tasks)[chosen]
    prompts = redundant.prompts(tasks)[chosen]
    length = 3 * hops + 2
    chain = reasoning.worked(tasks)[chosen][:, :length]
    whole = _answer(policy, prompts, chain)
    cuts = [_answer(policy, prompts, chain[:, : 3 * cut + 2]) for cut in range(hops)]
    filler = np.full_like(chain, ID[";"])
    spoilt = chain.copy()
    spoilt[:, -1] = ID["0"] + (spoilt[:, -1] - ID["0"] + 1 + np.arange(len(chain)) % 9) % 10
    own = _written(policy, prompts, length)
    gain = _bits(judge, prompts, own, right) - _bits(judge, prompts, chain[:, :0], right)
    return {
        "early termination": np.mean([cut != whole for cut in cuts], axis=0),
        "filler": (_answer(policy, prompts, filler) != whole).astype(float),
        "mistake": (_answer(policy, prompts, spoilt) != whole).astype(float),
        "accuracy with a chain": (_answer(policy, prompts, own) == right).astype(float),
        "accuracy without a chain": (_answer(policy, prompts, chain[:, :0]) == right).astype(float),
        "information gain": gain,
    }


@torch.no_grad()
def _chances(model: GPT, prompts: np.ndarray, chain: np.ndarray) -> np.ndarray:
    """The chance of each word where the answer stands [tasks, words]."""
    mark = np.full((len(prompts), 1), words.A)
    state, _ = model(model.take(np.hstack([prompts, chain, mark])))
    chance: np.ndarray = model.head(state[:, -1]).softmax(1).cpu().numpy()
    return chance


def _answer(model: GPT, prompts: np.ndarray, chain: np.ndarray) -> np.ndarray:
    found: np.ndarray = _chances(model, prompts, chain).argmax(1)
    return found


def _bits(model: GPT, prompts: np.ndarray, chain: np.ndarray, right: np.ndarray) -> np.ndarray:
    chance = _chances(model, prompts, chain)[np.arange(len(right)), right]
    found: np.ndarray = np.log2(chance.clip(1e-9))
    return found


@torch.no_grad()
def _written(model: GPT, prompts: np.ndarray, length: int) -> np.ndarray:
    """The likeliest chain of so many tokens that the policy writes, the answer mark kept out."""
    state, past = model(model.take(prompts))
    rows = []
    for _ in range(length):
        chance = model.head(state[:, -1])
        chance[:, [words.A, words.EOS]] = -torch.inf
        token = chance.argmax(1, keepdim=True)
        rows.append(token)
        state, past = model(token, past)
    found: np.ndarray = torch.cat(rows, 1).cpu().numpy()
    return found
