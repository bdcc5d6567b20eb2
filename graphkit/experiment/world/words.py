"""The words of all worlds, and the two things a world hands out: documents and tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

DECLINE: Final = "<idk>"
FIRSTS, LASTS, ATTRIBUTES, VALUES = 100, 50, 4, 12
LETTERS, VERBS, OBJECTS, REPLIES = 26, 24, 24, 12


def _numbered(prefix: str, count: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(count)]


WORDS: Final = (
    *("<pad>", "<eos>", DECLINE, "A", "Q", "R", "DOES", "?", "TH", "=", ";"),
    *_numbered("", 10),
    *_numbered("var", LETTERS),
    *_numbered("first", FIRSTS),
    *_numbered("last", LASTS),
    *_numbered("attr", ATTRIBUTES),
    *(f"attr{a}.{v}" for a in range(ATTRIBUTES) for v in range(VALUES)),
    *_numbered("verb", VERBS),
    *_numbered("object", OBJECTS),
    *_numbered("OK", REPLIES),
)
ID: Final = {word: number for number, word in enumerate(WORDS)}
PAD, EOS, IDK, A = (ID[word] for word in ("<pad>", "<eos>", DECLINE, "A"))


def text(tokens: Iterable[int]) -> str:
    """Words up to the end of the sequence, separated by spaces."""
    words = []
    for token in tokens:
        if token in {EOS, PAD}:
            break
        words.append(WORDS[token])
    return " ".join(words)


class Documents(NamedTuple):
    """Training sequences, all of one width, padded at the end."""

    tokens: np.ndarray  # [documents, width]
    learn: np.ndarray  # [documents, width] whether this token is to be predicted


class Tasks(NamedTuple):
    """Prompts of one length with what a reward or an evaluation must know of each."""

    prompts: np.ndarray  # [tasks, length]
    columns: Mapping[str, Sequence[Any]]  # "answer": the right word, or None where there is none
    length: int  # most tokens of a completion

    def take(self, rows: np.ndarray) -> Tasks:
        """Some of these tasks, in this order."""
        columns = {name: [values[row] for row in rows] for name, values in self.columns.items()}
        return Tasks(self.prompts[rows], columns, self.length)


def documents(tokens: np.ndarray, prompt: int) -> Documents:
    """Documents whose first `prompt` tokens are given and whose padding is not learnt."""
    learn = tokens != PAD
    learn[:, :prompt] = False
    return Documents(tokens, learn)
