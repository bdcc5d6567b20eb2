"""The index: what was parsed out of each file, kept so that only changed notes are read again.

It is a cache: deleting it loses nothing, a damaged one is made anew, and a vault that cannot
hold one is simply parsed on every read.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from graphkit import codes
from graphkit.dialect import PLAIN, Dialect
from graphkit.errors import VaultError
from graphkit.models import Note, ParsedNote, Problem, Span, Verdict
from graphkit.vocabulary import Relation, Vocabulary
from graphkit.workspace import codec, collector, parallel
from graphkit.workspace.scan import File

FILE: Final = "index.sqlite"
_Value = TypeVar("_Value")
# The names of `memo` stand apart from its values: of a table without rows SQLite reads all of a
# value, which may be a whole graph, to compare its name.
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS file (
    path BLOB PRIMARY KEY, mtime INTEGER, size INTEGER, digest TEXT, parsed TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS memo (name TEXT PRIMARY KEY, key TEXT, value TEXT);
CREATE TABLE IF NOT EXISTS told (id TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
BUSY_SECONDS: Final = 10.0
NEVER: Final = -1  # the mtime under which a file that could not be read is remembered


class Row(NamedTuple):
    """A file as it lies in the index, or travels between processes."""

    file: File
    digest: str  # sha256 of its bytes; empty when they could not be read
    parsed: str  # JSON of its ParsedNote


class Fresh(NamedTuple):
    """A file that was just read."""

    file: File
    digest: str  # as in its row
    note: ParsedNote


@dataclass(frozen=True)
class Sync:
    """The notes of a vault, in path order, and how many files had to be read for it."""

    seen: tuple[File, ...]  # what each note was read from
    stamp: str  # changes whenever a note, or what decides how it is parsed, does
    recall: Callable[[], tuple[ParsedNote, ...]]
    kept: Callable[[str], ParsedNote | None]
    read: int = 0
    removed: int = 0

    @property
    def files(self) -> int:
        return len(self.seen)

    @cached_property
    def parsed(self) -> tuple[ParsedNote, ...]:
        """All notes. Those of a vault that did not change wait in its index to be asked for."""
        return self.recall()

    def note(self, path: str) -> Note | None:
        """The note of one file, by itself where the others are not yet there."""
        if "parsed" not in vars(self) and (found := self.kept(path)):
            return found.note
        return next((each.note for each in self.parsed if each.note.path == path), None)


def sync(
    file: Path | None,
    listed: Sequence[File],
    read: Callable[[str], bytes],
    parse: Callable[[bytes, str], ParsedNote],
    vocabulary: Vocabulary,
    before: Sync | None = None,
    dialect: Dialect = PLAIN,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Sync:
    """Bring the index in `file` up to date with the listed files, in one transaction.

    Without a `file` every note is parsed and nothing is kept. What has not changed since `before`
    is taken from there instead of from the index. Where nothing has changed at all, no note is
    looked at before it is asked for. `tell` is told how many of many notes have been read.

    Raises:
        sqlite3.OperationalError: the index is locked for too long, or the disk is full; it is
            then as it was before.
    """
    current, seen = _edition(vocabulary, dialect), tuple(listed)
    stamp = _stamp(current, seen)
    if before and before.stamp == stamp:
        return replace(before, read=0, removed=0)
    refresh = partial(_refresh, read=read, parse=parse)
    renew = partial(
        _renewed, current=current, listed=seen, refresh=refresh, before=before, tell=tell
    )
    if file and not before and _sealed(file, current, stamp):
        recall = cache(partial(_recall, file, renew))  # once for all of its like
        return Sync(seen, stamp, recall, partial(_one, file))
    return renew(file)


def _recall(file: Path, renew: Callable[[Path | None], Sync]) -> tuple[ParsedNote, ...]:
    """The notes of an index that had not changed; without it, should it be out of use by now."""
    try:
        return renew(file).parsed
    except (sqlite3.Error, OSError):
        return renew(None).parsed


def _renewed(
    file: Path | None,
    current: str,
    listed: Sequence[File],
    refresh: Callable[..., Fresh],
    before: Sync | None,
    tell: Callable[[int, int], None],
) -> Sync:
    """Every listed note, and the index brought up to date with them."""
    held = dict(zip(before.seen, before.parsed, strict=True)) if before else {}
    with collector.resting():
        kept, known = _load(file, current, listed) if file and not before else (held, {})
        pairs = [(item, kept.get(item)) for item in listed]
        work = [item for item, note in pairs if note is None]
        anew = partial(refresh, known=known)
        fresh = parallel.each(anew, work, _packed, _unpacked, attrgetter("size"), tell)
    found = {one.file.path: one for one in fresh}
    parsed = tuple(note or found[item.path].note for item, note in pairs)
    seen = tuple(item if note else found[item.path].file for item, note in pairs)
    changed = [one for one in fresh if one.digest]
    removed = {*known, *(item.path for item in kept)} - {item.path for item in listed}
    stamp = _stamp(current, seen)
    if file and (changed or removed or not _sealed(file, current, stamp)):
        _store(file, current, stamp, changed, removed)
    return Sync(seen, stamp, lambda: parsed, lambda _: None, len(changed), len(removed))


def _refresh(
    item: File,
    known: Mapping[str, Row],
    read: Callable[[str], bytes],
    parse: Callable[[bytes, str], ParsedNote],
) -> Fresh:
    """A new or touched file; one whose bytes are the same is not parsed again."""
    try:
        data = read(item.path)
    except VaultError as error:
        note = _unread(parse(b"", item.path), error)
        return Fresh(item._replace(mtime=NEVER), "", note)
    digest = hashlib.sha256(data).hexdigest()
    row = known.get(item.path)
    if row is not None and row.digest == digest and (recalled := _recalled(row)):
        return Fresh(item, digest, recalled)
    return Fresh(item, digest, parse(data, item.path))


def _recalled(row: Row) -> ParsedNote | None:
    """The note of a row; None for one that this code did not write."""
    try:
        return codec.load(ParsedNote, row.parsed)
    except (ValueError, LookupError, TypeError):
        return None


def _unread(note: ParsedNote, error: VaultError) -> ParsedNote:
    """A note of which only the name is known; it is not kept, so the next open tries again."""
    problem = codes.problem("not-read", error.message, Span(note.note.path), error.hint)
    return note._replace(problems=(*note.problems, problem))


def _packed(fresh: Fresh) -> Row:
    return Row(fresh.file, fresh.digest, codec.dump(fresh.note))


def _unpacked(row: Row) -> Fresh:
    return Fresh(row.file, row.digest, codec.load(ParsedNote, row.parsed))


class Judged(NamedTuple):
    """What the run records of a vault say, and which of them cannot be read."""

    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]


def remembered(
    file: Path | None, name: str, key: str, shape: type[_Value], judge: Callable[[], _Value]
) -> _Value:
    """What the index keeps under a name, judged again when `key` is not the one it had.

    An index that is damaged, locked or full costs the time to judge, never what is judged.
    """
    load = partial(codec.load, shape)
    value: _Value = kept(file, name, key, judge, load, codec.dump)
    return value


def kept(
    file: Path | None,
    name: str,
    key: str,
    judge: Callable[[], _Value],
    load: Callable[[str], _Value],
    dump: Callable[[_Value], str],
) -> _Value:
    """The same of a value that is written in its own way."""
    if file is None:
        return judge()
    with suppress(sqlite3.Error, ValueError, LookupError, TypeError), opened(file) as base:
        found = base.execute("SELECT key, value FROM memo WHERE name = ?", (name,)).fetchone()
        if found and found[0] == key:
            return load(found[1])
    judged = judge()
    with suppress(sqlite3.Error), opened(file) as base:
        base.execute("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", (name, key, dump(judged)))
    return judged


def edition(file: Path) -> str:
    """Of which code and words the index in `file` is; empty for one that was never written."""
    if not file.exists():
        return ""
    with opened(file) as base:
        return _written(base)


def _written(base: sqlite3.Connection) -> str:
    found = base.execute("SELECT value FROM memo WHERE name = 'edition'").fetchone()
    return found[0] if found else ""


def _sealed(file: Path, edition: str, stamp: str) -> bool:
    """Whether the index holds the notes of this stamp and no others."""
    if not file.exists():
        return False
    with opened(file) as base:
        sealed = base.execute("SELECT 1 FROM memo WHERE name = 'stamp' AND key = ?", (stamp,))
        return sealed.fetchone() is not None and _written(base) == edition


def _one(file: Path, path: str) -> ParsedNote | None:
    """One note of an index; None where it cannot be had."""
    with suppress(sqlite3.Error), opened(file) as base:
        query = "SELECT path, mtime, size, digest, parsed FROM file WHERE path = ?"
        if found := base.execute(query, (os.fsencode(path),)).fetchone():
            return _recalled(Row(File(path, *found[1:3]), *found[3:]))
    return None


class Loaded(NamedTuple):
    """What an index holds: notes whose files did not change since, and the rows of all others."""

    kept: dict[File, ParsedNote]
    rows: dict[str, Row]


def _load(file: Path, edition: str, listed: Iterable[File]) -> Loaded:
    """Row by row: the text of a note that is kept is not held beside it."""
    found = Loaded({}, {})
    if not file.exists():
        return found
    same = {*listed}
    with opened(file) as base:
        if _written(base) != edition:
            return found
        for path, mtime, size, *rest in base.execute(
            "SELECT path, mtime, size, digest, parsed FROM file"
        ):
            row = Row(File(os.fsdecode(path), mtime, size), *rest)
            note = _recalled(row) if row.file in same else None
            if note is None:
                found.rows[row.file.path] = row
            else:
                found.kept[row.file] = note
    return found


def _store(
    file: Path, edition: str, stamp: str, changed: Iterable[Fresh], removed: Iterable[str]
) -> None:
    with opened(file) as base, base:
        base.execute("BEGIN IMMEDIATE")
        if _written(base) != edition:
            base.execute("DELETE FROM file")
        base.execute("INSERT OR REPLACE INTO memo VALUES ('edition', '', ?)", (edition,))
        base.execute("INSERT OR REPLACE INTO memo VALUES ('stamp', ?, '')", (stamp,))
        base.executemany(
            "DELETE FROM file WHERE path = ?", ((os.fsencode(path),) for path in removed)
        )
        base.executemany(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
            (
                (os.fsencode(row.file.path), *row.file[1:], row.digest, row.parsed)
                for row in map(_packed, changed)
            ),
        )


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the index; one that is no database is put aside and made anew."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for attempt in ("as it is", "anew"):
        base = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            base.executescript(SCHEMA)
        except sqlite3.OperationalError:  # locked or full: not the file's fault
            base.close()
            raise
        except sqlite3.DatabaseError:
            base.close()
            if attempt == "anew":
                raise
            file.unlink()
        else:
            break
    with closing(base):
        yield base


@cache
def _edition(vocabulary: Vocabulary, dialect: Dialect) -> str:
    """A digest of what decides how a note is parsed: the parser's code, the words, the dialect."""
    package = Path(__file__).parents[1]
    code = sorted((package / "parse").rglob("*.py"))
    code += [package / f"{name}.py" for name in ("codes", "models", "vocabulary")]
    code.append(Path(codec.__file__))
    stats = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in code]
    return _digest((stats, manner(vocabulary, dialect)))


def manner(vocabulary: Vocabulary, dialect: Dialect) -> str:
    """A digest of what a vault's settings decide of how its notes are parsed."""
    return _digest((dialect, [_ordered(row) for row in vocabulary.rows]))


def _ordered(row: Relation) -> list[object]:
    """The fields of a row, its sets in an order that is the same in every process."""
    values = (getattr(row, field.name) for field in fields(row))
    return [sorted(value) if isinstance(value, frozenset) else value for value in values]


def _stamp(edition: str, seen: Iterable[File]) -> str:
    return _digest((edition, *map(tuple, seen)))  # a plain tuple is told in a third of the time


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
