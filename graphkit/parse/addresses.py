"""What the destination of a Markdown link points to: a note, a heading, a work, the web."""

from __future__ import annotations

import re

from graphkit.parse import identifiers
from graphkit.parse.pieces import Mark
from graphkit.parse.wikilinks import anchor

_SCHEME = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]+:|//)")
_WIKI = re.compile(r"\[\[(.+)\]\]")
_BLOCK = re.compile(r"\(\(([\w-]+)\)\)")


def mark(href: str, form: str, start: int, end: int) -> Mark:
    """The mark for a destination as written; `form` is what it is when it points into the vault."""
    if _SCHEME.match(href):
        return _outside(href, start, end)
    if match := _BLOCK.fullmatch(href):
        return Mark(start, end, "block", "", block=match[1])
    if match := _WIKI.fullmatch(href):  # Logseq: [label]([[Page]])
        form, href = "wikilink", match[1]
    return Mark(start, end, form, *_anchored(href))


def _anchored(href: str) -> tuple[str, str, str, str]:
    target, heading, block = anchor(href)
    return target, "", heading, block


def _outside(href: str, start: int, end: int) -> Mark:
    if name := identifiers.work(href):
        return Mark(start, end, "identifier", name)
    return Mark(start, end, "url", href)
