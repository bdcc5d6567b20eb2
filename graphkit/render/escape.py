"""Note text is data: what it takes to show it without letting it act.

A note may hold terminal escapes, Rich markup, Markdown or comment marks. These functions keep
its words and take away what the words could do; the views build on them and on nothing else.
"""

from __future__ import annotations

import re
from typing import Final


def _visible() -> dict[int, str]:
    """Each character that acts on a terminal, mapped to one that is only seen."""
    controls = {code: chr(0x2400 + code) for code in range(0x20)}  # ESC is shown as ␛
    later = {code: f"‹{code:02X}›" for code in range(0x80, 0xA0)}  # one-byte forms of ESC [
    # Overrides and isolates reorder what follows: a path could read as another path.
    bidi = {code: f"‹{code:04X}›" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
    surrogates = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # cannot be encoded at all
    return controls | later | bidi | surrogates | {0x7F: "␡"}


_VISIBLE: Final = _visible()
_KEPT: Final = {code: seen for code, seen in _VISIBLE.items() if chr(code) not in "\t\n"}
_SPACE: Final = re.compile(r"[\s\u2028\u2029]+")  # U+001C to U+001F are space to `\s` too
_MARKDOWN: Final = re.compile(  # `_` within a word, a lone `%` or `=` means nothing
    r"[\\`*\[\]|$]|(?<![^\W_])_+|_+(?![^\W_])|(?<!\w)#(?=\w)|%{2,}|={2,}|~{2,}|&(?=#?\w+;)"
)


def line(text: str) -> str:
    """The words of `text` on one line, with everything that acts on a terminal made visible."""
    return _SPACE.sub(" ", text).strip().translate(_VISIBLE)


def verbatim(text: str) -> str:
    """As `line`, but with its lines, tabs and spaces kept."""
    return text.replace("\r\n", "\n").translate(_KEPT)


def markdown(text: str) -> str:
    """`text` on one line as Markdown that reads back as the same words.

    Safe inside a table cell, a link's label and a comment-delimited block: no mark of Markdown,
    HTML or a wikilink survives unescaped.
    """
    escaped = _MARKDOWN.sub(lambda marks: "".join(f"\\{mark}" for mark in marks[0]), line(text))
    return escaped.replace("<", "&lt;")  # not `\\<`: a comment must not be found by its letters
