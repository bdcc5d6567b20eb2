"""`graphkit show`: one node, or the Markdown of its note."""

from typing import Annotated

import typer

from graphkit.commands.options import JsonOption, NameArgument, VaultOption, opened
from graphkit.commands.terminal import say, show, show_json
from graphkit.vocabulary import Kind

app = typer.Typer()


@app.command("show")
def show_(
    name: NameArgument,
    text: Annotated[bool, typer.Option("--text", help="Print the note's Markdown.")] = False,
    json: JsonOption = False,
    vault: VaultOption = None,
) -> None:
    """Show what a node says, where, and how it stands."""
    from graphkit import render

    workspace = opened(vault)
    node = workspace.node(name)
    standing = workspace.standings.get(node.id)
    if json:
        show_json(render.documents.node(node, standing))
    elif text:
        typer.echo(render.escape.verbatim(workspace.text(node)), nl=False)
    else:
        graph = workspace.graph
        incoming, outgoing = (side.get(node.id, ()) for side in (graph.incoming, graph.outgoing))
        ends = [(e, graph.nodes[e.source]) for e in incoming]
        ends += [(e, graph.nodes[e.target]) for e in outgoing]
        measured = [each for each in ends if each[0].reported]
        show(render.node(node, standing, () if node.path else incoming, measured))
    if node.kind is Kind.GHOST:
        title = render.escape.line(node.title)
        say(f'no note is called so: write one under the heading "# {title}", or correct the link')
