"""Note titles that stand in prose without any mark-up.

The pages run a cited note's title, a question, into the sentence that cites it. A title starts
at the last capitalised question word before its question mark; the first such word would
swallow the prose before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from graphkit.parse.pages import escape, names
from graphkit.parse.pages.saved import short_enough

_QUESTION_WORD: Final = re.compile(
    r"(?:^|(?<=\s))(?:Are|Can|Could|Did|Do|Does|Had|Has|Have|How|Is|Must|Should|Was|Were|What|When"
    r"|Where|Which|Who|Whom|Whose|Why|Will|Would)(?=\s)"
)
_SENTENCE_END: Final = re.compile(r"(?<=\w{3})[.!]['\"’”)]*\s+['\"‘“(]*[A-Z]")
_CLOSING_QUOTES: Final = "'\"’”"
_GOES_ON: Final = re.compile(r"[.,;:)]|\s[a-z]")


class Inline(NamedTuple):
    """A title in a paragraph, from `start` to `end`."""

    start: int
    end: int
    title: str
    woven: bool  # it is part of a sentence, so it cannot be a question of the prose itself


def find(paragraph: str) -> tuple[Inline, ...]:
    """The titles that stand in a paragraph, in order. Quoted questions are none."""
    found = []
    start = 0
    while (mark := paragraph.find("?", start)) >= 0:
        words = tuple(_QUESTION_WORD.finditer(paragraph, start, mark))
        if words and _is_title(paragraph, words[-1].start(), mark + 1):
            found.append(_inline(paragraph, words[-1].start(), mark + 1))
        start = mark + 1
    return tuple(found)


def _is_title(paragraph: str, start: int, end: int) -> bool:
    quoted = paragraph[end : end + 1] in _CLOSING_QUOTES and end < len(paragraph)
    short = short_enough(paragraph[start:end])
    return short and not quoted and not _SENTENCE_END.search(paragraph, start, end)


def _inline(paragraph: str, start: int, end: int) -> Inline:
    before = paragraph[max(0, start - 2) : start].strip()[-1:]  # spaces are folded
    woven = before.isalnum() or before in {",", ")", "*"} or bool(_GOES_ON.match(paragraph, end))
    return Inline(start, end, paragraph[start:end], woven)


def linked(paragraph: str, inlines: Iterable[Inline]) -> str:
    """The paragraph as Markdown, each of these titles a link."""
    pieces, done = [], 0
    for inline in inlines:
        link = f"[[{names.target(inline.title)}]]"
        pieces += [escape.inline(paragraph[done : inline.start]), link]
        done = inline.end
    return escape.block_start("".join([*pieces, escape.inline(paragraph[done:])]))
