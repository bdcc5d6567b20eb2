"""`graphkit standing`: how a claim or a question stands."""

import typer

from graphkit.commands.options import JsonOption, NameArgument, VaultOption, opened
from graphkit.commands.terminal import show, show_json

app = typer.Typer()


@app.command()
def standing(name: NameArgument, json: JsonOption = False, vault: VaultOption = None) -> None:
    """Show how a claim stands on its evidence, or a question on its answers."""
    from graphkit import render

    workspace = opened(vault)
    node = workspace.node(name)
    found = workspace.standing(node.id)
    if json:
        show_json(render.documents.standing(node, found))
    else:
        show(render.standing(node, found, workspace.graph.nodes))
