"""`#tag`, `#nested/tag`, `#[[two words]]`."""

from __future__ import annotations

import re

from graphkit.parse.pieces import Mark, Piece

_TAG = re.compile(
    r"(?<![\w&/#\\.)\]])#(?:\[\[(?P<words>[^\[\]\n]+)\]\]|(?P<word>[\w/-]*[^\W\d][\w/-]*))"
)


def read(source: str, start: int) -> Piece | None:
    match = _TAG.match(source, start)
    if match is None:
        return None
    name = (match["words"] or match["word"]).strip().rstrip("/")
    return Piece(match.end(), match[0], (Mark(start, match.end(), "tag", name),))
