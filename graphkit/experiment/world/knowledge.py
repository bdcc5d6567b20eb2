"""World K: people have one value for each attribute, `Q first last attr A value`.

Some people are in many documents, some in few, some in none. A last name can favour a value, so
that a guess about a stranger has a known chance. Documents about a long tail of further strangers,
each time with a fresh value, teach the model how little a name tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from graphkit.experiment.world import words
from graphkit.experiment.world.words import ATTRIBUTES, FIRSTS, LASTS, VALUES, Documents, Tasks

MANY, FEW = 250, 100  # people
FEW_SHARE: Final = 0.02  # of documents
ZIPF: Final = 0.8
STRENGTHS: Final = (0.0, 0.35, 0.65, 0.9)  # chance that a relative has the family's value
STRENGTH_ODDS: Final = (0.7, 0.1, 0.1, 0.1)
DECLINE_FROM: Final = 0.7  # the last part of pretraining, where answers may be <idk>
MIX: Final = {"m": 0.4, "f": 0.2, "n": 0.4}  # of tasks: facts in many, few, no documents


class Mix(NamedTuple):
    """What the documents of a world like K are made of, as shares of them."""

    tail: float = 0.30  # about strangers of the long tail
    declines: float = 0.2  # answered by <idk>, late in pretraining


MIXES: Final = {
    "K": Mix(),
    "K few declines": Mix(declines=0.05),
    "K many declines": Mix(declines=0.5),
    "K no tail": Mix(tail=0.0),
}


@dataclass(frozen=True)
class Knowledge:
    """Who is who. People are numbered; `order` shuffles them into tiers."""

    chances: np.ndarray  # [lasts, attributes, values] chance of each value within a family
    truth: np.ndarray  # [people, attributes]
    order: np.ndarray  # [people] many, few, the long tail, then those never met
    facts: np.ndarray  # [many facts] cumulative chance of each in a document


def build(seed: int) -> Knowledge:
    """The world of this seed."""
    random = np.random.default_rng([seed, 1])
    strength = random.choice(STRENGTHS, p=STRENGTH_ODDS, size=(LASTS, ATTRIBUTES, 1))
    favourite = np.eye(VALUES)[random.integers(VALUES, size=(LASTS, ATTRIBUTES))]
    chances = strength * favourite + (1 - strength) / VALUES
    people = np.arange(FIRSTS * LASTS)
    truth = _draw(random, chances, np.repeat(people, ATTRIBUTES), np.tile(range(4), len(people)))
    weights = random.permutation(np.arange(1, MANY * ATTRIBUTES + 1.0) ** -ZIPF)
    return Knowledge(
        chances,
        truth.reshape(-1, ATTRIBUTES),
        random.permutation(people),
        np.cumsum(weights / weights.sum()),
    )


def _draw(
    random: np.random.Generator, chances: np.ndarray, people: np.ndarray, attributes: np.ndarray
) -> np.ndarray:
    """A value for each person and attribute, by the family's chances."""
    steps = chances[people % LASTS, attributes].cumsum(axis=1)
    passed: np.ndarray = (random.random((len(people), 1)) > steps).sum(axis=1)
    values: np.ndarray = np.minimum(passed, VALUES - 1)  # the last step may round below one
    return values


def pretraining(
    world: Knowledge,
    random: np.random.Generator,
    count: int,
    progress: float,
    mix: Mix = MIXES["K"],
) -> Documents:
    """Documents at this point of pretraining (0 to 1)."""
    tokens, _ = told(world, random, count, mix)
    if progress >= DECLINE_FROM:
        tokens[:, 5] = np.where(random.random(count) < mix.declines, words.IDK, tokens[:, 5])
    return words.documents(tokens, prompt=5)


def told(
    world: Knowledge, random: np.random.Generator, count: int, mix: Mix = MIXES["K"]
) -> tuple[np.ndarray, np.ndarray]:
    """Documents that answer [count, 7], and the chance that whoever has read the rest is right."""
    kind = random.random(count)
    fact = np.searchsorted(world.facts, random.random(count)).clip(max=MANY * ATTRIBUTES - 1)
    few = random.integers(MANY * ATTRIBUTES, (MANY + FEW) * ATTRIBUTES, size=count)
    row = np.where(kind < FEW_SHARE, few, fact)
    tail = random.integers((MANY + FEW) * ATTRIBUTES, _first_stranger() * ATTRIBUTES, size=count)
    strange = kind > 1 - mix.tail
    row = np.where(strange, tail, row)
    people, attributes = world.order[row // ATTRIBUTES], row % ATTRIBUTES
    fresh = _draw(random, world.chances, people, attributes)
    value = np.where(strange, fresh, world.truth[people, attributes])
    ends = np.full(count, words.EOS)
    tokens = np.column_stack([_prompts(people, attributes), _answer_ids(attributes, value), ends])
    guess = world.chances[people % LASTS, attributes].max(axis=1)
    return tokens, np.where(strange, guess, 1.0)


def _first_stranger() -> int:
    rest = FIRSTS * LASTS - MANY - FEW
    return MANY + FEW + rest // 2


def _prompts(people: np.ndarray, attributes: np.ndarray) -> np.ndarray:
    return np.column_stack(
        [
            np.full(len(people), words.ID["Q"]),
            words.ID["first0"] + people // LASTS,
            words.ID["last0"] + people % LASTS,
            words.ID["attr0"] + attributes,
            np.full(len(people), words.A),
        ]
    )


def _answer_ids(attributes: np.ndarray, value: np.ndarray) -> np.ndarray:
    ids: np.ndarray = words.ID["attr0.0"] + attributes * VALUES + value
    return ids


def tasks(world: Knowledge, half: int, count: int) -> Tasks:
    """About `count` questions of half 0 (to train on) or 1 (to be tested on), no fact in both.

    Columns: `answer`, `tier` (m, f, n: met in many, few, no documents), `guess` (the chance that
    the best guess by family is right) and `chances` (by value, for whoever has another guess).
    """
    split, random = np.random.default_rng(2), np.random.default_rng([half, 2])
    bounds = {"m": (0, MANY), "f": (MANY, MANY + FEW), "n": (_first_stranger(), FIRSTS * LASTS)}
    rows, tiers = [], ""
    for tier, (low, high) in bounds.items():
        held = np.arange(low * ATTRIBUTES, high * ATTRIBUTES)
        mine = held[split.permutation(len(held)) % 2 == half]
        kept = random.permutation(mine)[: round(count * MIX[tier])]
        rows.append(kept)
        tiers += tier * len(kept)
    return _tasks(world, np.concatenate(rows), tiers)


def _tasks(world: Knowledge, rows: np.ndarray, tiers: str) -> Tasks:
    people, attributes = world.order[rows // ATTRIBUTES], rows % ATTRIBUTES
    answers = _answer_ids(attributes, world.truth[people, attributes])
    chances = world.chances[people % LASTS, attributes]
    columns = {
        "answer": [words.WORDS[answer] for answer in answers],
        "tier": list(tiers),
        "chances": list(chances),
    }
    return Tasks(_prompts(people, attributes), columns, length=1)
