"""Reading and writing files so that nothing is ever half done."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from graphkit.errors import VaultError


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
    file = inside(root, path)
    try:
        return file.read_bytes()
    except OSError as error:
        raise VaultError(f"{path} cannot be read: {error.strerror}") from error


def write_atomically(file: Path, data: bytes) -> None:
    """Replace or create `file`: a reader sees the old bytes or the new ones, never a mixture.

    Raises:
        VaultError: the folder is read-only or the disk full; the old file stands unharmed.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", dir=file.parent)
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(file: Path, error: OSError) -> VaultError:
    return VaultError(f"{file} cannot be written: {error.strerror}", "the file is as it was")
