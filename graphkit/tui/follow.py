"""Where a link in the text of a note leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

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


def _links(workspace: Workspace, node: Node) -> Iterator[Link]:
    for parsed in workspace.parsed:
        if parsed.note.path == node.path:
            yield from parsed.links


def address(node: Node) -> str:
    """The web address of the first work that a node names; empty when it names none."""
    for identifier in node.identifiers:
        scheme, _, rest = identifier.partition(":")
        if scheme in {"http", "https"}:
            return identifier
        if prefix := _REGISTRIES.get(scheme):
            return prefix + rest
    return ""


_REGISTRIES = {"arXiv": "https://arxiv.org/abs/", "doi": "https://doi.org/"}
