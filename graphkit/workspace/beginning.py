"""A note that is still to be written: where it goes, what it begins with, what leads to it.

It is parsed before it is believed, and never takes the place of a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from graphkit import disk
from graphkit.errors import VaultError
from graphkit.models import Change, Note, Span
from graphkit.parse import edits, yaml_text
from graphkit.render.encoding import encoding
from graphkit.vocabulary import Kind
from graphkit.workspace import filenames, insertion, places
from graphkit.workspace.refactoring import Files

PROMPTS: Final[Mapping[Kind, str]] = {
    Kind.CLAIM: "One assertion that evidence can raise or lower. What speaks for it, what against?",
    Kind.SOURCE: "One work. What was done, what does it report? Its arXiv id or DOI: identifiers.",
    Kind.QUESTION: "Something asked. What would an answer look like, and which claims address it?",
    Kind.NOTE: "",
}
"""The kinds of note that a person begins, each with what its first page asks for."""


class Lead(NamedTuple):
    """What leads to a new note: the path of a note, and its relation to the new one in words."""

    path: str
    words: str


class Beginning(NamedTuple):
    """A new note and what else would change for it: the note first, then what leads to it."""

    place: Span  # of the line where writing goes on
    changes: tuple[Change, ...]


def begun(
    files: Files, title: str, kind: Kind, folder: str | None = None, lead: Lead | None = None
) -> Beginning:
    """A note of this title and kind, in a folder or where the vault keeps most of its kind.

    Raises:
        VaultError: the title or the path is taken, the folder is none of the vault's, or the note
            would be read as another one; it names the file.
    """
    title = " ".join(title.split())
    if not title:
        raise VaultError("no title was given", "give the title of the new note")
    if kind not in PROMPTS:
        raise VaultError(f"a {kind} is not written by hand", f"begin a {', '.join(PROMPTS)}")
    if taken := places.named(files.names, title):
        raise VaultError(f'"{title}" already names {taken}', "give another title")
    notes = tuple(files.names.notes.values())
    name = f"{filenames.named(title, notes)}.md"
    path = places.placed(_usual_folder(notes, kind) if folder is None else folder, name)
    places.refuse_taken_path(files, "", path)
    text = _text(title, kind)
    new = Change(path, b"", text.encode(), (f"a new {kind}",))
    note = files.parse(new.after, path).note
    if (note.title, note.kind) != (title, kind):
        raise VaultError(
            f'it would be read as the {note.kind} "{note.title}"', "choose other words"
        )
    led = (_led(files, lead, note),) if lead else ()
    return Beginning(Span(path, text.count("\n")), (new, *led))


def write(root: Path, new_note: Beginning) -> None:
    """Write a new note, and then what leads to it.

    Raises:
        VaultError: there is such a file by now, a note was changed after it was planned, or
            one cannot be written; a new note that is written stays.
    """
    new, *others = new_note.changes
    if disk.stands(root, new.path):
        raise VaultError(f"{new.path} exists already", "nothing was changed")
    for each in others:
        if disk.read_inside(root, each.path) != each.before:
            raise VaultError(f"{each.path} changed meanwhile", "run it again")
    for each in new_note.changes:
        disk.write_atomically(disk.inside(root, each.path), each.after)


def _usual_folder(notes: tuple[Note, ...], kind: Kind) -> str:
    """The folder that holds most notes of a kind; the vault's own where there is none."""
    counts = Counter(note.path.rpartition("/")[0] for note in notes if note.kind is kind)
    return max(sorted(counts), key=lambda folder: counts[folder], default="")


def _text(title: str, kind: Kind) -> str:
    prompt = f"<!-- {PROMPTS[kind]} -->\n\n" if PROMPTS[kind] else ""
    return f"---\nkind: {kind}\ntitle: {yaml_text.value(title)}\n---\n\n# {title}\n\n{prompt}"


def _led(files: Files, lead: Lead, note: Note) -> Change:
    """The note that leads to the new one, with the line that does."""
    before = files.read(lead.path)
    page = edits.normal(encoding(before).text(before, "replace"))
    bullet = insertion.place(page, files.names.notes[lead.path]).lead
    line = f"{bullet}{lead.words} [[{_name(note)}]]"
    after = insertion.with_line(before, lead.path, line, files.parse)
    return Change(lead.path, before, after, (f"a link to it: {line}",))


def _name(note: Note) -> str:
    """What a link calls the new note: its title, else the name of its file."""
    unfit = insertion.UNNAMEABLE.search(note.title)
    return note.path.rpartition("/")[2].removesuffix(".md") if unfit else note.title
