"""The names by which a vault's notes can be meant, gathered once so that a link is a look-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Final, NamedTuple

from graphkit.graph.names import decoded, ending, folded, identity, last, loose, without_suffix
from graphkit.models import Note
from graphkit.vocabulary import Kind

FOLDER_NOTES: Final = ("index", "readme", "_index")
"""Files that speak for the folder they lie in, beside one that has the folder's own name."""

_NAMESPACE: Final = "___"  # how Logseq writes the "/" of a page name in a file name


class Entry(NamedTuple):
    """One name of one note, as it is spelt there."""

    spelling: str
    path: str


Names = Mapping[str, tuple[Entry, ...]]

NONE: Final[Names] = MappingProxyType({})


@dataclass(frozen=True)
class Index:
    """Notes by folded name, one mapping for each way in which a link can name them.

    The notes of one name stand in no order that means anything.
    """

    notes: Mapping[str, Note]
    paths: Names  # whole path without suffix
    stems: Names  # file name without suffix
    titles: Names
    aliases: Names
    ids: Names
    works: Names  # identifiers of source notes, by identity
    folders: Names  # folder, for the notes that speak for it
    blocks: Names

    @cached_property
    def tails(self) -> Names:
        """Whole paths by their last component, for links that name the end of a path."""
        return _gathered(_LATER["tails"], self.notes.values())

    @cached_property
    def near(self) -> Names:
        """Names by their letters and digits alone, to suggest what a missing target may mean."""
        return _gathered(_LATER["near"], self.notes.values())

    @cached_property
    def directories(self) -> frozenset[str]:
        """Every folder that holds a note, folded; the root is `.`."""
        found = {"."}
        for holder in {path.rpartition("/")[0] for path in self.notes}:
            folder = holder
            while folder and folded(folder) not in found:
                found.add(folded(folder))
                folder = folder.rpartition("/")[0]
        return frozenset(found)


class Level(NamedTuple):
    """One way in which a link can name a note."""

    names: Callable[[Note], Iterable[str]]  # that a note has there
    key: Callable[[str], str] = folded


def index(notes: Iterable[Note]) -> Index:
    """Index these notes; what it answers does not depend on their order."""
    every = {note.path: note for note in notes}
    return Index(every, **{name: _gathered(level, every.values()) for name, level in _NOW.items()})


def renewed(before: Index, old: Iterable[Note], new: Iterable[Note]) -> Index:
    """The index of the notes of `before`, without the `old` ones and with the `new`."""
    old, new = tuple(old), tuple(new)
    gone = {note.path for note in old}
    notes = {path: note for path, note in before.notes.items() if path not in gone}
    notes |= {note.path: note for note in new}

    def changed(name: str, level: Level) -> Names:
        found = dict(getattr(before, name))
        for key in {key for key, _ in _entries(level, old)}:
            left = tuple(entry for entry in found.pop(key) if entry.path not in gone)
            found |= {key: left} if left else {}
        return _gathered(level, new, found)

    after = Index(notes, **{name: changed(name, level) for name, level in _NOW.items()})
    known = vars(before).keys() & _LATER.keys()  # what was not asked for yet still waits
    vars(after).update({name: changed(name, _LATER[name]) for name in known})
    return after


def endings(notes: Iterable[Note]) -> set[str]:
    """The endings of all names of these notes, and the letters that they are suggested by."""
    sheets = tuple(notes)
    now = {ending(key) for level in _NOW.values() for key, _ in _entries(level, sheets)}
    return now | {key for key, _ in _entries(_LATER["near"], sheets)}


def _gathered(
    level: Level, notes: Iterable[Note], known: Mapping[str, tuple[Entry, ...]] = NONE
) -> Names:
    found = dict(known)
    for key, entry in _entries(level, notes):
        found[key] = (*found[key], entry) if key in found else (entry,)
    return found


def _entries(level: Level, notes: Iterable[Note]) -> Iterator[tuple[str, Entry]]:
    names, key = level
    for note in notes:
        for name in names(note):
            if name:
                yield key(name), Entry(name, note.path)


def _stems(path: str) -> tuple[str, ...]:
    """The file name without suffix; also without the percent escapes that some tools put in."""
    stem = without_suffix(path.rpartition("/")[2])
    return (stem, decoded(stem)) if "%" in stem else (stem,)


def _spellings(path: str) -> tuple[str, ...]:
    """The path without suffix, in each form under which a link may ask for it."""
    folder, slash, _ = path.rpartition("/")
    found = [f"{folder}{slash}{stem}" for stem in _stems(path)]
    found += [text.replace(_NAMESPACE, "/") for text in found if _NAMESPACE in text]
    return tuple(found)


def _speaks_for(note: Note) -> tuple[str, ...]:
    """The folder that this note is the front page of, if any."""
    folder, _, name = note.path.rpartition("/")
    stem, own = without_suffix(name).lower(), folder.rpartition("/")[2].lower()
    return (folder,) if folder and (stem == own or stem in FOLDER_NOTES) else ()


def _works(note: Note) -> tuple[str, ...]:
    return note.identifiers if note.kind is Kind.SOURCE else ()


_NOW: Final = {
    "paths": Level(lambda note: _spellings(note.path)),
    "stems": Level(lambda note: _stems(note.path)),
    "titles": Level(lambda note: (note.title,)),
    "aliases": Level(attrgetter("aliases")),
    "ids": Level(lambda note: (note.id,)),
    "works": Level(_works, identity),
    "folders": Level(_speaks_for),
    "blocks": Level(lambda note: [block for block, _ in note.blocks]),
}
_LATER: Final = {
    "tails": Level(lambda note: _spellings(note.path), lambda name: last(folded(name))),
    "near": Level(lambda note: (*_stems(note.path), note.title, *note.aliases), loose),
}
"""What an index holds of each note: at once, and from when it is first asked for."""
