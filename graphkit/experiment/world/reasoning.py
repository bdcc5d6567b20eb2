"""World R: follow a chain of sums through four shuffled premises.

`R = a 3 ; a 4 b ; b 5 c ; x 1 y ; ? c TH` says that a is 3, b is a + 4 and c is b + 5, modulo 10;
the completion works it out, `a 3 4 b 7 5 c 2 A 2`. In an unanswerable task one edge of the chain is
replaced by one that leads nowhere, so that the length tells nothing; the right completion works as
far as it can and says where it stops, `a 3 4 b 7 A <idk> b`: no premise goes on from b.

Abstaining after the work, not before it, is deliberate: asked to abstain at once, a two-layer model
named what was missing no better than chance, and no reward can select what is never sampled.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from graphkit.experiment.world import words
from graphkit.experiment.world.words import ID, LETTERS, Documents, Tasks

HOPS: Final = 3  # at most; one premise gives the start, the rest of the four are edges
LENGTH: Final = 3 * HOPS + 5  # tokens of the longest completion
PROMPT: Final = 20
UNANSWERABLE: Final = 0.4  # share in tuning
PRACTISED: Final = 0.3  # share in reinforcement, as in Abstain-R1 (arXiv 2604.17073)
LABELLED, NAMED, MISLABELLED = 0.8, 0.4, 0.05  # noise of the labels that teach to abstain


class Chains(NamedTuple):
    """Tasks before they are written down, one row each."""

    letters: np.ndarray  # [tasks, 12] distinct: four of the chain, then the ends of distractors
    numbers: np.ndarray  # [tasks, 4] the start's value, then what each edge adds
    hops: np.ndarray  # [tasks] 1 to 3
    places: np.ndarray  # [tasks, 4] order of the premises
    removed: np.ndarray  # [tasks] the edge that is taken out if the task is unanswerable


def chains(random: np.random.Generator, count: int) -> Chains:
    """So many chains with their distractors."""
    hops = random.integers(1, HOPS + 1, size=count)
    return Chains(
        random.random((count, LETTERS)).argsort(axis=1)[:, :12],
        random.integers(0, 10, size=(count, 4)),
        hops,
        random.random((count, 4)).argsort(axis=1),
        random.integers(1, hops + 1),
    )


def prompts(drawn: Chains, broken: np.ndarray) -> np.ndarray:
    """The prompts [tasks, 20]; where `broken`, the removed premise is replaced."""
    rows = np.arange(len(drawn.hops))[:, None]
    premise = np.arange(4)[None, :]
    replaced = (premise > drawn.hops[:, None]) | (
        broken[:, None] & (premise == drawn.removed[:, None])
    )
    letters = ID["var0"] + drawn.letters
    starts = np.where(replaced, letters[:, 4:8], letters[rows, (premise - 1).clip(0)])
    ends = np.where(replaced, letters[:, 8:12], letters[:, :4])
    digits = ID["0"] + drawn.numbers
    first = premise == 0  # `= a 3` where an edge reads `a 4 b`
    written = np.stack(
        [
            np.where(first, ID["="], starts),
            np.where(first, ends, digits),
            np.where(first, digits, ends),
            np.full_like(ends, ID[";"]),
        ],
        axis=2,
    )
    shuffled = written[rows, drawn.places].reshape(len(rows), 16)
    asked = letters[rows[:, 0], drawn.hops]
    head, mark, last = (np.full(len(rows), ID[word]) for word in ("R", "?", "TH"))
    return np.column_stack([head, shuffled, mark, asked, last])


def values(drawn: Chains) -> np.ndarray:
    """The value of each variable along the chain [tasks, 4]."""
    sums: np.ndarray = drawn.numbers.cumsum(axis=1) % 10
    return sums


def worked(drawn: Chains) -> np.ndarray:
    """The right completions of answerable tasks [tasks, 14], padded."""
    count = len(drawn.hops)
    letters, digits = ID["var0"] + drawn.letters, ID["0"] + drawn.numbers
    sums = ID["0"] + values(drawn)
    written = np.full((count, LENGTH), words.PAD)
    written[:, 0], written[:, 1] = letters[:, 0], sums[:, 0]
    for hop in range(1, HOPS + 1):
        step = np.column_stack([digits[:, hop], letters[:, hop], sums[:, hop]])
        written[:, 3 * hop - 1 : 3 * hop + 2] = np.where(
            hop <= drawn.hops[:, None], step, words.PAD
        )
    rows, end = np.arange(count), 3 * drawn.hops + 2
    written[rows, end] = words.A
    written[rows, end + 1] = sums[rows, drawn.hops]
    written[rows, end + 2] = words.EOS
    return written


def declined(drawn: Chains, after: np.ndarray, named: np.ndarray) -> np.ndarray:
    """Completions that abstain `after` so many hops [tasks, 14]; where `named`, they say where."""
    rows, end = np.arange(len(after)), 3 * after + 2
    completed = worked(drawn)
    completed[np.arange(LENGTH) >= end[:, None]] = words.PAD
    completed[rows, end] = words.A
    completed[rows, end + 1] = words.IDK
    completed[rows, end + 2] = np.where(named, ID["var0"] + drawn.letters[rows, after], words.EOS)
    completed[rows, end + 3] = np.where(named, words.EOS, words.PAD)
    return completed


def pretraining(random: np.random.Generator, count: int) -> Documents:
    """Answerable tasks, worked out."""
    drawn = chains(random, count)
    whole = np.zeros(count, dtype=bool)
    return words.documents(np.hstack([prompts(drawn, whole), worked(drawn)]), PROMPT)


def tuning(random: np.random.Generator, count: int) -> Documents:
    """Labels that can abstain, noisily; an unlabelled unanswerable task shows the answer it had."""
    drawn = chains(random, count)
    broken, named, kept, false = (
        random.random(count) < share for share in (UNANSWERABLE, NAMED, LABELLED, MISLABELLED)
    )
    abstains = np.where(broken, kept, false)
    after = np.where(broken, drawn.removed - 1, random.integers(0, drawn.hops))
    labels = np.where(abstains[:, None], declined(drawn, after, named), worked(drawn))
    return words.documents(np.hstack([prompts(drawn, broken), labels]), PROMPT)


def tasks(random: np.random.Generator, broken: np.ndarray) -> Tasks:
    """Tasks, unanswerable where `broken`.

    Columns: `answer` (None if unanswerable), `missing` (the name, None if answerable), `hops`.
    """
    drawn = chains(random, len(broken))
    return written(drawn, broken)


def written(drawn: Chains, broken: np.ndarray) -> Tasks:
    """Chains as tasks, unanswerable where `broken`."""
    rows = np.arange(len(broken))
    results = values(drawn)[rows, drawn.hops]
    missing = drawn.letters[rows, drawn.removed - 1]
    columns: dict[str, list[str | None]] = {
        "answer": [None if b else str(r) for b, r in zip(broken, results, strict=True)],
        "missing": [f"var{m}" if b else None for b, m in zip(broken, missing, strict=True)],
        "hops": [str(hops) for hops in drawn.hops],
    }
    return Tasks(prompts(drawn, broken), columns, LENGTH)


def stream(random: np.random.Generator, count: int) -> Tasks:
    """Fresh tasks to reinforce on, answerable or not."""
    return tasks(random, random.random(count) < PRACTISED)
