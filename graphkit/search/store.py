"""The search index of a vault: one SQLite file that can be deleted at any time.

It holds each note's words (FTS5), its passages, and their vectors by digest of the text and
fingerprint of the model, so that only what changed is encoded again. Words are written when notes
change; passages, which take far longer to cut, only when a model is to read them. Readers and
writers of several processes take turns through SQLite's own locks, those of several threads
through ours.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeVar

from graphkit.errors import VaultError
from graphkit.models import Note, Problem, Span
from graphkit.search import tables, words
from graphkit.search.passage import Form, Passage, passages
from graphkit.vocabulary import Severity

if TYPE_CHECKING:
    from graphkit.search.cosine import Matrix
    from graphkit.search.encoder import Encoder, Progress

WEIGHTS: Final = (3.0, 2.0, 1.5, 1.0)  # of title, names, headings, body in BM25
ENCODE_AT_ONCE: Final = 256  # texts; what is done stays done when a run is interrupted
CUT_AT_ONCE: Final = 512  # notes; so is this

_DAMAGE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_Result = TypeVar("_Result")


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
    """The notes that the index is to hold, by path."""

    notes: Mapping[str, Note]

    @cached_property
    def common(self) -> frozenset[str]:
        """Headings that many of them share."""
        return tables.common_headings(self.notes.values())

    def digest(self, path: str) -> bytes:
        return tables.digest(self.notes[path], self.common)


class Store:
    """The index at `path`, made when it is missing and remade when it is damaged.

    Threads may share one: each statement and each transaction has the file to itself. `problems`
    says in words what had to be remade. Raises VaultError when the file can neither be read nor
    written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: tuple[Problem, ...] = ()
        self._wanted = Wanted({})
        self._turn = threading.RLock()  # held while the connection is used
        self._encoding = threading.Lock()  # held while encoding, which takes longer
        self._connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        with self._turn:
            self._connection.close()

    def sync(self, notes: Iterable[Note], stamp: str = "") -> Synced:
        """Bring the index to these notes; only changed ones are written. Nothing is encoded.

        With a `stamp` (any text that changes whenever a note does) equal to the last one,
        nothing is compared at all.
        """
        self._wanted = Wanted({words.clean(note.path): note for note in notes})
        return self._healed(lambda: self._sync(stamp))

    def encode(self, encoder: Encoder, on_progress: Progress | None = None) -> int:
        """Encode the passages that have no vector of this model yet; how many there were."""
        with self._encoding:
            return self._healed(lambda: self._encode(encoder, on_progress))

    def rows(self) -> dict[int, Row]:
        """All notes by their row."""
        found = self._read("SELECT row, path, id, kind, title FROM note")
        return {row[0]: Row(*row) for row in found}

    def keyword(
        self, expression: str, weights: tuple[float, float, float, float] = WEIGHTS
    ) -> dict[int, float]:
        """BM25 of each matching note by row, higher is better; empty for an empty expression."""
        if not expression:
            return {}
        query = "SELECT rowid, bm25(words, ?, ?, ?, ?) FROM words WHERE words MATCH ?"
        return {row: -score for row, score in self._read(query, *weights, expression)}

    def having(self, word: str) -> frozenset[int]:
        """Rows of the notes that hold a word, by its stem."""
        query = "SELECT rowid FROM words WHERE words MATCH ?"
        return frozenset(row for (row,) in self._read(query, words.quoted(word)))

    def passages(self, note: int) -> tuple[tuple[int, Passage], ...]:
        """The passages of a note in order, with their rows once they are cut, else counted."""
        query = (
            "SELECT row, form, line, heading, lead, text FROM passage WHERE note = ? ORDER BY row"
        )
        if found := self._read(query, note):
            return tuple((row, Passage(Form(form), *rest)) for row, form, *rest in found)
        paths = self._read("SELECT path FROM note WHERE row = ?", note)
        wanted = self._wanted
        known = (wanted.notes[path] for (path,) in paths if path in wanted.notes)
        return tuple(enumerate(piece for one in known for piece in passages(one, wanted.common)))

    def matrix(self, model: str) -> Matrix:
        """The vectors of every passage for the model of this fingerprint.

        A vector that is none (cut short, or not of numbers) is dropped with a Problem; its passage
        is encoded again the next time.
        """
        import numpy as np

        from graphkit.search.cosine import Matrix

        query = """SELECT passage.note, passage.form, passage.row, vector.data FROM passage
            JOIN vector ON vector.digest = passage.digest AND vector.model = ?
            ORDER BY passage.note, passage.row"""
        found = self._read(query, model)
        (size, _), *others = Counter(len(row[-1]) for row in found).most_common() or [(0, 0)]
        if others:
            self._drop(model, "length(data) <> ?", size)
            found = [row for row in found if len(row[-1]) == size]
        notes, forms, rows, data = zip(*found, strict=True) if found else ((), (), (), ())
        vectors = np.frombuffer(b"".join(data), dtype=np.float32).reshape(len(found), size // 4)
        if not np.isfinite(vectors.sum()):
            for at in np.flatnonzero(~np.isfinite(vectors).all(axis=1)).tolist():
                self._drop(model, "data = ?", data[at])
            return self.matrix(model)
        return Matrix(
            vectors,
            np.array(notes, dtype=np.int64),
            np.array(forms, dtype=np.str_),
            np.array(rows, dtype=np.int64),
        )

    def model(self) -> str:
        """Fingerprint of the model that encoded last; empty when none did."""
        return self.remembered("model") or ""

    def readable(self, model: str) -> bool:
        """Whether a model of this fingerprint may read on: it has read here, or none has."""
        query = "SELECT count(*), count(*) FILTER (WHERE model = ?) FROM vector"
        ((held, own),) = self._read(query, model)
        return bool(own or not held)

    def remember(self, key: str, value: str) -> None:
        """Keep a value beside the index."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))

    def date(self, key: str) -> None:
        """Keep the present time beside the index: UTC, ISO 8601."""
        with self._writing() as connection:
            now = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
            connection.execute(f"INSERT OR REPLACE INTO meta VALUES(?, {now})", (key,))

    def remembered(self, key: str) -> str | None:
        """A value kept earlier."""
        found = self._read("SELECT value FROM meta WHERE key = ?", key)
        return found[0][0] if found else None

    def digests(self) -> dict[str, bytes]:
        """A digest of each note by its path: equal digests, equal in the index."""
        return dict(self._read("SELECT path, digest FROM note"))

    def _sync(self, stamp: str) -> Synced:
        if stamp and self.remembered("stamp") == stamp:
            return Synced()
        wanted = self._wanted
        digests = {path: wanted.digest(path) for path in wanted.notes}
        if not stamp and self.digests() == digests:
            return Synced()
        with self._writing() as connection:
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
        return Synced(len(fresh), len(changed), len(gone))

    def _cut(self) -> None:
        """Cut the notes that have not been; one that another process changed is left to it."""
        wanted = self._wanted
        found = self._read("SELECT row, path FROM note WHERE NOT cut")
        uncut = [(row, path) for row, path in found if path in wanted.notes]
        for start in range(0, len(uncut), CUT_AT_ONCE):
            with self._writing() as connection:
                for row, path in uncut[start : start + CUT_AT_ONCE]:
                    note, digest = wanted.notes[path], wanted.digest(path)
                    tables.cut(connection, row, note, digest, wanted.common)

    def _encode(self, encoder: Encoder, on_progress: Progress | None) -> int:
        query = """SELECT DISTINCT digest, lead || text FROM passage WHERE NOT EXISTS
            (SELECT 1 FROM vector WHERE vector.digest = passage.digest AND vector.model = ?)"""
        self._cut()
        missing = self._read(query, encoder.fingerprint)
        missing.sort(key=lambda row: len(row[1]))
        for start in range(0, len(missing), ENCODE_AT_ONCE):
            part = missing[start : start + ENCODE_AT_ONCE]
            vectors = encoder.encode([text for _, text in part])
            with self._writing() as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO vector VALUES(?, ?, ?)",
                    (
                        (digest, encoder.fingerprint, vector.tobytes())
                        for (digest, _), vector in zip(part, vectors, strict=True)
                    ),
                )
            if on_progress:
                on_progress(start + len(part), len(missing))
        if missing:
            with self._writing() as connection:
                tables.forget_vectors(connection)
        if self.model() != encoder.fingerprint:
            self.remember("model", encoder.fingerprint)
        return len(missing)

    def _drop(self, model: str, which: str, value: int | bytes) -> None:
        """Delete vectors that are none."""
        with self._writing() as connection:
            # One of two conditions that stand above.
            connection.execute(f"DELETE FROM vector WHERE model = ? AND {which}", (model, value))  # noqa: S608
        self._report("vectors of the search index were damaged; they are encoded again")

    def _report(self, message: str) -> None:
        problem = Problem("index-rebuilt", Severity.WARNING, message, Span(str(self.path)))
        if problem not in self.problems:
            self.problems += (problem,)

    def _read(self, query: str, *values: Any) -> list[Any]:
        return self._healed(lambda: self._fetched(query, *values))

    def _fetched(self, query: str, *values: Any) -> list[Any]:
        with self._turn:
            return self._connection.execute(query, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, that no other thread or process writes into."""
        with self._turn:
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                yield self._connection

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return tables.connect(self.path)
        except sqlite3.DatabaseError as error:
            return self._remade(error)
        except OSError as error:
            raise _unusable(self.path, error) from error

    def _healed(self, action: Callable[[], _Result]) -> _Result:
        """The action's result; on a damaged file, its result after the index was made anew."""
        connection = self._connection
        try:
            return action()
        except sqlite3.DatabaseError as error:
            with self._turn:
                if self._connection is connection:  # no other thread was quicker
                    self._connection = self._remade(error, connection)
                    if self._wanted.notes:
                        self._sync("")
        return action()

    def _remade(
        self, error: sqlite3.DatabaseError, old: sqlite3.Connection | None = None
    ) -> sqlite3.Connection:
        """A new file in place of a damaged one; any other fault is raised as a VaultError."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise _unusable(self.path, error) from error
        if old:
            old.close()
        self._report(f"the search index was damaged ({error}) and has been made anew")
        for suffix in ("-journal", ""):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        return tables.connect(self.path)


def _unusable(path: Path, error: Exception) -> VaultError:
    return VaultError(
        f"the search index {path} cannot be used: {error}", "check that its folder is writable"
    )
