"""Sets a summary into the bytes of a note: pure, and exact outside the managed block.

Where a block stands, where a new one goes and how it is spelt is the business of a `Codec` (the
parse room has it); this module decides whether it may be written, and why it is stale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final, NamedTuple, Protocol

from graphkit.models import Change, Problem, Span
from graphkit.render.encoding import encoding
from graphkit.render.merge import Merged, Settle, left, merged
from graphkit.render.summaries.causes import causes
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
    def digest(self) -> str: ...
    @property
    def body(self) -> str: ...
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

    def digest(self, body: str) -> str:
        """The digest that a block of this body carries."""

    def compose(
        self, body: str, inputs: Iterable[Any], newline: str, generated: str | None = None
    ) -> str:
        """The whole block, from marker to marker, of inputs with `id`, `key` and `value`."""


Base = Callable[[str], str | None]
"""The generated text of a digest, where it is still at hand."""


class Refusal(NamedTuple):
    """Why a note is left alone, and what its author can do about it."""

    message: str
    hint: str
    severity: Severity = Severity.WARNING


_REFUSALS: Final = {
    "not-utf8": Refusal("these bytes are no text", "save the note as UTF-8"),
    "no-place": Refusal(
        "a summary written here could not be found again",
        "close every code fence and comment of the note",
    ),
    "edited-summary": Refusal(
        "this summary was edited by hand, and the text it was written with is not at hand",
        "move what you wrote out of the block, then delete the block",
    ),
    "summary-conflict": Refusal(
        "this summary was edited by hand where it must change",
        "settle it with --interactive, or move your words out of the block",
    ),
    "read-only": Refusal("this note is read-only", "let yourself write it, if it is to change"),
    "merged-summary": Refusal(
        "this summary was edited by hand and is up to date",
        "your words will be merged when it changes",
        Severity.INFO,
    ),
}


def nothing(_digest: str) -> None:
    """The base of a vault that keeps none."""


def place(
    path: str,
    data: bytes,
    summary: Summary,
    codec: Codec,
    base: Base = nothing,
    settle: Settle = left,
) -> Change | None:
    """The change that gives a note its summary; None where it has it, or there is none to give.

    Where a person edited inside the block, the edit and the new text are merged; `base` gives the
    text that both grew out of, and `settle` what a person makes of a place that cannot be merged.
    What cannot be, a block that is not well formed, and bytes that are no text are left alone:
    the change then carries a Problem and its bytes are the old.
    """
    leave = partial(_left, path, data)
    written = encoding(data)
    try:
        text = written.text(data)
    except UnicodeDecodeError:
        return leave("not-utf8")
    found = codec.find(text, path)
    old = found.block
    if found.problems:
        return Change(path, data, data, problem=found.problems[0])
    if old is None and not summary.body:
        return None
    kept = _kept(old, summary, codec, base, settle) if old and old.edited else Merged(summary.body)
    line = old.line if old else 1
    if kept is None:
        return leave("edited-summary", line, _why(old, summary))
    if kept.conflicts:
        conflicts = tuple(map(str, kept.conflicts))
        return leave("summary-conflict", line, _why(old, summary), conflicts)
    after = _set(text, summary, kept.text, old, codec)
    edited = kept.text != summary.body
    if after == text:
        return leave("merged-summary", line) if edited else None
    if not _readable(codec.find(after, path), edited=edited):
        return leave("no-place")
    return Change(path, data, written.data(after), _why(old, summary), generated=summary.body)


def _why(old: Managed | None, summary: Summary) -> tuple[str, ...]:
    """Why a note has another summary now."""
    return causes(old.inputs, summary.inputs) if old else (MISSING,)


def spared(change: Change) -> Change:
    """The change to a note that its owner has made read-only: none."""
    return _left(change.path, change.before, "read-only", why=change.causes)


def held(data: bytes, codec: Codec) -> Managed | None:
    """The managed block of a note's bytes, where there is one that is well formed."""
    try:
        return codec.find(encoding(data).text(data)).block
    except UnicodeDecodeError:
        return None


def _kept(
    old: Managed, summary: Summary, codec: Codec, base: Base, settle: Settle
) -> Merged | None:
    """A person's body with the new text merged in; None where the text before is not at hand."""
    same = codec.digest(summary.body) == old.digest
    was = summary.body if same else base(old.digest)
    ours = _LINE_END.sub("\n", old.body).strip("\n")
    return None if was is None else merged(was.strip("\n"), ours, summary.body, settle)


def _left(
    path: str,
    data: bytes,
    code: str,
    line: int = 1,
    why: tuple[str, ...] = (),
    conflicts: tuple[str, ...] = (),
) -> Change:
    """The change that changes nothing, with its reason."""
    message, hint, severity = _REFUSALS[code]
    problem = Problem(code, severity, f"{message}; it is left as it is", Span(path, line), hint)
    return Change(path, data, data, why, problem, conflicts=conflicts)


def _readable(found: Found, *, edited: bool) -> bool:
    return found.block is not None and not found.problems and found.block.edited == edited


def _set(text: str, summary: Summary, body: str, old: Managed | None, codec: Codec) -> str:
    if old is not None:
        newline = _newline(text[old.start : old.end])
        block = codec.compose(body, summary.inputs, newline, summary.body)
        return text[: old.start] + block + text[old.end :]
    newline, at = _newline(text), codec.slot(text)
    block = codec.compose(summary.body, summary.inputs, newline)
    before, after = text[:at], text[at:]
    return "".join((before, _gap(before, newline), block, _gap_after(text, at, newline), after))


def _newline(text: str) -> str:
    """The line end that a text uses first."""
    found = _LINE_END.search(text)
    return found[0] if found else "\n"


def _gap(before: str, newline: str) -> str:
    """What parts a block from the line before it: an empty line."""
    if not before:
        return ""
    return newline if before.endswith(("\n", "\r")) else newline * 2


def _gap_after(text: str, at: int, newline: str) -> str:
    """What parts a block from the text after it, which may bring an empty line of its own.

    At the end of a note it is the line end that the note ended in.
    """
    if at == len(text):
        return newline if text.endswith(("\n", "\r")) else ""
    return newline if _LINE_END.match(text, at) else newline * 2
