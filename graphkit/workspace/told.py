"""What answers may say of each node, kept in the index: a question then needs no graph.

It is written when a question is first asked of notes and runs as they are now, and believed for as
long as they stay so.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit.vocabulary import Kind
from graphkit.workspace import codec, index, rooms

if TYPE_CHECKING:
    from graphkit.found import Answer
    from graphkit.graph.answer import Tell, Told
    from graphkit.workspace import Workspace
    from graphkit.workspace.reading import Reading

MEMO: Final = "told"
JUDGING: Final = ("*.py", "graph/*.py")  # code that decides what is told


def state(workspace: Reading) -> str:
    """A digest of all that answers rest on: the notes, the runs, and the code that judges them."""
    package = Path(__file__).parents[1]
    code = sorted(file for pattern in JUDGING for file in package.glob(pattern))
    ages = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in code]
    rests = (workspace.synced.stamp, workspace.runs.verdicts, ages)
    return hashlib.sha256(repr(rests).encode("utf-8", "surrogatepass")).hexdigest()


def answered(workspace: Workspace, answer: Callable[[Tell], Answer]) -> Answer:
    """An answer by what the index has to tell, else by the graph."""
    drawn = "graph" in vars(workspace)  # the graph is there already, and the quicker to ask
    if workspace.cache:
        unusable = (sqlite3.Error, ValueError, LookupError, TypeError)
        with suppress(*unusable), index.opened(workspace.cache / index.FILE) as base:
            if not _kept(base, workspace.state):
                _keep(base, workspace)
            base.execute("BEGIN")  # what it says now it says to the end
            if not drawn and _kept(base, workspace.state):
                return answer(partial(_by_index, base))
    return answer(_by_graph(workspace))


def _by_graph(workspace: Workspace) -> Tell:
    return rooms.graph.teller(workspace.graph, workspace.standings)


def _by_index(base: sqlite3.Connection, node_id: str) -> Told | None:
    from graphkit.graph.answer import Told

    found = base.execute("SELECT value FROM told WHERE id = ?", (node_id,)).fetchone()
    return codec.load(Told, found[0]) if found else None


def _kept(base: sqlite3.Connection, state: str) -> bool:
    """Whether the index tells of this state, and of all that there was to tell of."""
    query = """SELECT 1 FROM memo WHERE name = ? AND key = ?
        AND value = (SELECT CAST(count(*) AS TEXT) FROM told)"""
    return base.execute(query, (MEMO, state)).fetchone() is not None


def _keep(base: sqlite3.Connection, workspace: Workspace) -> None:
    """Write all that may be told; of a node that says nothing to a question, nothing."""
    tell = _by_graph(workspace)
    every = ((id_, tell(id_)) for id_ in workspace.graph.nodes)
    rows = [(id_, codec.dump(told)) for id_, told in every if told and _speaks(told)]
    with base:
        base.execute("BEGIN IMMEDIATE")
        base.execute("DELETE FROM told")
        base.executemany("INSERT INTO told VALUES (?, ?)", rows)
        memo = (MEMO, workspace.state, str(len(rows)))
        base.execute("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", memo)


def _speaks(told: Told) -> bool:
    return bool(told.leads) or told.kind in {Kind.CLAIM, Kind.QUESTION}
