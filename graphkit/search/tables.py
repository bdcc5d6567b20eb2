"""The tables of the search index, and how a note lies in them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit.models import Note
from graphkit.search import passage, words

if TYPE_CHECKING:
    from graphkit.search.file import File

SCHEMA: Final = 2  # a file of another schema is replaced
PATIENCE: Final = 30.0  # seconds to wait for another process
COMMON: Final = 0.05  # a heading that this share of the notes has, and at least
FEW: Final = 5  # so many, says nothing about any of them

_TABLES: Final = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE note(row INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, id TEXT NOT NULL,
    kind TEXT NOT NULL, title TEXT NOT NULL, digest BLOB NOT NULL, cut INTEGER NOT NULL DEFAULT 0);
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


MISSING: Final = """SELECT DISTINCT digest, lead || text FROM passage WHERE NOT EXISTS
    (SELECT 1 FROM vector WHERE vector.digest = passage.digest AND vector.model = ?)"""
"""Digest and text of the passages that a model has not read."""


def connect(path: Path) -> sqlite3.Connection:
    """The file with its tables, laid out anew when it holds none of this schema."""
    connection = sqlite3.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
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


def common_headings(notes: Collection[Note]) -> frozenset[str]:
    """Folded headings that say nothing about a note, as many share them."""
    counts = Counter(
        heading
        for note in notes
        for heading in {passage.fold_heading(head.text) for head in note.headings}
    )
    least = max(FEW, COMMON * len(notes))
    return frozenset(heading for heading, count in counts.items() if count >= least)


def digest(note: Note, common: frozenset[str]) -> bytes:
    """Digest of all that the index takes from a note."""
    own = sorted(common & {passage.fold_heading(head.text) for head in note.headings})
    fields = [
        note.id, note.kind, note.title, note.aliases, note.identifiers, note.tags,
        note.headings, note.paragraphs, own,
    ]  # fmt: skip
    return hashlib.blake2b(json.dumps(fields).encode(), digest_size=16).digest()


def remove(connection: sqlite3.Connection, path: str) -> None:
    """Take a note out; its vectors stay, in case it comes back."""
    (row,) = connection.execute("SELECT row FROM note WHERE path = ?", (path,)).fetchone()
    connection.execute("DELETE FROM words WHERE rowid = ?", (row,))
    connection.execute("DELETE FROM passage WHERE note = ?", (row,))
    connection.execute("DELETE FROM note WHERE row = ?", (row,))


def add(connection: sqlite3.Connection, note: Note, digest: bytes, common: frozenset[str]) -> None:
    """Write a note with its words; its passages are cut when they are first asked for."""
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


def cut(
    connection: sqlite3.Connection, row: int, note: Note, digest: bytes, common: frozenset[str]
) -> None:
    """Write the passages of a note, unless it is no longer this one or was cut already."""
    claim = "UPDATE note SET cut = 1 WHERE row = ? AND digest = ? AND NOT cut"
    if not connection.execute(claim, (row, digest)).rowcount:
        return
    connection.executemany(
        "INSERT INTO passage(note, form, line, heading, lead, text, digest) VALUES(?,?,?,?,?,?,?)",
        (
            (
                row,
                each.form,
                each.line,
                words.clean(each.heading),
                each.lead,
                each.text,
                each.digest,
            )
            for each in passage.passages(note, common)
        ),
    )


def remembered(file: File, key: str) -> str | None:
    """A value kept beside the index."""
    found = file.read("SELECT value FROM meta WHERE key = ?", key)
    return found[0][0] if found else None


def remember(file: File, key: str, value: str) -> None:
    """Keep a value beside the index."""
    with file.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (key, value))


def moved(connection: sqlite3.Connection) -> None:
    """Mark that passages or vectors came or went: what was made of them before is out of date."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES('layout', hex(randomblob(6)))")


def complete(connection: sqlite3.Connection, model: str) -> None:
    """Mark that a model has read every passage of every note, if it has."""
    uncut = connection.execute("SELECT 1 FROM note WHERE NOT cut").fetchone()
    if not uncut and not connection.execute(MISSING, (model,)).fetchone():
        mark = """INSERT OR REPLACE INTO meta SELECT 'complete', ? || ' ' ||
            coalesce((SELECT value FROM meta WHERE key = 'layout'), 'first')"""
        connection.execute(mark, (model,))


def forget_vectors(connection: sqlite3.Connection) -> None:
    """Drop vectors of text that is gone, once they outnumber the others: branches come back."""
    (kept,) = connection.execute("SELECT count(DISTINCT digest) FROM passage").fetchone()
    (held,) = connection.execute("SELECT count(DISTINCT digest) FROM vector").fetchone()
    if held > 2 * kept + 64:
        connection.execute("DELETE FROM vector WHERE digest NOT IN (SELECT digest FROM passage)")
