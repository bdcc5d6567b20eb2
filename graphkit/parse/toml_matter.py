"""TOML front matter, between lines of `+++`: read as strings, like that of YAML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any, Final

from markdown_it.rules_block import StateBlock

from graphkit import codes
from graphkit.models import Span
from graphkit.parse.frontmatter import Entry, FrontMatter, Value

_FENCE: Final = "+++"
_DEEPEST: Final = 50  # levels of brackets: the TOML parser calls itself for each
_BRACKETS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}
_PLACE: Final = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of .*)\)$")


def block(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """The markdown-it rule: it can only stand at the very beginning of a note."""
    if line or silent or not _is_fence(state, 0):
        return False
    after = next((each for each in range(1, end_line) if _is_fence(state, each)), 0)
    if not after:
        return False
    token = state.push("toml_front_matter", "", 0)
    token.map = [0, after + 1]
    token.content = state.src[state.bMarks[1] : state.eMarks[after - 1]] if after > 1 else ""
    state.line = after + 1
    return True


def _is_fence(state: StateBlock, line: int) -> bool:
    return state.src[state.bMarks[line] : state.eMarks[line]].rstrip() == _FENCE


def read(source: str, path: str, first_line: int) -> FrontMatter:
    """Read a front matter whose first line is `first_line` of its file (from 1)."""
    if max(accumulate(_BRACKETS.get(sign, 0) for sign in source), default=0) > _DEEPEST:
        return _unread("TOML: too many brackets in brackets", Span(path, first_line), source)
    try:
        document = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        line, column = (int(place["line"]), int(place["column"])) if place and place[1] else (1, 1)
        message = f"TOML: {_PLACE.sub('', said)}"
        return _unread(message, Span(path, first_line + line - 1, column), source)
    return FrontMatter(tuple(_entries(document, source, first_line)), (), source, first_line)


def _unread(message: str, span: Span, source: str) -> FrontMatter:
    hint = "mend that line; until then the properties between +++ are not read, the text below is"
    problem = codes.problem("bad-front-matter", message, span, hint)
    return FrontMatter((), (problem,), source, span.line)


def _entries(document: Mapping[str, Any], source: str, first_line: int) -> Iterator[Entry]:
    for key, value in document.items():
        name = re.escape(key)
        found = re.search(rf"(?m)^[ \t]*\[*[ \t]*[\"']?(?P<key>{name})\b", source)
        offset = found.start("key") if found else 0
        values = tuple(_values(value, source, offset, first_line))
        yield Entry(key, _shape(value), values, *_place(source, offset, first_line))


def _shape(value: Any) -> str:
    return "list" if isinstance(value, list) else "mapping" if isinstance(value, dict) else "scalar"


def _values(value: Any, source: str, start: int, first_line: int) -> Iterator[Value]:
    """Every scalar, with its own place where its text is found behind the key, else the key's."""
    if isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _values(each, source, start, first_line)
        return
    text = str(value).lower() if isinstance(value, bool) else str(value)
    found = source.find(text, start)
    offset = found if found >= 0 else start
    yield Value(text, *_place(source, offset, first_line), offset)


def _place(source: str, offset: int, first_line: int) -> tuple[int, int]:
    line = source.count("\n", 0, offset)
    return first_line + line, offset - source.rfind("\n", 0, offset)
