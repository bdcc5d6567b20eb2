"""Text as the index sees it: sentences, words that carry meaning, and safe match expressions.

Standard library only: keyword search loads nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_WORD: Final = re.compile(r"\w[\w\u0300-\u036f]*(?:['’]\w[\w\u0300-\u036f]*)*")  # marks are no \w
_POSSESSIVE: Final = re.compile(r"['’]s$")
_PHRASE: Final = re.compile(r'"([^"]{3,200})"')
# Han, kana and Hangul: scripts whose words are not told apart by spaces alone.
_UNSPACED: Final = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)
_BOUNDARY: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|(?<=[。！？])\s*")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|cf|vs|resp|approx|fig|eq|sec|ch|no|vol|pp?|dr|mr|mrs|ms|prof|st)"
    r"|\b[A-Za-z])\.$",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"(?=.*\d)(?:[\W_]|\d(?:st|nd|rd|th)?|w|q|week|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may"
    r"|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)+",
    re.IGNORECASE,
)
MOST_TERMS: Final = 128  # of one query; what lies beyond them is pasted text, not a question

_COMMON: Final = """
    a about above after again against all also am an and any are aren't as at be because been
    before being below between both but by can can't cannot could couldn't did didn't do does
    doesn't doing don't down during each else ever every few for from further get gets getting
    give gives go goes going got had hadn't has hasn't have haven't having he her here hers him
    his how however i i'm i've if in into is isn't it it's its itself just let let's like make
    makes many may me might more most much must my no nor not of off on once one only or other
    ought our ours out over own per really same say says shall she should shouldn't so some such
    tell than that that's the their theirs them then there these they this those though through
    thus to too under until up upon us use used uses using very was wasn't way we well were
    weren't what what's when where whether which while who whom whose why will with within
    without won't would wouldn't yes yet you your yours
    anybody anyone anything anywhere everybody everyone everything everywhere nobody nothing nowhere
    somebody someone something somewhere"""
STOP_WORDS: Final = frozenset(_COMMON.split())


def dated(title: str) -> bool:
    """Whether a title is nothing but a day, week, month or year, as that of a journal page."""
    return bool(_DAY.fullmatch(title))


def clean(text: str) -> str:
    """The text without what no index or model takes: NULs and lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Offset and text of each sentence, in order. A break needs a capital or a spaced full stop."""
    start = 0
    for gap in _BOUNDARY.finditer(text):
        before, after = text[start : gap.start()], text[gap.end() : gap.end() + 1]
        spaced = before[-2:-1].isspace()
        if (after.islower() and not spaced) or _ABBREVIATION.search(before[-12:]):
            continue
        if before.strip():
            yield start, text[start : gap.end()].strip()
        start = gap.end()
    if text[start:].strip():
        yield start, text[start:].strip()


def spread(text: str) -> str:
    """Runs of unspaced scripts as overlapping pairs, so that an index by words finds them."""
    if text.isascii():
        return text
    return _UNSPACED.sub(lambda run: f" {' '.join(_pairs(run[0]))} ", text)


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]


def rejoined(pieces: Iterable[str]) -> tuple[str, ...]:
    """Pieces of unspaced scripts that overlap as the runs they came from; other words as they are.

    A reader is told of what they wrote, not of how an index sees it.
    """
    found: list[str] = []
    for piece in pieces:
        overlaps = found and found[-1][-1] == piece[0] and len(piece) == 2
        if overlaps and _UNSPACED.fullmatch(found[-1] + piece):
            found[-1] += piece[1:]
        else:
            found.append(piece)
    return tuple(found)


def terms(text: str) -> tuple[str, ...]:
    """The distinct words of a query, in order, folded; at most `MOST_TERMS`."""
    found: dict[str, None] = {}
    for word in _WORD.finditer(unicodedata.normalize("NFC", clean(text))):
        for piece in _pieces(_POSSESSIVE.sub("", word[0].casefold())):
            found.setdefault(piece)
        if len(found) >= MOST_TERMS:
            break
    return tuple(found)[:MOST_TERMS]


def _pieces(word: str) -> list[str]:
    if not _UNSPACED.search(word):
        return [word]
    return [piece for piece in spread(word).split() if len(piece) > 1 or len(word) == 1]


def content(text: str) -> tuple[str, ...]:
    """The words of a question that carry its meaning; all of them when every one is common."""
    every = terms(text)
    return tuple(word for word in every if word.replace("’", "'") not in STOP_WORDS) or every


def quoted(word: str) -> str:
    """One term of a match expression: nothing in it is an operator. A lone CJK sign is a prefix."""
    string = '"' + word.replace('"', '""') + '"'
    return string + "*" if len(word) == 1 and _UNSPACED.match(word) else string


def expression(text: str) -> str:
    """An FTS5 match expression for any text at all; empty when it holds no word."""
    return " OR ".join(alternatives(text))


def alternatives(text: str) -> list[str]:
    """The match expressions, any of which a note may hold: BM25 of a text is the sum of theirs.

    Words in double quotes also count as a phrase; a final `*` asks for words that begin so.
    """
    words = [quoted(word) for word in content(text)]
    phrases = [quoted(spread(match[1])) for match in _PHRASE.finditer(clean(text))]
    if words and re.search(r"\w\*\s*$", text):
        words[-1] = words[-1].rstrip("*") + "*"
    return [*words, *phrases]
