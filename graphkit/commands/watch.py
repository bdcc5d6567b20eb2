"""`graphkit watch`: a vault followed live, one line a change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from graphkit.commands.options import VaultArgument, VaultOption, opened
from graphkit.commands.terminal import say

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

app = typer.Typer()


@app.command()
def watch(folder: VaultArgument = None, vault: VaultOption = None) -> None:
    """Follow a vault until Ctrl-C; tell what each change did."""
    from graphkit.workspace.follow import follow

    workspace = opened(folder, vault)
    known = workspace.check()
    say(f"{workspace.name}: {len(workspace.parsed)} notes; Ctrl-C ends")
    for after in follow(workspace):
        problems = after.check()
        fresh = [problem for problem in problems if problem not in known]
        typer.echo("; ".join(_told(workspace, after, [f"{p.span} {p.code}" for p in fresh])))
        workspace, known = after, problems


def _told(before: Workspace, after: Workspace, problems: list[str]) -> Iterator[str]:
    from graphkit.render.escape import line
    from graphkit.render.words import count

    removed = f", {after.synced.removed} removed" if after.synced.removed else ""
    yield f"{count(after.synced.read, 'note')} read{removed}"
    now, then = after.graph.links._asdict(), before.graph.links._asdict()
    changed = [f"{fate} {now[fate] - then[fate]:+}" for fate in now if now[fate] != then[fate]]
    yield f"links: {', '.join(changed)}" if changed else "links as before"
    if problems:
        yield f"{count(len(problems), 'new problem')}: {line(', '.join(problems))}"
