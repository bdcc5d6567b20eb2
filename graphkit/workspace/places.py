"""Where a note may go, and by what it may be called: nothing that another one has already."""

from __future__ import annotations

from itertools import chain
from posixpath import normpath
from typing import TYPE_CHECKING

from graphkit.errors import VaultError
from graphkit.graph.index import Index
from graphkit.graph.names import folded
from graphkit.models import Note
from graphkit.workspace import filenames

if TYPE_CHECKING:
    from graphkit.workspace.refactoring import Files


def placed(folder: str, name: str) -> str:
    """The path of a file of this name in a folder of the vault.

    Raises:
        VaultError: the folder is none of the vault's.
    """
    place = normpath(folder or ".")
    steps = place.split("/")
    if place != "." and any(step.startswith(".") or not step for step in steps):
        raise VaultError(f"{folder} is no folder for notes", "give one inside the vault")
    return normpath(f"{place}/{name}")


def refuse_taken_title(names: Index, note: Note, title: str, path: str) -> None:
    """Let no note take a title, or at another path a file name, by which another one is known.

    Raises:
        VaultError: one is; it names that note.
    """
    stem = path.rpartition("/")[2].rpartition(".")[0]
    names_taken = [title] * (title != note.title) + [stem] * (path != note.path)
    for name in names_taken:
        if taken := named(names, name, but=note.path):
            raise VaultError(f'"{name}" already names {taken}', "give another title")


def named(names: Index, name: str, but: str = "") -> str:
    """The path of a note that this name names, `but` for one; empty where there is none."""
    known = (names.titles, names.stems, names.aliases, names.ids, names.paths)
    found = chain.from_iterable(group.get(folded(name), ()) for group in known)
    return next((entry.path for entry in found if entry.path != but), "")


def refuse_taken_path(files: Files, old: str, new: str) -> None:
    """Let no note come to a path where another file is; `old` is its own before, if any.

    Raises:
        VaultError: there is one, or no file can be called so.
    """
    name = new.rpartition("/")[2]
    if not name.rpartition(".")[0] or len(name.encode()) > filenames.LONGEST:
        raise VaultError(f'"{name}" can be no file name', "give a shorter title, with letters")
    same = (path for path in files.names.notes if folded(path) == folded(new) and path != old)
    taken = next(same, new if folded(new) != folded(old) and files.exists(new) else "")
    if taken:
        raise VaultError(f"{taken} exists already", "nothing was changed")
