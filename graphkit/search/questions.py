"""Questions that a vault asks itself: what a reader would ask to be led to a note.

Titles that are questions stay as they are; statements are turned into questions, since fragments
of sentences share so many words with their note that they say nothing about a reader's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final, NamedTuple

from graphkit.search.passage import Form, Passage
from graphkit.search.words import content, dated, sentences

AUXILIARIES: Final = (
    "is|are|was|were|has|have|had|can|could|may|might|must|shall|should|will|would|does|do|did"
)
_STATEMENT: Final = re.compile(
    rf"^(?P<subject>[^,;:]{{2,80}}?)\s+(?P<verb>{AUXILIARIES})\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
NAME: Final = 3  # words: a title of no more is the name of a thing
LONGEST: Final = 14  # words of a question; readers ask shorter ones
LEAST: Final = 2  # content words, below which a question asks nothing in particular


class Question(NamedTuple):
    """A question that a note answers."""

    text: str
    named: bool  # made from what the note is called, not from what it says


def own(passages: Iterable[Passage]) -> tuple[Question, ...]:
    """The questions of a note: of its titles and its question sentences, else of its first
    statement.
    """
    pieces = tuple(passages)
    prose = _sentences(pieces)
    named = (
        Question(asked(piece.text), named=True)
        for piece in pieces
        if piece.form == Form.TITLE and not dated(piece.text)
    )
    posed = (Question(text, named=False) for text in prose if text.endswith("?"))
    found = dict.fromkeys(each for each in (*named, *posed) if _asks(each.text))
    told = (Question(text, named=False) for text in map(turned, prose) if _asks(text))
    return tuple(found) or tuple(islice(told, 1))


def stated(passages: Iterable[Passage]) -> tuple[tuple[str, Question], ...]:
    """The statements of a note that can be turned into questions, each with its question.

    None for a note of a single sentence, which would be left with nothing to say.
    """
    prose = _sentences(passages)
    pairs = ((text, turned(text)) for text in prose)
    found = tuple((text, Question(each, named=False)) for text, each in pairs if _asks(each))
    return found if len(prose) > 1 else ()


def _sentences(passages: Iterable[Passage]) -> tuple[str, ...]:
    """The distinct sentences of a note's windows, in order: windows overlap."""
    windows = (piece for piece in passages if piece.form == Form.WINDOW)
    return tuple(dict.fromkeys(text for piece in windows for _, text in sentences(piece.text)))


def asked(title: str) -> str:
    """A title as a question."""
    if title.endswith("?"):
        return title
    if len(title.split()) <= NAME:
        return f"What is {title}?"
    return turned(title) or f"{title}?"


def turned(statement: str) -> str:
    """A statement as a question by moving its verb to the front; empty when none is found.

    English only: statements of other languages are left out, their titles are not.
    """
    match = _STATEMENT.match(statement.rstrip(".! "))
    if not match:
        return ""
    subject = match["subject"]
    lowered = subject if subject[:2].isupper() else subject[0].lower() + subject[1:]
    words = [match["verb"].capitalize(), *lowered.split(), *match["rest"].split()]
    return " ".join(words[:LONGEST]).rstrip(",;:.") + "?"


def _asks(question: str) -> bool:
    return bool(question) and len(content(question)) >= LEAST
