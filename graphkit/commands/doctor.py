"""`graphkit doctor`: what GraphKit stands on here, and whether it holds."""

import typer

from graphkit.commands.options import JsonOption, VaultArgument, VaultOption, chosen, opened
from graphkit.commands.terminal import FINDINGS, show_json

app = typer.Typer()


@app.command()
def doctor(
    folder: VaultArgument = None, json: JsonOption = False, vault: VaultOption = None
) -> None:
    """Examine vault, index, model, libraries and folders.

    Exit 1 on a finding.
    """
    from graphkit.render.escape import line
    from graphkit.workspace import health

    found = health.examine(opened(folder, vault), chosen(folder, vault))
    if json:
        listed = [one._asdict() for one in found]
        show_json({"schema": "graphkit.doctor.v1", "findings": listed})
    else:
        for one in found:
            sign = "ok  " if one.healthy else "LOOK"
            typer.echo(f"{sign}  {one.topic:<21} {line(one.says)}")
    if not all(one.healthy for one in found):
        raise typer.Exit(FINDINGS)
