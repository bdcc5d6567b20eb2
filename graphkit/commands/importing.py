"""`graphkit import`: saved pages become canonical notes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from graphkit.commands.terminal import say, show

app = typer.Typer()


@app.command("import")
def import_(
    saved: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Saved pages, as text.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="The folder of notes.")],
    diff: Annotated[bool, typer.Option("--diff", help="Show the changes, write nothing.")] = False,
) -> None:
    """Turn saved inquiry, note and paper pages into notes with typed links.

    Importing the same pages again changes nothing; a note that was edited since is left alone.
    """
    from graphkit import disk, render
    from graphkit.workspace.importing import planned

    plan = planned(saved, into)
    if diff:
        show(render.changes(plan.changes))
    else:
        for change in plan.changes:
            disk.write_atomically(into / change.path, change.after)
    if plan.problems:
        say(render.to_text(render.problems(plan.problems)).rstrip())
    shapes = Counter(page.shape for page in plan.pages)
    read = ", ".join(f"{count} {shape}{'s' * (count > 1)}" for shape, count in shapes.items())
    new = sum(not change.before for change in plan.changes)
    say(f"{read} read: {new} new notes, {len(plan.changes) - new} changed in {into}")
