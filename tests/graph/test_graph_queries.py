"""Names typed at a prompt, edges as a reader says them, ways between nodes."""

from __future__ import annotations

import subprocess
import sys

import pytest
from made_vaults import claim, page, question, source, titles, verdict

from graphkit import graph
from graphkit.errors import NodeNotFound
from graphkit.models import Graph, Link, ParsedNote, Reason, Span
from graphkit.vocabulary import Kind, Outcome, Stand


@pytest.fixture
def tea() -> Graph:
    pages = [
        claim("steep", ("is reported by", "study"), ("addresses", "bitter"), ("", "gone"),
              title="Long steeping makes tea bitter", aliases=("steeping",), id="CLM-7"),
        claim("cool", ("contradicts", "steep"), ("has evidence", "taste"),
              title="Cool water makes tea sweet", tags=("water/cold",)),
        claim("taste", ("is reported by", "study")),
        question("bitter", title="Why is my tea bitter?"),
        page("notes/study.md", kind=Kind.SOURCE, title="Tannin study",
             identifiers=("arXiv:2401.00001",)),
        page("lonely.md", kind=Kind.NOTE),
    ]  # fmt: skip
    return graph.build(pages)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("CLM-7", "steep.md"),
        ("clm-7", "steep.md"),
        ("steep", "steep.md"),
        ("steep.md", "steep.md"),
        ("Long steeping makes tea bitter", "steep.md"),
        ("long  STEEPING makes tea bitter", "steep.md"),
        ("Steeping", "steep.md"),
        ("Long st", "steep.md"),
        ("notes/study", "notes/study.md"),
        ("study", "notes/study.md"),
        ("arXiv:2401.00001v4", "notes/study.md"),
        ("arxiv:2401", "notes/study.md"),
        ("why is", "bitter.md"),
        ("gone", ""),
        ("gon", ""),
    ],
)
def test_find(tea: Graph, name: str, path: str) -> None:
    assert graph.find(tea, name).path == path


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Tanin studdy", 'did you mean "Tannin study"?'),
        ("zzzzzz", "graphkit list shows every name"),
        ("  ", "give an id, a title or the start of one"),
    ],
)
def test_find_nothing(tea: Graph, name: str, hint: str) -> None:
    with pytest.raises(NodeNotFound) as raised:
        graph.find(tea, name)
    assert raised.value.hint == hint


def test_find_several(tea: Graph) -> None:
    with pytest.raises(NodeNotFound) as raised:
        graph.find(tea, "CLM-")
    assert raised.value.message == '"CLM-" fits 3 nodes'
    assert 'CLM-7 "Long steeping makes tea bitter"' in raised.value.hint


def test_a_whole_name_beats_the_start_of_another() -> None:
    built = graph.build([claim("tea"), claim("teapot"), claim("x", ("", "te"))])
    assert graph.find(built, "tea").title == "tea"
    assert graph.find(built, "te").kind is Kind.GHOST


def test_select(tea: Graph) -> None:
    standings = graph.standings(tea)

    def selected(*filters: object, **more: str) -> list[str]:
        nodes = graph.select(tea, standings, *filters, **more)  # type: ignore[arg-type]  # as given
        return [node.path for node in nodes]

    assert selected() == [
        "cool.md", "steep.md", "taste.md", "notes/study.md", "bitter.md", "lonely.md",
    ]  # fmt: skip
    assert selected([Kind.SOURCE]) == ["notes/study.md"]
    assert selected([Kind.GHOST]) == [""]
    assert selected([], [Stand.SUPPORTED]) == ["steep.md", "taste.md"]
    assert selected([Kind.CLAIM], [Stand.OPEN]) == []
    assert selected(word="STEEPING") == ["steep.md"]
    assert selected(tag="water") == selected(tag="#water/cold") == ["cool.md"]
    assert selected(tag="wat") == []


