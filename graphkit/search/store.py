"""The search index of a vault: one SQLite file that can be deleted at any time.

It holds each note's words (FTS5), its passages, and their vectors by digest of the text and
fingerprint of the model, so that only what changed is encoded again. Readers and writers of
several processes take turns through SQLite's own locks.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeVar

from graphkit.errors import VaultError
from graphkit.models import Note, Problem, Span
from graphkit.search import passage, words
from graphkit.search.passage import Form, Passage
from graphkit.vocabulary import Severity

if TYPE_CHECKING:
    from graphkit.search.cosine import Matrix
    from graphkit.search.encoder import Encoder, Progress

SCHEMA: Final = 1  # a file of another schema is replaced
PATIENCE: Final = 30.0  # seconds to wait for another process
WEIGHTS: Final = (3.0, 2.0, 1.5, 1.0)  # of title, names, headings, body in BM25
COMMON: Final = 0.05  # a heading that this share of the notes has, and at least
FEW: Final = 5  # so many, says nothing about any of them
ENCODE_AT_ONCE: Final = 256  # texts; what is done stays done when a run is interrupted

_TABLES: Final = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE note(row INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, id TEXT NOT NULL,
    kind TEXT NOT NULL, title TEXT NOT NULL, digest BLOB NOT NULL);
CREATE TABLE passage(row INTEGER PRIMARY KEY, note INTEGER NOT NULL, form TEXT NOT NULL,
    line INTEGER NOT NULL, heading TEXT NOT NULL, lead TEXT NOT NULL, text TEXT NOT NULL,
    digest BLOB NOT NULL);
CREATE INDEX passage_note ON passage(note);
CREATE INDEX passage_digest ON passage(digest);
CREATE TABLE vector(digest BLOB NOT NULL, model TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY(digest, model));
CREATE VIRTUAL TABLE words USING fts5(title, names, headings, body,
    tokenize = "porter unicode61 remove_diacritics 2");
PRAGMA user_version = {SCHEMA};
"""
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


class Store:
    """The index at `path`, made when it is missing and remade when it is damaged.

    `problems` says in words what had to be remade. Raises VaultError when the file can neither
    be read nor written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: tuple[Problem, ...] = ()
        self._notes: tuple[Note, ...] = ()
        self._connection = self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def sync(self, notes: Iterable[Note], stamp: str = "") -> Synced:
        """Bring the index to these notes; only changed ones are written. Nothing is encoded.

        With a `stamp` (any text that changes whenever a note does) equal to the last one,
        nothing is compared at all.
        """
        self._notes = tuple({words.clean(note.path): note for note in notes}.values())
        return self._healed(lambda: self._sync(stamp))

    def encode(self, encoder: Encoder, on_progress: Progress | None = None) -> int:
        """Encode the passages that have no vector of this model yet; how many there were."""
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
        """The passages of a note with their rows, in order."""
        query = (
            "SELECT row, form, line, heading, lead, text FROM passage WHERE note = ? ORDER BY row"
        )
        return tuple(
            (row, Passage(Form(form), *rest)) for row, form, *rest in self._read(query, note)
        )

    def matrix(self, model: str) -> Matrix:
        """The vectors of every passage for the model of this fingerprint."""
        import numpy as np

        from graphkit.search.cosine import Matrix

        query = """SELECT passage.note, passage.form, passage.row, vector.data FROM passage
            JOIN vector ON vector.digest = passage.digest AND vector.model = ?
            ORDER BY passage.note, passage.row"""
        found = self._read(query, model)
        notes, forms, rows, data = zip(*found, strict=True) if found else ((), (), (), ())
        flat = np.frombuffer(b"".join(data), dtype=np.float32)
        return Matrix(
            flat.reshape(len(found), -1 if found else 0),
            np.array(notes, dtype=np.int64),
            np.array(forms, dtype=np.str_),
            np.array(rows, dtype=np.int64),
        )

    def model(self) -> str:
        """Fingerprint of the model that encoded last; empty when none did."""
        return self.remembered("model") or ""

    def remember(self, key: str, value: str) -> None:
        """Keep a value beside the index."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))

    def remembered(self, key: str) -> str | None:
        """A value kept earlier."""
        found = self._read("SELECT value FROM meta WHERE key = ?", key)
        return found[0][0] if found else None

    def digest(self) -> str:
        """One digest of all indexed notes: equal digests, equal index."""
        total = hashlib.blake2b(digest_size=16)
        for (digest,) in self._read("SELECT digest FROM note ORDER BY path"):
            total.update(digest)
        return total.hexdigest()

    def _sync(self, stamp: str) -> Synced:
        if stamp and self.remembered("stamp") == stamp:
            return Synced()
        common = _common_headings(self._notes)
        wanted = {words.clean(note.path): (note, _digest(note, common)) for note in self._notes}
        digests = {path: digest for path, (_, digest) in wanted.items()}
        if not stamp and self._digests() == digests:
            return Synced()
        with self._writing() as connection:
            # Compared under the lock: another process may just have written the same notes.
            known = self._digests()
            gone = known.keys() - digests.keys()
            fresh = digests.keys() - known.keys()
            changed = {path for path in known.keys() - gone if known[path] != digests[path]}
            for path in gone | changed:
                _remove(connection, path)
            for path in sorted(fresh | changed):
                _add(connection, *wanted[path], common)
            connection.execute("INSERT OR REPLACE INTO meta VALUES('stamp', ?)", (stamp,))
            _forget_vectors(connection)
        return Synced(len(fresh), len(changed), len(gone))

    def _digests(self) -> dict[str, bytes]:
        return dict(self._connection.execute("SELECT path, digest FROM note"))

    def _encode(self, encoder: Encoder, on_progress: Progress | None) -> int:
        query = """SELECT DISTINCT digest, lead || text FROM passage WHERE NOT EXISTS
            (SELECT 1 FROM vector WHERE vector.digest = passage.digest AND vector.model = ?)"""
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
        if self.model() != encoder.fingerprint:
            self.remember("model", encoder.fingerprint)
        return len(missing)

    def _read(self, query: str, *values: Any) -> list[Any]:
        return self._healed(lambda: self._connection.execute(query, values).fetchall())

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, that no other process writes into."""
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:
            yield self._connection

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return _connect(self.path)
        except sqlite3.DatabaseError as error:
            return self._remake(error)
        except OSError as error:
            raise _unusable(self.path, error) from error

    def _healed(self, action: Callable[[], _Result]) -> _Result:
        """The action's result; on a damaged file, its result after the index was made anew."""
        try:
            return action()
        except sqlite3.DatabaseError as error:
            self._connection.close()
            self._connection = self._remake(error)
        if self._notes:
            self._sync("")
        return action()

    def _remake(self, error: sqlite3.DatabaseError) -> sqlite3.Connection:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise _unusable(self.path, error) from error
        self.problems += (
            Problem(
                "index-rebuilt",
                Severity.WARNING,
                f"the search index was damaged ({error}) and has been made anew",
                Span(str(self.path)),
            ),
        )
        for suffix in ("-journal", ""):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        return _connect(self.path)


