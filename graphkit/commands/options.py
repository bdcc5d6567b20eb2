"""Options that several commands share, and how each command opens its vault."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphkit.commands.terminal import Progress, say

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


def inherited(context: typer.Context, vault: Path | None) -> Path | None:
    """The vault given to a command, else the one named before it: `graphkit --vault DIR list`.

    Raises:
        typer.BadParameter: two different ones are named.
    """
    root = context.find_root()
    before = None if root is context else root.params.get("vault")
    return chosen(before, vault)


def mind_vault(context: typer.Context) -> None:
    """Let no vault that was named before a command of this group go unused by it.

    Raises:
        typer.BadParameter: the command reads no vault.
    """
    group: Any = context.command
    command = group.commands.get(context.invoked_subcommand)
    named = context.find_root().params.get("vault")
    if not named or command is None or hasattr(command, "commands"):  # a group minds its own
        return
    if all(each.name != "vault" for each in command.params):
        raise typer.BadParameter(f"{command.name} reads no vault; leave --vault away")


VaultOption = Annotated[
    Path | None,
    typer.Option(
        "--vault",
        metavar="DIR",
        help="The vault; by default the one around here.",
        callback=inherited,
    ),
]
VaultArgument = Annotated[
    Path | None,
    typer.Argument(metavar="VAULT", help="The vault; by default the one around here."),
]
StagedOption = Annotated[
    bool, typer.Option("--staged", help="Check what the next git commit would hold.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Show what each score is made of.")]
BatchOption = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        metavar="FILE.jsonl",
        help='Run every {"_id", "text"} line of a file; print one JSON document a line.',
    ),
]


def complete(context: typer.Context, incomplete: str) -> list[str]:
    """Titles and ids that begin with what was typed."""
    nodes = opened(None, context.params.get("vault")).graph.nodes.values()
    names = (name for node in nodes for name in (node.title, node.id) if node.path)
    return sorted(name for name in names if name.casefold().startswith(incomplete.casefold()))


NAMING = "An id, title, alias, path or unique beginning of one."
NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help=NAMING,
        autocompletion=complete,
    ),
]


def chosen(argument: Path | None, option: Path | None) -> Path | None:
    """The one vault that a command was given, in two places at most."""
    if argument and option and argument.resolve() != option.resolve():
        raise typer.BadParameter(f"two vaults are named, {argument} and {option}")
    return argument or option


def own_vault(argument: Path | None, option: Path | None = None) -> Path:
    """The vault of a command that writes notes or judges them: never the bundled one unasked.

    Raises:
        VaultError: no vault is named, and there is none around here.
    """
    from graphkit.workspace.vault import own

    return own(chosen(argument, option))


def seen(root: Path, *, staged: bool) -> AbstractContextManager[Path]:
    """The vault as it lies there, or as it is staged."""
    if not staged:
        return nullcontext(root)
    from graphkit.workspace.staged import laid_out

    return laid_out(root)


def opened(argument: Path | None, option: Path | None = None) -> Workspace:
    """The workspace of a command."""
    from graphkit.workspace import Workspace

    workspace = Workspace.open(chosen(argument, option), Progress())
    if not workspace.synced.files:
        say(f"{workspace.root} holds no Markdown notes")
    return workspace
