"""Changes to several notes that outlive a crash: written down first, carried out, crossed off.

The new bytes of every file lie in the cache before the first note is touched; writing the list of
them is the moment from which the change counts. A process that dies before it has changed nothing,
and after it the next open completes the change. What fails without a crash is undone at once.
"""

from __future__ import annotations

import fcntl
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from graphkit import codes, disk
from graphkit.errors import VaultError
from graphkit.models import Change, Problem, Span

FOLDER: Final = "unfinished"  # known to the workspace, which need not load this otherwise
_LIST: Final = "changes.json"
_LOCK: Final = "lock"
_LITTER: Final = re.compile(r"\.[a-z0-9_]{8}")  # how the temporary file of a write ends


class Entry(NamedTuple):
    """One note of a change: its path before and after, and the digests of its bytes."""

    source: str
    path: str
    before: str
    after: str


def carry_out(root: Path, cache: Path, changes: Sequence[Change]) -> None:
    """Write all of these changes, or none.

    Raises:
        VaultError: another process is writing, a folder is read-only or the disk full; then every
            file is as it was.
    """
    folder = cache / FOLDER
    with _locked(cache) as alone:
        if not alone:
            raise VaultError("another process is changing this vault", "run it again")
        try:
            _write_down(folder, changes)
            disk.replace_together([_replacement(root, change) for change in changes])
        finally:
            _cross_off(folder)


def recover(root: Path, cache: Path) -> tuple[Problem, ...]:
    """Complete what a process that died left half done, and say so."""
    folder = cache / FOLDER
    if not folder.is_dir():
        return ()
    with _locked(cache) as alone:
        if not alone:  # its process is alive and at it
            return ()
        entries = _written_down(folder)
        problems = []
        for number, entry in enumerate(entries):
            try:
                _complete(root, entry, (folder / str(number)).read_bytes())
            except (VaultError, OSError) as error:
                problems.append(_unfinished(entry, error))
        _cross_off(folder)
    if not entries or problems:
        return tuple(problems)
    message = f"a change of {len(entries)} notes that was cut short has been completed"
    return (codes.problem("finished-change", message, Span(entries[0].path), "nothing to do"),)


@contextmanager
def _locked(cache: Path) -> Iterator[bool]:
    """Whether this process alone holds the vault's journal; a lock dies with its process."""
    with (cache / _LOCK).open("wb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _write_down(folder: Path, changes: Sequence[Change]) -> None:
    entries = [
        Entry(
            change.source or change.path, change.path, *map(_digest, (change.before, change.after))
        )
        for change in changes
    ]
    for number, change in enumerate(changes):
        disk.write_atomically(folder / str(number), change.after)
    disk.write_atomically(folder / _LIST, json.dumps(entries).encode())


def _written_down(folder: Path) -> list[Entry]:
    """What is still to be done; nothing where the list itself was never finished."""
    file = folder / _LIST
    return [Entry(*each) for each in json.loads(file.read_bytes())] if file.exists() else []


def _cross_off(folder: Path) -> None:
    (folder / _LIST).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _replacement(root: Path, change: Change) -> disk.Replacement:
    old = disk.inside(root, change.source) if change.source else None
    return disk.Replacement(disk.inside(root, change.path), change.after, old)


def _complete(root: Path, entry: Entry, new: bytes) -> None:
    """Bring one note to where it should be, from wherever the change stopped.

    Raises:
        VaultError: somebody changed the note meanwhile, or it cannot be written.
    """
    old, file = disk.inside(root, entry.source), disk.inside(root, entry.path)
    for place in (old, file):
        _sweep(place, entry, new)
    if not _holds(file, entry.after):
        between = old != file and not old.exists() and not file.exists()
        if not between and not _holds(old, entry.before):
            raise VaultError(f"{entry.source} was changed meanwhile")
        disk.write_atomically(file, new)
    if old != file and _holds(old, entry.before):
        shutil.copymode(old, file)
        old.unlink()


def _sweep(place: Path, entry: Entry, new: bytes) -> None:
    """Take away the temporary files of a write to this place, and nothing that is not one."""
    start = f".{place.name[:40]}"
    for file in place.parent.glob(".*") if place.parent.is_dir() else ():
        if file.name.startswith(start) and _LITTER.fullmatch(file.name, len(start)):
            data = file.read_bytes()
            if new.startswith(data) or _digest(data) == entry.before:
                file.unlink()


def _holds(file: Path, digest: str) -> bool:
    return file.is_file() and _digest(file.read_bytes()) == digest


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _unfinished(entry: Entry, error: VaultError | OSError) -> Problem:
    said = error.message if isinstance(error, VaultError) else str(error.strerror)
    message = f"a rename or move was cut short and could not be completed here: {said}"
    hint = f"compare {entry.source} and {entry.path}, and keep the one you want"
    return codes.problem("unfinished-change", message, Span(entry.path), hint)
