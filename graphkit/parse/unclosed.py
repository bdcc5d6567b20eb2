"""What a note opens and never closes, so that the rest of it is read as code or comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity


class _Opened(NamedTuple):
    code: str
    what: str
    closing: str


def problems(tokens: Iterable[Token], lines: Sequence[str], path: str) -> Iterator[Problem]:
    """One Problem for a fence or comment that runs to the end of the note."""
    for token in tokens:
        opened = _opened(token, lines)
        if opened is not None and token.map is not None:
            message = f"{opened.what} is opened here and never closed"
            hint = f"close it with `{opened.closing}`; all text from here on is read as part of it"
            span = Span(path, token.map[0] + 1)
            yield Problem(opened.code, Severity.WARNING, message, span, hint)


def _opened(token: Token, lines: Sequence[str]) -> _Opened | None:
    match token.type:
        case "fence" if not _fence_closed(token, lines):
            return _Opened("unclosed-fence", "a code block", token.markup)
        case "comment" if not token.meta["closed"]:
            return _Opened("unclosed-comment", "a comment", "%%")
        case "html_block" if token.content.startswith("<!--") and "-->" not in token.content:
            return _Opened("unclosed-comment", "a comment", "-->")
    return None


def _fence_closed(token: Token, lines: Sequence[str]) -> bool:
    first, after = token.map or (0, 0)
    last = lines[after - 1].strip(" \t>")
    return after - 1 > first and last.startswith(token.markup) and not last.strip(token.markup[0])
