"""`graphkit status` and `graphkit index`: a vault in numbers, and its index brought up to date."""

from typing import Annotated

import typer

from graphkit.commands.options import JsonOption, VaultArgument, VaultOption, opened
from graphkit.commands.terminal import say, show, show_json

app = typer.Typer()


@app.command()
def status(
    folder: VaultArgument = None, json: JsonOption = False, vault: VaultOption = None
) -> None:
    """Show a vault in numbers: files, nodes, links, problems."""
    from graphkit import render
    from graphkit.workspace import applications

    workspace = opened(folder, vault)
    problems = workspace.check()
    files, notes = workspace.synced.files, len(workspace.parsed)
    if json:
        document = render.documents.status(workspace.graph, files, notes, problems)
        show_json({**document, "dialect": workspace.vault.dialect._asdict()})
    else:
        found = workspace.vault
        say(f"{workspace.name}: {applications.told(found.dialect, found.dialect_marker)}")
        if workspace.cache and not workspace.cache.is_relative_to(workspace.root):
            say(f"the vault is read-only: its index lies in {workspace.cache}")
        show(render.status(workspace.graph, files, problems, workspace.standings))


@app.command()
def index(
    folder: VaultArgument = None,
    reencode: Annotated[
        bool,
        typer.Option("--reencode", help="Encode all passages with a model that is a new one here."),
    ] = False,
    vault: VaultOption = None,
) -> None:
    """Bring the index up to date: notes, passages, embeddings."""
    workspace = opened(folder, vault)
    encoded = workspace.encode(anew=reencode)
    if workspace.no_model:
        say(workspace.no_model)
    say(
        f"{workspace.name}: {len(workspace.parsed)} notes, {workspace.synced.read} read, "
        f"{workspace.synced.removed} removed; {encoded} passages encoded"
    )
