"""The sentences of a note and of its evidence that say most, each with where it stands."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from graphkit.models import Figure, Node, Note, Paragraph
from graphkit.render.summaries.centrality import picked
from graphkit.render.summaries.fragments import fragment
from graphkit.render.summaries.inputs import Input, facts, wording
from graphkit.render.summaries.markdown import Cell, link, slug, text
from graphkit.render.summaries.scene import Quote, Scene, Section, Tie, ties
from graphkit.render.summaries.sentences import sentences
from graphkit.render.summaries.standalone import (
    LEANING,
    displayed,
    shortened,
    unanswering,
)
from graphkit.vocabulary import Kind

MOST: Final = 2  # sentences of a summary
LONGEST: Final = 260  # characters of one; a longer one says more than one thing
HEAD: Final = "**From the notes**"

_WHOLE: Final = re.compile(r"[.!。！][\"'”’)\]]*\Z")
_REMAINING: Final = re.compile(
    r"\b(?:open|unanswered|unresolved)\b|\bwould (?:settle|decide|resolve|answer)\b", re.IGNORECASE
)


def standing_out(scene: Scene, bears: Callable[[Tie], bool]) -> Section:
    """The sentences that say most beyond what stands just below the summary and in its tables.

    Candidates are the note's own later paragraphs and the first ones of what bears on it.
    """
    own = scene.note
    found = ties(scene, bears)
    others = {tie.other.path: scene.pages[tie.other.path] for tie in found
              if tie.other.path in scene.pages and tie.other.path != own.path}  # fmt: skip
    held = [*_alone(own, _later(own)), *(q for page in others.values() for q in _first(page))]
    said = [*sentences(own.summary), *(edge.context for tie in found for edge in tie.edges)]
    topic = f"{own.title} {own.summary}"
    quotes = [_quote(held[at]) for at in picked([q.text for q in held], said, topic, MOST)]
    lines = [f"- {text(quote.text)} ({_place(scene, quote)})" for quote in quotes]
    return Section(
        "\n".join([HEAD, "", *lines]) if lines else "",
        tuple(_inputs(quotes, {own.path: scene.node, **{t.other.path: t.other for t in found}})),
        tuple(quotes),
    )


def _inputs(quotes: Iterable[Quote], nodes: Mapping[str, Node]) -> Iterator[Input]:
    """For each note that lent sentences, which ones."""
    lent: dict[str, list[str]] = {}
    for quote in quotes:
        lent.setdefault(quote.path, []).append(quote.text)
    for path, texts in lent.items():
        told = {"title": nodes[path].title, "sentences": wording(*texts)}
        yield from facts(nodes[path].id, told)


def quoted(scene: Scene, paragraph: str, chosen: Iterable[str]) -> Section:
    """Sentences of the note's first paragraph as a quotation."""
    said = tuple(chosen)
    first = next((p for p in scene.note.paragraphs if p.text.startswith(paragraph[:40])), None)
    at = first.line if first else 1
    quotes = tuple(Quote(line, scene.note.path, at, "") for line in said)
    body = "> " + text(" ".join(map(displayed, said))) if said else ""
    told = {"title": scene.node.title, **says(said, scene.note.figures)} if said else {}
    return Section(body, facts(scene.node.id, told), quotes)


def says(said: Iterable[str], figures: Iterable[Figure]) -> dict[str, str]:
    """The facts of what a note asserts: the figures it states, which a cause can name, and all."""
    words = " ".join(said)
    stated = dict.fromkeys(" ".join(figure.text.split()) for figure in figures)
    return {
        "figures": ", ".join(figure for figure in stated if figure and figure in words),
        "says": wording(words),
    }


def remaining(scene: Scene) -> Section:
    """The paragraphs in which the note says itself what is open, or what would settle it."""
    own = [p for p in scene.note.paragraphs if _REMAINING.search(p.heading)]
    quotes = tuple(Quote(" ".join(p.text.split()), scene.note.path, p.line, p.heading) for p in own)
    told = {"title": scene.node.title, "open": wording(*(quote.text for quote in quotes))}
    return Section("", facts(scene.node.id, told) if quotes else (), quotes)


def _later(note: Note) -> Iterator[Paragraph]:
    """The paragraphs after the first, which stands where the summary ends."""
    seen = False
    for paragraph in note.paragraphs:
        if seen:
            yield paragraph
        seen = seen or " ".join(paragraph.text.split()) == " ".join(note.summary.split())


def _first(note: Note) -> Iterator[_Candidate]:
    summary = " ".join(note.summary.split())
    first = (p for p in note.paragraphs if " ".join(p.text.split()) == summary)
    yield from _alone(note, first)


class _Candidate(NamedTuple):
    """A sentence that may be picked."""

    text: str
    note: Note
    paragraph: Paragraph


def _alone(note: Note, paragraphs: Iterable[Paragraph]) -> Iterator[_Candidate]:
    """The sentences of some paragraphs that can stand alone."""
    for paragraph in paragraphs:
        for sentence in sentences(paragraph.text):
            leans = LEANING.match(sentence) or fragment(sentence)
            if _WHOLE.search(sentence) and len(sentence) <= LONGEST and not leans:
                yield _Candidate(sentence, note, paragraph)


def _quote(picked_: _Candidate) -> Quote:
    sentence, note, paragraph = picked_
    line = paragraph.line + _lines_before(paragraph.text, sentence)
    return Quote(sentence, note.path, line, paragraph.heading * (paragraph.heading != note.title))


def _lines_before(paragraph: str, sentence: str) -> int:
    """How many line ends of a paragraph stand before one of its sentences."""
    before, held, _ = " ".join(paragraph.split()).partition(sentence)
    if not held:
        return 0
    inside = before != "" and not before.endswith(" ")  # some scripts put no space between them
    at = len(before.split()) - inside
    first = next(itertools.islice(re.finditer(r"\S+", paragraph), at, None))
    return paragraph.count("\n", 0, first.start())


def _place(scene: Scene, quote: Quote) -> Cell:
    """Where a sentence stands, linked: the heading of this note, or the other note's title.

    A line number would do better, but writing a summary moves the lines below it.
    """
    if quote.path == scene.note.path:
        at = slug(quote.heading)
        return f"[{text(quote.heading)}](#{at})" if at else "below"
    return link(scene.pages[quote.path].title, quote.path, scene.note.path)


def assertion(scene: Scene, path: str) -> Cell:
    """What a claim says, in its first sentence that asks nothing."""
    page = scene.pages.get(path)
    if page is None or page.kind is not Kind.CLAIM:
        return ""
    found = (each for each in sentences(page.summary) if not each.endswith(("?", "？")))
    first = next(found, "")
    return text(displayed(shortened(unanswering(first)))) if first else ""
