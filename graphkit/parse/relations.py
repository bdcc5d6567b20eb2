"""Which words of the author type a link: a field, a list item's first words, or a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from graphkit.parse.fields import closing
from graphkit.parse.pieces import Field, Mark, Run
from graphkit.vocabulary import Vocabulary, fold

INFERRED_CONFIDENCE = 0.5  # of a relation read from prose, when its note does not say more

_UNTYPED_KEYS = frozenset(
    {"alias", "aliases", "tag", "tags", "title", "id", "cssclass", "cssclasses"}
)
_RELATION_HEADINGS = frozenset({"relations", "relationships"})
_SEPARATOR = re.compile(r"[\s,;&*_]*(?:and|or)?[\s,;&*_]*")
_BOX = re.compile(r"\s*(?:\[[ xX/-]\]\s+|(?:TODO|DOING|DONE|LATER|NOW|WAITING)\s+)")
_OWN_WORDS = re.compile(r"[^\W\d][\w-]*(?: [\w-]+){0,4}")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_INFERRED = re.compile(
    r"inferred:\s*\"(?P<phrase>.*)\"(?:,\s*(?:confidence\s*)?(?P<share>[01]?\.\d+|[01]))?"
)


class Typing(NamedTuple):
    """What types a link. `inverted` and `explicit` are as in `Link`."""

    words: str
    inverted: bool = False
    explicit: bool = False


class Remark(NamedTuple):
    """What stands in brackets after a link: its context, or where its relation was read from."""

    end: int
    context: str = ""
    phrase: str = ""
    confidence: float = 1.0


@dataclass(slots=True)
class Scope:
    """The heading in force for the list below it."""

    typing: Typing | None = None
    own_words: bool = False  # a section of relations: unknown words are the author's own
    depth: int = -1  # of the heading
    items: int = -1  # of the list's items, once one was seen


def scope(run: Run, vocabulary: Vocabulary) -> Scope:
    """What a heading says of the list under it."""
    words = run.text.strip()
    return Scope(heading(words, vocabulary), fold(words) in _RELATION_HEADINGS, run.depth)


def heading(words: str, vocabulary: Vocabulary) -> Typing | None:
    """Under some headings the items are the subject; then the row's own name is the relation."""
    match = vocabulary.find_heading(words)
    if match is None:
        return None
    if match == vocabulary.find(words):
        return Typing(words)
    return Typing(match.relation.name, inverted=match.inverted)


def type_marks(run: Run, above: Scope, vocabulary: Vocabulary) -> dict[int, Typing]:
    """The typing of a run's marks, by their place; untyped marks are left out."""
    typed: dict[int, Typing] = {}
    for field in run.fields:
        known = vocabulary.find(field.key) is not None
        if fold(field.key) not in _UNTYPED_KEYS:
            inside = [i for i, m in enumerate(run.marks) if field.value <= m.start < field.end]
            typed.update(
                dict.fromkeys(
                    _chain(run, inside, field.value, known), Typing(field.key, explicit=True)
                )
            )
    if run.role == "item" and run.marks and not run.fields:
        found = _item_typing(run, above, vocabulary)
        if found is not None:
            start = run.marks[0].start
            typed.update(
                dict.fromkeys(_chain(run, list(range(len(run.marks))), start, True), found)
            )
    return typed


def _chain(run: Run, places: list[int], start: int, first_anywhere: bool) -> Iterator[int]:
    """The marks that follow each other with nothing between but a comma, "and" or a remark."""
    for place in places:
        mark = run.marks[place]
        between = run.source[start : mark.start]
        if not (_SEPARATOR.fullmatch(between) or (first_anywhere and place == places[0])):
            return
        yield place
        start = remark(run.source, mark).end


def _item_typing(run: Run, above: Scope, vocabulary: Vocabulary) -> Typing | None:
    words = _BOX.sub("", run.source[: run.marks[0].start], count=1).strip(" \t*_:")
    if words and "\n" not in words:
        if vocabulary.find(words):
            return Typing(words)
        if above.own_words and _OWN_WORDS.fullmatch(words):
            return Typing(words, explicit=True)
    if above.typing is None:
        return None
    if above.items < 0:
        above.items = run.depth
    return above.typing if above.items == run.depth else None


def remark(source: str, mark: Mark) -> Remark:
    """The bracket directly after a mark, on its line."""
    start = mark.end
    while start < len(source) and source[start] in " \t*_":
        start += 1
    if not source.startswith("(", start):
        return Remark(mark.end)
    end = closing(source, start + 1, len(source), "(", ")")
    if end < 0:
        return Remark(mark.end)
    words = _ESCAPE.sub(r"\1", source[start + 1 : end].strip())
    if match := _INFERRED.fullmatch(words):
        share = float(match["share"]) if match["share"] else INFERRED_CONFIDENCE
        return Remark(end + 1, "", match["phrase"], share)
    return Remark(end + 1, words)
