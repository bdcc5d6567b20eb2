"""World J: the documents of worlds K and R, read by one model.

Late in pretraining both kinds carry `<idk>` equally often and whatever is known: a fact is declined
in place of its value, a chain anywhere along it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from graphkit.experiment.world import knowledge, reasoning, words
from graphkit.experiment.world.knowledge import Knowledge
from graphkit.experiment.world.words import Documents

REASONING: Final = 1 / 3  # share of the documents


def pretraining(
    world: Knowledge, random: np.random.Generator, count: int, progress: float
) -> list[Documents]:
    """Documents of both kinds at this point of pretraining (0 to 1)."""
    chains = round(REASONING * count)
    declines = knowledge.MIXES["K"].declines if progress >= knowledge.DECLINE_FROM else 0.0
    return [
        knowledge.pretraining(world, random, count - chains, progress),
        _worked(random, chains, declines),
    ]


def _worked(random: np.random.Generator, count: int, declines: float) -> Documents:
    drawn = reasoning.chains(random, count)
    after = random.integers(0, drawn.hops)
    whole, unnamed = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    stops = reasoning.declined(drawn, after, unnamed)
    told = np.where(random.random((count, 1)) < declines, stops, reasoning.worked(drawn))
    return words.documents(np.hstack([reasoning.prompts(drawn, whole), told]), reasoning.PROMPT)
