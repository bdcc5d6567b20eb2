"""`graphkit list`: the nodes of a vault, filtered."""

from typing import Annotated

import typer

from graphkit.commands.options import JsonOption, VaultOption, opened
from graphkit.commands.terminal import leave, show, show_json
from graphkit.vocabulary import Kind, Stand

app = typer.Typer()


@app.command("list")
def list_(
    kind: Annotated[list[Kind] | None, typer.Option("--kind", "-k", help="Only this kind.")] = None,
    standing: Annotated[
        list[Stand] | None, typer.Option("--standing", "-s", help="Only what stands so.")
    ] = None,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """List claims, sources, questions, results and notes, with how each stands."""
    from graphkit import graph, render

    workspace = opened(vault)
    nodes = graph.select(workspace.graph, workspace.standings, kind or (), standing or ())
    if json:
        show_json(render.documents.nodes(nodes, workspace.standings))
    else:
        show(render.nodes(nodes, workspace.standings))
    leave(found=bool(nodes))
