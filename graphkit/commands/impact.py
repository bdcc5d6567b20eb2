"""`graphkit impact`: what would stand otherwise if a node fell."""

import typer

from graphkit.commands.options import JsonOption, NameArgument, VaultOption, opened
from graphkit.commands.terminal import leave, show, show_json

app = typer.Typer()


@app.command()
def impact(name: NameArgument, json: JsonOption = False, vault: VaultOption = None) -> None:
    """Show what falls with a source, a run or a claim.

    Exit code 1 where no other standing would change.
    """
    from graphkit import render

    workspace = opened(vault)
    fall = workspace.impact(name)
    if json:
        show_json(render.accounts.fall(fall, workspace.graph.nodes))
    else:
        show(render.fall(fall, workspace.graph))
    leave(found=bool(fall.changed))
