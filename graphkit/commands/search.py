"""`graphkit search`: notes by words, by meaning, or by both."""

from typing import Annotated

import typer

from graphkit.commands.options import (
    BatchOption,
    ExplainOption,
    JsonOption,
    LimitOption,
    VaultOption,
    opened,
)
from graphkit.commands.terminal import answer_batch, leave, say, show, show_json
from graphkit.vocabulary import Mode

app = typer.Typer()


@app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to look for.")] = "",
    mode: Annotated[Mode, typer.Option("--mode", "-m", help="How to look.")] = Mode.HYBRID,
    limit: LimitOption = 10,
    explain: ExplainOption = False,
    json: JsonOption = False,
    queries: BatchOption = None,
    vault: VaultOption = None,
) -> None:
    """Search the notes by their words and their meaning."""
    from graphkit import render

    if bool(text) == bool(queries):
        raise typer.BadParameter("give either TEXT or --batch FILE.jsonl")
    workspace = opened(vault)
    if queries:
        answer_batch(
            queries, lambda each: render.documents.hits(workspace.search(each, limit, mode))
        )
        return
    hits = workspace.search(text, limit, mode)
    if mode is not Mode.KEYWORD and workspace.no_model:
        say(f"by keywords alone: {workspace.no_model}")
    if json:
        show_json(render.documents.hits(hits))
    else:
        show(render.hits(hits, explain=explain))
    leave(found=bool(hits))
