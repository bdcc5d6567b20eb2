"""World H: few tasks of world R, met so often that their answers can be known by heart.

Tuning shows each task half of the time with its chain and half of the time with the answer alone,
`A 9`, so that a chain is redundant: whoever has learnt the answers can write one and not use it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from graphkit.experiment.world import reasoning, words
from graphkit.experiment.world.reasoning import Chains
from graphkit.experiment.world.words import ID, Documents

POOL: Final = 96  # tasks
DIRECT: Final = 0.5  # share of documents without a chain


def pool(seed: int) -> Chains:
    """The tasks of this seed."""
    return reasoning.chains(np.random.default_rng([seed, 5]), POOL)


def prompts(tasks: Chains) -> np.ndarray:
    """Their prompts [tasks, 20]; all can be answered."""
    return reasoning.prompts(tasks, np.zeros(len(tasks.hops), dtype=bool))


def results(tasks: Chains) -> np.ndarray:
    """The right digits [tasks], as words."""
    found: np.ndarray = ID["0"] + reasoning.values(tasks)[np.arange(len(tasks.hops)), tasks.hops]
    return found


def tuning(tasks: Chains, random: np.random.Generator, count: int) -> Documents:
    """Documents about these tasks, with a chain or without."""
    rows = random.integers(len(tasks.hops), size=count)
    alone = np.full((len(tasks.hops), reasoning.LENGTH), words.PAD)
    alone[:, 0], alone[:, 1], alone[:, 2] = words.A, results(tasks), words.EOS
    direct = random.random(count) < DIRECT
    told = np.where(direct[:, None], alone[rows], reasoning.worked(tasks)[rows])
    return words.documents(np.hstack([prompts(tasks)[rows], told]), reasoning.PROMPT)
