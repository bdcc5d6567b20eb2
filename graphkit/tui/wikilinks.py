"""Wikilinks for the reader pane: one token each, found by the rule that the parser uses."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from graphkit.parse import wikilinks


def wikilinks_plugin(parser: MarkdownIt) -> None:
    """Let `parser` see wikilinks before it looks for links and images of its own."""
    parser.inline.ruler.before("link", "wikilink", _wikilink)


def _wikilink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - a rule's signature
    piece = wikilinks.read(state.src, state.pos)
    if piece is None:
        return False
    if not silent:
        mark = piece.marks[0]
        token = state.push("wikilink", "", 0)
        token.content = piece.text or f"▨ {mark.alias or mark.target}"
        place = f"#^{mark.block}" if mark.block else mark.heading and f"#{mark.heading}"
        token.meta = {"target": f"{mark.target}{place}"}
    state.pos = piece.end
    return True
