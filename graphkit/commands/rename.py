"""`graphkit rename`: a note under another title, with every link to it."""

from typing import Annotated

import typer

from graphkit.commands.options import NameArgument, VaultOption, opened, own_vault
from graphkit.commands.refactoring import DiffOption, DryRunOption, settle

app = typer.Typer()


@app.command()
def rename(
    old: NameArgument,
    new: Annotated[str, typer.Argument(metavar="TITLE", help="The new title.")],
    alias: Annotated[
        bool, typer.Option("--alias", help="Keep the old title as one of the note's aliases.")
    ] = False,
    diff: DiffOption = False,
    dry_run: DryRunOption = False,
    vault: VaultOption = None,
) -> None:
    """Give a note another title and file name; rewrite its links.

    All files are written or none. Summaries are left to `graphkit regenerate`.
    """
    workspace = opened(own_vault(vault))
    settle(workspace, workspace.rename(old, new, alias=alias), diff=diff, dry_run=dry_run)
