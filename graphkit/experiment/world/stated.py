"""World C: the questions of world K, answered after a stated confidence, `Q first last attr TH`.

A completion is `7 A attr0.3`: the digit d states a confidence of (d + .5) / 10. Tuning teaches the
form with digits that are right about the chance of the answer most of the time, else any digit.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from graphkit.experiment.world import knowledge, words
from graphkit.experiment.world.knowledge import Knowledge
from graphkit.experiment.world.words import ID, Documents, Tasks

HONEST: Final = 0.75  # share of the digits in tuning that fit the chance of the answer
LENGTH: Final = 3  # the answer ends the completion, as in world K


def asked(prompts: np.ndarray) -> np.ndarray:
    """Questions of world K as questions of this one: the confidence is asked for first."""
    changed = prompts.copy()
    changed[:, -1] = ID["TH"]
    return changed


def tasks(plain: Tasks) -> Tasks:
    """These questions of world K, answered after a stated confidence."""
    return Tasks(asked(plain.prompts), plain.columns, LENGTH)


def tuning(world: Knowledge, random: np.random.Generator, count: int) -> Documents:
    """Documents of world K with a confidence before each answer."""
    plain, chance = knowledge.told(world, random, count)
    digit = np.minimum((10 * chance).astype(int), 9)
    honest = random.random(count) < HONEST
    stated = ID["0"] + np.where(honest, digit, random.integers(10, size=count))
    mark = np.full(count, words.A)
    tokens = np.column_stack([asked(plain[:, :5]), stated, mark, plain[:, 5:]])
    return words.documents(tokens, prompt=5)
