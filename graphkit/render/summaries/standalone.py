"""What a sentence says where it is quoted alone, away from its title and its paragraph.

What is left of a sentence is a stretch of it, so that it can still be found in its note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from graphkit.render.summaries.fragments import fragment
from graphkit.render.summaries.sentences import sentences

LONG: Final = 240  # characters of a sentence from which on only its first clauses are quoted
_SHORTEST: Final = 60  # characters below which a clause says too little

# A sentence that leans on the one before it says little by itself.
LEANING: Final = re.compile(
    r"(?:it|its|this|these|that|those|they|their|both|such|so|then|here|there|he|she|one|each|"
    r"but|and|or|yet|however|therefore|thus|also|neither|no such)\b|.{0,40}\bthe (?:same|latter|"
    r"former|other|others|rest)\b|.{0,60}\b(?:however|too|above)\b|.{0,30}\bof (?:it|them|these)\b",
    re.IGNORECASE,
)
# "Mostly not: ...", "They can: ..." answer the title; longer answers say something themselves.
_OPENER: Final = re.compile(r"(?P<opener>[^\W\d]+(?:,? [^\W\d]+){0,3}):\s+(?=\S)")
_ANSWERS: Final = re.compile(
    r".*\b(?:it|they|them|both)\b|(?:(?:yes|no|not|often|seldom|sometimes|always|never|"
    r"\w+ly)[ ,]*)+\Z",
    re.IGNORECASE,
)


def gist(paragraph: str, figures: Iterable[str] = ()) -> tuple[str, ...]:
    """What a paragraph says, in at most two of its sentences, each as it can stand alone.

    The first one, and the first other one that states one of the `figures` (as written): what a
    claim asserts, and the number that a run can be compared with.
    """
    found = tuple(map(unanswering, sentences(paragraph)))
    stated = [words for words in (" ".join(figure.split()) for figure in figures) if words]
    telling = [each for each in found if any(figure in each for figure in stated)]
    if found and LEANING.match(found[0]):
        free = [each for each in found if len(each) >= _SHORTEST and not LEANING.match(each)]
        found = (*free, *found)
    return tuple(shortened(each, stated) for each in dict.fromkeys((*found[:1], *telling[:1])))


def unanswering(sentence: str) -> str:
    """A sentence without the words before a colon that only answer the title of its note."""
    opener = _OPENER.match(sentence)
    if not opener or not _ANSWERS.match(opener["opener"]):
        return sentence
    rest = sentence[opener.end() :]
    return sentence if fragment(rest) or LEANING.match(rest) else rest


def shortened(sentence: str, figures: Iterable[str] = ()) -> str:
    """The clauses of a long sentence before a semicolon, if they have all its `figures`."""
    if len(sentence) <= LONG:
        return sentence
    stated = [figure for figure in figures if figure in sentence]
    ends = [end.start() for end in re.finditer(";", sentence) if end.start() >= _SHORTEST]
    heads = (sentence[:end] for end in reversed(ends))
    return next((head for head in heads if all(each in head for each in stated)), sentence)


def displayed(stretch: str) -> str:
    """A stretch of a sentence as a sentence, with a mark where the end of it is left out."""
    whole = stretch[:1].upper() + stretch[1:]
    return whole if re.search(r"[.!?…。！？][\"'”’)\]]*\Z", whole) else f"{whole} …"
