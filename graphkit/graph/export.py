"""The whole graph in another program's words; every format is one function in `FORMATS`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final

from graphkit.errors import GraphkitError
from graphkit.models import Edge, Graph, Node

SCHEMA: Final = "graphkit.graph.v1"

# XML 1.0 has no way to write these; half a surrogate pair cannot be encoded at all.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def export(graph: Graph, format: str) -> str:  # noqa: A002  the word that the command uses
    """The graph as one document: json, graphml, mermaid or dot.

    Raises:
        GraphkitError: no such format.
    """
    if format not in FORMATS:
        raise GraphkitError(f'no format is called "{format}"', f"it is one of {', '.join(FORMATS)}")
    return FORMATS[format](graph)


def document(graph: Graph) -> dict[str, Any]:
    """The graph as JSON-able values, by the schema named in it."""
    return {
        "schema": SCHEMA,
        "nodes": [_node(node) for node in graph.nodes.values()],
        "edges": [_edge(edge) for edge in graph.edges],
        "problems": [problem.plain() for problem in graph.problems],
    }


def _json(graph: Graph) -> str:
    text = json.dumps(document(graph), ensure_ascii=False, indent=2)
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind.value,
        "title": node.title,
        "path": node.path,
        "aliases": list(node.aliases),
        "identifiers": list(node.identifiers),
        "summary": node.summary,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "relation": edge.relation,
        "inferred": edge.inferred,
        "confidence": edge.confidence,
        "phrase": edge.phrase,
        "context": edge.context,
        "path": edge.span.path,
        "line": edge.span.line,
    }


def _graphml(graph: Graph) -> str:
    import networkx

    drawn: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in graph.nodes.values():
        drawn.add_node(_clean(node.id), **_attributes(_node(node), without=("id",)))
    for edge in graph.edges:
        ends = _clean(edge.source), _clean(edge.target)
        drawn.add_edge(*ends, **_attributes(_edge(edge), without=("source", "target")))
    file = BytesIO()
    networkx.write_graphml_xml(drawn, file, encoding="utf-8", prettyprint=True)
    return file.getvalue().decode("utf-8")


def _attributes(row: Mapping[str, Any], without: tuple[str, ...]) -> dict[str, Any]:
    """GraphML knows only scalars: lists are joined, text is made writable."""
    return {key: _scalar(value) for key, value in row.items() if key not in without}


def _scalar(value: Any) -> str | int | float | bool:
    if isinstance(value, list):
        return _clean("; ".join(value))
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _mermaid(graph: Graph) -> str:
    """Nodes are numbered, as ids and titles may hold what Mermaid takes for its own grammar."""
    number = {node_id: f"n{place}" for place, node_id in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    lines += [f'  {number[node.id]}["{_entities(node.title)}"]' for node in graph.nodes.values()]
    for edge in graph.edges:
        arrow = "-.->" if edge.inferred else "-->"
        words = _entities(edge.relation)
        lines.append(f'  {number[edge.source]} {arrow}|"{words}"| {number[edge.target]}')
    lines += [f"  class {number[node.id]} {node.kind.value}" for node in graph.nodes.values()]
    return "\n".join(lines) + "\n"


def _entities(text: str) -> str:
    """All but letters, digits and plain punctuation as Mermaid's decimal entities."""
    return "".join(
        char if char.isalnum() or char in " .,:-_'?!" else f"#{ord(char)};"
        for char in " ".join(_clean(text).split())
    )


_SHAPES: Final = MappingProxyType(
    {
        "claim": "box",
        "source": "note",
        "question": "diamond",
        "result": "component",
        "note": "ellipse",
        "ghost": "plaintext",
    }
)


def _dot(graph: Graph) -> str:
    lines = ["digraph graphkit {", "  rankdir=LR;"]
    for node in graph.nodes.values():
        shape = _SHAPES[node.kind.value]
        lines.append(f"  {_quoted(node.id)} [label={_quoted(node.title)}, shape={shape}];")
    for edge in graph.edges:
        style = ", style=dashed" if edge.inferred else ""
        ends = f"{_quoted(edge.source)} -> {_quoted(edge.target)}"
        lines.append(f"  {ends} [label={_quoted(edge.relation)}{style}];")
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    """A DOT string: a backslash would start an escape, a line break would end the label."""
    plain = " ".join(_clean(text).split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


FORMATS: Final[Mapping[str, Callable[[Graph], str]]] = MappingProxyType(
    {"json": _json, "graphml": _graphml, "mermaid": _mermaid, "dot": _dot}
)
