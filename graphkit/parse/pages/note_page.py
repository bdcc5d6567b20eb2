"""The note page: a claim's title, a deck, its text, and annotated related concepts.

A related concept has four parts: `-`, title, deck, annotation. The subject of an annotation is
the related concept, its object the page's own claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from graphkit.models import Problem
from graphkit.parse.pages import escape, titles
from graphkit.parse.pages.entry import Entry, Tie, key
from graphkit.parse.pages.saved import Line, Reading, Saved, short_enough
from graphkit.vocabulary import Kind

_RELATED: Final = re.compile(r"Related concepts\b.*", re.IGNORECASE)
_ORIGINAL: Final = re.compile(r"Original note title:?", re.IGNORECASE)
_MAP: Final = re.compile(r"Click a node\b.*", re.IGNORECASE)  # furniture below the last concept
_BODY: Final = 2  # lines before the prose: title and deck
_PARTS: Final = 3  # of a related concept, below its dash


def read(saved: Saved) -> Reading | None:
    """The page's claim and the claims it is related to."""
    related = saved.find(_RELATED, _BODY + 1)
    original = saved.find(_ORIGINAL, _BODY + 1)
    ends = [index for index in (related, original) if index is not None]
    if not ends:
        return None
    title, deck = saved.texts(0, _BODY)
    aliases = () if original is None else saved.texts(original + 1, original + 2)
    concepts = () if related is None else tuple(_concepts(saved.lines[related + 1 : original]))
    if not short_enough(
        title, deck, *aliases, *(line.text for each in concepts for line in each[:2])
    ):
        return None
    others = [concept for concept in concepts if key(concept[0].text) != key(title)]
    known = {key(concept[0].text) for concept in others}
    paragraphs = saved.texts(_BODY, min(ends))
    inlines = [_cited(text, known, key(title)) for text in paragraphs]
    claim = Entry(
        kind=Kind.CLAIM,
        title=title,
        origins=saved.origin("note page"),
        text=tuple(titles.linked(*pair) for pair in zip(paragraphs, inlines, strict=True)),
        question_text=escape.inline(deck),
        aliases=frozenset(aliases),
        ties=frozenset(Tie("", *_title_and_annotation(concept)) for concept in others),
    )
    cited = (
        Entry(Kind.CLAIM, inline.title, saved.origin("cited note"))
        for found in inlines
        for inline in found
        if key(inline.title) not in known
    )
    problems = (problem for concept in concepts for problem in _odd_parts(saved, concept))
    entries = (claim, *(_entry(saved, concept) for concept in others), *cited)
    return Reading(entries, tuple(problems))


def _concepts(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """The lines of each related concept, without its dash."""
    concept: list[Line] = []
    for line in (*lines, Line(0, "-")):
        if line.text != "-":
            concept += [] if _MAP.fullmatch(line.text) else [line]
        elif concept:
            yield tuple(concept)
            concept = []


def _cited(paragraph: str, known: set[str], own: str) -> list[titles.Inline]:
    """Titles of other notes: listed concepts, and those woven into a sentence."""
    found = ((key(inline.title), inline) for inline in titles.find(paragraph))
    return [inline for title, inline in found if title in known or (inline.woven and title != own)]


def _title_and_annotation(concept: tuple[Line, ...]) -> tuple[str, str]:
    return concept[0].text, concept[2].text if len(concept) >= _PARTS else ""


def _entry(saved: Saved, concept: tuple[Line, ...]) -> Entry:
    return Entry(
        kind=Kind.CLAIM,
        title=concept[0].text,
        origins=saved.origin("related concept"),
        question_text=escape.inline(concept[1].text) if len(concept) > 1 else "",
        wordings=frozenset(escape.paragraph(line.text) for line in concept[_PARTS:]),
    )


def _odd_parts(saved: Saved, concept: tuple[Line, ...]) -> tuple[Problem, ...]:
    if len(concept) == _PARTS:
        return ()
    return (
        saved.problem(
            "related-concept-parts",
            f'the related concept "{concept[0].text}" has {len(concept)} lines below its dash '
            f"instead of {_PARTS}",
            concept[0].number,
            "title, deck and annotation were read from the first lines, the rest kept as wording",
        ),
    )
