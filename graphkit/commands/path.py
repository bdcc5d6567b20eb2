"""`graphkit path`: how two nodes hang together."""

import typer

from graphkit.commands.options import JsonOption, NameArgument, VaultOption, opened
from graphkit.commands.terminal import leave, say, show, show_json

app = typer.Typer()


@app.command()
def path(
    start: NameArgument, end: NameArgument, json: JsonOption = False, vault: VaultOption = None
) -> None:
    """Show the shortest chain of links between two nodes."""
    from graphkit import render

    workspace = opened(vault)
    first, last = workspace.node(start), workspace.node(end)
    edges = workspace.path(first.id, last.id)
    if json:
        show_json(render.documents.path(first, last, edges))
    elif edges or first.id == last.id:
        show(render.path(first.id, edges, workspace.graph.nodes, workspace.graph.vocabulary))
    else:
        say(f"no chain of links joins {first.title} and {last.title}")
    leave(found=bool(edges) or first.id == last.id)
