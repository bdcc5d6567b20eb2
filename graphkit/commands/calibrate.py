"""`graphkit calibrate`: how far the confidence of `ask` can be trusted on a vault."""

from typing import Annotated

import typer

from graphkit.commands.options import JsonOption, VaultArgument, VaultOption, opened
from graphkit.commands.terminal import say_model, show, show_json

app = typer.Typer()


@app.command()
def calibrate(
    folder: VaultArgument = None,
    force: Annotated[
        bool, typer.Option("--force", help="Make it anew though the vault has hardly changed.")
    ] = False,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Show how well `ask` knows whether the notes hold an answer.

    The vault is asked questions made from its own titles and sentences, with the answer in place
    and with it taken away; what comes of that is kept. It is done again when a tenth of the notes
    has changed, here and by `ask`, without being told to.
    """
    from graphkit import render
    from graphkit.workspace import calibration

    workspace = opened(folder, vault)
    report = calibration.report(workspace, force=force)
    say_model(workspace)
    if json:
        show_json(render.measurements.document("calibration", report))
    else:
        show(render.calibration(report))
