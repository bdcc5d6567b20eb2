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
    from graphkit.tui.shelf import Shelf


class Leaf(NamedTuple):
    """What there is to see of a node."""

    sheet: Sheet
    links: tuple[RelationGroup, ...]
    rows: Stack  # of the links
    pages: int  # of its note that the sheet shows


def leaf(shelf: Shelf, node: Node, pages: int, line: int, rooms: tuple[int, int]) -> Leaf:
    """A node with the first `pages` pages of its note, and more where they do not reach a line.

    `rooms` are the cells of the panes for the note and for its links. Reads a file.
    """
    pages = max(pages, 1 + (line - 1) // prose.PAGE_LINES)
    links = graphs.relations(shelf.graph, node.id)
    rows = link_rows(links, shelf.graph, shelf.standings)
    sheet = lay(page(shelf, node, pages), rooms[0])
    return Leaf(sheet, links, Stack(rows, rooms[1]), pages)


def page(shelf: Shelf, node: Node, pages: int) -> Page:
    """The node's page with the first `pages` pages of its note."""
    head = tuple(cover.blocks(node, shelf.standings.get(node.id)))
    try:
        text = shelf.text(node)
    except VaultError as error:
        return Page((*head, Words(content(((str(error), "$doubt"),)))))
    body = prose.page(text, pages, node.title)
    return Page((*head, *body.blocks), body.links, body.left)
