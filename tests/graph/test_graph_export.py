"""Exports: the schema, and note text that is data in every format."""

from __future__ import annotations

import io
import json
import re

import networkx
import pytest
from made_vaults import claim, page, source, verdict

from graphkit import graph
from graphkit.errors import GraphkitError
from graphkit.models import Graph, Link, ParsedNote, Span
from graphkit.vocabulary import Kind

NASTY = [
    'quote " and \\ backslash',
    "[red]x[/red] [[/x.md]]",
    "<script>alert(1)</script> & co",
    'end"]; n1 --> n2',
    "two\nlines\ttab",
    "nul \0 and escape \x1b[31m",
    "half a pair \ud800",
    "#quot; %% comment",
    "-->|x|",
    "知識 🧠",
]


@pytest.fixture
def tea() -> Graph:
    pages = [
        ParsedNote(
            claim("a", title="A", aliases=("alias",), summary="It holds.", tests=("t",)).note,
            (
                Link("s", Span("a.md", 7), "wikilink", relation="is reported by", context="p. 3"),
                Link("b", Span("a.md", 9), "wikilink", relation="extends", phrase="a third",
                     confidence=0.5),
                Link("gone", Span("a.md", 11), "wikilink"),
            ),
            (),
        ),
        claim("b"),
        source("s", identifiers=("arXiv:2401.00001",)),
    ]  # fmt: skip
    return graph.build(pages, [verdict("t")])


def test_json_follows_its_schema(tea: Graph) -> None:
    document = json.loads(graph.export(tea, "json"))
    assert document.keys() == {"schema", "nodes", "edges", "problems"}
    assert document["schema"] == "graphkit.graph.v1"
    node = next(each for each in document["nodes"] if each["path"] == "a.md")
    assert node == {
        "id": graph.find(tea, "a").id,
        "kind": "claim",
        "title": "A",
        "path": "a.md",
        "aliases": ["alias"],
        "identifiers": [],
        "summary": "It holds.",
    }
    reported, extended, *_ = document["edges"]
    assert reported == {
        "source": graph.find(tea, "s").id,
        "target": graph.find(tea, "a").id,
        "relation": "reports",
        "inferred": False,
        "confidence": 1.0,
        "phrase": "",
        "context": "p. 3",
        "path": "a.md",
        "line": 7,
    }
    assert (extended["inferred"], extended["confidence"]) == (True, 0.5)
    (problem,) = document["problems"]
    assert (problem["code"], problem["severity"], problem["line"]) == (
        "missing-target",
        "error",
        11,
    )


def test_every_end_of_an_edge_is_a_node(tea: Graph) -> None:
    document = json.loads(graph.export(tea, "json"))
    ids = {node["id"] for node in document["nodes"]}
    assert {edge[end] for edge in document["edges"] for end in ("source", "target")} <= ids


def nasty_graph() -> Graph:
    pages = [
        page(f"n{i}.md", ("", f"n{(i + 1) % len(NASTY)}"), kind=Kind.NOTE, title=title,
             aliases=(title,), summary=title)
        for i, title in enumerate(NASTY)
    ]  # fmt: skip
    link = Link("n1", Span("own.md"), "wikilink", relation=NASTY[0], explicit=True)
    own = ParsedNote(page("own.md", kind=Kind.NOTE).note, (link,), ())
    return graph.build([*pages, own])


@pytest.mark.parametrize("format_", ["json", "graphml", "mermaid", "dot"])
def test_nasty_text_can_be_written_and_is_complete(format_: str) -> None:
    text = graph.export(nasty_graph(), format_)
    text.encode("utf-8")
    assert "知識 🧠" in text or "&#" in text or "#129504;" in text


def test_graphml_is_read_back_whole() -> None:
    built = nasty_graph()
    text = graph.export(built, "graphml")
    read = networkx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    assert set(read.nodes) == set(built.nodes)
    assert read.number_of_edges() == len(built.edges)
    shown = read.nodes[graph.find(built, "n2").id]
    assert (shown["title"], shown["kind"]) == ("<script>alert(1)</script> & co", "note")
    assert "\ufffd" in read.nodes[graph.find(built, "n5").id]["title"]


def test_graphml_keeps_parallel_edges() -> None:
    pages = [claim("a", ("extends", "b"), ("depends on", "b")), claim("b")]
    text = graph.export(graph.build(pages), "graphml")
    read = networkx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    assert {data["relation"] for *_, data in read.edges(data=True)} == {"extends", "depends on"}


def test_mermaid_has_no_line_but_its_own() -> None:
    text = graph.export(nasty_graph(), "mermaid")
    label = r'"(?:[\w .,:\-\'?!]|#\d+;)*"'
    shapes = (
        r"flowchart LR",
        rf"  n\d+\[{label}\]",
        rf"  n\d+ (?:-->|-\.->)\|{label}\| n\d+",
        r"  class n\d+ \w+",
    )
    for line in text.splitlines():
        assert any(re.fullmatch(shape, line) for shape in shapes), line


def test_dot_has_no_line_but_its_own() -> None:
    text = graph.export(nasty_graph(), "dot")
    quoted = r'"(?:[^"\\\n]|\\\\|\\")*"'
    shapes = (
        r"digraph graphkit \{",
        r"  rankdir=LR;",
        r"\}",
        rf"  {quoted} \[label={quoted}, shape=\w+\];",
        rf"  {quoted} -> {quoted} \[label={quoted}(?:, style=dashed)?\];",
    )
    for line in text.splitlines():
        assert any(re.fullmatch(shape, line) for shape in shapes), line


def test_inferred_edges_look_different(tea: Graph) -> None:
    assert "-.->" in graph.export(tea, "mermaid")
    assert "style=dashed" in graph.export(tea, "dot")


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(GraphkitError, match="json, graphml, mermaid, dot"):
        graph.export(graph.build([]), "svg")
