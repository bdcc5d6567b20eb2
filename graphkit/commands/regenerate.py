"""`graphkit regenerate`: every note's summary, from what is known now."""

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graphkit.commands import conflicts
from graphkit.commands.options import JsonOption, StagedOption, VaultOption, opened, own_vault, seen
from graphkit.commands.terminal import FINDINGS, INTERRUPTED, say, show, show_json

if TYPE_CHECKING:
    from graphkit.models import Change
    from graphkit.workspace import Workspace
    from graphkit.workspace.regeneration import Plan, Writer

app = typer.Typer()

KEYS = "y write, n leave, a write this and all that follow, q quit"


@app.command()
def regenerate(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="VAULT|NAME", help="A vault's folder, then notes by name or file."),
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Say which summaries are stale and why; exit 1 if any.")
    ] = False,
    staged: StagedOption = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show the changes; write only with --write.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write the summaries, as without any option.")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help=f"Ask for each summary: {KEYS}.")
    ] = False,
    prose: Annotated[
        bool, typer.Option("--prose", help="Ask the endpoint of GRAPHKIT_LLM_URL for prose.")
    ] = False,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Write each note's summary: standing, evidence, results.

    Without an option all stale summaries are written. Only the managed block of a note is ever
    touched; what a person wrote in it is merged. Where that cannot be done it is left alone and
    the exit code is 1; --interactive asks what is to stand there.
    """
    if check and (write or interactive):
        raise typer.BadParameter("--check writes nothing: leave out --write or --interactive")
    if staged and not check:
        raise typer.BadParameter("--staged goes with --check: what is staged is not written to")
    if json and interactive:
        raise typer.BadParameter("--json is for programs, and --interactive asks a person")
    folder, notes = _meant(names or [], vault)
    root = own_vault(folder)
    with seen(root, staged=staged) as place:
        workspace = opened(place)
        within = [_within(root, name) for name in notes]
        plan = workspace.summaries(within, _writer() if prose else None)
        for refusal in plan.refusals:
            say(f"no prose for {refusal}")
        if interactive:
            if _ask(workspace, plan):
                raise typer.Exit(FINDINGS)
            return
        writes = write or not (check or diff)
        _report(plan, diff=diff, listed=check, json=json, written=writes)
        if writes:
            workspace.write(plan.due)
    done = "written" if writes else "would change"
    say(f"{_summaries(len(plan.due))} {done}, {len(plan.refused)} left alone")
    if not (plan.clean if check else plan.finished):
        raise typer.Exit(FINDINGS)


def _writer() -> "Writer":
    """The model that the environment names."""
    from graphkit.workspace import endpoint
    from graphkit.workspace.regeneration import Writer

    found = endpoint.configured(os.environ)
    return Writer(found.model, partial(endpoint.ask, found))


def _summaries(count: int) -> str:
    return f"{count} {'summary' if count == 1 else 'summaries'}"


def _meant(names: list[str], vault: Path | None) -> tuple[Path | None, list[str]]:
    """The vault and the notes that the arguments name: a folder, given first, is a vault."""
    if vault is None and names and Path(names[0]).is_dir():
        return Path(names[0]), names[1:]
    return vault, names


def _within(root: Path, name: str) -> str:
    """A note's path in the vault, where its file on the disk was named, as a hook does."""
    file = Path(name).resolve()
    return file.relative_to(root).as_posix() if file.is_file() and root in file.parents else name


def _report(plan: "Plan", *, diff: bool, listed: bool, json: bool, written: bool) -> None:
    from graphkit import render

    if json:
        show_json(render.documents.regeneration(plan.changes, plan.summaries, written=written))
    elif diff:
        show(render.changes(plan.changes))
    else:
        show(render.stale(plan.changes if listed else plan.refused))


def _ask(workspace: "Workspace", plan: "Plan") -> int:
    """Show each change and ask; what was agreed to is written at once, so Ctrl-C loses nothing.

    Conflicts come first; how many notes are left with one is returned.
    """
    from graphkit import render

    show(render.stale(change for change in plan.refused if not change.conflicts))
    due, written, everything, settled = list(plan.due), 0, False, 0
    try:
        for change in plan.unsettled:
            done = _settle(workspace, change)
            settled, written = settled + done, written + done
        while due:
            change = due.pop(0)
            answer = "a" if everything else _answer(change, left=len(due))
            everything = answer == "a"
            if answer == "q":
                break
            if answer in {"y", "a"}:
                workspace.write([change])
                written += 1
    except (KeyboardInterrupt, typer.Abort):
        say(f"\nstopped: {_summaries(written)} written, every file is whole")
        raise typer.Exit(INTERRUPTED) from None
    say(f"{_summaries(written)} written, {len(plan.changes) - written} left alone")
    return len(plan.unsettled) - settled


def _settle(workspace: "Workspace", change: "Change") -> int:
    """Ask what is to stand at each conflict of a note, and write it where all are settled."""
    from graphkit import render

    show(render.stale([change]))
    settled = workspace.summaries([change.path], settle=conflicts.asked).due
    workspace.write(settled)
    return len(settled)


def _answer(change: "Change", *, left: int) -> str:
    """One of y, n, a, q; the end of the input is q."""
    from graphkit import render

    show(render.stale([change]))
    show(render.changes([change]))
    while True:
        typer.echo(f"write this summary? [y/n/a/q] ({left} more) ", err=True, nl=False)
        line = sys.stdin.readline()
        answer = line.strip().lower()[:1] if line else "q"
        if answer and answer in "ynaq":
            return answer
        say(KEYS)
