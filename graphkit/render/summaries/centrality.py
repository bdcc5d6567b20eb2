"""Which sentences of a few pages say most: picked by their words alone, the same everywhere.

Sentences are vectors of words, weighted by how few of the candidates have them. What is picked is
central (like many other candidates, as in LexRank: Erkan and Radev, JAIR 22, 2004), near the topic
(the biased form of Otterbacher, Erkan and Radev, 2009), and unlike what is already said (maximal
marginal relevance: Carbonell and Goldstein, SIGIR 1998); of two, one is a result where there is
one. A sentence whose figures all stand in one that was told tells the same result again.

An encoder would weigh meaning too, but a summary must come out the same on a machine without the
model, and must not go stale because a model changed. Only sums, products and square roots are
used, whose rounding IEEE 754 fixes, so that every machine picks the same sentences; and the
weights depend on nothing but the candidates, so that no other note can make a summary stale.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import fsum, sqrt
from typing import Final

ON_TOPIC: Final = 0.5  # how much nearness to the topic weighs against centrality
REDUNDANT: Final = 0.7  # what likeness to a sentence already said costs
SAME: Final = 0.6  # a sentence as like as this to one already said adds nothing
SHORT: Final = 6  # words below which a sentence is a remark
RESULT: Final = 0.15  # what the first sentence gains that states a result, a share or a size

_WORD: Final = re.compile(r"\b(?!\d)\w+")
_FIGURE: Final = re.compile(r"(?<![\w.,])(?:\d+(?:[.,]\d+)+|\d{2,})")
_STATES: Final = re.compile(r"\d\s?%|\d\.\d|\d (?:percentage )?points\b|\d times\b")
_COMMON: Final = frozenset(
    """
    a an and are as at be but by can did do does for from had has have how if in into is it its
    less more most no not of on only or other same so some such than that the their them then
    there these they this those to was were what when where which while who why will with
    """.split()  # noqa: SIM905  # a list of sixty quoted words reads worse
)

Vector = Mapping[str, float]


@lru_cache(maxsize=4096)
def words(sentence: str) -> tuple[str, ...]:
    """The telling words of a sentence, without case and plural s.

    Numbers are none: two results in one unit are two results.
    """
    found = (word.casefold() for word in _WORD.findall(sentence))
    return tuple(
        word.removesuffix("s") if len(word) > 3 else word for word in found if word not in _COMMON
    )


def picked(candidates: Sequence[str], said: Sequence[str], topic: str, most: int) -> list[int]:
    """The places of at most `most` of the candidates that say most, in their own order.

    `said` are sentences that the reader has before them anyway.
    """
    vectors, known, (aim,) = _vectors(candidates, said, [topic])
    between = _between(vectors)
    near = [max((_cosine(each, v) for v in known), default=0.0) for each in vectors]
    scores = [_score(row, _cosine(each, aim)) for row, each in zip(between, vectors, strict=True)]
    results = {place for place, each in enumerate(candidates) if _STATES.search(each)}
    chosen: list[int] = []
    open_ = [place for place, sentence in enumerate(candidates) if len(words(sentence)) >= SHORT]
    while open_ and len(chosen) < most:
        told = [*said, *(candidates[place] for place in chosen)]
        likeness = {place: max([near[place], *(between[place][at] for at in chosen)])
                    for place in open_}  # fmt: skip
        open_ = [place for place in open_
                 if likeness[place] < SAME and not _repeats(candidates[place], told)]  # fmt: skip
        wanted = results if results.isdisjoint(chosen) else ()
        worth = {at: scores[at] - REDUNDANT * likeness[at] + RESULT * (at in wanted)
                 for at in open_}  # fmt: skip
        if open_:
            best = max(open_, key=lambda at: (worth[at], -at))
            chosen.append(best)
            open_.remove(best)
    return sorted(chosen)


def _repeats(sentence: str, told: Sequence[str]) -> bool:
    """Whether all the figures of a sentence stand in one that was told: it is the same result."""
    figures = {*_FIGURE.findall(sentence)}
    return bool(figures) and any(figures <= {*_FIGURE.findall(each)} for each in told)


def _between(vectors: Sequence[Vector]) -> list[list[float]]:
    """How like each vector is to each other one, by their places; 0 for itself."""
    likeness = [[0.0] * len(vectors) for _ in vectors]
    for (one, this), (other, that) in combinations(enumerate(vectors), 2):
        likeness[one][other] = likeness[other][one] = _cosine(this, that)
    return likeness


def _score(others: Sequence[float], aim: float) -> float:
    """Of a sentence this like the others, of which it is one, and this near the topic."""
    central = fsum(others) / max(1, len(others) - 1)
    return (1 - ON_TOPIC) * central + ON_TOPIC * aim


def _vectors(*groups: Sequence[str]) -> list[list[Vector]]:
    """The words of each sentence, the rarer the heavier, each vector of length one."""
    counted = [[Counter(words(sentence)) for sentence in group] for group in groups]
    every = [counts for group in counted for counts in group]
    having = Counter(word for counts in every for word in counts)
    return [[_unit(counts, having, len(every)) for counts in group] for group in counted]


def _unit(counts: Mapping[str, int], having: Mapping[str, int], amount: int) -> Vector:
    weighed = {word: times * amount / having[word] for word, times in counts.items()}
    length = sqrt(fsum(weight * weight for weight in weighed.values()))
    return {word: weight / length for word, weight in weighed.items()}


def _cosine(one: Vector, other: Vector) -> float:
    return fsum([weight * other[word] for word, weight in one.items() if word in other])
