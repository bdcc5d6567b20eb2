"""A vault as it was when it was last listed, kept in the index: seen while the vault is opened.

What it shows may have changed since. It is there to be looked at; nothing is to rest on it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit import models, vocabulary
from graphkit.models import Node, Standing
from graphkit.workspace import codec, index, vault

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

MEMO: Final = "glimpse"


class Seen(NamedTuple):
    """A node, and how it stood where it could."""

    node: Node
    standing: Standing | None = None


class Glimpse(NamedTuple):
    """What a vault held, in the order in which it was listed."""

    root: Path
    seen: tuple[Seen, ...]


def last(path: Path | None) -> Glimpse | None:
    """What was last seen of the vault that `Workspace.open` would open; None where nothing was.

    Raises:
        VaultError: there is no such folder.
    """
    root = vault.locate(path)
    file = vault.cache_folder(root) / index.FILE
    if not file.exists():
        return None
    with suppress(sqlite3.Error, ValueError, LookupError, TypeError), index.opened(file) as base:
        query = "SELECT key, value FROM memo WHERE name = ?"
        for key, value in base.execute(query, (MEMO,)):
            if key.startswith(_form()) and (seen := codec.load(tuple[Seen, ...], value)):
                return Glimpse(root, seen)
    return None


def keep(workspace: Workspace, nodes: Iterable[Node]) -> None:
    """Keep these nodes of a vault, in their order, where the index has not kept them already."""
    if workspace.cache is None:
        return
    key = f"{_form()} {workspace.state}"
    with suppress(sqlite3.Error), index.opened(workspace.cache / index.FILE) as base:
        query = "SELECT 1 FROM memo WHERE name = ? AND key = ?"
        if not base.execute(query, (MEMO, key)).fetchone():
            seen = tuple(Seen(node, workspace.standings.get(node.id)) for node in nodes)
            row = (MEMO, key, codec.dump(seen))
            base.execute("INSERT OR REPLACE INTO memo VALUES (?, ?, ?)", row)


def _form() -> str:
    """What decides how a node is written: one of another form would be read as what it is not."""
    code = [Path(str(module.__file__)) for module in (models, vocabulary, codec)]
    return repr([(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in code])
