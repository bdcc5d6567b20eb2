"""`graphkit relations`: the relation table, as the parser reads it."""

import typer

from graphkit.commands.options import JsonOption, VaultOption
from graphkit.commands.terminal import show, show_json

app = typer.Typer()


@app.command()
def relations(json: JsonOption = False, vault: VaultOption = None) -> None:
    """Show the relation table: words, ends, what each counts for."""
    from graphkit import render
    from graphkit.workspace.vault import locate, settle

    vocabulary = settle(locate(vault)).vocabulary
    if json:
        show_json(render.documents.relations(vocabulary))
    else:
        show(render.relations(vocabulary))
