"""`#tag`, `#nested/tag`, `#[[two words]]`."""

from __future__ import annotations

import re
from typing import Final

from graphkit.parse.pieces import Mark, Piece

_PART: Final = r"[\w/\-\u200d\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]"  # emoji, too
_TAG = re.compile(
    rf"(?<![\w&/#\\.)\]])#(?:\[\[(?P<words>[^\[\]\n]+)\]\]|(?P<word>(?!\d+(?!{_PART})){_PART}+))"
)


_PRIORITY = re.compile(r"(?<=\[)#[A-C](?=\])")  # of a task, as Logseq and Org write it


def read(source: str, start: int) -> Piece | None:
    match = _TAG.match(source, start)
    if match is None or _PRIORITY.match(source, start):
        return None
    name = (match["words"] or match["word"]).strip().rstrip("/")
    if not name:  # "#/" names nothing
        return None
    return Piece(match.end(), match[0], (Mark(start, match.end(), "tag", name),))
