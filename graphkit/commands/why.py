"""`graphkit why`: what a standing rests on, down to file and line."""

import typer

from graphkit.commands.options import JsonOption, NameArgument, VaultOption, opened
from graphkit.commands.terminal import show, show_json

app = typer.Typer()


@app.command()
def why(name: NameArgument, json: JsonOption = False, vault: VaultOption = None) -> None:
    """Show the tree of evidence behind a claim or question."""
    from graphkit import render

    workspace = opened(vault)
    reason = workspace.why(name)
    if json:
        show_json(render.documents.why(reason))
    else:
        show(render.why(reason, workspace.graph.vocabulary, workspace.graph.nodes))
