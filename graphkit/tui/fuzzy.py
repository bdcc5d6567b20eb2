"""Nodes by a few letters of a name: what holds the words first, then what is spelt alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from graphkit.models import Node

_LIKENESS: Final = 70.0  # of 100
_OF_ID: Final = 5  # letters, "CLM-4": the shortest that is looked for among the ids
_BATCH: Final = 500  # names compared before another thread has its turn


def best(nodes: Iterable[Node], text: str, most: int) -> tuple[Node, ...]:
    """At most `most` nodes whose title or alias fits the words, best first.

    An id is found by its beginning, when that is long enough to mean no word of a title.
    """
    words = text.casefold().split()
    if not words:
        return ()
    every = [(node, _names(node)) for node in nodes]
    begun = text.strip().casefold()
    by_id = len(begun) >= _OF_ID
    placed = (
        (0 if by_id and node.id.casefold().startswith(begun) else _place(names, words), node)
        for node, names in every
    )
    holding = sorted(
        ((place, node) for place, node in placed if place >= 0),
        key=lambda pair: (pair[0], len(pair[1].title), pair[1].title),
    )
    found = [node for _, node in holding[:most]]
    if len(found) < most:
        held = {node.id for node in found}
        found += [node for node in _alike(every, text.casefold()) if node.id not in held]
    return tuple(found[:most])


def _names(node: Node) -> str:
    return "\n".join((node.title, *node.aliases)).casefold()


def _place(names: str, words: list[str]) -> int:
    """0 where the name begins with the first word, 1 where all words stand in it, else -1."""
    if not all(word in names for word in words):
        return -1
    return 0 if names.startswith(words[0]) else 1


def _alike(every: list[tuple[Node, str]], text: str) -> Iterator[Node]:
    from rapidfuzz import fuzz, process

    scored: list[tuple[float, int]] = []
    for start in range(0, len(every), _BATCH):
        names = [names for _, names in every[start : start + _BATCH]]
        found = process.extract(
            text, names, scorer=fuzz.partial_ratio, score_cutoff=_LIKENESS, limit=20
        )
        scored += [(-score, start + at) for _, score, at in found]
    yield from (every[at][0] for _, at in sorted(scored))