def _unusable(path: Path, error: Exception) -> VaultError:
    return VaultError(
        f"the search index {path} cannot be used: {error}", "check that its folder is writable"
    )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("PRAGMA synchronous = NORMAL")
    if version != SCHEMA:
        _create(connection)
    return connection


def _create(connection: sqlite3.Connection) -> None:
    """Lay the tables out, unless another process just did."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        if connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,):
            return
        for table in ("words", "vector", "passage", "note", "meta"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES.split(";"):
            connection.execute(statement)


def _common_headings(notes: Sequence[Note]) -> frozenset[str]:
    counts = Counter(
        heading
        for note in notes
        for heading in {passage.fold_heading(head.text) for head in note.headings}
    )
    least = max(FEW, COMMON * len(notes))
    return frozenset(heading for heading, count in counts.items() if count >= least)


def _digest(note: Note, common: frozenset[str]) -> bytes:
    """Digest of all that the index takes from a note."""
    own = sorted(common & {passage.fold_heading(head.text) for head in note.headings})
    fields = [
        note.id, note.kind, note.title, note.aliases, note.identifiers, note.tags,
        note.headings, note.paragraphs, own,
    ]  # fmt: skip
    return hashlib.blake2b(json.dumps(fields).encode(), digest_size=16).digest()


def _remove(connection: sqlite3.Connection, path: str) -> None:
    (row,) = connection.execute("SELECT row FROM note WHERE path = ?", (path,)).fetchone()
    connection.execute("DELETE FROM words WHERE rowid = ?", (row,))
    connection.execute("DELETE FROM passage WHERE note = ?", (row,))
    connection.execute("DELETE FROM note WHERE row = ?", (row,))


def _add(connection: sqlite3.Connection, note: Note, digest: bytes, common: frozenset[str]) -> None:
    row = connection.execute(
        "INSERT INTO note(path, id, kind, title, digest) VALUES(?, ?, ?, ?, ?)",
        (*(words.clean(text) for text in (note.path, note.id, note.kind, note.title)), digest),
    ).lastrowid
    headings = [h.text for h in note.headings if passage.fold_heading(h.text) not in common]
    columns = (
        note.title,
        " ".join((*note.aliases, *note.identifiers, *note.tags)),
        "\n".join(headings),
        "\n".join(paragraph.text for paragraph in note.paragraphs),
    )
    connection.execute(
        "INSERT INTO words(rowid, title, names, headings, body) VALUES(?, ?, ?, ?, ?)",
        (row, *(words.spread(words.clean(column)) for column in columns)),
    )
    connection.executemany(
        "INSERT INTO passage(note, form, line, heading, lead, text, digest) VALUES(?,?,?,?,?,?,?)",
        (
            (
                row,
                piece.form,
                piece.line,
                words.clean(piece.heading),
                piece.lead,
                piece.text,
                piece.digest,
            )
            for piece in passage.passages(note, common)
        ),
    )


def _forget_vectors(connection: sqlite3.Connection) -> None:
    """Drop vectors of text that is gone, once they outnumber the others: branches come back."""
    (kept,) = connection.execute("SELECT count(DISTINCT digest) FROM passage").fetchone()
    (held,) = connection.execute("SELECT count(DISTINCT digest) FROM vector").fetchone()
    if held > 2 * kept + 64:
        connection.execute("DELETE FROM vector WHERE digest NOT IN (SELECT digest FROM passage)")
