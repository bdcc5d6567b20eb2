"""Sets a summary into the bytes of a note: pure, and exact outside the managed block.

Where a block stands, where a new one goes and how it is spelt is the business of a `Codec` (the
parse room has it); this module decides whether it may be written, and why it is stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Protocol

from graphkit.models import Change, Problem, Span
from graphkit.render.encoding import encoding
from graphkit.render.summaries.inputs import causes
from graphkit.render.summary import Summary
from graphkit.vocabulary import Severity

MISSING: Final = "it has no summary yet"
_LINE_END: Final = re.compile(r"\r\n?|\n")


class Managed(Protocol):
    """A block found in a text: its offsets, its inputs, and whether a person changed its body."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def edited(self) -> bool: ...
    @property
    def inputs(self) -> Iterable[tuple[str, str, str]]: ...


class Found(Protocol):
    """The one block of a text, if it is well formed; what is wrong otherwise."""

    @property
    def block(self) -> Managed | None: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...


class Codec(Protocol):
    """Reads, places and spells managed blocks."""

    def find(self, text: str, path: str = ...) -> Found:
        """The managed block of a text."""

    def slot(self, text: str) -> int:
        """The offset where a new block goes."""

    def compose(self, body: str, inputs: Iterable[Any], newline: str) -> str:
        """The whole block, from marker to marker, of inputs with `id`, `key` and `value`."""


def place(path: str, data: bytes, summary: Summary, codec: Codec) -> Change | None:
    """The change that gives a note its summary; None where it has it, or there is none to give.

    A block that a person edited, one that is not well formed, and bytes that are no text are left
    alone: the change then carries a Problem and its bytes are the old ones.
    """
    written = encoding(data)
    try:
        text = written.text(data)
    except UnicodeDecodeError:
        return _left(path, data, "not-utf8", "these bytes are no text", "save the note as UTF-8")
    found = codec.find(text, path)
    old = found.block
    if found.problems:
        return Change(path, data, data, problem=found.problems[0])
    if old is None and not summary.body:
        return None
    if old is not None and old.edited:
        return _left(
            path, data, "edited-summary", "this summary was edited by hand",
            "move what you wrote out of the block, then delete the block", old.line,
        )  # fmt: skip
    after = _set(text, summary, old, codec)
    if after == text:
        return None
    if not _readable(codec.find(after, path)):
        return _left(
            path, data, "no-place", "a summary written here could not be found again",
            "close every code fence and comment of the note",
        )  # fmt: skip
    why = causes(old.inputs, summary.inputs) if old else (MISSING,)
    return Change(path, data, written.data(after), why)


def _left(path: str, data: bytes, code: str, message: str, hint: str, line: int = 1) -> Change:
    said = f"{message}; it is left as it is"
    problem = Problem(code, Severity.WARNING, said, Span(path, line), hint)
    return Change(path, data, data, problem=problem)


def _readable(found: Found) -> bool:
    return found.block is not None and not found.problems and not found.block.edited


def _set(text: str, summary: Summary, old: Managed | None, codec: Codec) -> str:
    if old is not None:
        newline = _newline(text[old.start : old.end])
        block = codec.compose(summary.body, summary.inputs, newline)
        return text[: old.start] + block + text[old.end :]
    newline, at = _newline(text), codec.slot(text)
    block = codec.compose(summary.body, summary.inputs, newline)
    before, after = text[:at], text[at:]
    return "".join((before, _gap(before, newline), block, _gap_after(after, newline), after))


def _newline(text: str) -> str:
    """The line end that a text uses first."""
    found = _LINE_END.search(text)
    return found[0] if found else "\n"


def _gap(before: str, newline: str) -> str:
    """What parts a block from the line before it: an empty line."""
    if not before:
        return ""
    return newline if before.endswith(("\n", "\r")) else newline * 2


def _gap_after(after: str, newline: str) -> str:
    """What parts a block from the text after it, which may bring an empty line of its own."""
    if not after:
        return ""
    return newline if _LINE_END.match(after) else newline * 2
