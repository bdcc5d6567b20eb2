"""`graphkit what-if`: what would stand otherwise under changes that are only thought of."""

from typing import Annotated

import typer

from graphkit.commands.options import JsonOption, VaultOption, opened
from graphkit.commands.terminal import leave, show, show_json

app = typer.Typer()


@app.command("what-if")
def what_if(
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="NODE", help="Without this node or edge; repeatable."),
    ] = None,
    flip: Annotated[
        list[str] | None,
        typer.Option(
            "--flip",
            metavar="EDGE",
            help='This edge ("A -> B" or FILE:LINE) or node says the opposite; repeatable.',
        ),
    ] = None,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Show which standings would change, and touch no file.

    Exit code 1 where none would.
    """
    from graphkit import render

    workspace = opened(vault)
    fall = workspace.what_if(remove or (), flip or ())
    if json:
        show_json(render.accounts.fall(fall, workspace.graph.nodes))
    else:
        show(render.fall(fall, workspace.graph))
    leave(found=bool(fall.changed))
