"""What the explorer remembers between two starts, in the user's state folder.

One small file holds what is true of every vault, and one for each vault where its reader left it.
Nothing in them matters enough to fail for: what cannot be read is as at the first start.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from graphkit import disk
from graphkit.errors import VaultError
from graphkit.tui import souvenir
from graphkit.tui.theme import DARK, LIGHT
from graphkit.tui.trail import LONGEST, Trail

FILE: Final = "explorer.json"
VAULTS: Final = "vaults"
TRAILS: Final = "trails"  # the folder of those that were written out

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class State:
    """What holds in every vault."""

    theme: str = DARK.name
    hinted: bool = False  # whether the first keys were told, and the reader sent them away


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a reader is in a vault: the trail, the bookmarks, the line being read."""

    trail: Trail = Trail()  # noqa: RUF009 - a Trail is a value
    marks: tuple[str, ...] = ()  # ids of nodes, in the order in which they were set
    line: int = 1
    kept: tuple[tuple[str, ...], ...] = ()  # trails, the ids of each, in the order of keeping

    def marked(self, id_: str) -> Stay:
        """With a bookmark on a node, or without it where there is one."""
        return replace(self, marks=_turned(self.marks, id_))

    def keeping(self) -> Stay:
        """With the trail among those that are kept, or without it where it is one of them."""
        return replace(self, kept=_turned(self.kept, self.trail.ids))

    def known(self, ids: Mapping[str, object]) -> Stay:
        """The same stay without the nodes that are no more."""
        trail = self.trail.without(ids)
        line = self.line if trail.here == self.trail.here else 1
        marks = tuple(mark for mark in self.marks if mark in ids)
        kept = (tuple(id_ for id_ in walked if id_ in ids) for walked in self.kept)
        return Stay(trail, marks, line, tuple(walked for walked in kept if walked))


def _turned(held: tuple[_Value, ...], value: _Value) -> tuple[_Value, ...]:
    """A value added to others, or taken away from them."""
    others = tuple(each for each in held if each != value)
    return others if len(others) < len(held) else (*held, value)


def load(folder: Path) -> State:
    """The state kept in a folder; the first state where there is none or a damaged one."""
    kept = _read(folder / FILE)
    theme = LIGHT.name if kept.get("theme") == LIGHT.name else DARK.name
    return State(theme, kept.get("hinted") is True)


def save(folder: Path, state: State) -> bool:
    """Keep the state; whether that was possible. A read-only home is no reason to complain."""
    return _write(folder / FILE, asdict(state))


def recall(folder: Path, root: Path) -> Stay:
    """Where the reader left the vault at `root`; a first stay where that is not known."""
    kept = _read(_file(folder, root))
    ids = _strings(kept.get("trail"))[-LONGEST:]
    at, line = (_number(kept.get(key), default) for key, default in (("at", -1), ("line", 1)))
    trails = kept.get("kept")
    walked = tuple(map(_strings, trails)) if isinstance(trails, list) else ()
    marks = _strings(kept.get("marks"))
    return Stay(Trail(ids).jump(at), marks, max(1, line), tuple(filter(None, walked)))


def keep(folder: Path, root: Path, stay: Stay) -> bool:
    """Keep where the reader is in a vault; whether that was possible."""
    kept = {
        "vault": str(root), "trail": stay.trail.ids, "at": stay.trail.at,
        "marks": stay.marks, "line": stay.line, "kept": stay.kept,
    }  # fmt: skip
    return _write(_file(folder, root), kept)


def export(folder: Path, text: str, now: datetime) -> Path | None:
    """Write a trail to a file of its own; where, or None where that is not possible."""
    file = folder / TRAILS / souvenir.file_name(now)
    return file if _written(file, text) else None


def _file(folder: Path, root: Path) -> Path:
    digest = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()
    return folder / VAULTS / f"{digest[:16]}.json"


def _read(file: Path) -> Mapping[str, Any]:
    try:
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(file: Path, kept: Mapping[str, Any]) -> bool:
    return _written(file, json.dumps(kept, indent=1))


def _written(file: Path, text: str) -> bool:
    try:
        disk.write_atomically(file, text.encode())
    except (OSError, VaultError):
        return False
    return True


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _number(value: Any, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else default
