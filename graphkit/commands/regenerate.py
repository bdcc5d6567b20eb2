"""`graphkit regenerate`: every note's summary, from what is known now."""

from typing import Annotated

import typer

from graphkit.commands.options import VaultArgument, VaultOption, opened
from graphkit.commands.terminal import FINDINGS, say, show

app = typer.Typer()


@app.command()
def regenerate(
    folder: VaultArgument = None,
    note: Annotated[
        list[str] | None, typer.Option("--note", metavar="NAME", help="Only this note.")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show the changes, write nothing.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Say which summaries are stale and why; exit 1 if any.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Name the notes that would change, write nothing.")
    ] = False,
    vault: VaultOption = None,
) -> None:
    """Write each note's summary with its standing, evidence and experiment results.

    Only the managed block of a note is ever written; one that a person edited is left alone.
    """
    from graphkit import render

    workspace = opened(folder, vault)
    changes = workspace.regenerate(note or ())
    due = tuple(change for change in changes if change.problem is None)
    if diff:
        show(render.changes(changes))
    elif check or dry_run:
        show(render.stale(changes))
    else:
        workspace.write(changes)
        show(render.stale(tuple(change for change in changes if change.problem)))
    left = len(changes) - len(due)
    done = "would change" if diff or check or dry_run else "written"
    say(f"{len(due)} summaries {done}, {left} left alone")
    if check and changes:
        raise typer.Exit(FINDINGS)
