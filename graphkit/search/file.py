"""An SQLite file that can be made anew at any time, and is when it turns out to be damaged."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from graphkit.errors import VaultError
from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity

_DAMAGE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_Result = TypeVar("_Result")

Connect = Callable[[Path], sqlite3.Connection]


class File:
    """The file at `path`, made when it is missing and remade when it is damaged.

    Threads may share one: each statement and each transaction has the file to itself. `problems`
    says in words what had to be remade; `refill` is called then, with the new file in place.
    Raises VaultError when the file can neither be read nor written.
    """

    def __init__(
        self,
        path: Path,
        connect: Connect,
        refill: Callable[[], object],
        problems: tuple[Problem, ...] = (),
    ) -> None:
        self.path = path
        self.problems = problems
        self._connect = connect
        self._refill = refill
        self._turn = threading.RLock()  # held while the connection is used
        self._connection = self._open()

    def close(self) -> None:
        with self._turn:
            self._connection.close()

    def read(self, query: str, *values: Any) -> list[Any]:
        """All rows of a query."""
        return self.healed(lambda: self._fetched(query, *values))

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, that no other thread or process writes into."""
        with self._turn:
            self._connection.execute("BEGIN IMMEDIATE")
            with self._connection:
                yield self._connection

    def healed(self, action: Callable[[], _Result]) -> _Result:
        """The action's result; on a damaged file, its result after the file was made anew."""
        connection = self._connection
        try:
            return action()
        except sqlite3.DatabaseError as error:
            with self._turn:
                if self._connection is connection:  # no other thread was quicker
                    self._connection = self._remade(error, connection)
                    self._refill()
        return action()

    def report(self, message: str) -> None:
        """Keep a problem, once."""
        problem = Problem("index-rebuilt", Severity.WARNING, message, Span(str(self.path)))
        if problem not in self.problems:
            self.problems += (problem,)

    def _fetched(self, query: str, *values: Any) -> list[Any]:
        with self._turn:
            return self._connection.execute(query, values).fetchall()

    def _open(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            return self._connect(self.path)
        except sqlite3.DatabaseError as error:
            return self._remade(error)
        except OSError as error:
            raise _unusable(self.path, error) from error

    def _remade(
        self, error: sqlite3.DatabaseError, old: sqlite3.Connection | None = None
    ) -> sqlite3.Connection:
        """A new file in place of a damaged one; any other fault is raised as a VaultError."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise _unusable(self.path, error) from error
        if old:
            old.close()
        self.report(f"the search index was damaged ({error}) and has been made anew")
        for suffix in ("-journal", ""):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        return self._connect(self.path)


def _unusable(path: Path, error: Exception) -> VaultError:
    return VaultError(
        f"the search index {path} cannot be used: {error}", "check that its folder is writable"
    )
