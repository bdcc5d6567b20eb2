"""The explorer: GraphKit in a terminal. Importing this alone loads no Textual."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

FRAMES: Final = 240
"""The most screens that are painted in a second; Textual's own are 60.

It paints on the beat of a clock, and lets a beat pass after a screen that took longer than one: at
its own pace a key that changes a few lines waits up to 33 ms to be seen.
"""


def quicken() -> None:
    """Have this process answer keys at once, where it has not loaded Textual yet."""
    os.environ.setdefault("TEXTUAL_FPS", str(FRAMES))


def run(path: Path | str | None = None) -> None:
    """Open the explorer on the vault at `path`, else the one around the current folder.

    Raises:
        KeysError: the user's configuration binds keys that cannot be bound.
    """
    from platformdirs import user_config_path, user_state_path

    quicken()
    from graphkit.tui import keymap, loop, state
    from graphkit.tui.app import Explorer

    memory = user_state_path("graphkit")
    config = user_config_path("graphkit")
    keys = keymap.checked(keymap.of_folder(config), str(config / keymap.FILE))
    app = Explorer(
        Path(path) if path is not None else None,
        state.load(memory),
        memory=memory,
        live=True,
        keys=keys,
    )
    app.run(loop=loop.foremost())
    app.remember()
