"""A node as the panes show it: its head, the text of its note, its links."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphkit import graph as graphs
from graphkit.errors import VaultError
from graphkit.models import Node, RelationGroup
from graphkit.tui import cover, prose
from graphkit.tui.blocks import Page, Words
from graphkit.tui.rows import content

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


class Leaf(NamedTuple):
    """What there is to see of a node."""

    page: Page
    links: tuple[RelationGroup, ...]


def leaf(workspace: Workspace, node: Node, pages: int) -> Leaf:
    """A node's page, with the first `pages` pages of its note, and its links; reads a file."""
    return Leaf(page(workspace, node, pages), graphs.relations(workspace.graph, node.id))


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
