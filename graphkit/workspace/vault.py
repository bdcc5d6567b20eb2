"""Where a vault is, and where what belongs to it lies."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit.dialect import PLAIN, Dialect
from graphkit.disk import write_atomically
from graphkit.errors import VaultError
from graphkit.models import Problem
from graphkit.vocabulary import VOCABULARY, Kind, Vocabulary
from graphkit.workspace import applications, settings

if TYPE_CHECKING:
    from graphkit.experiment.own import Registered

SETTINGS: Final = settings.FILE
CACHE: Final = ".graphkit"
DEFAULT_CHECK: Final = settings.Check()
MARKERS: Final = (
    SETTINGS,
    CACHE,
    *(marker for each in applications.APPLICATIONS.values() for marker in each.markers),
)
BUNDLED: Final = (Path(__file__).parents[1] / "notes", Path(__file__).parents[2] / "notes")
"""Where the bundled notes lie: inside an installed wheel, beside the package in a checkout."""


@dataclass(frozen=True)
class Vault:
    """A folder of Markdown with its settings. Opening one reads `graphkit.toml` and no note."""

    root: Path
    name: str
    vocabulary: Vocabulary = VOCABULARY
    check: settings.Check = DEFAULT_CHECK
    dialect: Dialect = PLAIN
    dialect_marker: str = ""  # the file that shows the application which keeps it
    problems: tuple[Problem, ...] = ()
    model: str = ""  # to search with, by name or folder; empty for the packaged one
    device: str = ""  # that it runs on; empty for the fastest
    templates: Mapping[Kind, str] = field(default_factory=dict)  # of summaries, by kind
    registered: tuple[Registered, ...] = ()  # experiments of its own

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
    return _around((start or Path.cwd()).resolve()) or bundled()


def own(path: Path | None = None) -> Path:
    """The root of the user's vault: `path`, else the vault around the current folder.

    For what writes notes or passes judgement on them: the bundled ones were not meant then.

    Raises:
        VaultError: `path` is no folder, or there is no vault around here.
    """
    if path is not None:
        return locate(path)
    here = Path.cwd().resolve()
    if found := _around(here):
        return found
    below = sorted(file.parent.name for marker in MARKERS for file in here.glob(f"*/{marker}"))
    step = f"--vault {below[0]}" if below else "--vault DIR, or make one: graphkit init DIR"
    raise VaultError(f"no vault here: {here} is in none", f"name it: {step}")


def _around(here: Path) -> Path | None:
    """The nearest folder, from here upwards, with a file that shows a vault."""
    for folder in (here, *here.parents):
        if any((folder / marker).exists() for marker in MARKERS):
            return folder
    return None


def bundled() -> Path:
    """The notes that come with GraphKit."""
    for folder in BUNDLED:
        if (folder / SETTINGS).exists():
            return folder
    raise VaultError("the bundled notes are missing", "reinstall GraphKit, or name a --vault")


def settle(root: Path, told: bytes | None = None) -> Vault:
    """The vault at `root` with its settings; what is wrong in them becomes Problems.

    `told` are settings to go by instead of those in its file.
    """
    read = settings.read(root) if told is None else settings.understood(told)
    found, problems, templates, registered = read
    detected = applications.detect(root, found.dialect.application)
    return Vault(
        root=root,
        name=found.name or root.name,
        vocabulary=found.vocabulary(),
        check=found.check,
        dialect=found.dialect.applied(detected.dialect),
        dialect_marker=detected.marker,
        templates=templates,
        registered=registered,
        problems=(*problems, *detected.problems),
        model=_model(root, found.search.model),
        device=found.search.device,
    )


def _model(root: Path, named: str) -> str:
    """The model as named; a folder that lies in the vault by its full path."""
    inside = root / Path(named).expanduser() if named else root
    return str(inside) if named and inside.is_dir() else named


def cache_folder(root: Path) -> Path:
    """Where the index of a vault lies: inside it, or in the user's cache when it is read-only."""
    inside = root / CACHE
    if root != BUNDLED[0] and _is_own(inside) and _is_writable(inside if inside.exists() else root):
        return inside
    from platformdirs import user_cache_path

    digest = hashlib.sha256(str(root).encode()).hexdigest()[:16]
    return user_cache_path("graphkit") / "vaults" / digest


def copied(folder: Path) -> int:
    """Copy the bundled notes into a new or empty folder; how many files there are.

    Raises:
        VaultError: the folder holds something already, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise VaultError(f"{folder} is not empty", "name a folder that is new or empty")
    source = bundled()
    files = [file for file in source.rglob("*") if file.is_file() and CACHE not in file.parts]
    for file in files:  # bytes only: an installation may be read-only, the copy must not be
        write_atomically(folder / file.relative_to(source), file.read_bytes())
    return len(files)


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


def _is_own(folder: Path) -> bool:
    """Whether nothing in the cache leads elsewhere: a vault may come from anyone."""
    return not folder.is_symlink() and not any(file.is_symlink() for file in folder.glob("*"))


def _is_writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)
