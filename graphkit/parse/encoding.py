"""Bytes to text: any file becomes some text, and what was odd about it becomes Problems."""

from __future__ import annotations

import codecs

from graphkit import codes
from graphkit.models import Problem, Span

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, path: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a note's bytes, without byte order mark; line ends stay as they are.

    UTF-8 is expected, UTF-16 and UTF-32 are recognised by their mark. Bytes that are no text
    become U+FFFD, the first of them a Problem. Never raises.
    """
    mark, encoding = next(((m, e) for m, e in _BOMS if data.startswith(m)), (b"", "utf-8"))
    body = data[len(mark) :]
    problems = []
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, "replace")
        problems.append(_not_text(error, _end_of(before, path)))
        text = body.decode(encoding, "replace")
    if "\0" in text:
        problems.append(_nul(text, path))
    return text, tuple(problems)


def _end_of(text: str, path: str) -> Span:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Span(path, len(lines), len(lines[-1]) + 1)


def _not_text(error: UnicodeDecodeError, span: Span) -> Problem:
    message = f"byte {error.object[error.start]:#04x} is not valid {error.encoding.upper()}"
    hint = "save the note as UTF-8; it is read with � there"
    return codes.problem("not-utf8", message, span, hint)


def _nul(text: str, path: str) -> Problem:
    count = text.count("\0")
    message = f"{count} NUL character{'s' if count > 1 else ''} in the text"
    span = _end_of(text[: text.index("\0")], path)
    hint = "take them out, or save the note as UTF-8 if it is UTF-16 without its mark"
    return codes.problem("nul-character", message, span, hint)
