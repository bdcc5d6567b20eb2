"""A note cut into the pieces that are compared with a question.

Windows of five sentences, three apart, each with the note's title and section in front, were
better on every collection measured than whole notes or single sentences.
"""

from __future__ import annotations

import hashlib
import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from graphkit.models import Note, Paragraph
from graphkit.search.words import clean, sentences

WINDOW: Final = 5  # sentences
STRIDE: Final = 3  # sentences
BUDGET: Final = 250  # word pieces: all-MiniLM-L6-v2 reads 256, two of them marks
LEAD_BUDGET: Final = 60  # of these, at most so many for title and section

_TOKEN: Final = re.compile(r"[A-Za-z]+|\d+|[^\W\d]|[^\w\s]|_")


class Form(StrEnum):
    """What part of its note a passage is."""

    TITLE = "title"  # a title or an alias on its own: questions are often worded like them
    WINDOW = "window"
    WHOLE = "whole"  # as much of the note as the model reads


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a note. `lead` (title, section) is read by the model but is not shown."""

    form: Form
    line: int
    heading: str
    lead: str
    text: str

    @property
    def encoded(self) -> str:
        """What the model reads."""
        return self.lead + self.text

    @property
    def digest(self) -> bytes:
        """Key of its vector: equal text has equal vectors, whichever note it stands in."""
        return hashlib.blake2b(self.encoded.encode(), digest_size=16).digest()


class Sentence(NamedTuple):
    """A sentence with its line and its estimated length in word pieces."""

    line: int
    text: str
    cost: int


def passages(note: Note, common: frozenset[str] = frozenset()) -> tuple[Passage, ...]:
    """The passages of a note: its titles, its windows, and the whole.

    `common` are folded headings that many notes of the vault share ("Summary"); they say
    nothing about this one and are left out of the leads.
    """
    names = [clean(name) for name in (note.title, *note.aliases) if name.strip()]
    line = next((head.line for head in note.headings if head.text == note.title), 1)
    titles = [Passage(Form.TITLE, line, "", "", clip(name, BUDGET)) for name in names]
    windows = [
        Passage(
            Form.WINDOW, window[0].line, heading, lead(note.title, heading, common), _join(window)
        )
        for heading, section in groupby(note.paragraphs, key=lambda paragraph: paragraph.heading)
        for window in _windows(_sentences(section))
    ]
    return (*titles, *windows, *_whole(note, line))


def fold_heading(heading: str) -> str:
    """A heading as it is compared between notes."""
    return " ".join(heading.split()).casefold()


def lead(title: str, heading: str, common: frozenset[str]) -> str:
    """What stands in front of a window: the title, and the section unless it says nothing."""
    folded = fold_heading(heading)
    telling = heading if folded not in common and folded != fold_heading(title) else ""
    said = ". ".join(part.strip().rstrip(".") for part in (title, telling) if part.strip())
    return clip(clean(said), LEAD_BUDGET) + ". " if said else ""


def cost(text: str) -> int:
    """Word pieces a text takes, estimated from above for most texts."""
    return sum(map(_token_cost, _TOKEN.findall(text)))


@lru_cache(maxsize=1 << 14)  # words come back
def _token_cost(token: str) -> int:
    if token.isdigit():
        return math.ceil(len(token) / 2)
    return 1 if len(token) <= 6 else math.ceil(len(token) / 4)


def clip(text: str, budget: int) -> str:
    """The longest beginning of a text, in whole words, that stays within so many word pieces."""
    if len(text) <= budget:  # no character takes more than one
        return text
    spent = 0
    for token in _TOKEN.finditer(text):
        spent += _token_cost(token[0])
        if spent > budget:
            return text[: token.start()].rstrip()
    return text


def _whole(note: Note, line: int) -> Iterator[Passage]:
    text = clean(" ".join(paragraph.text for paragraph in _first(note.paragraphs)))
    if text.strip():
        ahead = lead(note.title, "", frozenset())
        yield Passage(
            Form.WHOLE, line, "", ahead, clip(" ".join(text.split()), BUDGET - cost(ahead))
        )


def _first(paragraphs: Sequence[Paragraph], characters: int = 4_000) -> Iterator[Paragraph]:
    """Enough paragraphs to fill what the model reads."""
    for paragraph in paragraphs:
        yield paragraph
        characters -= len(paragraph.text)
        if characters <= 0:
            return


def _sentences(section: Iterable[Paragraph]) -> Iterator[Sentence]:
    for paragraph in section:
        text = clean(paragraph.text)
        breaks = [match.start() for match in re.finditer("\n", text)]
        for offset, sentence in sentences(text):
            line = paragraph.line + bisect_right(breaks, offset - 1)
            for piece in _pieces(" ".join(sentence.split())):
                yield Sentence(line, piece, cost(piece))


def _pieces(sentence: str) -> Iterator[str]:
    """A sentence longer than a window falls into pieces that fit."""
    while sentence:
        piece = clip(sentence[: 8 * BUDGET], BUDGET - LEAD_BUDGET) or sentence[:BUDGET]
        yield piece
        sentence = sentence[len(piece) :].lstrip()


def _windows(source: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    rest = list(source)
    start = 0
    while start < len(rest):
        window = _fitting(rest[start : start + WINDOW])
        yield window
        if start + len(window) >= len(rest):
            return
        start += max(1, len(window) - (WINDOW - STRIDE))


def _fitting(window: list[Sentence]) -> list[Sentence]:
    room = BUDGET - LEAD_BUDGET
    spent = 0
    for index, sentence in enumerate(window):
        spent += sentence.cost
        if spent > room:
            return window[: max(1, index)]
    return window


def _join(window: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in window)
