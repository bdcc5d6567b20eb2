"""What a note opens and never closes, so that its rest is read as code, comment or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from graphkit import codes
from graphkit.models import Problem, Span

_FRONT = {"---": re.compile(r"[\w-]+:(?:\s|$)"), "+++": re.compile(r"[\w.-]+\s*=|\[")}


class _Opened(NamedTuple):
    code: str
    what: str
    closing: str


def problems(tokens: Sequence[Token], lines: Sequence[str], path: str) -> Iterator[Problem]:
    """One Problem for front matter, a fence or a comment that runs to the end of the note."""
    if _opens_front_matter(lines) and not tokens[0].type.endswith("front_matter"):
        yield _problem(_Opened("unclosed-front-matter", "front matter", lines[0].rstrip()), path, 1)
    for token in tokens:
        opened = _opened(token, lines)
        if opened is not None and token.map is not None and not _any_text(lines[token.map[1] :]):
            yield _problem(opened, path, token.map[0] + 1)


def _opens_front_matter(lines: Sequence[str]) -> bool:
    key = _FRONT.get(lines[0].rstrip())
    return key is not None and len(lines) > 1 and key.match(lines[1]) is not None


def _opened(token: Token, lines: Sequence[str]) -> _Opened | None:
    match token.type:
        case "fence" if not _closes_fence(token, lines):
            return _Opened("unclosed-fence", "a code block", token.markup)
        case "comment" if not token.meta["closed"]:
            return _Opened("unclosed-comment", "a comment", "%%")
        case "html_block" if token.content.startswith("<!--") and "-->" not in token.content:
            return _Opened("unclosed-comment", "a comment", "-->")
    return None


def _closes_fence(token: Token, lines: Sequence[str]) -> bool:
    first, after = token.map or (0, 1)
    last = lines[after - 1].strip(" \t>")
    return after - 1 > first and last.startswith(token.markup) and not last.strip(token.markup[0])


def _any_text(lines: Sequence[str]) -> bool:
    return any(line and not line.isspace() for line in lines)


def _problem(opened: _Opened, path: str, line: int) -> Problem:
    message = f"{opened.what} is opened here and never closed"
    hint = f"close it with `{opened.closing}` on a line of its own"
    return codes.problem(opened.code, message, Span(path, line), hint)
