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
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    source: str = ""
    first_line: int = 2


class _TooMany(Exception):
    """The walk met more values than a person writes."""


def read(source: str, path: str, first_line: int) -> FrontMatter:
    """Read a front matter whose first line is `first_line` of its file (from 1)."""

    def problem(code: str, message: str, line: int, column: int, hint: str) -> Problem:
        return Problem(
            code, Severity.ERROR, message, Span(path, first_line + line, column + 1), hint
        )

    if source.count("[") + source.count("{") > _MOST_BRACKETS:
        return FrontMatter(
            (), (problem("bad-front-matter", "too many brackets", 0, 0, "it is not read"),)
        )
    try:
        root = yaml.compose(source, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line, mark.column) if mark else (0, 0)
        said = getattr(error, "problem", None) or getattr(error, "reason", "unreadable")
        hint = "put the value in quotes, or mend the indentation; it is not read"
        return FrontMatter((), (problem("bad-front-matter", f"YAML: {said}", line, column, hint),))
    if root is None:
        return FrontMatter()
    if not isinstance(root, yaml.MappingNode):
        hint = "write `key: value` lines; it is not read"
        return FrontMatter((), (problem("bad-front-matter", "not a set of keys", 0, 0, hint),))
    entries, problems = [], []
    seen: set[str] = set()
    budget = [_MOST_VALUES]
    for key, value in root.value:
        line, column = key.start_mark.line, key.start_mark.column
        if not isinstance(key, yaml.ScalarNode):
            problems.append(
                problem("bad-front-matter", "a key is not text", line, column, "it is not read")
            )
            continue
        if key.value in seen:
            hint = "the first is kept; join them as a list"
            problems.append(
                problem("duplicate-key", f"`{key.value}` stands twice", line, column, hint)
            )
            continue
        seen.add(key.value)
        try:
            values = tuple(_values(value, source, first_line, budget))
        except _TooMany:
            hint = "it is not read beyond this key"
            problems.append(
                problem("bad-front-matter", "anchors repeat too often", line, column, hint)
            )
            break
        entries.append(Entry(key.value, _shape(value), values, first_line + line, column + 1))
    return FrontMatter(tuple(entries), tuple(problems), source, first_line)


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
