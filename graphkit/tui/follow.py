"""Where a link in the text of a note leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from graphkit.models import Link, Node

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


def destination(workspace: Workspace, node: Node, target: str) -> Node:
    """The node that a link of `node`'s note leads to: the one the graph joined it to.

    Raises:
        NodeNotFound: the link leads to no node, or may mean several.
    """
    if target.startswith("#"):
        return node
    spans = {link.span for link in _links(workspace, node) if link.target == target}
    graph = workspace.graph
    for edge in (*graph.outgoing.get(node.id, ()), *graph.incoming.get(node.id, ())):
        if edge.span in spans:
            return graph.nodes[edge.target if edge.source == node.id else edge.source]
    return workspace.node(target)


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
