"""What `new`, `rename` and `move` share: a plan is shown, or carried out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphkit.commands.terminal import say, show

if TYPE_CHECKING:
    from graphkit.models import Change
    from graphkit.workspace import Workspace
    from graphkit.workspace.refactoring import Refactoring

DiffOption = Annotated[bool, typer.Option("--diff", help="Show the changes, write nothing.")]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Name the notes that would change, write nothing.")
]


def previewed(changes: Sequence[Change], *, diff: bool, dry_run: bool) -> bool:
    """Show what would change, where that is asked; whether it was."""
    from graphkit import render

    if diff:
        show(render.changes(changes))
    elif dry_run:
        show(render.stale(changes))
    return diff or dry_run


def settle(workspace: Workspace, plan: Refactoring, *, diff: bool, dry_run: bool) -> None:
    """Show what a plan would change, or write it, and say what came of it."""
    shown = previewed(plan.changes, diff=diff, dry_run=dry_run)
    if not shown:
        workspace.refactor(plan)
    for line in _report(plan, written=not shown):
        say(line)


def _report(plan: Refactoring, *, written: bool) -> list[str]:
    would = "" if written else "would be "
    place = f"{plan.old} -> {plan.path}" if plan.old != plan.path else plan.path
    links, changed = _counted(plan.links, "link"), _counted(len(plan.changes), "file")
    told = [f"{place}: {links} {would}written anew, {changed} {would}changed"]
    if plan.stale:
        stale = _counted(len(plan.stale), "managed summary", "managed summaries")
        told.append(f"{stale} still with its old name; then run: graphkit regenerate")
    return told


def _counted(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
