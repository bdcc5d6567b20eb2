"""The explorer: GraphKit in a terminal. Importing this alone loads no Textual."""

from __future__ import annotations

from pathlib import Path


def run(path: Path | str | None = None) -> None:
    """Open the explorer on the vault at `path`, else the one around the current folder.

    Raises:
        KeysError: the user's configuration binds keys that cannot be bound.
    """
    from platformdirs import user_config_path, user_state_path

    from graphkit.tui import keymap, state
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
    app.run()
    app.remember()
