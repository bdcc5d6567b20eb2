"""Texts kept by name between commands: a cache, which may be gone, full or damaged at any time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS edition (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""
_AT_ONCE: Final = 500  # names in one question; SQLite takes no more than 999 in old versions


class Keep:
    """What is kept in one file under one edition; another edition finds nothing.

    Used in a `with` block, which closes it and saves what was put, however the block ends. No
    failure of the file is one of the caller: then nothing is found, and nothing kept.
    """

    def __init__(self, file: Path | None, edition: str) -> None:
        self._file = file
        self._edition = edition
        self._base: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        if self._file is None:
            return self
        with suppress(sqlite3.Error, OSError):
            self._base = self._opened(self._file)
        return self

    def _opened(self, file: Path) -> sqlite3.Connection:
        base = sqlite3.connect(file)
        try:
            base.executescript(SCHEMA)
        except sqlite3.OperationalError:  # locked or full: not the file's fault
            base.close()
            raise
        except sqlite3.DatabaseError:
            base.close()
            file.unlink()
            base = sqlite3.connect(file)
            base.executescript(SCHEMA)
        if base.execute("SELECT name FROM edition").fetchall() != [(self._edition,)]:
            base.execute("DELETE FROM kept")
            base.execute("DELETE FROM edition")
            base.execute("INSERT INTO edition VALUES (?)", (self._edition,))
        return base

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.commit()
            self._base.close()
            self._base = None

    def get(self, names: Iterable[str]) -> dict[str, str]:
        """Those of these texts that are kept."""
        wanted, found = list(names), dict[str, str]()
        if self._base is None:
            return found
        with suppress(sqlite3.Error):
            for start in range(0, len(wanted), _AT_ONCE):
                part = wanted[start : start + _AT_ONCE]
                marks = ",".join("?" * len(part))
                query = f"SELECT name, value FROM kept WHERE name IN ({marks})"  # noqa: S608  marks alone
                found |= dict(self._base.execute(query, part))
        return found

    def put(self, texts: Mapping[str, str]) -> None:
        """Keep these texts."""
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?)", texts.items())
