"""`graphkit new`: a note begun, and a link to it."""

from typing import Annotated

import typer

from graphkit.commands.options import VaultOption, opened, own_vault
from graphkit.commands.refactoring import DiffOption, DryRunOption, previewed
from graphkit.vocabulary import Kind

app = typer.Typer()


@app.command()
def new(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The title of the note.")],
    kind: Annotated[Kind, typer.Option("--kind", "-k", help="What it is.")] = Kind.NOTE,
    folder: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="A folder of the vault, else where its kind is kept."),
    ] = None,
    link_from: Annotated[
        str, typer.Option("--link-from", metavar="NAME", help="The note that links to it.")
    ] = "",
    relation: Annotated[
        str, typer.Option(metavar="WORDS", help="How: contradicts, is reported by and so on.")
    ] = "relates to",
    diff: DiffOption = False,
    dry_run: DryRunOption = False,
    vault: VaultOption = None,
) -> None:
    """Begin a note; print its path. No file is ever overwritten.

    With `--link-from` another note gets a line that links to it, among its relations.
    """
    workspace = opened(own_vault(vault))
    lead = (link_from, relation) if link_from else None
    begun = workspace.new_note(title, kind, folder, lead)
    if not previewed(begun.changes, diff=diff, dry_run=dry_run):
        workspace.begin(begun)
        typer.echo(begun.place.path)
