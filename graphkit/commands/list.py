"""`graphkit list`: the nodes of a vault, filtered."""

from typing import Annotated

import typer

from graphkit.commands.options import JsonOption, VaultOption, opened
from graphkit.commands.terminal import leave, say, show, show_json
from graphkit.vocabulary import Kind, Stand

app = typer.Typer()


@app.command("list")
def list_(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILTER",
            help="Words of a title, and kind: standing: test: flag: relation: tag: has: with a "
            'value; a comma means "or". Put it in quotes: "kind:claim,source -tag:draft tea".',
        ),
    ] = None,
    kind: Annotated[list[Kind] | None, typer.Option("--kind", "-k", help="Only this kind.")] = None,
    standing: Annotated[
        list[Stand] | None, typer.Option("--standing", "-s", help="Only what stands so.")
    ] = None,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """List claims, sources, questions, results and notes."""
    from graphkit import render
    from graphkit.graph import filters

    workspace = opened(vault)
    options = {"kind": kind, "standing": standing}
    terms = (
        *filters.parse(" ".join(words or ()), workspace.graph.vocabulary),
        *(filters.Term(field, tuple(values)) for field, values in options.items() if values),
    )
    nodes = filters.matching(workspace.graph, workspace.standings, terms)
    if json:
        show_json(render.documents.nodes(nodes, workspace.standings))
    else:
        show(render.nodes(nodes, workspace.standings))
    if not nodes:
        say("no node passes this filter" if terms else "these notes hold no node")
    leave(found=bool(nodes))
