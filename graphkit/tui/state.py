"""What the explorer remembers between two starts, in the user's state folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from graphkit import disk
from graphkit.errors import VaultError
from graphkit.tui.theme import DARK, LIGHT

FILE: Final = "explorer.json"


@dataclass(frozen=True, slots=True)
class State:
    """Nothing in it matters enough to fail for: what cannot be read is as at the first start."""

    theme: str = DARK.name
    hinted: bool = False  # whether the first keys were told, and the reader sent them away
    last: Mapping[str, str] = field(default_factory=dict)  # vault folder to node id


def load(folder: Path) -> State:
    """The state kept in a folder; the first state where there is none or a damaged one."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return State()
    return _checked(kept) if isinstance(kept, dict) else State()


def _checked(kept: Mapping[str, Any]) -> State:
    last = kept.get("last")
    return State(
        theme=kept["theme"] if kept.get("theme") in {DARK.name, LIGHT.name} else DARK.name,
        hinted=kept.get("hinted") is True,
        last={str(root): str(id_) for root, id_ in last.items()} if isinstance(last, dict) else {},
    )


def save(folder: Path, state: State) -> bool:
    """Keep the state; whether that was possible. A read-only home is no reason to complain."""
    try:
        disk.write_atomically(folder / FILE, json.dumps(asdict(state), indent=1).encode())
    except (OSError, VaultError):
        return False
    return True
