"""Which words of the author type a link: a field, a list item's first words, or a heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from graphkit.parse.pieces import Field, Run
from graphkit.parse.remarks import Remark, remark
from graphkit.vocabulary import Vocabulary, fold

_UNTYPED_KEYS: Final = frozenset(
    {"alias", "aliases", "cssclass", "cssclasses", "id", "tag", "tags", "title"}
)
_RELATION_HEADINGS: Final = frozenset({"relations", "relationships"})
_SEPARATOR = re.compile(r"[\s,;&*_]*+(?:(?:and|or)\b[\s,;&*_]*+)?")
_BOX = re.compile(r"\s*(?:\[[ xX/-]\]\s+|(?:TODO|DOING|DONE|LATER|NOW|WAITING)\s+)")
_OWN_WORDS = re.compile(r"[^\W\d][\w-]*(?: [\w-]+){0,2}")
_OUTSIDE: Final = frozenset({"url", "tag", "embed"})
_AROUND: Final = " \t*_:["  # emphasis, a colon, the bracket of a citation


class Typing(NamedTuple):
    """What types a link. `inverted` and `explicit` are as in `Link`."""

    words: str
    inverted: bool = False
    explicit: bool = False


class Scope(NamedTuple):
    """What stands above a list: a heading, or the item that it hangs under."""

    typing: Typing | None = None
    own_words: bool = False  # a section of relations: unknown words are the author's own


def scopes(body: Iterable[Run], vocabulary: Vocabulary) -> Iterator[Scope]:
    """What stands above each run. A heading counts for items as deep as the first below it.

    In an outline a heading is an item itself, and the list beside or below it is meant; there
    an item that only names a relation counts for the items directly under it.
    """
    above = parent = Scope()
    items = parents = -1  # the depths at which they count
    titled = False  # a first heading of level 1 is the note's title
    for run in body:
        if run.role == "heading":
            above = _heading_scope(run, vocabulary) if titled or run.level > 1 else Scope()
            titled, items, parents = True, -1, -1
        if run.role != "item":
            yield Scope()
            continue
        items = run.depth if items < 0 else items
        if run.depth < parents:
            parents = -1
        yield parent if run.depth == parents else above if run.depth == items else Scope()
        if not run.marks and (typing := _parent(run, vocabulary)):
            parent, parents = Scope(typing), run.depth + 1


def _heading_scope(run: Run, vocabulary: Vocabulary) -> Scope:
    return Scope(_heading(run.text, vocabulary), fold(run.text) in _RELATION_HEADINGS)


def _heading(words: str, vocabulary: Vocabulary) -> Typing | None:
    """Under some headings the items are the subject: those that `find` reads otherwise."""
    match = vocabulary.find_heading(words)
    return match and Typing(words.strip(_AROUND), inverted=match != vocabulary.find(words))


def _parent(run: Run, vocabulary: Vocabulary) -> Typing | None:
    """An item that names a relation: as words we know, or as a field without a value."""
    if run.fields and not run.source[run.fields[0].value :].strip():
        return Typing(run.fields[0].key, explicit=True)
    return _heading(run.text, vocabulary)


def _only_relates(run: Run) -> bool:
    """Whether an item leads into the vault, and its line links to nothing else but in a remark."""
    chain = tuple(_chain(run, range(len(run.marks)), run.marks[0].start))
    _, said = chain[-1]
    dashed = said.context and said.end == run.marks[len(chain) - 1].end
    end = len(run.source) if dashed else said.end
    line = (run.source.find("\n", end) + 1 or len(run.source) + 1) - 1
    others = any(end <= mark.start < line for mark in run.marks)
    return run.marks[0].form not in _OUTSIDE and not others


Typed = tuple[Typing, Remark]


def typings(run: Run, scope: Scope, vocabulary: Vocabulary) -> dict[int, Typed]:
    """What types the run's marks and stands behind them, by their place; others are left out."""
    typed: dict[int, Typed] = {}
    for field in run.fields:
        if fold(field.key) not in _UNTYPED_KEYS:
            typing = Typing(field.key, explicit=True)
            for place, said in _field_chain(run, field, vocabulary):
                typed[place] = typing, said
    if run.role == "item" and 0 not in typed and (found := _item(run, scope, vocabulary)):
        for place, said in _chain(run, range(len(run.marks)), run.marks[0].start):
            typed[place] = found, said
    return typed


def _field_chain(run: Run, field: Field, vocabulary: Vocabulary) -> Iterable[tuple[int, Remark]]:
    """The marks that are values of a field; words before the first belong to a known relation."""
    inside = [i for i, mark in enumerate(run.marks) if field.value <= mark.start < field.end]
    if inside and vocabulary.find(field.key):
        return _chain(run, inside, run.marks[inside[0]].start)
    return _chain(run, inside, field.value)


def _chain(run: Run, places: Iterable[int], start: int) -> Iterator[tuple[int, Remark]]:
    """The marks that follow each other with nothing between but a comma, "and" or a remark."""
    for place in places:
        mark = run.marks[place]
        if not _SEPARATOR.fullmatch(run.source, start, mark.start):
            return
        said = remark(run.source, mark.end)
        yield place, said
        start = said.end


def _item(run: Run, scope: Scope, vocabulary: Vocabulary) -> Typing | None:
    """The item's own first words win over what stands above it."""
    if "\n" in (before := run.source[: run.marks[0].start]):
        return None
    words = _BOX.sub("", before, count=1).strip(_AROUND)
    if words and vocabulary.find(words):
        return Typing(words)
    if words and scope.own_words and _OWN_WORDS.fullmatch(words) and _only_relates(run):
        return Typing(words, explicit=True)
    if scope.typing and scope.typing.explicit and words:
        return None
    return scope.typing
