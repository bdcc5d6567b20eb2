"""How strongly each note speaks to a question: one number, from what it says.

`strength = cosine + WORDS * sqrt(BM25 / rarity of all the question's words)`, where the cosine is
of the note's prose (best window mixed with the whole) and words count in the prose alone: a page
called *Joey* does not thereby say what became of Joey. The weight and the root were chosen on
collections of real questions (adi, med, pubmedqa) by taking the answering documents away, never
on the questions that the result is reported for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graphkit.search import cosine, words

if TYPE_CHECKING:
    from graphkit.search.cosine import Cosines, Matrix, Rows
    from graphkit.search.encoder import Vectors
    from graphkit.search.store import Store

WORDS: Final = 0.2  # weight of the words beside the cosine
PROSE: Final = (0.0, 0.0, 0.0, 1.0)  # BM25 weights of title, names, headings, body
AT_ONCE: Final = 64  # questions compared at a time: bounds the memory on large vaults

Held = Mapping[str, int]  # how many notes hold each content word of a question


class Field(NamedTuple):
    """The strength of every note for some questions."""

    notes: Rows  # note rows
    strength: Cosines  # (questions, notes)


def held(store: Store, question: str) -> Held:
    """How many notes hold each content word of a question, by its stem."""
    return {word: store.having(word) for word in words.content(question)}


def field(
    store: Store, questions: Iterable[str], matrix: Matrix | None, vectors: Vectors | None
) -> Field:
    """Strengths for questions with these vectors; by words alone where there are none."""
    notes = np.array(store.numbers(), dtype=np.int64)
    said = cache(partial(_said, store, notes))  # questions share words, the common ones above all
    rows = [_by_words(said, len(notes), each) for each in questions]
    spoken = np.array(rows, dtype=np.float32)
    if matrix is None or vectors is None or not len(matrix.notes):
        return Field(notes, spoken)
    return Field(notes, WORDS * spoken + _by_meaning(matrix, vectors, notes))


class _Said(NamedTuple):
    """The notes that hold a word, by their places among all, and BM25 of it in each."""

    places: Rows
    scores: Cosines


def _said(store: Store, notes: Rows, expression: str) -> _Said:
    found = store.keyword(expression, PROSE)
    rows = np.fromiter(found, dtype=np.int64, count=len(found))
    scores = np.fromiter(found.values(), dtype=np.float32, count=len(found))
    _, places, known = np.intersect1d(notes, rows, assume_unique=True, return_indices=True)
    return _Said(places, scores[known])


def _by_words(said: Callable[[str], _Said], notes: int, question: str) -> Cosines:
    spoken = np.zeros(notes, dtype=np.float32)
    for places, scores in map(said, words.alternatives(question)):
        spoken[places] += scores
    spread = {each: len(said(words.quoted(each)).places) for each in words.content(question)}
    return np.sqrt(np.maximum(spoken, 0) / rarity(spread, notes))


def rarity(spread: Held, notes: int) -> float:
    """Sum of the inverse document frequencies of a question's words; what BM25 adds up at most."""
    return sum(math.log1p((notes - n + 0.5) / (n + 0.5)) for n in spread.values()) or 1.0


def _by_meaning(matrix: Matrix, vectors: Vectors, notes: Rows) -> Cosines:
    parts = [
        cosine.by_note(matrix, vectors[start : start + AT_ONCE])
        for start in range(0, len(vectors), AT_ONCE)
    ]
    found = np.zeros((len(vectors), len(notes)), dtype=np.float32)
    found[:, np.searchsorted(notes, parts[0].notes)] = np.vstack([p.substance() for p in parts])
    return found
