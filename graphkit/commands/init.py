"""`graphkit init`: the bundled notes as a vault of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from graphkit.commands.terminal import say

app = typer.Typer()


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Copy the bundled notes into a folder, to make them your own."""
    from graphkit.workspace.vault import copied

    count = copied(folder)
    say(f"{count} files copied; explore them: graphkit explore {folder}")
