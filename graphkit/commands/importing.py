"""`graphkit import`: saved pages become canonical notes."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphkit.commands.terminal import ERROR, say, show
from graphkit.vocabulary import Severity

if TYPE_CHECKING:
    from graphkit.workspace.importing import Import

app = typer.Typer()


@app.command("import")
def import_(
    saved: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Saved pages, as text.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="The folder of notes.")],
    diff: Annotated[bool, typer.Option("--diff", help="Show the changes, write nothing.")] = False,
) -> None:
    """Turn saved inquiry, note and paper pages into linked notes.

    Importing the same pages again changes nothing; a note that was edited since is left alone.
    """
    from graphkit import render
    from graphkit.workspace.importing import planned, write

    plan = planned(saved, into)
    if diff:
        show(render.changes(plan.changes))
    else:
        write(plan.changes, into)
    if plan.problems:
        say(render.to_text(render.problems(plan.problems)).rstrip())
    say(_report(plan, into, written=not diff))
    if any(problem.severity is Severity.ERROR for problem in plan.problems):
        raise typer.Exit(ERROR)


def _report(plan: "Import", into: Path, *, written: bool) -> str:
    shapes = Counter(page.shape for page in plan.pages)
    read = ", ".join(f"{count} {shape}{'s' * (count > 1)}" for shape, count in shapes.items())
    new = sum(not change.before for change in plan.changes)
    changed = len(plan.changes) - new
    verb = "written to" if written else "would be written to"
    return f"{read or 'no page'} read; {new} new and {changed} changed notes {verb} {into}"
