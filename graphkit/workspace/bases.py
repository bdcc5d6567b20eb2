"""The texts that summaries were written with, kept so that a person's edits can be merged.

A cache: losing it loses no words, only the merge. Then the text that a commit holds is looked for,
and where there is none either, an edited summary is left to its author.
"""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from graphkit.parse import blocks

FILE: Final = "summaries.sqlite"
KEPT: Final = 20_000  # texts, the newest, some forty megabytes at the most
_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS body (digest TEXT PRIMARY KEY, text TEXT)"
_PATIENCE: Final = 10.0  # seconds that git may take


def keep(cache: Path | None, bodies: Iterable[str]) -> None:
    """Remember these texts by their digests; a cache that cannot be written keeps none."""
    rows = [(blocks.digest(body), body) for body in bodies]
    if cache is None or not rows:
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(cache / FILE)) as base, base:
        base.execute(_SCHEMA)
        base.executemany("INSERT OR REPLACE INTO body VALUES (?, ?)", rows)
        newest = "SELECT max(rowid) FROM body"
        base.execute(f"DELETE FROM body WHERE rowid <= ({newest}) - ?", (KEPT,))  # noqa: S608  # no input


def find(root: Path, cache: Path | None, path: str, digest: str) -> str | None:
    """The generated text of this digest, from the cache or the note's last commit."""
    return _remembered(cache, digest) or _committed(root, path, digest)


def _remembered(cache: Path | None, digest: str) -> str | None:
    if cache is None or not (cache / FILE).exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(cache / FILE)) as base:
        found = base.execute("SELECT text FROM body WHERE digest = ?", (digest,)).fetchone()
        return found[0] if found and blocks.digest(found[0]) == digest else None
    return None


def _committed(root: Path, path: str, digest: str) -> str | None:
    """The body in the last commit of the vault's repository, if it is the one of this digest.

    `cat-file` runs no filter and no hook of the repository, which may come from anyone.
    """
    command = ["git", "-C", str(root), "cat-file", "blob", f"HEAD:./{path}"]
    try:
        told = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=True)  # noqa: S603  # a fixed program
    except (OSError, subprocess.SubprocessError):
        return None
    block = blocks.find(told.stdout.decode("utf-8", errors="replace")).block
    same = block is not None and not block.edited and block.digest == digest
    return blocks.LINE_END.sub("\n", block.body) if block and same else None
