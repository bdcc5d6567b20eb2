"""Where a vault is, what its settings say, and which Markdown files it holds."""

from __future__ import annotations

import hashlib
import os
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from graphkit.errors import VaultError
from graphkit.models import Problem, Span
from graphkit.vocabulary import ANY, RELATIONS, VOCABULARY, Kind, Relation, Severity, Vocabulary

SETTINGS: Final = "graphkit.toml"
CACHE: Final = ".graphkit"
MARKERS: Final = (SETTINGS, CACHE, ".obsidian", "logseq")
BUNDLED: Final = (Path(__file__).parents[1] / "notes", Path(__file__).parents[2] / "notes")
"""Where the bundled notes lie: inside an installed wheel, beside the package in a checkout."""


@dataclass(frozen=True)
class Vault:
    """A folder of Markdown with its settings. Opening one reads `graphkit.toml` and no note."""

    root: Path
    name: str
    vocabulary: Vocabulary = VOCABULARY
    ignored_checks: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def installed(self) -> bool:
        """Whether these are the notes inside an installed wheel, which no command may change."""
        return self.root == BUNDLED[0]


def locate(path: Path | None = None, start: Path | None = None) -> Path:
    """The root of the vault in force: `path`, else the vault around `start`, else the bundled one.

    Raises:
        VaultError: `path` does not exist or is not a folder.
    """
    if path is not None:
        if not path.exists():
            raise VaultError(f"no such folder: {path}", "give the folder that holds your notes")
        if not path.is_dir():
            raise VaultError(f"not a folder: {path}", "give the folder that the note lies in")
        return path.resolve()
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if any((folder / marker).exists() for marker in MARKERS):
            return folder
    return bundled()


def bundled() -> Path:
    """The notes that come with GraphKit."""
    for folder in BUNDLED:
        if (folder / SETTINGS).exists():
            return folder
    raise VaultError("the bundled notes are missing", "reinstall GraphKit, or name a --vault")


def settle(root: Path) -> Vault:
    """The vault at `root` with its settings; what is wrong in them becomes Problems."""
    file = root / SETTINGS
    problems: list[Problem] = []
    settings: Mapping[str, Any] = {}
    if file.is_file():
        try:
            settings = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            problems.append(_setting_problem(f"{SETTINGS} cannot be read: {error}"))
    check = settings.get("check", {})
    ignored = check.get("ignore", []) if isinstance(check, dict) else []
    rows = tuple(_relations(settings.get("relation", []), problems))
    return Vault(
        root=root,
        name=str(settings.get("name", root.name)),
        vocabulary=Vocabulary((*rows, *RELATIONS)) if rows else VOCABULARY,
        ignored_checks=frozenset(ignored if isinstance(ignored, list) else []),
        problems=tuple(problems),
    )


def _relations(tables: object, problems: list[Problem]) -> Iterator[Relation]:
    """A vault's own relation rows, from `[[relation]]` tables."""
    for table in tables if isinstance(tables, list) else []:
        name = table.get("name") if isinstance(table, dict) else None
        if not isinstance(name, str) or table.get("sign", 0) not in (-1, 0, 1):
            problems.append(_setting_problem("[[relation]] needs a name, and a sign of -1, 0 or 1"))
            continue
        yield Relation(
            name=name,
            inverse=str(table.get("inverse", name)),
            subjects=_kinds(table.get("subjects")),
            objects=_kinds(table.get("objects")),
            sign=table.get("sign", 0),
            glyph=str(table.get("glyph", "⋯")),
            iri=str(table.get("iri", "")),
            meaning=str(table.get("meaning", "")),
            synonyms=tuple(map(str, table.get("synonyms", ()))),
            hierarchical=table.get("hierarchical") is True,
        )


def _kinds(names: object) -> frozenset[Kind]:
    known = {kind.value: kind for kind in Kind}
    listed = names if isinstance(names, list) else []
    return frozenset(known[name] for name in listed if name in known) or ANY


def _setting_problem(message: str) -> Problem:
    return Problem(
        "bad-settings", Severity.ERROR, message, Span(SETTINGS), "mend the file; defaults are used"
    )


def cache_folder(root: Path) -> Path:
    """Where the index of a vault lies: inside it, or in the user's cache when it is read-only."""
    inside = root / CACHE
    if root != BUNDLED[0] and _is_writable(inside if inside.exists() else root):
        return inside
    from platformdirs import user_cache_path

    digest = hashlib.sha256(str(root).encode()).hexdigest()[:16]
    return user_cache_path("graphkit") / "vaults" / digest


def copied(folder: Path) -> int:
    """Copy the bundled notes into a new or empty folder; how many files there are.

    Raises:
        VaultError: the folder holds something already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise VaultError(f"{folder} is not empty", "name a folder that is new or empty")
    shutil.copytree(
        bundled(), folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(CACHE, "__pycache__")
    )
    return sum(file.is_file() for file in folder.rglob("*"))


def made(folder: Path) -> Path:
    """The cache folder, created if need be, and told to Git as nothing to keep."""
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")
    return folder


def experiments_folder(root: Path) -> Path:
    """Where run records and figures lie; the bundled notes of a wheel are read-only."""
    if root == BUNDLED[0]:
        from platformdirs import user_data_path

        return user_data_path("graphkit") / "experiments"
    return root / "experiments"


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)
