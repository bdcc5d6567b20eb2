"""The explorer: GraphKit in a terminal. Importing this alone loads no Textual."""

from __future__ import annotations

from pathlib import Path


def run(path: Path | str | None = None) -> None:
    """Open the explorer on the vault at `path`, else the one around the current folder."""
    from platformdirs import user_state_path

    from graphkit.tui import state
    from graphkit.tui.app import Explorer

    folder = user_state_path("graphkit")
    app = Explorer(Path(path) if path is not None else None, state.load(folder))
    app.run()
    state.save(folder, app.state)
