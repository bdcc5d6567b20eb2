"""The paper page: a work's title, its abstract, an arXiv id, and similar papers.

It gives a source note and the claim that the abstract ends on, which the source reports.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import dropwhile, takewhile
from typing import Final

from graphkit.models import Problem
from graphkit.parse.pages import escape
from graphkit.parse.pages.entry import Entry, Tie, key
from graphkit.parse.pages.saved import Reading, Saved, short_enough
from graphkit.vocabulary import Kind

_LONGEST_CLAIM: Final = 300  # characters of a title made of a clause that is too long for one
_ABSTRACT: Final = re.compile(r"Abstract:?", re.IGNORECASE)
_END: Final = re.compile(
    r"(?:Community|(?:\d+\.? )?Introduction|Keywords\b.*|This is an automated message\b.*"
    r"|The following papers\b.*|Get this paper\b.*|(?:Models|Datasets|Spaces) citing\b.*)",
    re.IGNORECASE,
)
_SIMILAR: Final = re.compile(r".*\bpapers (?:were recommended|similar)\b.*", re.IGNORECASE)
_ITEM: Final = re.compile(r"- (?P<title>.*?\S)(?: \((?P<year>[12][0-9]{3})\))?")
_ARXIV: Final = tuple(
    re.compile(before + r"([0-9]{4}\.[0-9]{4,5})(?![0-9])", re.IGNORECASE)
    for before in (r"\bpapers read ", r"\barxiv\.org/(?:abs|pdf)/", r"\barXiv:\s?")
)  # from the surest place to the least sure
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_NOTICE: Final = re.compile(r"https?://|\b(?:available|released?) (?:at|on|from|under)\b")
_FINDING: Final = re.compile(
    r"\b(?:argu|conclud|confirm|demonstrat|establish|find|found|highlight|impl|indicat|prov|reveal"
    r"|show|suggest)\w* that\s+"
)


def read(saved: Saved) -> Reading | None:
    """The work, the claim it reports, and the works it is said to be similar to."""
    heading = saved.find(_ABSTRACT, 1)
    if heading is None:
        return None
    abstract = saved.texts(heading + 1, saved.find(_END, heading + 1))
    similar, identifiers = tuple(_similar(saved)), _identifiers(saved)
    title = saved.lines[0].text
    if not abstract or not (similar or identifiers) or not short_enough(title):
        return None
    sentence = _last_sentence(abstract[-1])
    claim = last_clause(sentence)
    work = Entry(
        kind=Kind.SOURCE,
        title=title,
        origins=saved.origin("paper page"),
        text=tuple(map(escape.paragraph, abstract)),
        identifiers=identifiers if len(identifiers) == 1 else frozenset(),
        ties=frozenset(
            {Tie("reports", claim), *(Tie("is similar to", other.title) for other in similar)}
        ),
    )
    reported = Entry(Kind.CLAIM, claim, saved.origin("main claim"), (escape.paragraph(sentence),))
    return Reading((work, reported, *similar), _unidentified(saved, identifiers))


def _similar(saved: Saved) -> Iterator[Entry]:
    """The listed works: the lines with a dash below the line that announces them."""
    announced = saved.find(_SIMILAR)
    below = () if announced is None else saved.lines[announced + 1 :]
    found = (_ITEM.fullmatch(line.text) for line in below)
    listed = takewhile(bool, dropwhile(lambda item: not item, found))
    for title, year in (item.group("title", "year") for item in listed if item):
        if short_enough(title) and key(title) != key(saved.lines[0].text):
            yield Entry(Kind.SOURCE, title, saved.origin("similar paper"), year=int(year or 0))


def _identifiers(saved: Saved) -> frozenset[str]:
    """The arXiv ids in the surest place that has any."""
    for pattern in _ARXIV:
        found = {f"arXiv:{number}" for line in saved.lines for number in pattern.findall(line.text)}
        if found:
            return frozenset(found)
    return frozenset()


def _unidentified(saved: Saved, identifiers: frozenset[str]) -> tuple[Problem, ...]:
    if len(identifiers) == 1:
        return ()
    names = ", ".join(sorted(identifiers))
    message = (
        f"the page names several arXiv ids: {names}" if names else "the page names no arXiv id"
    )
    hint = "add `identifiers` to the front matter of the source note"
    return (saved.problem("unidentified-source", message, 1, hint),)


def _last_sentence(abstract: str) -> str:
    """The last sentence that is not about where to get code or data."""
    sentences = _SENTENCE.split(abstract)
    return next((said for said in reversed(sentences) if not _NOTICE.search(said)), sentences[-1])


def last_clause(sentence: str) -> str:
    """What the sentence finds, as a title: "… suggesting that rest helps." -> "Rest helps"."""
    clause = _FINDING.split(sentence)[-1].rstrip(".! ") or sentence
    if not short_enough(clause):
        clause = textwrap.shorten(clause, _LONGEST_CLAIM, placeholder=" …")
    return clause[:1].upper() + clause[1:]
