"""Where a link in the text of a note leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from graphkit.models import Link, Node

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


def destination(workspace: Workspace, node: Node, target: str) -> tuple[Node, int]:
    """The node that a link of `node`'s note leads to, the one the graph joined it to, and the line.

    Raises:
        NodeNotFound: the link leads to no node, or may mean several.
    """
    from graphkit.parse.wikilinks import anchor  # its room is not read in before the first paint

    name, heading, block = anchor(target)
    found = _named(workspace, node, name) if name else node
    return found, line(workspace, found, heading, block)


def line(workspace: Workspace, node: Node, heading: str, block: str) -> int:
    """Where a heading or a block stands in the note of a node; the first line where it does not."""
    from graphkit.graph.broken import heading_called

    note = next((note for note in workspace.notes if note.path == node.path), None)
    if note and heading and (found := heading_called(note, heading)):
        return found.line
    return dict(note.blocks).get(block, 1) if note else 1


def _named(workspace: Workspace, node: Node, name: str) -> Node:
    spans = {link.span for link in _links(workspace, node) if link.target == name}
    graph = workspace.graph
    for edge in (*graph.outgoing.get(node.id, ()), *graph.incoming.get(node.id, ())):
        if edge.span in spans:
            return graph.nodes[edge.target if edge.source == node.id else edge.source]
    return workspace.node(name)


def file(workspace: Workspace, node: Node, target: str) -> Path | None:
    """The file of the vault, no note, that a link of `node`'s note leads to: a figure, a paper."""
    root = workspace.root.resolve()
    try:
        found = (root / PurePosixPath(node.path).parent / unquote(target)).resolve()
        return found if found.is_relative_to(root) and found.is_file() else None
    except (OSError, ValueError):  # no name of a file
        return None


def plotted(workspace: Workspace, target: str) -> str:
    """The claim test whose figure a link leads to: its plot can be drawn; empty for another."""
    from graphkit.workspace.evidence import FIGURES

    path = PurePosixPath(target)
    if path.parent.name != FIGURES:
        return ""
    return next((each.test for each in workspace.verdicts if each.test == path.stem), "")


def _links(workspace: Workspace, node: Node) -> Iterator[Link]:
    for parsed in workspace.parsed:
        if parsed.note.path == node.path:
            yield from parsed.links


def address(node: Node) -> str:
    """The web address of the first work that a node names; empty when it names none."""
    found = (_address(identifier) for identifier in node.identifiers)
    return next((address for address in found if address), "")


def _address(identifier: str) -> str:
    scheme, _, rest = identifier.partition(":")
    if prefix := _REGISTRIES.get(scheme):
        return prefix + quote(rest, safe="/.")
    return identifier if is_web(identifier) else ""


def is_web(target: str) -> bool:
    """Whether a target is a web address, with nothing in it that a command line may misread."""
    return bool(_WEB.fullmatch(target))


_REGISTRIES: Final = {"arXiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}
_WEB: Final = re.compile(r"https?://[^\s\x00-\x20\x7f\"'<>`\\]+")
