"""Reading released tables: a fault names its file and line."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from graphkit.errors import GraphkitError


class StudyError(GraphkitError):
    """A released file is not what its study says it is."""


def rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file that has these columns, each with its line.

    Raises:
        StudyError: it cannot be read, or a column or a cell of these columns is missing.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file)
            absent = [name for name in columns if name not in (table.fieldnames or ())]
            if absent:
                raise StudyError(f"{path}:1: no column {absent[0]!r}", "is it the released file?")
            for row in table:
                if any(row[name] is None for name in columns):
                    raise StudyError(f"{path}:{table.line_num}: a row is cut short")
                yield table.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise StudyError(f"{path} cannot be read: {error}") from error


def share(text: object, path: Path, place: str) -> float:
    """A number from 0 to 1.

    Raises:
        StudyError: it is something else; `place` says where in the file.
    """
    try:
        value = float(text)  # type: ignore[arg-type]  # whatever the file holds; else TypeError
    except (TypeError, ValueError):
        value = math.nan
    if not 0 <= value <= 1:
        raise StudyError(f"{path}:{place}: {text!r} is no share between 0 and 1")
    return value
