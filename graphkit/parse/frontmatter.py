"""YAML front matter as strings: what the author wrote, with the place of each value.

The document is composed, never constructed: no value is made from its text, so that dates,
numbers and tags of any kind are only ever strings here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity

_NULL = "tag:yaml.org,2002:null"
_MOST_VALUES = 10_000  # what an anchor repeated in itself would exceed
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
    severity: Severity = Severity.ERROR


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
    return Problem(odd.code, odd.severity, odd.message, span, odd.hint)


def _root(source: str) -> yaml.MappingNode | _Odd | None:
    """The document as composed, which is a set of keys; None for an empty one."""
    if source.count("[") + source.count("{") > _MOST_BRACKETS:
        return _Odd("too many brackets", "it is not read")
    try:
        root = yaml.compose(source, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = (mark.line, mark.column) if mark else (0, 0)
        said = getattr(error, "problem", None) or getattr(error, "reason", "unreadable")
        hint = "put the value in quotes, or mend the indentation; nothing of it is read"
        return _Odd(f"YAML: {said}", hint, *place)
    if root is None or isinstance(root, yaml.MappingNode):
        return root
    return _Odd("not a set of keys", "write `key: value` lines; nothing of it is read")


def _entries(root: yaml.MappingNode, source: str, first_line: int) -> Iterator[Entry | _Odd]:
    seen: set[str] = set()
    budget = [_MOST_VALUES]
    for key, value in root.value:
        place = key.start_mark.line, key.start_mark.column
        if not isinstance(key, yaml.ScalarNode):
            yield _Odd("a key is not text", "it is not read", *place)
        elif key.value in seen:
            hint = "the first is kept; join them as a list"
            said = f"`{key.value}` stands twice"
            yield _Odd(said, hint, *place, "duplicate-key", Severity.WARNING)
        else:
            seen.add(key.value)
            try:
                values = tuple(_values(value, source, first_line, budget))
            except _TooMany:
                yield _Odd("anchors repeat too often", "nothing is read from this key on", *place)
                return
            yield Entry(key.value, _shape(value), values, first_line + place[0], place[1] + 1)


def _shape(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "list"
    if isinstance(node, yaml.MappingNode):
        return "mapping"
    return "null" if node.tag == _NULL else "scalar"


def _values(
    node: yaml.Node, source: str, first_line: int, budget: list[int], depth: int = 0
) -> Iterator[Value]:
    budget[0] -= 1
    if budget[0] < 0 or depth > 50:
        raise _TooMany
    mark = node.start_mark
    place = (first_line + mark.line, mark.column + 1, mark.index)
    if isinstance(node, yaml.ScalarNode):
        if node.tag != _NULL:
            yield Value(node.value, *place)
    elif isinstance(node, yaml.SequenceNode):
        if unquoted := _unquoted_wikilink(node, source):
            yield Value(unquoted, *place)
            return
        for child in node.value:
            yield from _values(child, source, first_line, budget, depth + 1)
    elif isinstance(node, yaml.MappingNode):
        for _, child in node.value:
            yield from _values(child, source, first_line, budget, depth + 1)


def _unquoted_wikilink(node: yaml.SequenceNode, source: str) -> str:
    """`key: [[Target]]` without quotes, which YAML takes for a list in a list."""
    written = source[node.start_mark.index : node.end_mark.index]
    return (
        written
        if written.startswith("[[") and written.endswith("]]") and "," not in written
        else ""
    )
