"""A short cut for inline text: what a dialect adds, simple emphasis, links and code.

markdown-it asks a dozen rules at every mark and makes a token of every stretch. Most text needs
none of that: here it is taken in one pass, and left to markdown-it as soon as anything stands in
it that is not simple (a property test holds the two to the same outcome).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from string import punctuation
from typing import Final, NamedTuple

from graphkit.parse import addresses
from graphkit.parse.pieces import Field, Mark, Piece, Read

Readers = Mapping[str, tuple[Read, ...]]

_LINK: Final = re.compile(r"\[([^\[\]]*)\]\(([^\s()<>\\&\x00-\x1f\x7f]+)\)")
_UNSAFE: Final = re.compile(r"(?i)(?:vbscript|javascript|file|data):")  # markdown-it's own list
_ENTITY: Final = re.compile(r"&#?\w+;")
_CODE: Final = re.compile(r"`([^`]+)`(?!`)")
_HTML: Final = re.compile(r"<[A-Za-z/!?]")
_KINDS: Final = dict.fromkeys(" \t\n", " ") | dict.fromkeys(punctuation, ".")


class Cut(NamedTuple):
    """A stretch that is not plain text: what is shown in its place, and what it holds."""

    start: int
    end: int
    shown: str = ""
    marks: tuple[Mark, ...] = ()
    field: Field | None = None
    speaks: bool = False  # its own words are prose


class Inline(NamedTuple):
    """What a run of text holds, as in `Run`."""

    text: str
    prose: bool
    marks: list[Mark]
    fields: list[Field]


class _Hard(Exception):
    """Something that only markdown-it reads aright."""


def read(
    source: str, stop: re.Pattern[str], readers: Readers, *, references: bool
) -> Inline | None:
    """A run of text; None where it is not simple. `stop` finds where a rule may want to look."""
    try:
        return _filled(source, _cuts(source, stop, readers, references=references))
    except _Hard:
        return None


def _cuts(source: str, stop: re.Pattern[str], readers: Readers, *, references: bool) -> list[Cut]:
    cuts: list[Cut] = []
    opened = ""
    found = stop.search(source)
    while found is not None:
        start = found.start()
        sign = source[start]
        cut = _piece(source, start, readers.get(sign, ()))
        if cut is None and sign in "*_":
            cut, opened = _emphasis(source, start, opened)
        elif cut is None and sign in _OWN:
            if sign == "[" and references:
                raise _Hard
            cut = _OWN[sign](source, start, stop)
        if cut is not None:
            cuts.append(cut)
        found = stop.search(source, cut.end if cut else start + 1)
    if opened:
        raise _Hard
    return cuts


def _piece(source: str, start: int, readers: tuple[Read, ...]) -> Cut | None:
    """What the first rule of a dialect takes that takes anything here."""
    for reader in readers:
        piece: Piece | None = reader(source, start)
        if piece is not None:
            shown = piece.text + _lost_breaks(source, start, piece.end, piece.text)
            return Cut(start, piece.end, shown, piece.marks, piece.field)
    return None


def _lost_breaks(source: str, start: int, end: int, shown: str) -> str:
    return "\n" * (source.count("\n", start, end) - shown.count("\n"))


def _emphasis(source: str, start: int, opened: str) -> tuple[Cut | None, str]:
    """The marks of emphasis that can only open or only close; none stands inside another."""
    end = start + 1
    while source[end : end + 1] == source[start]:
        end += 1
    marks = source[start:end]
    before, after = _kind(source[start - 1 : start]), _kind(source[end : end + 1])
    if before == after == " " or (before == after == "a" and source[start] == "_"):
        return Cut(start, end, marks, speaks=True), opened
    opens = before == " " or (before == "." and after == "a")
    closes = after == " " or (after == "." and before == "a")
    if len(marks) > 2 or opens == closes or (marks if closes else "") != opened:
        raise _Hard
    return Cut(start, end), marks if opens else ""


def _kind(character: str) -> str:
    """A space or nothing, a letter or digit, or a mark of punctuation; no other is simple."""
    if character.isalnum():
        return "a"
    found = _KINDS.get(character or " ")
    if found is None:
        raise _Hard
    return found


def _link(source: str, start: int, stop: re.Pattern[str]) -> Cut | None:
    match = _LINK.match(source, start)
    if match is None:
        if source.find("](", start) >= 0:
            raise _Hard
        return None
    label, href = match.groups()
    if stop.search(label) or _UNSAFE.match(href):
        raise _Hard
    mark = addresses.mark(href, "markdown", *match.span())._replace(alias=" ".join(label.split()))
    return Cut(start, match.end(), label, (mark,), speaks=True)


def _code(source: str, start: int, _stop: re.Pattern[str]) -> Cut:
    match = _CODE.match(source, start)
    if match is None:
        raise _Hard
    shown = match[1].replace("\n", " ")
    if shown[0] == shown[-1] == " " and not shown.isspace():
        shown = shown[1:-1]
    return Cut(start, match.end(), shown + _lost_breaks(source, *match.span(), shown))


def _text(source: str, start: int, _stop: re.Pattern[str]) -> None:
    """A mark that stands for itself, unless what follows says otherwise."""
    if source.startswith("![", start) or _ENTITY.match(source, start) or _HTML.match(source, start):
        raise _Hard


def _hard(_source: str, _start: int, _stop: re.Pattern[str]) -> None:
    raise _Hard


_OWN: Final[dict[str, Callable[[str, int, re.Pattern[str]], Cut | None]]] = {
    "[": _link,
    "`": _code,
    "!": _text,
    "&": _text,
    "<": _text,
    "\\": _hard,
}


def _filled(source: str, cuts: list[Cut]) -> Inline:
    """The text that a reader sees, and where the marks stand in it."""
    parts: list[str] = []
    marks: list[Mark] = []
    fields: list[Field] = []
    at = last = 0
    prose = False
    for cut in cuts:
        text = source[last : cut.start]
        last = cut.end
        prose = prose or (bool(text) and (bool(marks) or not text.isspace()))
        at += len(text)
        if cut.field is not None:
            fields.append(cut.field)
        marks.extend([mark._replace(at=at) for mark in cut.marks])
        shown = cut.shown
        prose = prose or (bool(shown) and (bool(marks) or (cut.speaks and not shown.isspace())))
        parts += (text, shown)
        at += len(shown)
    text = source[last:]
    prose = prose or (bool(text) and (bool(marks) or not text.isspace()))
    return Inline("".join((*parts, text)), prose, marks, fields)
