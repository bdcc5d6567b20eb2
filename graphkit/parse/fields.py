"""Fields of Dataview and Logseq: `key:: value` on its line, `[key:: value]`, `(key:: value)`."""

from __future__ import annotations

import re

from graphkit.parse.pieces import Field, Piece

# The key is sought backwards from its "::", within what was already read on the line.
_KEY = re.compile(
    r"(?:(?P<open>[\[(])|^[ \t]*(?:[-*+] )?)[*_]{0,2}(?P<key>[^\W\d][\w .+!?$%&=<>/-]{0,60}?)[*_]{0,2}$"
)
_VALUE = re.compile(r"::(?=\s|\[\[|\"|$)[^\S\n]*")
_REACH = 70  # characters that a key and its emphasis may take
_CLOSING = {"[": "]", "(": ")"}


def read(source: str, start: int) -> Piece | None:
    value = _VALUE.match(source, start)
    if value is None:
        return None
    line = source.rfind("\n", max(0, start - _REACH), start) + 1
    if line == 0 and start > _REACH:
        line = start - _REACH
    key = _KEY.search(source[line:start])
    if key is None:
        return None
    end = _end(source, value.end(), key["open"])
    if end < 0:
        return None
    opening = line + key.start()
    field = Field(key["key"].strip(), opening, value.end(), end, key["open"] is not None)
    return Piece(value.end(), "", (), field)


def _end(source: str, value: int, bracket: str | None) -> int:
    """Where the field's value ends: its line, or the bracket that closes it; -1 when none does."""
    line = source.find("\n", value)
    line = len(source) if line < 0 else line
    if bracket is None:
        return line
    return closing(source, value, line, bracket, _CLOSING[bracket])


def closing(source: str, start: int, end: int, opening: str, closing: str) -> int:
    """The offset of the bracket that closes one opened before `start`, or -1."""
    depth = 1
    for match in re.finditer(rf"\\.|[\{opening}\{closing}]", source[start:end]):
        depth += (match[0] == opening) - (match[0] == closing)  # neither when it is escaped
        if depth == 0:
            return start + match.start()
    return -1
