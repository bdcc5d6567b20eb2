"""Short cuts for what most notes are made of: paragraphs of words, flat lists, headings.

markdown-it asks a dozen rules about every line. A line that begins with a letter can only be
a paragraph's; a flat list at the margin is as simple. These rules take such blocks whole and
leave all others to markdown-it; the runs of text are the same either way (a property test
holds them to it).
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, heading

_WORD = re.compile(
    r"[^\s#>\-+*_=~`|:<\[$%\d]|\[(?!\^)|\*\*\w|_[^\W_]|`[^`]|\d+(?![\d.)])"  # begins no other block
)
_HEADING = re.compile(r"(?P<marks>#{1,6})[ \t](?P<words>[^#]+)")
_BULLETS: Final = frozenset("-*+")


def plugin(md: MarkdownIt) -> None:
    md.block.ruler.before("table", "plain", _plain)


def _plain(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """One rule in place of three: each would be asked at every block."""
    if silent:
        return False
    first = state.src[state.bMarks[line] + state.tShift[line]]
    if first == "#":
        return _heading(state, line) or heading(state, line, end_line, silent)
    if first in _BULLETS:
        return _flat_list(state, line, end_line)
    return _paragraph(state, line, end_line)


def _heading(state: StateBlock, line: int) -> bool:
    """A heading without a tail of its own marks."""
    start = state.bMarks[line] + state.tShift[line]
    match = _HEADING.fullmatch(state.src, start, state.eMarks[line])
    if match is None or state.is_code_block(line):
        return False
    _push(state, line, line + 1, match["words"].strip(), f"h{len(match['marks'])}")
    return True


def _paragraph(state: StateBlock, line: int, end_line: int) -> bool:
    """Lines that all begin with a word, up to an empty one."""
    if not _is_word(state, state.bMarks[line] + state.tShift[line]):
        return False
    indent = state.blkIndent
    if not indent <= state.sCount[line] < indent + 4:
        return False
    after = line + 1
    while after < end_line:
        start = state.bMarks[after] + state.tShift[after]
        if start >= state.eMarks[after]:
            break
        if state.sCount[after] < indent or not _is_word(state, start):
            return False
        after += 1
    text = state.getLines(line, after, indent, False).strip()  # noqa: FBT003
    if _defines(text):
        return False
    _push(state, line, after, text)
    return True


def _flat_list(state: StateBlock, line: int, end_line: int) -> bool:
    """Items of one line each, at the margin, that begin with a word or a link."""
    if state.level or state.blkIndent or state.tShift[line]:
        return False
    bullet = state.src[state.bMarks[line]] + " "
    after = line
    while after < end_line and _is_item(state, after, bullet):
        after += 1
    if after == line or not _ends_list(state, after, end_line):
        return False
    for item in range(line, after):
        text = state.src[state.bMarks[item] + 2 : state.eMarks[item]].strip()
        _push(state, item, item + 1, text, "item")
    return True


def _push(state: StateBlock, line: int, after: int, content: str, info: str = "") -> None:
    state.line = after
    token = state.push("inline", "", 0)
    token.map = [line, after]
    token.content = content
    token.info = info


def _is_word(state: StateBlock, start: int) -> bool:
    return _WORD.match(state.src, start) is not None


def _defines(text: str) -> bool:
    """Whether a text may be the definition of a reference link, `[label]: destination`."""
    return text[0] == "[" and "]:" in text


def _is_item(state: StateBlock, line: int, bullet: str) -> bool:
    start = state.bMarks[line]
    if not state.src.startswith(bullet, start) or not _is_word(state, start + 2):
        return False
    return not _defines(state.src[start + 2 : state.eMarks[line]])


def _ends_list(state: StateBlock, line: int, end_line: int) -> bool:
    """Whether nothing from this line on can belong to the list before it."""
    if line < end_line and not state.isEmpty(line):
        return False
    following = state.skipEmptyLines(line)
    if following >= end_line:
        return True
    first = state.src[state.bMarks[following]]
    return not (first in " \t" or first in _BULLETS or first.isdigit())
