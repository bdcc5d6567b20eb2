"""`graphkit search`: notes by words, by meaning, or by both."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphkit.commands.options import (
    BatchOption,
    ExplainOption,
    JsonOption,
    LimitOption,
    VaultOption,
    opened,
)
from graphkit.commands.terminal import answer_batch, leave, say, say_limits, show, show_json
from graphkit.vocabulary import Mode

if TYPE_CHECKING:
    from graphkit.found import Hit
    from graphkit.workspace import Workspace

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

    if bool(text.strip()) == bool(queries):
        raise typer.BadParameter("give either TEXT or --batch FILE.jsonl")
    workspace = opened(vault)
    if queries:
        answer_batch(queries, lambda each: _document(*_found(workspace, each, limit, mode)))
        return
    hits, close = _found(workspace, text, limit, mode)
    say_limits(workspace, text, by_meaning=mode is not Mode.KEYWORD)
    if json:
        show_json(_document(hits, close))
    else:
        show(render.hits(hits, explain=explain))
    if hits and not close:
        say("nothing close: these are no nearer than notes are to questions about other subjects")
    leave(found=close)


def _found(
    workspace: "Workspace", text: str, limit: int, mode: Mode
) -> "tuple[tuple[Hit, ...], bool]":
    """The hits, and whether they are close at all: a ranking by meaning always has a first."""
    if mode is Mode.HYBRID and not workspace.no_model:
        asked = workspace.asked(text, limit)
        return asked.hits, bool(asked.hits) and asked.close
    hits = workspace.search(text, limit, mode)
    return hits, bool(hits)


def _document(hits: "tuple[Hit, ...]", close: bool) -> dict[str, Any]:
    from graphkit.render import documents

    return {**documents.hits(hits), "close": close}
