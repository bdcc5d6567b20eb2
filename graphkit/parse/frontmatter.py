"""YAML front matter as strings: what the author wrote, with the place of each value.

The document is composed, never constructed: no value is made from its text, so that dates,
numbers and tags of any kind are only ever strings here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from graphkit import codes
from graphkit.models import Problem, Span

_NULL = "tag:yaml.org,2002:null"
_MOST_VALUES = 10_000  # what an anchor repeated in itself would exceed
_DEEPEST = 50  # levels of values in values
_MOST_BRACKETS = 2_000  # what makes the YAML parser itself slow


class Value(NamedTuple):
    """A scalar as written, and its place in the file."""

    text: str
    line: int
    column: int
    offset: int  # in the front matter


class Entry(NamedTuple):
    """One key with its values; `shape` is what YAML makes of them."""

    key: str
    shape: str  # scalar, list, mapping or null
    values: tuple[Value, ...]
    line: int
    column: int


class FrontMatter(NamedTuple):
    """All entries in order, and what could not be read; `source` is the YAML itself."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: str = ""
    first_line: int = 2


class _Odd(NamedTuple):
    """Something that cannot be read: what, the next step, and where in the YAML, from 0."""

    message: str
    hint: str
    line: int = 0
    column: int = 0
    code: str = "bad-front-matter"


class _TooMany(Exception):
    """The walk met more values than a person writes."""


def read(source: str, path: str, first_line: int) -> FrontMatter:
    """Read a front matter whose first line is `first_line` of its file (from 1)."""
    root = _root(source)
    found: list[Entry | _Odd] = []
    if isinstance(root, _Odd):
        found.append(root)
    elif root is not None:
        found.extend(_entries(root, source, first_line))
    return FrontMatter(
        tuple(each for each in found if isinstance(each, Entry)),
        tuple(_problem(each, path, first_line) for each in found if isinstance(each, _Odd)),
        source,
        first_line,
    )


def _problem(odd: _Odd, path: str, first_line: int) -> Problem:
    span = Span(path, first_line + odd.line, odd.column + 1)
    return codes.problem(odd.code, odd.message, span, odd.hint)


def _root(source: str) -> yaml.MappingNode | _Odd | None:
    """The document as composed, which is a set of keys; None for an empty one."""
    if source.count("[") + source.count("{") > _MOST_BRACKETS:
        hint = "write fewer lists in lists; the front matter is not read, the text below it is"
        return _Odd("too many brackets", hint)
    try:
        root = yaml.compose(source, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = _placer(source)(mark.index) if mark else (0, 0)
        said = getattr(error, "problem", None) or getattr(error, "reason", "unreadable")
        hint = (
            "put the value in quotes, or mend the indentation; until then no property of this note "
            "is read, the text below is"
        )
        return _Odd(f"YAML: {said}", hint, *place)
    if root is None or isinstance(root, yaml.MappingNode):
        return root
    hint = "write `key: value` lines; the text below it is read all the same"
    return _Odd("the front matter is no set of keys", hint)


def _placer(source: str) -> Callable[[int], tuple[int, int]]:
    """From an offset to line and column, from 0. YAML's own also count line ends of its own."""
    starts = [0, *(match.end() for match in re.finditer("\n", source))]

    def place(offset: int) -> tuple[int, int]:
        line = bisect_right(starts, offset) - 1
        return line, offset - starts[line]

    return place


def _entries(root: yaml.MappingNode, source: str, first_line: int) -> Iterator[Entry | _Odd]:
    seen: set[str] = set()
    walk = _Walk(source, first_line, _placer(source))
    for key, value in root.value:
        place = walk.place(key.start_mark.index)
        if not isinstance(key, yaml.ScalarNode):
            yield _Odd("a key is not text", "name it by a word; its value is not read", *place)
        elif key.value in seen:
            hint = "the first is kept; join them as a list"
            said = f"`{key.value}` stands twice"
            yield _Odd(said, hint, *place, "duplicate-key")
        else:
            seen.add(key.value)
            try:
                values = tuple(walk.values(value))
            except _TooMany:
                hint = "write the values out; this key and those after it are not read"
                yield _Odd("anchors repeat too often", hint, *place)
                return
            yield Entry(key.value, _shape(value), values, first_line + place[0], place[1] + 1)


def _shape(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "list"
    if isinstance(node, yaml.MappingNode):
        return "mapping"
    return "null" if node.tag == _NULL else "scalar"


@dataclass(slots=True)
class _Walk:
    """The way through the values of one document, which may hold itself."""

    source: str
    first_line: int
    place: Callable[[int], tuple[int, int]]
    left: int = _MOST_VALUES

    def values(self, node: yaml.Node, depth: int = 0) -> Iterator[Value]:
        """Every scalar in a value, in order; `_TooMany` when there is no end of them."""
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            raise _TooMany
        if isinstance(node, yaml.ScalarNode):
            if node.tag != _NULL:
                yield self.value(node, node.value)
        elif isinstance(node, yaml.SequenceNode):
            if unquoted := _unquoted_wikilink(node, self.source):
                yield self.value(node, unquoted)
                return
            for child in node.value:
                yield from self.values(child, depth + 1)
        elif isinstance(node, yaml.MappingNode):
            for _, child in node.value:
                yield from self.values(child, depth + 1)

    def value(self, node: yaml.Node, text: str) -> Value:
        offset = node.start_mark.index
        line, column = self.place(offset)
        return Value(text, self.first_line + line, column + 1, offset)


def _unquoted_wikilink(node: yaml.SequenceNode, source: str) -> str:
    """`key: [[Target]]` without quotes, which YAML takes for a list in a list."""
    written = source[node.start_mark.index : node.end_mark.index]
    return (
        written
        if written.startswith("[[") and written.endswith("]]") and "," not in written
        else ""
    )
