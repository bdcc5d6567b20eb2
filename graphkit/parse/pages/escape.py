"""Plain text as Markdown that shows exactly that text.

Text from a saved page is data. Characters that would open a link, a comment, code, maths, a
tag or a property of a note dialect get a backslash; emphasis is left as it is, because the
pages write it and it can swallow nothing.
"""

from __future__ import annotations

import re
from typing import Final

_INLINE: Final = re.compile(
    r"""
      [\\`\[\]<$]                # escapes, code, links, HTML and comments, maths
    | &(?=\#?\w+;)               # entities
    | (?<!\w)[\#@^](?=\S)        # tags, bare citekeys, block ids
    | (?<=%)% | (?<=\()\( | (?<=:): | (?<=\{)\{ | (?<=~)~   # doubled marks of the dialects
    """,
    re.VERBOSE,
)
_BLOCK: Final = re.compile(
    r"""
      [-+*](?=\s|$)              # list items
    | ([-*_])(?=(?:\s*\1){2,}\s*$)   # rules and front matter fences
    | \#{1,6}(?=\s|$) | > | \| | ~{3} | :(?=[:\s])   # headings, quotes, tables, fences, definitions
    """,
    re.VERBOSE,
)
_REMARK: Final = re.compile(rf"[()] | {_INLINE.pattern}", re.VERBOSE)
_NUMBERED: Final = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")


def inline(text: str) -> str:
    """Escape what would act inside a line."""
    return _INLINE.sub(_escaped, text)


def paragraph(text: str) -> str:
    """Escape one line of plain text so that it is a paragraph of exactly these words."""
    return block_start(inline(text))


def block_start(markdown: str) -> str:
    """Escape what would make a line of inline Markdown something else than a paragraph."""
    if _BLOCK.match(markdown):
        return "\\" + markdown
    return _NUMBERED.sub(r"\1\\\2", markdown) if _NUMBERED.match(markdown) else markdown


def remark(text: str) -> str:
    """Escape a line of plain text so that it can stand in a bracket after a link."""
    markdown = inline(text)  # may take a bracket out of its pair
    return markdown if _balanced(markdown) else _REMARK.sub(_escaped, text)


def _balanced(markdown: str) -> bool:
    depth = 0
    for bracket in re.findall(r"\\.|[()]", markdown):
        depth += (bracket == "(") - (bracket == ")")
        if depth < 0:
            return False
    return depth == 0


def heading(text: str) -> str:
    """Escape a line of plain text so that it is the text of a heading."""
    return re.sub(r"#+$", _escaped, inline(text))


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found[0]
