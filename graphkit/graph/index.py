"""The names by which a vault's notes can be meant, gathered once so that a link is a look-up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
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
        return _gathered(_tails, self.notes.values())

    @cached_property
    def near(self) -> Names:
        """Names by their letters and digits alone, to suggest what a missing target may mean."""
        return _gathered(_near, self.notes.values())

    @cached_property
    def directories(self) -> frozenset[str]:
        """Every folder that holds a note, folded; the root is `.`."""
        found = {"."}
        for path in self.notes:
            folder = path.rpartition("/")[0]
            while folder and folded(folder) not in found:
                found.add(folded(folder))
                folder = folder.rpartition("/")[0]
        return frozenset(found)


def index(notes: Iterable[Note]) -> Index:
    """Index these notes; what it answers does not depend on their order."""
    every = {note.path: note for note in notes}
    return Index(every, **{name: _gathered(of, every.values()) for name, of in _NAMES.items()})


def renewed(before: Index, old: Iterable[Note], new: Iterable[Note]) -> Index:
    """The index of the notes of `before`, without the `old` ones and with the `new`."""
    old, new = tuple(old), tuple(new)
    gone = {note.path for note in old}
    notes = {path: note for path, note in before.notes.items() if path not in gone}
    notes |= {note.path: note for note in new}

    def changed(name: str, of: Named) -> Names:
        found = dict(getattr(before, name))
        for key in {key for note in old for key, _ in of(note)}:
            left = tuple(entry for entry in found.pop(key) if entry.path not in gone)
            found |= {key: left} if left else {}
        for key, entry in (each for note in new for each in of(note)):
            found[key] = (*found.get(key, ()), entry)
        return found

    after = Index(notes, **{name: changed(name, of) for name, of in _NAMES.items()})
    known = vars(before).keys() & _LATER.keys()  # what was not asked for yet still waits
    vars(after).update({name: changed(name, _LATER[name]) for name in known})
    return after


def endings(notes: Iterable[Note]) -> set[str]:
    """The endings of all names of these notes, and the letters that they are suggested by."""
    sheets = tuple(notes)
    named = (of(note) for of in _NAMES.values() for note in sheets)
    near = {key for note in sheets for key, _ in _near(note)}
    return {ending(key) for each in named for key, _ in each} | near


Named = Callable[[Note], Iterable[tuple[str, Entry]]]
"""The names of a note at one level, each with its key."""


def _gathered(of: Named, notes: Iterable[Note]) -> Names:
    found: dict[str, tuple[Entry, ...]] = {}
    for note in notes:
        for key, entry in of(note):
            found[key] = (*found[key], entry) if key in found else (entry,)
    return found


def _called(names: Callable[[Note], Iterable[str]]) -> Named:
    return lambda note: [(folded(name), Entry(name, note.path)) for name in names(note) if name]


def _works(note: Note) -> Iterable[tuple[str, Entry]]:
    names = note.identifiers if note.kind is Kind.SOURCE else ()
    return [(identity(name), Entry(name, note.path)) for name in names]


def _tails(note: Note) -> Iterable[tuple[str, Entry]]:
    return [(last(key), entry) for key, entry in _NAMES["paths"](note)]


def _near(note: Note) -> Iterable[tuple[str, Entry]]:
    names = (*_stems(note.path), note.title, *note.aliases)
    return [(loose(name), Entry(name, note.path)) for name in names if name]


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


_NAMES: Final[dict[str, Named]] = {
    "paths": _called(lambda note: _spellings(note.path)),
    "stems": _called(lambda note: _stems(note.path)),
    "titles": _called(lambda note: (note.title,)),
    "aliases": _called(lambda note: note.aliases),
    "ids": _called(lambda note: (note.id,)),
    "works": _works,
    "folders": _called(_speaks_for),
    "blocks": _called(lambda note: [block for block, _ in note.blocks]),
}
_LATER: Final[dict[str, Named]] = {"tails": _tails, "near": _near}
"""What an index holds for each note: at once, and when it is first asked for."""
