"""Reading and writing files so that nothing is ever half done."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from graphkit.errors import VaultError

UNFINISHED: Final = ".graphkit-unfinished"  # ends the names of files that a write has not renamed
ABANDONED: Final = 3600.0  # seconds after which no write can still be at work on one


def inside(root: Path, path: str) -> Path:
    """The file of a vault at this relative path.

    Raises:
        VaultError: the path leads out of the vault, by its steps or through a symbolic link.
    """
    file = Path(os.path.realpath(root / path))
    if not file.is_relative_to(os.path.realpath(root)):
        raise VaultError(f"{path} leads out of the vault", "only files inside a vault are touched")
    return file


def read_inside(root: Path, path: str) -> bytes:
    """The bytes of a file of the vault.

    Raises:
        VaultError: the path leads out of the vault, or the file cannot be read.
    """
    with contextlib.suppress(OSError):  # then the longer way tells what is the matter
        if ".." not in (steps := path.split("/")):
            return _read_straight(root, steps)
    file = inside(root, path)
    try:
        return file.read_bytes()
    except OSError as error:
        raise VaultError(f"{path} cannot be read: {error.strerror}") from error


def _read_straight(root: Path, steps: Sequence[str]) -> bytes:
    """The bytes of a file below a folder; no step is a symbolic link, whoever changes them now."""
    *folders, name = steps
    place = os.open(root, os.O_DIRECTORY)
    try:
        for folder in folders:
            inner = os.open(folder, os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=place)
            os.close(place)
            place = inner
        file = os.open(name, os.O_NOFOLLOW, dir_fd=place)
    finally:
        os.close(place)
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123  an open file, not a path
        return stream.read()


def stands(root: Path, path: str) -> bool:
    """Whether the vault holds a file or folder at this path."""
    return os.path.lexists(inside(root, path))


def write_atomically(file: Path, data: bytes) -> None:
    """Replace or create `file`: a reader sees the old bytes or the new ones, never a mixture.

    Raises:
        VaultError: the folder is read-only or the disk full; the old file stands unharmed.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _sweep(file.parent.resolve())
        handle, name = tempfile.mkstemp(UNFINISHED, f".{file.name[:40]}.", file.parent)
    except OSError as error:
        raise _unwritable(file, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if file.exists():
            shutil.copymode(file, name)
        else:
            Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(file)
    except OSError as error:
        raise _unwritable(file, error) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()


@lru_cache(maxsize=1024)  # one look at a folder is enough for as long as a command runs
def _sweep(folder: Path) -> None:
    """Remove what writes into this folder left there when they were killed."""
    for litter in folder.glob(f".*{UNFINISHED}"):
        with contextlib.suppress(OSError):  # another command was faster, or may not
            if time.time() - litter.lstat().st_mtime > ABANDONED and not litter.is_symlink():
                litter.unlink()


class Replacement(NamedTuple):
    """A file to be written, and the one that it takes the place of when it has another path."""

    file: Path
    data: bytes
    old: Path | None = None


def replace_together(replacements: Sequence[Replacement]) -> None:
    """Write all of these files or none: every byte is on the disk before the first is replaced.

    Raises:
        VaultError: a folder is read-only or the disk full; all files are as they were.
    """
    try:
        with ExitStack() as folders, ExitStack() as litter, ExitStack() as undo:
            staged = [_staged(each, folders, litter) for each in replacements]
            for each, new, backup in staged:
                _replace(each, new, backup, undo)
            undo.pop_all()
            folders.pop_all()
    except OSError as error:
        raise _unwritable(_meant(error, replacements), error) from error


def _meant(error: OSError, replacements: Sequence[Replacement]) -> Path:
    """The file that could not be written, though its stand-in is the one that failed."""
    failed = Path(error.filename2 or error.filename or "")
    named = (
        each.file for each in replacements if failed.name.startswith(f".{each.file.name[:40]}")
    )
    return next(named, failed if failed.name else replacements[0].file)


def _replace(each: Replacement, new: Path, backup: Path, undo: ExitStack) -> None:
    undo.callback(backup.replace, each.old or each.file)
    if each.old is not None:
        each.old.unlink()
        undo.callback(each.file.unlink, missing_ok=True)
    new.replace(each.file)


def _staged(
    each: Replacement, folders: ExitStack, litter: ExitStack
) -> tuple[Replacement, Path, Path]:
    """The new bytes beside the file's place, and the old file under a second name."""
    old = each.old or each.file
    for folder in reversed([each.file.parent, *each.file.parent.parents]):
        if not folder.exists():
            folder.mkdir()
            folders.callback(folder.rmdir)
    new, backup = (_beside(file, litter) for file in (each.file, old))
    with new.open("wb") as stream:
        stream.write(each.data)
        stream.flush()
        os.fsync(stream.fileno())
    shutil.copymode(old, new)
    shutil.copy2(old, backup)
    return each, new, backup


def _beside(file: Path, litter: ExitStack) -> Path:
    """An empty file for a while, in the folder of another.

    A killed move may leave the only copy of a note in one, so they are never swept away.
    """
    handle, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", dir=file.parent)
    os.close(handle)
    litter.callback(Path(name).unlink, missing_ok=True)
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(file: Path, error: OSError) -> VaultError:
    return VaultError(f"{file} cannot be written: {error.strerror}", "the file is as it was")
