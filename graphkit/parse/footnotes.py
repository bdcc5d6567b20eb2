"""Footnotes: `[^1]` is no link, and `[^1]: text` is text of the note."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from graphkit.parse.pieces import Piece

_REFERENCE = re.compile(r"\[\^[^\[\]\s]+\]")


def plugin(md: MarkdownIt) -> None:
    md.use(footnote_plugin, inline=False)
    md.disable(["footnote_ref", "footnote_tail"])


def read(source: str, start: int) -> Piece | None:
    match = _REFERENCE.match(source, start)
    return match and Piece(match.end())
