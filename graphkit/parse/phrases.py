"""The words around a number: what it measures, against what, and whether that goes up or down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_DOWN: Final = (
    r"cut(?:s|ting)?|reduc(?:e[sd]?|ing|tions?)|lower(?:s|ed|ing)?|drop(?:s|ped|ping)?|fell|"
    r"fall(?:s|en|ing)?|decreas(?:e[sd]?|ing)|declin(?:es?|ed)|degrad(?:e[sd]?|ing|ation)|"
    r"shr[iau]nks?|erod(?:e[sd]?|ing)|los(?:es?|ing|t|s)|worsen(?:s|ed|ing)?|worse|shorter|"
    r"smaller|below|down|(?:fewer|less)(?! than\s*$)"
)
_UP: Final = (
    r"rais(?:e[sd]?|ing)|improv(?:e[sd]?|ing|ements?)|increas(?:e[sd]?|ing)|gain(?:s|ed|ing)|"
    r"ris(?:es?|en|ing)|rose|boost(?:s|ed|ing)?|gr[eo]w(?:s|n|ing)?|lift(?:s|ed|ing)?|"
    r"add(?:s|ed|ing)?|higher|larger|bigger|greater|better|above|up(?! to\b)|more(?! than\s*$)"
)
_DIRECTION = re.compile(rf"\b(?:(?P<down>{_DOWN})|(?P<up>{_UP}))\b", re.IGNORECASE)
_VERB = re.compile(
    rf"{_DOWN}|{_UP}|bring(?:s|ing)?|brought|chang(?:e[sd]?|ing)|mov(?:e[sd]?|ing)|remain(?:s|ed)?"
    r"|stay(?:s|ed)?|reach(?:es|ed)?|recover(?:s|ed)?|produc(?:e[sd]?|ing)|there|here",
    re.IGNORECASE,
)

_LONGEST: Final = 8  # words that name one thing
_WORD = re.compile(r"[^\s,;:()–—]+")
_CLAUSE = re.compile(r"[,;:()–—]|\b(?:and|while|but|whereas)\b")
_LEADING = re.compile(  # what may stand between a thing and its number
    r"(?:\b(?:about|around|roughly|nearly|almost|approximately|up to|more than|less than|at least"
    r"|as much as|only|just|another)|(?P<tie>\b(?:by|to|from|of|at)|[:=])|[~≈])\s*$"
)
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|relative to|against|versus|vs\.?|than) (?P<rest>\S.*)"
    r"|^ (?:below|above) (?P<near>\S.*)"
)
_DETERMINER = re.compile("the|an?|its|their|his|her|our|these|those|this|some", re.IGNORECASE)
_LINK = re.compile("of|in|on|for|with", re.IGNORECASE)
_SMALL = re.compile(f"{_DETERMINER.pattern}|{_LINK.pattern}", re.IGNORECASE)
_AWAY = re.compile("on|with|in", re.IGNORECASE)  # "5 % of WORDS in June"
_END = re.compile(  # no noun phrase goes on over one of these
    "it|they|them|we|he|she|you|that|which|whom?|when|while|where|although|though|because|so|but"
    "|and|or|if|as|than|by|at|from|to|into|over|under|across|compared|relative|versus|vs|is|are"
    "|was|were|be|do|does|did|has|have|had|can|will|may",
    re.IGNORECASE,
)


def direction(before: str, after: str) -> str:
    """Which way: "up", "down" or "". The last word of direction in the clause, else the next."""
    found = [*_DIRECTION.finditer(_CLAUSE.split(before)[-1])]
    match = found[-1] if found else _DIRECTION.match(after.lstrip())
    if match is None:
        return ""
    return "down" if match["down"] else "up"


def measured(before: str, after: str, *, moved: bool) -> str:
    """What a number measures: "cuts WORDS by 5 %", "WORDS falls to 5 %", "5 % of WORDS".

    `moved`: the number is the end of a change, so that the words before it name what changed.
    """
    words, tied = _without_leading(before)
    if tied or moved:
        return _last_words(words) or _next_words(after)
    moving = _DIRECTION.fullmatch(words.rpartition(" ")[2])
    return _next_words(after) or (_last_words(words) if moving else "")


def compared(before: str, after: str) -> str:
    """What a number is compared with: "against WORDS", "than WORDS", "below WORDS"."""
    for text in (after.partition(";")[0], before.rpartition(";")[2]):
        match = _COMPARED.search(text)
        if match and (words := _first_words(match["rest"] or match["near"])):
            return words
    return ""


def bare(words: Sequence[str]) -> str:
    """A noun phrase without the small words, counts and adverbs at its ends."""
    taken = list(words)
    while taken and (_SMALL.fullmatch(taken[0]) or taken[0].isdigit()):
        taken.pop(0)
    while taken and (_SMALL.fullmatch(taken[-1]) or taken[-1].endswith("ly")):
        taken.pop()
    return " ".join(taken)


def _without_leading(before: str) -> tuple[str, bool]:
    """The text without "by", "up to" and the like before a number; whether one ties it to it."""
    tied = False
    words = before.rstrip()
    while match := _LEADING.search(words):
        tied = tied or match["tie"] is not None
        words = words[: match.start()].rstrip()
    return words, tied


def _last_words(text: str) -> str:
    """The noun phrase at the end of a text; a verb behind it is left out."""
    words = _WORD.findall(_CLAUSE.split(text)[-1])
    while words and _VERB.fullmatch(words[-1]):
        words.pop()
    taken: list[str] = []
    for index in range(len(words) - 1, -1, -1):
        word, previous = words[index], words[index - 1] if index else ""
        if _END.fullmatch(word) or _VERB.fullmatch(word) or len(taken) == _LONGEST:
            break
        if _DETERMINER.fullmatch(word) and not _LINK.fullmatch(previous):
            break
        taken.insert(0, word)
    return bare(taken)


def _next_words(after: str) -> str:
    """The noun phrase behind a number: "of WORDS", "drop in WORDS", "fewer WORDS"."""
    rest = after.lstrip().removeprefix("times ").removeprefix("as many ")
    if rest.startswith(("below", "above")):
        return ""
    moving = _DIRECTION.match(rest)
    if moving:
        rest = rest[moving.end() :].lstrip()
    if rest.startswith("of ") or (moving and rest.startswith("in ")):
        return _first_words(rest[3:], _AWAY)
    plain = moving or len(rest) < len(after.lstrip())
    return _first_words(rest, _LINK) if plain else ""


def _first_words(text: str, ends: re.Pattern[str] = _END) -> str:
    """The noun phrase at the start of a text, which also ends at a word of `ends`."""
    taken: list[str] = []
    for match in _WORD.finditer(text):
        word = match[0].rstrip(".!?")
        if _END.fullmatch(word) or ends.fullmatch(word) or len(taken) == _LONGEST:
            break
        taken.append(word)
        if word != match[0] or not text.startswith(" ", match.end()):
            break
    return bare(taken)
