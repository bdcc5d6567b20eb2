"""`graphkit export`: the graph in another program's words."""

from enum import StrEnum
from typing import Annotated

import typer

from graphkit.commands.options import VaultArgument, VaultOption, opened

app = typer.Typer()


class Format(StrEnum):
    """The formats a graph can be written in."""

    JSON = "json"
    GRAPHML = "graphml"
    MERMAID = "mermaid"
    DOT = "dot"


@app.command()
def export(
    folder: VaultArgument = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to write it.")] = (
        Format.JSON
    ),
    vault: VaultOption = None,
) -> None:
    """Print the whole graph as JSON, GraphML, Mermaid or DOT."""
    from graphkit import graph

    typer.echo(graph.export(opened(folder, vault).graph, format_))
