"""The names by which a vault's notes can be meant, gathered once so that a link is a look-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from graphkit.graph.names import decoded, folded, identity, loose, without_suffix
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
    """Notes by folded name, one mapping for each way in which a link can name them."""

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
        return _gather(
            (name.rpartition("/")[2], entry)
            for name, entries in self.paths.items()
            for entry in entries
        )

    @cached_property
    def near(self) -> Names:
        """Names by their letters and digits alone, to suggest what a missing target may mean."""
        return _gather(
            (loose(entry.spelling), entry)
            for names in (self.stems, self.titles, self.aliases)
            for entries in names.values()
            for entry in entries
        )

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
    ordered = sorted(notes, key=lambda note: note.path)
    return Index(
        notes={note.path: note for note in ordered},
        paths=_by_name((path, note.path) for note in ordered for path in _spellings(note.path)),
        stems=_by_name((stem, note.path) for note in ordered for stem in _stems(note.path)),
        titles=_by_name((note.title, note.path) for note in ordered),
        aliases=_by_name((alias, note.path) for note in ordered for alias in note.aliases),
        ids=_by_name((note.id, note.path) for note in ordered),
        works=_gather(
            (identity(identifier), Entry(identifier, note.path))
            for note in ordered
            if note.kind is Kind.SOURCE
            for identifier in note.identifiers
        ),
        folders=_by_name((folder, note.path) for note in ordered for folder in _speaks_for(note)),
        blocks=_by_name((block, note.path) for note in ordered for block, _ in note.blocks),
    )


def _by_name(names: Iterable[tuple[str, str]]) -> Names:
    return _gather((folded(name), Entry(name, path)) for name, path in names if name)


def _gather(entries: Iterable[tuple[str, Entry]]) -> Names:
    found: dict[str, tuple[Entry, ...]] = {}
    for key, entry in entries:
        found[key] = (*found[key], entry) if key in found else (entry,)
    return found


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
