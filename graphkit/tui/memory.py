"""What one run of the explorer leaves for the next."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from graphkit.tui import state
from graphkit.tui.state import State, Stay


class Memory:
    """Remembers in a folder of the user's; without one, nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._kept: tuple[State, Path | None, Stay] | None = None

    def recall(self, root: Path) -> Stay:
        """Where the reader left the vault at `root`."""
        return state.recall(self._folder, root) if self._folder else Stay()

    def keep(self, now: State, root: Path | None, stay: Stay) -> None:
        """Write the state, and where the reader is in the vault at `root`, when it changed."""
        held = (now, root, stay)
        if self._folder is None or held == self._kept:
            return
        self._kept = held
        state.save(self._folder, now)
        if root is not None:
            state.keep(self._folder, root, stay)

    def export(self, text: str, now: datetime) -> Path | None:
        """Write a trail to a file of its own; where, or None where that is not possible."""
        return state.export(self._folder, text, now) if self._folder else None
