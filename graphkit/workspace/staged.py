"""The vault as the next commit would have it: what git's index holds, laid out in a folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from graphkit import disk
from graphkit.errors import VaultError
from graphkit.workspace import bases, index, repository, vault

_LENT: Final = (index.FILE, bases.FILE)  # caches that are right for whatever is in them
_DIGESTS: Final = {40: hashlib.sha1, 64: hashlib.sha256}  # of blobs, by the length of their names


class _File(NamedTuple):
    data: bytes
    times: tuple[int, int]  # of access and change, in nanoseconds


@contextmanager
def laid_out(root: Path) -> Iterator[Path]:
    """A folder with the vault as it is staged, gone when the block ends.

    A file that is as it was staged keeps its time, so that the lent index knows it again. The
    others come out of git's store as they lie there; no filter of the repository is run.

    Raises:
        VaultError: the vault is in no git repository.
    """
    files = repository.staged(root)
    with tempfile.TemporaryDirectory(prefix="graphkit-") as place:
        folder = Path(place, root.name)
        folder.mkdir()
        here = {path: _unchanged(root, path, blob) for path, blob in files.items()}
        for path, file in here.items():
            if file:
                os.utime(_written(folder, path, file.data), ns=file.times)
        others: dict[str, list[str]] = {}
        for path, blob in files.items():
            if here[path] is None:
                others.setdefault(blob, []).append(path)
        for blob, data in repository.read(root, others):
            for path in others[blob]:
                _written(folder, path, data)
        _lend(vault.cache_folder(root), folder / vault.CACHE)
        yield folder


def _unchanged(root: Path, path: str, blob: str) -> _File | None:
    """The file of the vault, if it is what this blob holds."""
    try:
        status = (root / path).lstat()
        data = disk.read_inside(root, path)
    except (OSError, VaultError):
        return None
    same = _DIGESTS[len(blob)](b"blob %d\0" % len(data) + data).hexdigest() == blob
    return _File(data, (status.st_atime_ns, status.st_mtime_ns)) if same else None


def _written(folder: Path, path: str, data: bytes) -> Path:
    file = disk.inside(folder, path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def _lend(cache: Path, folder: Path) -> None:
    for name in _LENT:
        if (cache / name).is_file():
            folder.mkdir(exist_ok=True)
            shutil.copyfile(cache / name, folder / name)
