"""`graphkit suggest`: what may be missing between notes, with the line to paste."""

from typing import TYPE_CHECKING, Annotated

import typer

from graphkit.commands.options import (
    JsonOption,
    LimitOption,
    VaultOption,
    complete,
    opened,
    own_vault,
)
from graphkit.commands.terminal import leave, say, show, show_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkit.found import Suggestion

app = typer.Typer()

ALL = "all"


@app.command()
def suggest(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="Only for this note; else for all.", autocompletion=complete
        ),
    ] = "",
    limit: LimitOption = 20,
    apply: Annotated[
        str,
        typer.Option(
            "--apply",
            metavar="1,3",
            help="Write the lines of these numbers (or `all`) into their notes.",
        ),
    ] = "",
    diff: Annotated[bool, typer.Option("--diff", help="Show the changes, write nothing.")] = False,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Propose missing links, contradictions and duplicates.

    Duplicates are claims that say the same and questions asked twice. Each suggestion comes with
    its reasons, the line to paste and where it goes. A missing link is proposed as `relates to`,
    which counts for nothing until you write what the relation is.

    Examples: graphkit suggest; graphkit suggest --apply 2,5 --diff
    """
    from graphkit import render

    workspace = opened(own_vault(vault) if apply else vault)
    found = workspace.suggest(name or None, limit)
    if not (diff or apply):
        if json:
            show_json(render.documents.suggestions(found))
        else:
            show(render.suggestions(found, workspace.graph.nodes))
        if not found:
            say("nothing to suggest: no two notes are so close and not linked")
        leave(found=bool(found))
        return
    changes = workspace.accept(_chosen(found, apply or ALL))
    if json:
        show_json(render.documents.changes(changes))
    elif diff:
        show(render.changes(changes))
    if not diff:
        workspace.write(changes)
        for change in changes:
            say(f"{change.path}: {', '.join(change.causes)}")
    leave(found=bool(changes))


def _chosen(found: "Sequence[Suggestion]", numbers: str) -> "list[Suggestion]":
    """The suggestions of these numbers, as they are listed."""
    if numbers == ALL:
        return list(found)
    try:
        wanted = [int(number) for number in numbers.split(",")]
    except ValueError as error:
        raise typer.BadParameter(f"--apply takes numbers such as 1,3, or {ALL}") from error
    for number in wanted:
        if not 1 <= number <= len(found):
            raise typer.BadParameter(f"there is no suggestion {number}: there are {len(found)}")
    return [found[number - 1] for number in wanted]
