"""The search index of a vault: one SQLite file that can be deleted at any time.

It holds each note's words (FTS5), its passages, and their vectors by digest of the text and
fingerprint of the model, so that only what changed is encoded again. Words are written when notes
change; passages, which take far longer to cut, only when a model is to read them. Readers and
writers of several processes take turns through SQLite's own locks, those of several threads
through ours.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from graphkit.models import Note, Problem
from graphkit.search import tables, vectors, words
from graphkit.search.file import File
from graphkit.search.passage import Form, Passage, passages

if TYPE_CHECKING:
    from graphkit.search.cosine import Matrix
    from graphkit.search.encoder import Encoder, Progress

WEIGHTS: Final = (3.0, 2.0, 1.5, 1.0)  # of title, names, headings, body in BM25
IN_MEMORY: Final = Path(":memory:")


class Row(NamedTuple):
    """A note as the index knows it."""

    row: int
    path: str
    id: str
    kind: str
    title: str


class Synced(NamedTuple):
    """What a sync found: numbers of notes."""

    added: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Wanted:
    """The notes that the index is to hold: asked for no sooner than something of them is needed."""

    all: Callable[[], Iterable[Note]]
    one: Callable[[str], Note | None]  # by path

    @cached_property
    def notes(self) -> Mapping[str, Note]:
        """By their path, as the index writes it."""
        return {words.clean(note.path): note for note in self.all()}

    @cached_property
    def common(self) -> frozenset[str]:
        """Headings that many of them share."""
        return tables.common_headings(self.notes.values())

    def digest(self, path: str) -> bytes:
        return tables.digest(self.notes[path], self.common)


def at_hand(notes: Iterable[Note]) -> Wanted:
    """Notes that are at hand."""
    held = {words.clean(note.path): note for note in notes}
    return Wanted(held.values, held.get)


class Store:
    """The index at `path`, made when it is missing and remade when it is damaged.

    Threads may share one. `problems` says in words what had to be remade. Raises VaultError when
    the file can neither be read nor written.
    """

    def __init__(self, path: Path, problems: tuple[Problem, ...] = ()) -> None:
        self.path = path
        self._wanted = at_hand(())
        self._encoding = threading.Lock()  # held while encoding, which takes longer than a turn
        refill = partial(Store._refill, weakref.proxy(self))  # or the two would hold each other
        self._file = File(path, tables.connect, refill, problems)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._file.close()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self._file.problems

    def sync(self, notes: Iterable[Note] | Wanted, stamp: str = "") -> Synced:
        """Bring the index to these notes; only changed ones are written. Nothing is encoded.

        With a `stamp` (any text that changes whenever a note does) equal to the last one,
        nothing is compared at all.
        """
        self._wanted = notes if isinstance(notes, Wanted) else at_hand(notes)
        return self._file.healed(lambda: self._sync(stamp))

    def encode(self, encoder: Encoder, on_progress: Progress | None = None) -> int:
        """Encode the passages that have no vector of this model yet; how many there were."""
        with self._encoding:
            missing = partial(vectors.encode, self._file, self._wanted, encoder, on_progress)
            return self._file.healed(missing)

    def rows(self) -> dict[int, Row]:
        """All notes by their row."""
        found = self._file.read("SELECT row, path, id, kind, title FROM note")
        return {row[0]: Row(*row) for row in found}

    def row(self, number: int) -> Row | None:
        """One note by its row."""
        query = "SELECT row, path, id, kind, title FROM note WHERE row = ?"
        return next((Row(*row) for row in self._file.read(query, number)), None)

    def numbers(self) -> list[int]:
        """The rows of all notes, ascending."""
        return [row for (row,) in self._file.read("SELECT row FROM note ORDER BY row")]

    def keyword(
        self, expression: str, weights: tuple[float, float, float, float] = WEIGHTS
    ) -> dict[int, float]:
        """BM25 of each matching note by row, higher is better; empty for an empty expression."""
        if not expression:
            return {}
        query = "SELECT rowid, bm25(words, ?, ?, ?, ?) FROM words WHERE words MATCH ?"
        return {row: -score for row, score in self._file.read(query, *weights, expression)}

    def having(self, word: str) -> int:
        """How many notes hold a word, by its stem."""
        query = "SELECT count(*) FROM words WHERE words MATCH ?"
        ((count,),) = self._file.read(query, words.quoted(word))
        return int(count)

    def passages(self, note: int) -> tuple[tuple[int, Passage], ...]:
        """The passages of a note in order, with their rows once they are cut, else counted."""
        query = (
            "SELECT row, form, line, heading, lead, text FROM passage WHERE note = ? ORDER BY row"
        )
        if found := self._file.read(query, note):
            return tuple((row, Passage(Form(form), *rest)) for row, form, *rest in found)
        paths = self._file.read("SELECT path FROM note WHERE row = ?", note)
        known = (one for (path,) in paths if (one := self._wanted.one(path)))
        # Which headings are common matters to a model alone, which is to read none of these.
        return tuple(enumerate(piece for one in known for piece in passages(one)))

    def matrix(self, model: str) -> Matrix:
        """The vectors of every passage for the model of this fingerprint, mapped into memory.

        A file of them that is damaged is made anew, with a Problem.
        """
        if self.path == IN_MEMORY:
            return vectors.gathered(self._file, model)
        return vectors.matrix(self._file, model)

    def model(self) -> str:
        """Fingerprint of the model that encoded last; empty when none did."""
        return self.remembered("model") or ""

    def readable(self, model: str) -> bool:
        """Whether a model of this fingerprint may read on: it has read here, or none has."""
        return vectors.readable(self._file, model)

    def remember(self, key: str, value: str) -> None:
        """Keep a value beside the index."""
        tables.remember(self._file, key, value)

    def date(self, key: str) -> None:
        """Keep the present time beside the index: UTC, ISO 8601."""
        with self._file.writing() as connection:
            now = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
            connection.execute(f"INSERT OR REPLACE INTO meta VALUES(?, {now})", (key,))

    def remembered(self, key: str) -> str | None:
        """A value kept earlier."""
        return tables.remembered(self._file, key)

    def digests(self) -> dict[str, bytes]:
        """A digest of each note by its path: equal digests, equal in the index."""
        return dict(self._file.read("SELECT path, digest FROM note"))

    def _sync(self, stamp: str) -> Synced:
        if stamp and self.remembered("stamp") == stamp:
            return Synced()
        wanted = self._wanted
        digests = {path: wanted.digest(path) for path in wanted.notes}
        if not stamp and self.digests() == digests:
            return Synced()
        with self._file.writing() as connection:
            # Compared under the lock: another process may just have written the same notes.
            known = self.digests()
            gone = known.keys() - digests.keys()
            fresh = digests.keys() - known.keys()
            changed = {path for path in known.keys() - gone if known[path] != digests[path]}
            for path in gone | changed:
                tables.remove(connection, path)
            for path in sorted(fresh | changed):
                tables.add(connection, wanted.notes[path], digests[path], wanted.common)
            connection.execute("INSERT OR REPLACE INTO meta VALUES('stamp', ?)", (stamp,))
            if gone or fresh or changed:
                tables.moved(connection)
        return Synced(len(fresh), len(changed), len(gone))

    def _refill(self) -> None:
        """Fill a file that was made anew."""
        if self._wanted.notes:
            self._sync("")
