"""Saved pages on disk, and the changes that bring what they say into a folder of notes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from graphkit import disk, parse
from graphkit.errors import VaultError
from graphkit.models import Change, Problem
from graphkit.parse import pages
from graphkit.workspace.scan import scan


class Import(NamedTuple):
    """What importing would do: nothing is written yet."""

    pages: tuple[pages.Page, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def planned(saved: Iterable[Path], into: Path) -> Import:
    """Read saved pages and plan the notes that come of them.

    Raises:
        VaultError: a page or the folder cannot be read.
    """
    read = tuple(_page(file) for file in saved)
    drafts = pages.notes(page for page, _ in read)
    changes = pages.plan(drafts, _existing(into))
    told = [problem for _, problems in read for problem in problems]
    told += [problem for draft in drafts for problem in draft.problems]
    told += [change.problem for change in changes if change.problem]
    due = tuple(change for change in changes if not change.problem)
    return Import(tuple(page for page, _ in read), due, tuple(told))


def _page(file: Path) -> tuple[pages.Page, tuple[Problem, ...]]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise VaultError(
            f"{file} cannot be read: {error.strerror}", "give the files that were saved"
        ) from error
    text, problems = parse.decode(data, file.name)
    return pages.read(text, file.name, hashlib.sha256(data).hexdigest()), problems


def _existing(into: Path) -> dict[str, bytes]:
    if not into.exists():
        return {}
    root = into.resolve()
    return {file.path: disk.read_inside(root, file.path) for file in scan(root).files}
