"""`graphkit relations`: the relation table, as the parser reads it."""

import typer

from graphkit.commands.options import VaultOption
from graphkit.commands.terminal import show

app = typer.Typer()


@app.command()
def relations(vault: VaultOption = None) -> None:
    """Show the relation table: words, ends, what each counts for."""
    from graphkit import render
    from graphkit.workspace.vault import locate, settle

    show(render.relations(settle(locate(vault)).vocabulary))
