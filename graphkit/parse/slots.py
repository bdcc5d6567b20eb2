"""Where a new managed block goes: after the first heading, else behind what must stay first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from graphkit.dialect import PLAIN
from graphkit.parse import logseq, markdown, plain, runs
from graphkit.parse.oversize import without_long_lines
from graphkit.parse.rules import in_force

_LINE_END: Final = re.compile(r"\r\n?|\n")
_TOML: Final = re.compile(r"\+\+\+[ \t]*\n(?:.*\n)*?\+\+\+[ \t]*(?:\n|\Z)")


def slot(text: str) -> int:
    """The offset for a new block in a text of any line ends, always at the start of a line or end.

    Only a heading that the parser reads counts: one inside code, maths, a comment, a quotation or
    a list is none. Without one, the block goes behind front matter (YAML or TOML) and the
    properties of a Logseq page, which hold for the page only as long as they stand first.
    """
    normal = _LINE_END.sub("\n", text).replace("\0", "\ufffd")
    toml = _toml(normal)
    lines, _ = without_long_lines(normal.split("\n"), "")
    lines[:toml] = [""] * toml
    tokens = _parser().parse("\n".join(lines), {})
    line = _end(tokens, "heading_open") or max(
        toml, _end(tokens, "front_matter"), _properties(tokens, lines)
    )
    return _offset(text, line)


@cache
def _parser() -> MarkdownIt:
    """All rules but the short cuts, which would tear a list into its items."""
    return markdown.parser(rule for rule in in_force(PLAIN) if rule.plugin is not plain.plugin)


def _toml(normal: str) -> int:
    """How many lines a TOML front matter takes, which is no Markdown: its comments look like it."""
    found = _TOML.match(normal)
    return len(found[0].rstrip("\n").split("\n")) if found else 0


def _outer(tokens: Iterable[Token]) -> Iterator[tuple[str, int, int]]:
    """Each block that stands in no other: its kind, its first line and the line after it."""
    for token in tokens:
        if token.map and not token.level:
            yield token.type, token.map[0], token.map[1]


def _end(tokens: Iterable[Token], kind: str) -> int:
    """The line after the first block of a kind; 0 without one."""
    return next((after for found, _, after in _outer(tokens) if found == kind), 0)


def _properties(tokens: Sequence[Token], lines: Sequence[str]) -> int:
    """The line after the block of a Logseq page's properties; 0 without them.

    An outline may begin with them: the line is then that after the list, which stays whole.
    """
    first = next(runs.read(tokens, lines), None)
    if first is None or not logseq.only_properties(first):
        return 0
    return next((after for _, line, after in _outer(tokens) if line <= first.line < after), 0)


def _offset(text: str, line: int) -> int:
    """Where the line of this number, counted from 0, begins."""
    if not line:
        return 0
    ends = [match.end() for match in islice(_LINE_END.finditer(text), line)]
    return ends[-1] if len(ends) == line else len(text)
