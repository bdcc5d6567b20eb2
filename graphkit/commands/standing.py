"""`graphkit standing`: how claims and questions stand, now or at a commit."""

from typing import TYPE_CHECKING, Annotated

import typer

from graphkit.commands.options import JsonOption, NameArgument, VaultOption, opened
from graphkit.commands.terminal import leave, show, show_json

if TYPE_CHECKING:
    from graphkit.graph import Weighed

app = typer.Typer()


@app.command()
def standing(
    name: NameArgument = "",
    at: Annotated[
        str, typer.Option("--at", metavar="REV", help="As it was at this commit of git's.")
    ] = "",
    rules: Annotated[
        bool, typer.Option("--rules", help="Print the rules of standing, with their reasons.")
    ] = False,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Show how a claim or question stands; without NAME, all."""
    from graphkit import render

    if rules:
        show_json(render.accounts.rules()) if json else show(render.rules())
        return
    workspace = opened(vault)
    weighed = workspace.at(at) if at else workspace.weighed
    if name:
        _show_one(weighed, name, json=json)
    else:
        _show_all(weighed, json=json)


def _show_one(weighed: "Weighed", name: str, *, json: bool) -> None:
    from graphkit import graph, render

    node = graph.find(weighed.graph, name)
    found = graph.standing(weighed, node)
    if json:
        show_json(render.documents.standing(node, found))
    else:
        show(render.standing(node, found, weighed.graph.nodes))


def _show_all(weighed: "Weighed", *, json: bool) -> None:
    from graphkit import graph, render

    every = graph.select(weighed.graph, weighed.standings)
    nodes = [node for node in every if node.id in weighed.standings]
    if json:
        show_json(render.documents.nodes(nodes, weighed.standings))
    else:
        show(render.nodes(nodes, weighed.standings))
    leave(found=bool(nodes))
