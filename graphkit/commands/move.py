"""`graphkit move`: a note in another folder, with every link to it and out of it."""

from typing import Annotated

import typer

from graphkit.commands.options import NameArgument, VaultOption, opened, own_vault
from graphkit.commands.refactoring import DiffOption, DryRunOption, settle

app = typer.Typer()


@app.command()
def move(
    name: NameArgument,
    folder: Annotated[
        str, typer.Argument(metavar="FOLDER", help="A folder of the vault; `.` is its root.")
    ],
    diff: DiffOption = False,
    dry_run: DryRunOption = False,
    vault: VaultOption = None,
) -> None:
    """Put a note into another folder, and rewrite its links.

    All files are written or none. Summaries are left to `graphkit regenerate`.
    """
    workspace = opened(own_vault(vault))
    settle(workspace, workspace.move(name, folder), diff=diff, dry_run=dry_run)
