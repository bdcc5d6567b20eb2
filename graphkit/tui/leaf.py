"""A node as the panes show it: its head and the text of its note, laid out; its links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphkit import graph as graphs
from graphkit.errors import VaultError
from graphkit.models import Node, RelationGroup
from graphkit.tui import cover, prose
from graphkit.tui.blocks import Page, Words
from graphkit.tui.entries import link_rows
from graphkit.tui.rows import content
from graphkit.tui.sheet import Sheet, lay
from graphkit.tui.stack import Stack

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


class Leaf(NamedTuple):
    """What there is to see of a node."""

    sheet: Sheet
    links: tuple[RelationGroup, ...]
    rows: Stack  # of the links


def leaf(workspace: Workspace, node: Node, pages: int, rooms: tuple[int, int]) -> Leaf:
    """A node with the first `pages` pages of its note, for panes of so many cells; reads a file."""
    links = graphs.relations(workspace.graph, node.id)
    rows = link_rows(links, workspace.graph, workspace.standings)
    sheet = lay(page(workspace, node, pages), rooms[0])
    return Leaf(sheet, links, Stack(rows, rooms[1]))


def page(workspace: Workspace, node: Node, pages: int) -> Page:
    """The node's page with the first `pages` pages of its note."""
    head = tuple(cover.blocks(node, workspace.standings.get(node.id)))
    try:
        text = workspace.text(node)
    except VaultError as error:
        return Page((*head, Words(content(((str(error), "$doubt"),)))))
    body = prose.page(text, pages, node.title)
    return Page((*head, *body.blocks), body.links, body.left)


def pages_to(line: int) -> int:
    """How many pages of a note it takes to show a line of it."""
    return 1 + (line - 1) // prose.PAGE_LINES
