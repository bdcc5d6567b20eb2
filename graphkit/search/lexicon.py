"""The words that notes share, and how rare each of them is. Standard library only."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from graphkit.models import Note
from graphkit.search import words

STEM: Final = 6  # letters by which words are compared
RARE: Final = 0.2  # a word in more notes than this share says little,
FEW: Final = 3  # unless it is in no more than these
_WORD: Final = re.compile(r"\w{2,}")


class Lexicon(NamedTuple):
    """The words of every note, by the letters that they begin with, and what each is worth."""

    stems: Mapping[str, frozenset[str]]  # by path
    rarity: Mapping[str, float]  # inverse document frequency by stem
    squares: Mapping[str, float]  # of the rarity
    norms: Mapping[str, float]  # length of each note's weighted word vector, by path

    def rare(self, one: str, other: str) -> list[str]:
        """The stems that two notes share and few others hold, rarest first; no numbers."""
        everyone = len(self.stems)
        least = math.log(everyone / max(FEW, RARE * everyone))
        both = self.stems[one] & self.stems[other]
        found = (each for each in both if self.rarity[each] >= least and not each.isdigit())
        return sorted(found, key=lambda each: (-self.rarity[each], each))

    def likeness(self, one: str, other: str) -> float:
        """Cosine of the two notes' word sets, each word weighted by its rarity."""
        both = sum(map(self.squares.__getitem__, self.stems[one] & self.stems[other]))
        return both / (self.norms[one] * self.norms[other] or 1.0)


def lexicon(notes: Mapping[str, Note]) -> Lexicon:
    """The words of these notes, by path: of their titles, aliases and prose."""
    stems = {path: frozenset(map(stem, set(spoken(note)))) for path, note in notes.items()}
    counts = Counter(each for found in stems.values() for each in found)
    rarity = {each: math.log(len(stems) / count) for each, count in counts.items()}
    squares = {each: value**2 for each, value in rarity.items()}
    norms = {path: math.sqrt(sum(map(squares.__getitem__, found))) for path, found in stems.items()}
    return Lexicon(stems, rarity, squares, norms)


def stem(word: str) -> str:
    return word[:STEM]


def titled(title: str) -> frozenset[str]:
    """The stems of a title."""
    return frozenset(map(stem, said_in(title)))


def spoken(note: Note) -> list[str]:
    """The words of a note that carry meaning, folded, in their order."""
    return said_in(" ".join((note.title, *note.aliases, *(each.text for each in note.paragraphs))))


def said_in(text: str) -> list[str]:
    """The words of a text that carry meaning, folded, in their order."""
    folded = text.casefold() if text.isascii() else words.spread(text.casefold())
    return [word for word in _WORD.findall(folded) if word not in words.STOP_WORDS]