def test_relations_are_said_from_the_nodes_own_end(tea: Graph) -> None:
    groups = graph.relations(tea, "CLM-7")
    assert [(group.label, group.outgoing, len(group.edges)) for group in groups] == [
        ("is reported by", False, 1),
        ("contradicts", False, 1),
        ("addresses", True, 1),
        ("mentions", True, 1),
    ]
    assert graph.relations(tea, graph.find(tea, "lonely").id) == ()


def test_the_authors_own_relation_is_said_backwards_too() -> None:
    link = Link("b", Span("a.md"), "wikilink", relation="is drawn from", explicit=True)
    built = graph.build([ParsedNote(claim("a").note, (link,), ()), claim("b")])
    (group,) = graph.relations(built, graph.find(built, "b").id)
    assert (group.label, group.outgoing) == ("is object of: is drawn from", False)


def test_path_goes_either_way_along_edges(tea: Graph) -> None:
    found = graph.path(tea, graph.find(tea, "taste").id, graph.find(tea, "bitter").id)
    assert [edge.relation for edge in found] == ["is evidence for", "contradicts", "addresses"]


def test_path_prefers_typed_edges_among_the_shortest() -> None:
    pages = [
        claim("a", ("", "m"), ("extends", "t")),
        claim("m", ("", "z")),
        claim("t", ("extends", "z")),
        claim("z"),
    ]
    built = graph.build(pages)
    ends = graph.find(built, "a").id, graph.find(built, "z").id
    assert [edge.relation for edge in graph.path(built, *ends)] == ["extends", "extends"]


def test_there_may_be_no_path(tea: Graph) -> None:
    lonely, steep = graph.find(tea, "lonely").id, graph.find(tea, "steep").id
    assert graph.path(tea, lonely, steep) == ()
    assert graph.path(tea, steep, steep) == ()


def test_neighbourhood_is_the_nearest_nodes_and_all_edges_among_them(tea: Graph) -> None:
    near = graph.neighbourhood(tea, graph.find(tea, "taste").id, limit=4)
    assert titles(near, near.nodes) == {
        "taste",
        "Tannin study",
        "Cool water makes tea sweet",
        "Long steeping makes tea bitter",
    }
    assert len(near.edges) == 4
    assert next(iter(near.nodes)) == graph.find(tea, "taste").id
    assert len(graph.neighbourhood(tea, "CLM-7", limit=1).nodes) == 1


def test_a_hub_is_cut_to_the_limit() -> None:
    built = graph.build([claim("hub", *(("", f"n{i}") for i in range(100)))])
    near = graph.neighbourhood(built, graph.find(built, "hub").id)
    assert (len(near.nodes), len(near.edges)) == (25, 24)


def lines(reason: Reason, depth: int = 0) -> list[str]:
    place = f" @ {reason.edge.span}" if reason.edge else ""
    children = [line for child in reason.children for line in lines(child, depth + 1)]
    return [f"{'  ' * depth}{reason.says}{place}", *children]


def test_why_goes_down_to_lines_of_notes(tea: Graph) -> None:
    reason = graph.why(tea, graph.find(tea, "bitter").id, graph.standings(tea))
    assert lines(reason) == [
        "Why is my tea bitter? (supported (1))".replace("supported (1)", "answered"),
        "  is addressed by Long steeping makes tea bitter (supported (1)) @ steep.md:2:1",
        "    is reported by Tannin study (arXiv:2401.00001) @ steep.md:1:1",
        "    contradicts Cool water makes tea sweet (contested (1 for, 1 against)) @ cool.md:1:1",
    ]


def test_why_names_runs_and_their_records() -> None:
    runs = [verdict("t", Outcome.PARTLY, reasons=("a guard missed",), records=("full/t.json",))]
    built = graph.build([claim("a", tests=("t",))], runs)
    standings = graph.standings(built)
    assert lines(graph.why(built, graph.find(built, "a").id, standings)) == [
        "a (unsupported, qualified)",
        "  is qualified by Whether t (partly reproduced) @ a.md:1:1",
        "    a guard missed",
        "    from full/t.json",
    ]
    assert lines(graph.why(built, graph.find(built, "t").id, standings)) == [
        "Whether t (partly reproduced)",
        "  a guard missed",
        "  from full/t.json",
    ]


