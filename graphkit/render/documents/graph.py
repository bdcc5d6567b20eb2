"""Nodes, edges and standings as JSON documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from graphkit.models import Edge, Graph, Node, Problem, Reason, RelationGroup, Standing
from graphkit.render.documents.values import Document, edge_value, reason_value, standing_value
from graphkit.vocabulary import Vocabulary

_NONE: Final[Mapping[str, Standing]] = MappingProxyType({})


def nodes(found: Iterable[Node], standings: Mapping[str, Standing] = _NONE) -> Document:
    """graphkit.nodes.v1: a list of nodes, each with its standing where its kind has one."""
    listed = [{**_node(node), "standing": standing_value(standings.get(node.id))} for node in found]
    return {"schema": "graphkit.nodes.v1", "nodes": listed}


def node(shown: Node, standing: Standing | None = None) -> Document:
    """graphkit.node.v1: one node with its standing."""
    return {"schema": "graphkit.node.v1", **_node(shown), "standing": standing_value(standing)}


def links(shown: Node, groups: Iterable[RelationGroup]) -> Document:
    """graphkit.links.v1: the edges of a node by the label that its reader would say."""
    return {
        "schema": "graphkit.links.v1",
        "id": shown.id,
        "groups": [
            {
                "label": group.label,
                "direction": "out" if group.outgoing else "in",
                "edges": [edge_value(edge) for edge in group.edges],
            }
            for group in groups
        ],
    }


def path(start: Node, end: Node, edges: Iterable[Edge]) -> Document:
    """graphkit.path.v1: the edges from one node to another, in the order they are walked."""
    return {
        "schema": "graphkit.path.v1",
        "start": start.id,
        "end": end.id,
        "edges": [edge_value(edge) for edge in edges],
    }


def standing(shown: Node, stands: Standing) -> Document:
    """graphkit.standing.v1: how one node stands, and on which works and runs."""
    return {
        "schema": "graphkit.standing.v1",
        "id": shown.id,
        "title": shown.title,
        "path": shown.path,
        "line": shown.line,
        "standing": standing_value(stands),
    }


def why(reason: Reason) -> Document:
    """graphkit.why.v1: the tree of reasons behind a standing, down to the lines of the notes."""
    return {"schema": "graphkit.why.v1", **reason_value(reason)}


def relations(vocabulary: Vocabulary) -> Document:
    """graphkit.relations.v1: the relation table: words, kinds at both ends, what each counts for.

    `sign` is +1 where a relation supports its object, -1 where it opposes it, else 0.
    """
    return {
        "schema": "graphkit.relations.v1",
        "relations": [
            {
                "name": row.name,
                "inverse": row.inverse,
                "subjects": sorted(row.subjects),
                "objects": sorted(row.objects),
                "sign": row.sign,
                "meaning": row.meaning,
                "synonyms": list(row.synonyms),
                "inverse_synonyms": list(row.inverse_synonyms),
            }
            for row in vocabulary.rows
        ],
    }


def status(graph: Graph, files: int, notes: int, found: Iterable[Problem]) -> Document:
    """graphkit.status.v1: a vault in numbers: Markdown files found, notes read, links, problems."""
    return {
        "schema": "graphkit.status.v1",
        "files": files,
        "notes": notes,
        "nodes": dict(sorted(Counter(node.kind.value for node in graph.nodes.values()).items())),
        "edges": len(graph.edges),
        "links": graph.links._asdict(),
        "problems": dict(sorted(Counter(problem.code for problem in found).items())),
    }


def _node(node: Node) -> Document:
    return {
        "id": node.id,
        "kind": node.kind.value,
        "title": node.title,
        "path": node.path,
        "line": node.line,
        "aliases": list(node.aliases),
        "identifiers": list(node.identifiers),
        "tags": list(node.tags),
        "tests": list(node.tests),
        "summary": node.summary,
    }
