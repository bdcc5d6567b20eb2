"""`graphkit log`: when a claim or question came to stand as it does."""

from typing import Annotated

import typer

from graphkit.commands.options import JsonOption, NameArgument, VaultOption, opened
from graphkit.commands.terminal import leave, say, show, show_json

app = typer.Typer()


@app.command()
def log(
    name: NameArgument,
    revision: Annotated[
        str, typer.Option("--at", metavar="REV", help="Up to this commit of git's.")
    ] = "HEAD",
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Show each commit that turned a standing, and by which edges."""
    from graphkit import graph, render
    from graphkit.workspace import repository

    workspace = opened(vault)
    then = workspace.weighed if revision == "HEAD" else workspace.at(revision)
    node = graph.find(then.graph, name)
    steps = workspace.log(node.id, revision)
    if json:
        show_json(render.accounts.log(node, steps))
    else:
        show(render.log(node, steps, workspace.graph.vocabulary))
    if repository.cut(workspace.root):
        say(
            "this clone is shallow, so what is new in its first commit may be older: "
            "git fetch --unshallow"
        )
    leave(found=bool(steps))
