"""The vectors of an index in one file, which a process maps into its memory instead of reading it.

It is copied from the index whenever a passage or a vector there has changed. Each row is the
vector of a passage and, in the same four-byte cells, its note, form and row as integers. The sum
of all cells at the end tells a damaged file: adding costs no more than the comparing with a
question does, a digest would cost ten times that.
"""

from __future__ import annotations

import io
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from graphkit import disk
from graphkit.errors import VaultError
from graphkit.search.cosine import Matrix
from graphkit.search.passage import Form

if TYPE_CHECKING:
    import numpy.typing as npt

    Block = npt.NDArray[np.float32]  # (passages, dimensions + PLACES)

PLACES: Final = 6  # cells: three integers of eight bytes
_FORMS: Final = tuple(Form)


class DamagedError(Exception):
    """The file does not hold what was written."""


def read(file: Path) -> Matrix:
    """The matrix in a file.

    Raises:
        FileNotFoundError: there is none.
        DamagedError: it was cut short or changed.
    """
    try:
        block = np.asarray(np.load(file, mmap_mode="r"))
        with file.open("rb") as content:
            content.seek(-8, os.SEEK_END)
            told = content.read()
    except FileNotFoundError:
        raise
    except (OSError, ValueError, EOFError) as error:
        raise DamagedError from error
    if block.dtype != np.float32 or block.ndim != 2 or _sum(block) != told:
        raise DamagedError
    notes, forms, rows = np.ascontiguousarray(block[:, -PLACES:]).view(np.int64).T
    return Matrix(block[:, :-PLACES], notes, np.array(_FORMS, dtype=np.str_)[forms], rows)


def write(file: Path, matrix: Matrix) -> None:
    """Put a matrix in a file that no reader sees before it is whole, in place of older ones.

    Where it cannot be written there is none: the index has all of it.
    """
    codes = np.array([_FORMS.index(Form(form)) for form in matrix.forms.tolist()], dtype=np.int64)
    places = np.stack([matrix.notes, codes, matrix.passages], axis=1).view(np.float32)
    block = np.hstack([matrix.vectors, places])
    content = io.BytesIO()
    np.save(content, block)
    content.write(_sum(block))
    with suppress(OSError, VaultError):
        disk.write_atomically(file, content.getvalue())
        for other in file.parent.glob(f"{_family(file)}-*{file.suffix}"):
            if other != file:
                other.unlink(missing_ok=True)


def _family(file: Path) -> str:
    """What the names of all files for one model begin with."""
    return file.stem.rpartition("-")[0]


def _sum(block: Block) -> bytes:
    """The sum of all cells, as integers that wrap around."""
    cells = block.view(np.uint32).sum(dtype=np.uint64)
    return int(cells).to_bytes(8, "little")
