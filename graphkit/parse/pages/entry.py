"""What saved pages say about one note, and how two such sayings join.

`join` is commutative, associative and idempotent, so the notes that come out of a set of pages
depend neither on the order of the files nor on how many imports they were spread over.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, NamedTuple

from graphkit.parse.pages import escape
from graphkit.vocabulary import Kind

OWN_PARTS: Final = frozenset({"inquiry page", "note page", "paper page", "page"})
"""Parts of a page that are about the page itself; its wording goes before a mention elsewhere."""

_RANK: Final = {Kind.QUESTION: 3, Kind.CLAIM: 2, Kind.SOURCE: 1}


class Origin(NamedTuple):
    """The saved page that something stands on, and which part of that page."""

    file: str
    sha256: str
    part: str  # "inquiry page", "cited note", "related concept", …


class Tie(NamedTuple):
    """A relation to another title, to be written as one list line of the note."""

    label: str  # relation words as the note's reader says them; empty: to be read from `phrase`
    target: str  # title
    phrase: str = ""  # the annotation that the relation was inferred from


@dataclass(frozen=True, slots=True)
class Entry:
    """One note as far as some pages know it. Names are plain text, prose is Markdown."""

    kind: Kind
    title: str
    origins: frozenset[Origin]
    text: tuple[str, ...] = ()  # paragraphs; the first is the note's summary
    question_text: str = ""  # the deck: links would count in a front matter, so Markdown too
    year: int = 0
    aliases: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()
    ties: frozenset[Tie] = frozenset()
    wordings: frozenset[str] = frozenset()  # said differently by another page
    unassigned: frozenset[str] = frozenset()  # lists of summaries, the titles of which are unknown

    @property
    def own(self) -> bool:
        """Whether one of the pages is about this very note."""
        return any(origin.part in OWN_PARTS for origin in self.origins)


def key(title: str) -> str:
    """What makes two titles one: Unicode form, case and spaces folded away."""
    return " ".join(unicodedata.normalize("NFC", title).casefold().split())


def join(one: Entry, other: Entry) -> Entry:
    """One note out of two entries with the same `key`. Nothing that either says is lost."""
    text = max(one, other, key=_text_weight).text
    question_text = max(one.question_text, other.question_text, key=_length)
    said = {*one.wordings, *other.wordings, *one.text, *other.text}
    said |= {escape.block_start(deck) for deck in (one.question_text, other.question_text) if deck}
    return Entry(
        kind=max(one, other, key=_kind_weight).kind,
        title=min(one, other, key=_title_weight).title,
        origins=one.origins | other.origins,
        text=text,
        question_text=question_text,
        year=max(one.year, other.year),
        aliases=one.aliases | other.aliases,
        identifiers=one.identifiers | other.identifiers,
        ties=one.ties | other.ties,
        wordings=frozenset(said - {*text, escape.block_start(question_text)}),
        unassigned=one.unassigned | other.unassigned,
    )


def _length(text: str) -> tuple[int, str]:
    return len(text), text


def _text_weight(entry: Entry) -> tuple[bool, bool, int, tuple[str, ...]]:
    return bool(entry.text), entry.own, sum(map(len, entry.text)), entry.text


def _kind_weight(entry: Entry) -> tuple[bool, int]:
    return entry.own, _RANK.get(entry.kind, 0)


def _title_weight(entry: Entry) -> tuple[bool, str]:
    return not entry.own, entry.title
