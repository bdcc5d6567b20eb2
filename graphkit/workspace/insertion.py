"""A line written into a note, under its heading *Relations*, and no other byte changed.

It goes behind the heading's last item; a note without such a heading gets one at its end. What
would be written is parsed before it is believed: the note must read as it did, with the one link
more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from graphkit.errors import VaultError
from graphkit.found import Suggestion
from graphkit.models import Change, Link, Note, ParsedNote
from graphkit.parse import blocks, edits
from graphkit.parse.edits import Edit
from graphkit.render.encoding import encoding
from graphkit.vocabulary import fold
from graphkit.workspace.refactoring import Files

Parse = Callable[[bytes, str], ParsedNote]

HEADING: Final = "relations"
UNNAMEABLE: Final = re.compile(r"[\[\]|#^\n]")  # what a wikilink cannot hold in its target
_ITEM: Final = re.compile(r"(?P<lead>[ ]{0,3}[-*+] )\S")


class Place(NamedTuple):
    """Where a line goes in a normal text, and what goes around it."""

    offset: int
    line: int  # of the new line, once it stands
    before: str
    after: str
    lead: str  # the bullet, as the list has it


def accepted(files: Files, suggestions: Iterable[Suggestion]) -> tuple[Change, ...]:
    """The changes that write these suggestions into their notes, one change a note.

    Raises:
        VaultError: a note is no text, or would read otherwise than with the new link alone.
    """
    by_path: dict[str, list[Suggestion]] = {}
    for each in suggestions:
        by_path.setdefault(each.span.path, []).append(each)
    return tuple(_change(files, path, group) for path, group in by_path.items())


def _change(files: Files, path: str, group: list[Suggestion]) -> Change:
    before = after = files.read(path)
    for each in group:
        after = with_line(after, path, each.line, files.parse)
    causes = tuple(f"{each.hunch}: {each.line}" for each in group)
    return Change(path, before, after, causes)


def with_line(data: bytes, path: str, line: str, parse: Parse) -> bytes:
    """The bytes of a note with a line of one link among its relations.

    Raises:
        VaultError: the note is no text, or would read otherwise than with the new link alone.
    """
    text = _text(data, path)
    old = parse(data, path)
    found = place(edits.normal(text), old.note)
    whole = f"{found.before}{line}{found.after}"
    made = encoding(data).data(edits.applied(text, [Edit(found.offset, found.offset, whole)]))
    _verify(old, parse(made, path), path)
    return made


def _text(data: bytes, path: str) -> str:
    try:
        return encoding(data).text(data)
    except UnicodeDecodeError as error:
        raise VaultError(f"{path} has to change and is no text", "save it as UTF-8") from error


def _verify(old: ParsedNote, new: ParsedNote, path: str) -> None:
    """Hold a note to what it said: the same prose and links, and one link more."""
    lost = Counter(map(_meant, old.links)) - Counter(map(_meant, new.links))
    same = (old.note.title, old.note.id) == (new.note.title, new.note.id)
    said = [each.text for each in old.note.paragraphs] == [
        each.text for each in new.note.paragraphs
    ]
    if lost or not same or not said or len(new.links) != len(old.links) + 1:
        raise VaultError(
            f"{path} would not read as it did with the line in it", "paste it where it fits"
        )


def _meant(link: Link) -> tuple[str, ...]:
    return link.target, link.form, link.relation, link.heading, link.block


def place(text: str, note: Note) -> Place:
    """Where a new relation of a note goes; `text` is a normal one."""
    lines = text.split("\n")
    heads = iter(note.headings)
    heading = next((each for each in heads if fold(each.text) == HEADING), None)
    if heading is None:
        return _at_end(text, f"## {HEADING.capitalize()}\n\n")
    end = next((each.line - 1 for each in heads if each.level <= heading.level), len(lines))
    own = range(heading.line, end)
    managed = [(_row(text, each.start), _row(text, each.end)) for each in blocks.find(text).blocks]
    free = [at for at in own if not any(first <= at <= last for first, last in managed)]
    items = [(at, match["lead"]) for at in free if (match := _ITEM.match(lines[at]))]
    if not items:
        said = [at for at in own if lines[at].strip()]
        return _at_row(lines, (said[-1] if said else heading.line - 1) + 1, "- ", blank="\n")
    at, lead = items[-1]
    while at + 1 < end and lines[at + 1][:1] in (" ", "\t") and lines[at + 1].strip():
        at += 1
    return _at_row(lines, at + 1, lead)


def _row(text: str, offset: int) -> int:
    return text.count("\n", 0, offset)


def _at_row(lines: list[str], row: int, lead: str, blank: str = "") -> Place:
    """In front of the line of this number, counted from 0."""
    offset = sum(len(line) + 1 for line in lines[:row])
    if row < len(lines):
        return Place(offset, row + 1 + len(blank), blank, "\n", lead)
    return Place(offset - 1, row + 1 + len(blank), "\n" + blank, "", lead)


def _at_end(text: str, heading: str) -> Place:
    gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
    before = gap + heading
    return Place(len(text), (text + before).count("\n") + 1, before, "\n", "- ")
