"""`graphkit diff`: what differs between two states of the notes, in standings and edges."""

from typing import Annotated

import typer

from graphkit.commands.options import JsonOption, VaultOption, opened
from graphkit.commands.terminal import FINDINGS, say, show, show_json

app = typer.Typer()


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="REV1", help="A commit, tag or branch.")],
    after: Annotated[
        str, typer.Argument(metavar="[REV2]", help="Another; by default the notes as they are.")
    ] = "",
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Compare two commits by their standings and typed edges.

    Exit code 1 where they differ, 0 where they do not, as of diff(1).
    """
    from graphkit import render

    workspace = opened(vault)
    found = workspace.diff(before, after)
    if json:
        show_json(render.accounts.difference(found))
    else:
        show(render.difference(found, workspace.graph.vocabulary))
    if found.turns or found.gone or found.added:
        raise typer.Exit(FINDINGS)
    say("no standing and no typed edge differs")
