"""`graphkit explore`: the terminal interface; also what `graphkit` alone opens."""

import typer

from graphkit.commands.options import VaultArgument, VaultOption, chosen

app = typer.Typer()


@app.command()
def explore(folder: VaultArgument = None, vault: VaultOption = None) -> None:
    """Open the explorer and walk the graph."""
    from graphkit import tui
    from graphkit.workspace.vault import locate

    tui.run(locate(chosen(folder, vault)))
