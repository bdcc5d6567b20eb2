"""Running text: paragraphs for search and summary, and the sentence around a link."""

from __future__ import annotations

import re
from bisect import bisect_right

from graphkit.parse.anchors import BLOCK_ID
from graphkit.parse.pieces import Run

_LONGEST_CONTEXT = 500
_SENTENCE_END = re.compile(
    r"[.!?…。！？](?:(?<=[。！？])\s*|[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_a-z]))"
)
_ABBREVIATION = re.compile(
    r"\b(?:(?i:e\.g|i\.e|cf|vs|al|etc|figs?|eq|sec|tab|dr|prof|mrs?|ms|st|approx|resp)|[A-Z])\.$"
)
_CALLOUT = re.compile(r"\A\[![\w-]+\][+-]?[^\S\n]*")
_BOX = re.compile(r"\A\[[ xX/-]\](?:[^\S\n]+|(?=\n))")  # a line end counts, see `_paragraph`
_SHOWN = re.compile(r"[^\s\ufffd]")  # NULs and broken bytes alone are no text
_INDENT = re.compile(r"\n[^\S\n]+")


def clean(run: Run) -> str:
    """A run as prose: without properties, callout and task markers, block ids."""
    if not run.prose:
        return ""
    text = run.text
    if run.fields:
        text = _without_fields(run)
    if "\n" in text:
        text = _INDENT.sub("\n", text)
    if text.startswith("["):
        text = _BOX.sub("", _CALLOUT.sub("", text, count=1), count=1)
    if "^" in text:
        text = BLOCK_ID.sub("", text)
    return text.rstrip() if _SHOWN.search(text) else ""


def _without_fields(run: Run) -> str:
    """Lines that are properties become empty, so that lines still count."""
    lines = run.text.split("\n")
    for field in run.fields:
        if not field.bracketed:
            lines[run.source.count("\n", 0, field.start)] = ""
    return "\n".join(lines)


def sentences(text: str) -> list[int]:
    """Where the sentences of a paragraph begin."""
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        stop = match.start() + 1
        if not _ABBREVIATION.search(text, max(starts[-1], stop - 8), stop):
            starts.append(match.end())
    return starts


def around(text: str, starts: list[int], at: int) -> str:
    """The sentence in which offset `at` stands, on one line; a very long one is cut about it."""
    index = bisect_right(starts, at) - 1
    start = starts[index]
    end = starts[index + 1] if index + 1 < len(starts) else len(text)
    if end - start > _LONGEST_CONTEXT:
        start = max(start, at - _LONGEST_CONTEXT // 2)
        end = min(end, start + _LONGEST_CONTEXT)
    return " ".join(text[start:end].split())
