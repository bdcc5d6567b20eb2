"""`graphkit related`: notes that are about the same thing."""

import typer

from graphkit.commands.options import JsonOption, LimitOption, NameArgument, VaultOption, opened
from graphkit.commands.terminal import leave, say, show, show_json

app = typer.Typer()


@app.command()
def related(
    name: NameArgument,
    limit: LimitOption = 10,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Show the notes nearest to a note, and what they share."""
    from graphkit import render

    workspace = opened(vault)
    hits = workspace.related(name, limit)
    if json:
        show_json(render.documents.hits(hits))
    else:
        show(render.related(hits))
    if not hits:
        say("no other note is near it")
    leave(found=bool(hits))
