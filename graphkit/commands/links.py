"""`graphkit links`: the typed links of a node, both ways."""

import typer

from graphkit.commands.options import JsonOption, NameArgument, VaultOption, opened
from graphkit.commands.terminal import leave, show, show_json

app = typer.Typer()


@app.command()
def links(name: NameArgument, json: JsonOption = False, vault: VaultOption = None) -> None:
    """Show a node's links in both directions, grouped by relation."""
    from graphkit import render

    workspace = opened(vault)
    node = workspace.node(name)
    groups = workspace.links(node.id)
    if json:
        show_json(render.documents.links(node, groups))
    else:
        show(
            render.links(
                groups, workspace.graph.nodes, workspace.standings, workspace.graph.vocabulary
            )
        )
    leave(found=bool(groups))
