"""Comments, which hold no links: `%% … %%` of Obsidian, `<!-- … -->` of HTML."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock

from graphkit.parse.pieces import Piece


def read(source: str, start: int) -> Piece | None:
    """A comment inside a paragraph."""
    if not source.startswith("%%", start):
        return None
    end = source.find("%%", start + 2)
    return Piece(end + 2) if end >= 0 else None


def block(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """A comment that begins its line and may run over several blocks."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("%%", start):
        return False
    end = state.src.find("%%", start + 2)
    last = line
    while end >= 0 and last + 1 < end_line and state.bMarks[last + 1] <= end:
        last += 1
    if end >= 0 and state.src[end + 2 : state.eMarks[last]].strip():
        return False  # text follows on the line: a comment inside a paragraph
    if silent:
        return True
    state.line = last + 1 if end >= 0 else end_line
    token = state.push("comment", "", 0)
    token.map = [line, state.line]
    token.meta["closed"] = end >= 0
    return True
