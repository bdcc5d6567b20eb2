"""Where the target of a link stands in its note, and how another target is written there.

The counterpart of the rules that read links: only the target's own characters are ever named,
never its alias, heading, title or mark-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

from markdown_it.helpers import parseLinkDestination

from graphkit.dialect import PLAIN, Dialect
from graphkit.models import Link
from graphkit.parse import blocks, edits, markdown, tags, wikilinks, yaml_text
from graphkit.parse.brackets import closing

WIKI: Final = "wiki"
BARE: Final = "bare"
ANGLE: Final = "angle"
TAG: Final = "tag"
DESTINATIONS: Final = frozenset({BARE, ANGLE})

_OPENING: Final = re.compile(r"!?\[\[[^\S\n]*|\{\{[\w-]+\s+\[\[[^\S\n]*")
_DEFINITION: Final = re.compile(r"\[(?:\\.|[^\[\]\\])+\]:[\s>]*")
_HEADINGS: Final = {
    WIKI: re.compile(r"[^\S\n]*#(?!\^)[^\S\n]*(?P<words>[^|\]\n\\]*[^|\]\n\\\s])"),
    BARE: re.compile(r"#(?!\^)(?P<words>[^\s()<>]+)"),
    ANGLE: re.compile(r"#(?!\^)(?P<words>[^>\n]+)"),
}
_NO_HEADING: Final = re.compile(r"[#|^\[\]]+")  # what would end it, or begin something else
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_UNSAFE: Final = re.compile(r"[\x00-\x20()<>%#?\\\"&|\[\]`:*]")
_NOT_IN_ANGLES: Final = re.compile(r"[<>\\\n#?&|]|%(?=[0-9A-Fa-f]{2})")
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")
_FOREIGN_ESCAPE: Final = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")


class Site(NamedTuple):
    """A target as it is written: its offsets in the normal text, and what it stands in."""

    start: int
    end: int
    written: str
    setting: str  # wiki, bare, angle or tag
    quoting: str  # of the YAML value around it; empty in the body


class Spelling(NamedTuple):
    """A target as the parser will read it, and as it is written to be read so."""

    target: str
    written: str


def locate(text: str, link: Link, dialect: Dialect = PLAIN) -> tuple[Site, ...]:
    """Where this link of a normal text names its target; nothing where that cannot be told.

    A reference link names it in its definition, of which there may be several that say the same.
    """
    place = edits.offset(text, link.span.line, link.span.column)
    front = yaml_text.front(text)
    if link.form == "reference":
        found = _definitions(text, link, dialect)
    elif link.form == "tag":
        found = _tag(text, place)
    else:
        found = _wikilink(text, place, link, front, dialect) or _destination(text, place, link)
    return tuple(
        Site(start, end, text[start:end], setting, yaml_text.quoting(front, start))
        for start, end, setting in found
    )


Found = tuple[tuple[int, int, str], ...]


def _wikilink(text: str, place: int, link: Link, front: yaml_text.Front, dialect: Dialect) -> Found:
    """The first opening at this place that the target follows; a YAML value may begin before it."""
    in_front = place < front.start + len(front.source)
    line_end = text.find("\n", place)
    last = len(text) if line_end < 0 else line_end
    openings = _OPENING.finditer(text, place, last) if in_front else _one(text, place)
    for opening in openings:
        start = opening.end()
        if dialect.text_first:
            bar = text.rfind("|", start, text.find("]]", start)) + 1
            start = bar + len(text[bar:]) - len(text[bar:].lstrip()) if bar else start
        written = yaml_text.inside(link.target, yaml_text.quoting(front, start))
        if written is None:
            written = link.target
        if text.startswith(written, start):
            return ((start, start + len(written), WIKI),)
    return ()


def _one(text: str, place: int) -> Iterator[re.Match[str]]:
    match = _OPENING.match(text, place)
    return iter((match,) if match else ())


def _tag(text: str, place: int) -> Found:
    piece = tags.read(text, place)
    return ((place + 1, piece.end, TAG),) if piece else ()


def _destination(text: str, place: int, link: Link) -> Found:
    """The destination in brackets behind the label, else the first behind it that says the same."""
    stop = text.find("\n\n", place)
    stop = len(text) if stop < 0 else stop
    opened = text.find("[", place, stop) + 1
    label = closing(text, opened, stop, "[") if opened else -1
    ends = [label] if label >= 0 and text.startswith("](", label) else []
    ends += [match.start() for match in re.finditer(r"\]\(", text[:stop]) if match.start() > place]
    return next(filter(None, (_target(text, end + 2, stop, link) for end in ends)), ())


def _target(text: str, place: int, stop: int, link: Link) -> Found:
    """The target in the destination at this place, if that is the one of the link."""
    while place < stop and text[place].isspace():
        place += 1
    read = parseLinkDestination(text, place, stop)
    inner = re.fullmatch(r"\[\[(.+)\]\]", read.str)
    said = inner[1] if inner else read.str
    if not read.ok or wikilinks.anchor(said) != (link.target, link.heading, link.block):
        return ()
    angled = text[place] == "<"
    begin, end = (place + 1, read.pos - 1) if angled else (place, read.pos)
    begin, end = (begin + 2, end - 2) if inner else (begin, end)
    written = text[begin:end].partition("#")[0]
    begin += len(written) - len(written.lstrip())
    return ((begin, begin + len(written.strip()), WIKI if inner else ANGLE if angled else BARE),)


def _definitions(text: str, link: Link, dialect: Dialect) -> Found:
    managed = {each.line - 1: each.last_line for each in blocks.find(text).blocks}
    found: Found = ()
    for first, after in markdown.definitions(text, managed, dialect):
        start = edits.offset(text, first + 1, 1)
        stop = start + len("\n".join(text[start:].split("\n")[: after - first]))
        if label := _DEFINITION.search(text, start, stop):
            found += _target(text, label.end(), stop, link)
    return found


def heading(text: str, site: Site, old: str, new: str) -> tuple[int, str]:
    """Where the heading behind a target ends, and how it is written once `old` is called `new`.

    Headings are compared as `same` does. Without one, or with another, nothing is to be written.
    """
    match = _HEADINGS[site.setting].match(text, site.end) if site.setting in _HEADINGS else None
    parts = match["words"].split("#") if match else []
    if match is None or not any(same(part, old) for part in parts):
        return site.end, ""
    named = [_called(site, part, old, new) if same(part, old) else part for part in parts]
    written = yaml_text.inside("#".join(named), site.quoting)
    if written is None:
        return site.end, ""
    return match.end(), f"{text[site.end : match.start('words')]}{written}"


def same(one: str, other: str) -> bool:
    """Whether two headings have the same letters and digits, as their anchors have."""
    return _letters(unquote(one)) == _letters(other)


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _called(site: Site, part: str, old: str, new: str) -> str:
    """The new heading in the manner of the old: as words, or as the anchor that renderers make."""
    if site.setting == WIKI:
        return " ".join(_NO_HEADING.sub(" ", new).split())
    if unquote(part).strip() == old:
        return _escaped(_UNSAFE if site.setting == BARE else _NOT_IN_ANGLES, new)
    return re.sub(r"[^\w -]", "", new.lower()).replace(" ", "-")


def spell(site: Site, name: str) -> Spelling | None:
    """How this name is written at this site; None where it cannot stand there."""
    found = _SPELLINGS[site.setting](site, name)
    if found is None:
        return None
    written = yaml_text.inside(found.written, site.quoting)
    return None if written is None else Spelling(found.target, written)


def _spell_wiki(_site: Site, name: str) -> Spelling | None:
    piece = wikilinks.read(f"[[{name}]]", 0)
    whole = piece is not None and piece.end == len(name) + 4
    same = piece is not None and piece.marks[0].target == name and not piece.marks[0].alias
    return Spelling(name, name) if whole and same and not {"#", "|"} & {*name} else None


def _spell_tag(site: Site, name: str) -> Spelling | None:
    spellings: Iterable[str] = (name, f"[[{name}]]")
    if site.written.startswith("[["):
        spellings = (f"[[{name}]]",)
    for written in spellings:
        piece = tags.read(f"#{written}", 0)
        if piece and piece.end == len(written) + 1 and piece.marks[0].target == name:
            return Spelling(name, written)
    return None


def _spell_bare(site: Site, name: str) -> Spelling:
    written = _escaped(_UNSAFE, name)
    if site.written.isascii() and _FOREIGN_ESCAPE.search(site.written):
        written = _escaped(_FOREIGN, written)
    return Spelling(written, written)


def _spell_angle(_site: Site, name: str) -> Spelling:
    written = _escaped(_NOT_IN_ANGLES, name)
    written = f"./{written}" if _SCHEME.match(written) else written
    return Spelling(written, written)


def _escaped(unsafe: re.Pattern[str], name: str) -> str:
    return unsafe.sub(lambda match: quote(match[0], safe=""), name)


_SPELLINGS: Final[dict[str, Callable[[Site, str], Spelling | None]]] = {
    WIKI: _spell_wiki,
    TAG: _spell_tag,
    BARE: _spell_bare,
    ANGLE: _spell_angle,
}
