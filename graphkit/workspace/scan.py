"""Which Markdown files a vault holds: one walk, every file counted or its absence explained."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from graphkit import codes
from graphkit.models import Problem, Span
from graphkit.workspace.applications import COPIES

SUFFIXES: Final = (".md", ".markdown")

Rules = tuple[tuple[str, Any], ...]  # (folder, the compiled .gitignore of that folder)


class File(NamedTuple):
    """A Markdown file: its POSIX path relative to the vault, and what `stat` says of it."""

    path: str
    mtime: int  # nanoseconds
    size: int  # bytes


class Listing(NamedTuple):
    """The Markdown files of a vault in path order, and what could not be listed."""

    files: tuple[File, ...]
    problems: tuple[Problem, ...]


def scan(root: Path) -> Listing:
    """All Markdown files below `root`, but for hidden folders and what a `.gitignore` names.

    Old states of notes that an application keeps are left out as well. A symbolic link is not
    followed: inside the vault its target is listed anyway, outside it is none of the vault's
    business.
    """
    found = _Found([], [])
    _walk(found, root, "", ())
    return Listing(tuple(sorted(found.files)), tuple(found.problems))


class _Found(NamedTuple):
    """What has been listed so far: kept in one place, as handing it up each folder takes longer."""

    files: list[File]
    problems: list[Problem]

    def note(self, code: str, message: str, path: str, hint: str = "") -> None:
        self.problems.append(codes.problem(code, message, Span(path), hint))


def _walk(found: _Found, root: Path, folder: str, rules: Rules) -> None:
    try:
        entries = sorted(os.scandir(root / folder), key=attrgetter("name"))
    except OSError as error:
        message = f"the folder cannot be read: {error.strerror}"
        found.note("not-read", message, folder or ".", "let yourself read it")
        return
    if any(entry.name == ".gitignore" and entry.is_file() for entry in entries):
        rules = (*rules, (folder, _compiled(root / folder / ".gitignore")))
    for entry in entries:
        path = folder + entry.name
        if path in COPIES or (rules and _is_ignored(path, entry, rules)):
            continue
        if not entry.name.startswith("."):
            _visit(found, root, path, entry, rules)
        elif path.lower().endswith(SUFFIXES) and entry.is_file(follow_symlinks=False):
            hint = "give it a name that begins with no dot, if it is one"
            found.note("not-a-note", "a hidden file is no note", path, hint)


def _visit(found: _Found, root: Path, path: str, entry: os.DirEntry[str], rules: Rules) -> None:
    named_like_a_note = path.lower().endswith(SUFFIXES)
    if entry.is_symlink():
        if named_like_a_note or os.path.isdir(root / path):  # noqa: PTH112  false for a loop
            found.problems.append(_link_problem(root, path))
    elif entry.is_dir(follow_symlinks=False):
        if named_like_a_note:
            message = "a folder with the name of a note; the notes in it are read"
            found.note("not-a-note", message, path)
        _walk(found, root, path + "/", rules)
    elif named_like_a_note:
        try:
            status = entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # it vanished after it was listed
            return
        if stat.S_ISREG(status.st_mode):
            found.files.append(File(path, status.st_mtime_ns, status.st_size))
        else:  # to open a pipe would be to wait for ever
            hint = "put a file in its place, or give it another name"
            found.note("not-followed", "not a regular file", path, hint)


def _compiled(file: Path) -> Any:
    """The rules of a `.gitignore`; a line that is no rule ignores nothing, as Git has it."""
    from pathspec import GitIgnoreSpec  # only vaults with a .gitignore pay for it

    spec = GitIgnoreSpec([])
    for line in _lines(file):
        with suppress(ValueError):
            spec += GitIgnoreSpec.from_lines([line])
    return spec


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # one that cannot be read ignores nothing
        return []


def _is_ignored(path: str, entry: os.DirEntry[str], rules: Rules) -> bool:
    name = path + "/" * entry.is_dir(follow_symlinks=False)
    return any(rule.match_file(name[len(folder) :]) for folder, rule in rules)


def _link_problem(root: Path, path: str) -> Problem:
    """What is said of a symbolic link that is named like a note, or leads to a folder."""
    leads_to = Path(os.path.realpath(root / path))
    if leads_to.is_symlink() or not leads_to.exists():
        message = "a symbolic link that leads nowhere"
        hint = "take it away, or make what it leads to"
        return codes.problem("not-followed", message, Span(path), hint)
    if leads_to.is_relative_to(root):
        message = "a symbolic link; what it leads to is read in its own place"
        return codes.problem("not-a-note", message, Span(path))
    message = "a symbolic link out of the vault is not followed"
    hint = "copy or move into the vault what it leads to"
    return codes.problem("not-followed", message, Span(path), hint)
