"""Saved pages on disk, and the changes that bring what they say into a folder of notes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from graphkit import codes, disk, parse
from graphkit.errors import VaultError
from graphkit.models import Change, Problem, Span
from graphkit.parse import pages
from graphkit.workspace.scan import scan


class Import(NamedTuple):
    """What importing would do: nothing is written yet."""

    pages: tuple[pages.Page, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def planned(saved: Iterable[Path], into: Path) -> Import:
    """Read saved pages and plan the notes that come of them.

    A page that cannot be read, or is no text, is a Problem; the others are imported.
    """
    read = [_page(file) for file in saved]
    found = tuple(page for page, _ in read if page)
    drafts = pages.notes(found)
    changes = pages.plan(drafts, _existing(into))
    told = [problem for _, problems in read for problem in problems]
    told += [problem for draft in drafts for problem in draft.problems]
    told += [change.problem for change in changes if change.problem]
    return Import(found, tuple(change for change in changes if not change.problem), tuple(told))


def write(changes: Iterable[Change], into: Path) -> None:
    """Write planned changes, each file whole or not at all.

    Raises:
        VaultError: a path leads out of the folder, holds something that the plan did not see
            (an ignored note, say), or cannot be written.
    """
    for change in changes:
        held = disk.read_inside(into, change.path) if disk.stands(into, change.path) else b""
        if held != change.before:
            raise VaultError(
                f"{into / change.path} is in the way", "move it, or import into another folder"
            )
        disk.write_atomically(disk.inside(into, change.path), change.after)


def _page(file: Path) -> tuple[pages.Page | None, tuple[Problem, ...]]:
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"this page cannot be read: {error.strerror}"
        return None, _not_a_page(message, Span(str(file)), "name a file that you may read")
    text, odd = parse.decode(data, file.name)
    if odd:  # a picture, say: what came of it would be no page
        message = f"this is no text: {odd[0].message}; nothing is imported from it"
        return None, _not_a_page(message, odd[0].span, "save the page as UTF-8 text, then again")
    return pages.read(text, file.name, hashlib.sha256(data).hexdigest()), ()


def _not_a_page(message: str, span: Span, hint: str) -> tuple[Problem, ...]:
    return (codes.problem("not-a-page", message, span, hint),)


def _existing(into: Path) -> dict[str, bytes]:
    if not into.exists():
        return {}
    root = into.resolve()
    return {file.path: disk.read_inside(root, file.path) for file in scan(root).files}
