"""The inquiry page: a question, a deck, prose with cited titles in it, and their summaries.

The summaries under "Sources N notes" stand in the order in which the titles first appear.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from graphkit.models import Problem
from graphkit.parse.pages import escape, titles
from graphkit.parse.pages.entry import Entry, Tie, key
from graphkit.parse.pages.saved import Reading, Saved, short_enough
from graphkit.vocabulary import Kind

_SOURCES: Final = re.compile(r"Sources\W+([0-9]{1,4})\s+notes?", re.IGNORECASE)
_BODY: Final = 2  # lines before the prose: title and deck


def read(saved: Saved) -> Reading | None:
    """The question and the claims that its prose cites."""
    heading = saved.find(_SOURCES, _BODY + 1)
    if heading is None:
        return None
    title, deck = saved.texts(0, _BODY)
    if not short_enough(title, deck):
        return None
    paragraphs = saved.texts(_BODY, heading)
    inlines = [_cited(text, title) for text in paragraphs]
    cited = _first_spellings(inline for found in inlines for inline in found)
    summaries = tuple(map(escape.paragraph, saved.texts(heading + 1)))
    problems = _mismatch(saved, heading, len(cited), len(summaries))
    question = Entry(
        kind=Kind.QUESTION,
        title=title,
        origins=saved.origin("inquiry page"),
        text=tuple(titles.linked(*pair) for pair in zip(paragraphs, inlines, strict=True)),
        question_text=escape.inline(deck),
        ties=frozenset(Tie("is addressed by", claim) for claim in cited),
        unassigned=frozenset({_numbered(summaries)} if problems and summaries else ()),
    )
    texts = [()] * len(cited) if problems else [(summary,) for summary in summaries]
    claims = (
        Entry(Kind.CLAIM, claim, saved.origin("cited note"), text)
        for claim, text in zip(cited, texts, strict=True)
    )
    return Reading((question, *claims), problems)


def _cited(paragraph: str, question: str) -> tuple[titles.Inline, ...]:
    """Titles of other notes. One at the start of a paragraph counts when the sentence goes on."""
    return tuple(
        inline
        for inline in titles.find(paragraph)
        if (inline.start or inline.woven) and key(inline.title) != key(question)
    )


def _first_spellings(inlines: Iterable[titles.Inline]) -> tuple[str, ...]:
    spellings: dict[str, str] = {}
    for inline in inlines:
        spellings.setdefault(key(inline.title), inline.title)
    return tuple(spellings.values())


def _numbered(summaries: Iterable[str]) -> str:
    """A list in the order of the page, which whoever assigns them by hand has to know."""
    return "\n".join(f"{number}. {text}" for number, text in enumerate(summaries, 1))


def _mismatch(saved: Saved, heading: int, cited: int, summaries: int) -> tuple[Problem, ...]:
    """Empty when titles, summaries and the number on the page agree, so that places can tell."""
    line, said = saved.lines[heading]
    found = _SOURCES.fullmatch(said)
    if found and cited == summaries == int(found[1]):
        return ()
    return (
        saved.problem(
            "summary-mismatch",
            f'the page says "{said}", its prose cites {cited} notes, '
            f"and {summaries} summaries follow",
            line,
            'the summaries stand in the question\'s note under "Unassigned summaries"',
        ),
    )