def test_why_of_a_run_tells_every_number_and_every_record() -> None:
    records = tuple(f"full-t-seed{seed}.json" for seed in range(1, 25))
    told = verdict(
        "t",
        records=records,
        measures=(("p", 0.0078), ("q", 2.0)),
        quantity="heat",
        effect=10.5,
        interval=(8.43, 12.5),
        unit="points",
    )
    built = graph.build([claim("a", tests=("t",))], [told])
    assert lines(graph.why(built, graph.find(built, "t").id, graph.standings(built))) == [
        "Whether t (reproduced)",
        "  heat: 10.5 points [8.43, 12.5]",
        "  beside it: p 0.0078; q 2",
        f"  from {', '.join(records)}",
    ]


def test_why_shows_only_the_own_lines_of_what_opposes() -> None:
    pages = [
        claim("a", ("contradicts", "b")),
        claim("b", ("is reported by", "s"), ("has evidence", "c")),
        claim("c", ("is reported by", "t")),
        source("s"),
        source("t"),
    ]
    built = graph.build(pages)
    assert lines(graph.why(built, graph.find(built, "a").id, graph.standings(built))) == [
        "a (refuted (1))",
        "  contradicts b (supported (2)) @ a.md:1:1",
        "    is reported by s @ b.md:1:1",
    ]


def test_why_shows_what_does_not_count_and_says_so() -> None:
    inferred = Link("s", Span("a.md", 1), "wikilink", relation="is reported by", phrase="as in")
    misfit = Link("n", Span("a.md", 2), "wikilink", relation="has evidence")
    ghost = Link("gone", Span("a.md", 3), "wikilink", relation="has evidence")
    pages = [
        ParsedNote(claim("a").note, (inferred, misfit, ghost), ()),
        source("s"),
        page("n.md", kind=Kind.NOTE),
    ]
    built = graph.build(pages)
    remarks = {line.partition(" [")[2] for line in lines(
        graph.why(built, graph.find(built, "a").id, graph.standings(built))
    )[1:]}  # fmt: skip
    assert {remark.partition("]")[0] for remark in remarks} == {
        "inferred from prose: not counted",
        "does not fit these kinds: not counted",
        "not in the vault: not counted",
    }


def test_why_ends_on_rings_and_long_chains() -> None:
    ring = [claim("a", ("has evidence", "b")), claim("b", ("has evidence", "a"))]
    built = graph.build(ring)
    said = lines(graph.why(built, graph.find(built, "a").id, graph.standings(built)))
    assert said[-1] == "    has evidence a (unsupported) [unfolded above] @ b.md:1:1"
    chain = graph.build([claim(f"c{i}", ("has evidence", f"c{i + 1}")) for i in range(2000)])
    reason = graph.why(chain, graph.find(chain, "c0").id, graph.standings(chain))
    assert len(lines(reason)) == 21


def test_reading_a_graph_imports_nothing_heavy() -> None:
    """networkx alone costs a quarter of a second, more than many a command may take."""
    program = """
import sys
from graphkit import graph, parse
texts = {"a.md": "is evidence for [[b]]", "b.md": "[[a]] [[gone]]"}
built = graph.build([parse.note(text, path) for path, text in texts.items()])
stands = graph.standings(built)
ends = graph.find(built, "a").id, graph.find(built, "b").id
graph.path(built, *ends), graph.relations(built, ends[0]), graph.neighbourhood(built, ends[0])
graph.why(built, ends[0], stands), graph.impact(graph.weigh(built), ends[0])
graph.export(built, "json"), graph.export(built, "dot"), graph.export(built, "mermaid")
heavy = {"networkx", "numpy", "scipy", "torch", "pydantic", "rapidfuzz", "textual"}
print(sorted(heavy & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
