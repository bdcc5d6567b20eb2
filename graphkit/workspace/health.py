"""What GraphKit stands on, on this machine and in this vault, and whether it holds."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import ModelError
from graphkit.vocabulary import Severity
from graphkit.workspace import applications, index, lookup, vault

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

LIBRARIES: Final = (
    "markdown-it-py", "networkx", "numpy", "onnxruntime", "pydantic", "sentence-transformers",
    "textual", "tokenizers", "torch", "watchfiles",
)  # fmt: skip


class Finding(NamedTuple):
    """One thing that was looked at."""

    topic: str
    says: str
    healthy: bool = True


def examine(workspace: Workspace, named: Path | None = None) -> tuple[Finding, ...]:
    """Every finding, in the order in which one leans on the other.

    `named` is the vault that the user asked for, None when it was looked for.
    """
    return (
        Finding("vault", f"{workspace.root} ({_why(workspace.root, named)})"),
        _settings(workspace),
        Finding(
            "dialect", applications.told(workspace.vault.dialect, workspace.vault.dialect_marker)
        ),
        _index(workspace),
        _search(workspace),
        _model(workspace.vault.model),
        *_libraries(),
        *_folders(workspace),
        *_problems(workspace),
    )


def _why(root: Path, named: Path | None) -> str:
    if named is not None:
        return "named by you"
    markers = [marker for marker in vault.MARKERS if (root / marker).exists()]
    if Path.cwd().is_relative_to(root) and markers:
        return f"the nearest folder around here with {markers[0]}"
    return "the bundled notes, as no vault lies around here"


def _settings(workspace: Workspace) -> Finding:
    file = workspace.root / vault.SETTINGS
    bad = [p.message for p in workspace.vault.problems]
    fine = str(file) if file.is_file() else f"no {vault.SETTINGS}: the defaults hold"
    return Finding("settings", "; ".join(bad) or fine, not bad)


def _index(workspace: Workspace) -> Finding:
    if workspace.cache is None:
        return Finding("index", "none can be kept: every command reads all notes", healthy=False)
    file = workspace.cache / index.FILE
    place = "" if file.is_relative_to(workspace.root) else ", in your cache: the vault is read-only"
    edition = index.edition(file)[:12]
    notes = f"{len(workspace.parsed)} notes"
    return Finding("index", f"{file} ({notes}, {_size(file)}, edition {edition}{place})")


def _search(workspace: Workspace) -> Finding:
    file = workspace.cache / lookup.FILE if workspace.cache else None
    if file is None or not file.exists():
        return Finding("search", "no search index yet: the first search makes it")
    return Finding("search", f"{file} ({_size(file)})")


def _model(named: str) -> Finding:
    from graphkit.search import encoder

    if named:
        return Finding("model", f"{named} (named in {vault.SETTINGS})")
    try:
        file = encoder.weights()
    except ModelError as error:
        return Finding("model", f"{error.message}; {error.hint}", healthy=False)
    return Finding("model", f"{file} (its sha256 is the published one)")


def _libraries() -> Iterator[Finding]:
    yield Finding("python", sys.version.split()[0])
    yield Finding("sqlite", sqlite3.sqlite_version)
    for name in LIBRARIES:
        try:
            yield Finding(name, version(name))
        except PackageNotFoundError:
            yield Finding(name, "not installed: reinstall GraphKit", healthy=False)


def _folders(workspace: Workspace) -> Iterator[Finding]:
    """Where GraphKit writes: none of it need exist yet, but it must be possible to make it."""
    from platformdirs import user_cache_path, user_state_path

    places = {
        "notes": workspace.root,
        "experiments": workspace.experiments,
        "cache": user_cache_path("graphkit"),
        "state": user_state_path("graphkit"),
    }
    for name, folder in places.items():
        standing = next(place for place in (folder, *folder.parents) if place.exists())
        able = os.access(standing, os.W_OK)
        yield Finding(f"{name} folder", f"{folder} ({'writable' if able else 'read-only'})", able)


def _problems(workspace: Workspace) -> Iterator[Finding]:
    """What is wrong with the vault as a whole; the notes themselves are the linter's business."""
    for problem in (*workspace.problems, *workspace.runs.problems):
        grave = problem.severity is not Severity.INFO
        yield Finding(problem.code, f"{problem.span}: {problem.message}", not grave)


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1024:,.0f} KiB" if file.exists() else "not written yet"
