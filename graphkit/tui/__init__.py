"""The explorer: GraphKit in a terminal. Importing this alone loads no Textual."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Final

TURN: Final = 0.0005
"""Seconds for which a thread may compute while another waits; Python's own are ten times as many.

The event loop gives way each time it looks for events, many times for one key.
"""


def run(path: Path | str | None = None) -> None:
    """Open the explorer on the vault at `path`, else the one around the current folder.

    Raises:
        KeysError: the user's configuration binds keys that cannot be bound.
    """
    from platformdirs import user_config_path, user_state_path

    from graphkit.tui import garbage, keymap, state
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
    sys.setswitchinterval(TURN)
    gc.set_threshold(*garbage.PACE)
    app.run()
    app.remember()
