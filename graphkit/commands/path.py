"""`graphkit path`: how two nodes hang together."""

from typing import Annotated

import typer

from graphkit.commands.options import NAMING, JsonOption, VaultOption, complete, opened
from graphkit.commands.terminal import leave, say, show, show_json

app = typer.Typer()


@app.command()
def path(
    start: Annotated[str, typer.Argument(metavar="A", help=NAMING, autocompletion=complete)],
    end: Annotated[str, typer.Argument(metavar="B", help=NAMING, autocompletion=complete)],
    json: JsonOption = False,
    vault: VaultOption = None,
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
