"""What opening a vault does: its folder is scanned and its index brought up to date."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from graphkit import codes, disk
from graphkit.models import ParsedNote, Problem, Span
from graphkit.workspace import index, vault
from graphkit.workspace.lookup import Progress, silent
from graphkit.workspace.scan import scan

UNFINISHED: Final = "unfinished"  # the folder of `journal` in the cache


class Opened(NamedTuple):
    """A vault as it was at one moment."""

    vault: vault.Vault
    synced: index.Sync
    problems: tuple[Problem, ...]  # of the vault itself: its settings, unread files, the index
    cache: Path | None  # folder of the index, None where there can be none


def opened(found: vault.Vault, before: Opened | None = None, progress: Progress = silent) -> Opened:
    """The vault as it is now; only notes that are not as the index or `before` has them are read.

    A vault whose index cannot be used has every note read, and says so.
    """
    recovered = _recovered(found.root)
    listing = scan(found.root)
    problems = (*found.problems, *recovered, *listing.problems)
    same_manner = before is not None and _manner(before.vault) == _manner(found)
    sync = partial(
        index.sync,
        listed=listing.files,
        read=partial(disk.read_inside, found.root),
        parse=partial(read_note, found),
        vocabulary=found.vocabulary,
        dialect=found.dialect,
        before=before.synced if before and same_manner else None,
        tell=partial(progress, "reading notes"),
    )
    try:
        cache = vault.made(vault.cache_folder(found.root))
        return Opened(found, sync(cache / index.FILE), problems, cache)
    except (sqlite3.Error, OSError) as error:
        return Opened(found, sync(None), (*problems, _no_index(error)), None)


def _recovered(root: Path) -> tuple[Problem, ...]:
    """What came of a change to several notes that another process could not finish."""
    cache = vault.cache_folder(root)
    if not (cache / UNFINISHED).exists():
        return ()
    from graphkit.workspace import journal

    return journal.recover(root, cache)


def _manner(found: vault.Vault) -> tuple[object, ...]:
    """What decides how the notes of a vault are read."""
    return found.vocabulary.rows, found.dialect


def read_note(found: vault.Vault, data: bytes, path: str) -> ParsedNote:
    """A note of this vault, from the bytes of its file."""
    from graphkit import parse  # markdown-it waits here: a vault that did not change needs none

    text, problems = parse.decode(data, path)
    parsed = parse.note(text, path, found.vocabulary, found.dialect)
    return parsed._replace(problems=(*problems, *parsed.problems))


def _no_index(error: Exception) -> Problem:
    hint = "make room for it, or let yourself write there; until then all notes are read each time"
    return codes.problem("no-index", f"the index cannot be used: {error}", Span(vault.CACHE), hint)
