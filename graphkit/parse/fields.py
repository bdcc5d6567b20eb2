"""Fields of Dataview and Logseq: `key:: value` on its line, `[key:: value]`, `(key:: value)`."""

from __future__ import annotations

import re
from typing import Final

from graphkit.parse.brackets import closing
from graphkit.parse.pieces import Field, Piece

_VALUE = re.compile(r"::(?=\s|\[\[|\"|$)[^\S\n]*")
# The key is sought backwards from its "::", in what was already read of the line.
_KEY = re.compile(
    r"(?:(?P<open>[\[(])|^[ \t]*(?:\[[ xX/-]\] +)?)"
    r"[*_]{0,2}(?P<key>[^\W\d][\w .+!?$%&=<>/-]*)[*_]{0,2}$"
)
_REACH: Final = 70  # characters that a key and its emphasis may take


def read(source: str, start: int) -> Piece | None:
    """The `::` of a field; its value is read on like any other text."""
    value = _VALUE.match(source, start)
    if value is None:
        return None
    line = source.rfind("\n", 0, start) + 1
    reach = max(line, start - _REACH)
    key = _KEY.search(source[reach:start])
    if key is None or (key["open"] is None and reach > line):
        return None
    end = _end(source, value.end(), key["open"])
    if end < 0:
        return None
    opening = reach + key.start()
    field = Field(key["key"].strip(), opening, value.end(), end, key["open"] is not None)
    return Piece(value.end(), value[0], (), field)


def _end(source: str, value: int, bracket: str | None) -> int:
    """Where the value ends: at its line's end, or the bracket that closes it; -1 without one."""
    line = source.find("\n", value)
    line = len(source) if line < 0 else line
    return line if bracket is None else closing(source, value, line, bracket)
