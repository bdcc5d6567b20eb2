"""`graphkit explore`: the terminal interface; also what `graphkit` alone opens."""

import os
import sys
from typing import Annotated

import typer

from graphkit.commands.options import VaultArgument, VaultOption, chosen
from graphkit.commands.terminal import say
from graphkit.errors import GraphkitError

app = typer.Typer()

_DRIVEN = "TEXTUAL_DRIVER"  # set where a browser is the terminal


@app.command()
def explore(
    folder: VaultArgument = None,
    vault: VaultOption = None,
    web: Annotated[
        bool, typer.Option("--web", help="Show it in a browser on this machine instead.")
    ] = False,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="Where --web serves it.")
    ] = 8000,
) -> None:
    """Open the explorer and walk the graph."""
    on_screen = sys.stdin.isatty() and sys.stdout.isatty()
    if not (web or on_screen or os.environ.get(_DRIVEN)):
        raise GraphkitError("the explorer needs a terminal; --web shows it in a browser")
    given = chosen(folder, vault)
    if not web and (given is None or given.is_dir()):
        from graphkit import tui

        tui.run(given)  # which looks for the vault once its first screen is painted
        return
    from graphkit.workspace.vault import locate

    root = locate(given)  # or it says what is wrong with a path that is no folder
    from graphkit.tui.web import HOST, serve

    say(f"the explorer is at http://{HOST}:{port}; Ctrl-C ends")
    serve(root, port)
