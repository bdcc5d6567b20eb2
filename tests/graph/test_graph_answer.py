"""From hits to an answer: which claims, in what state, on what evidence."""

from __future__ import annotations

import pytest
from made_vaults import claim, page, question, source, verdict

from graphkit import graph
from graphkit.found import Answer, Hit
from graphkit.models import Graph
from graphkit.vocabulary import AnswerState, Kind


@pytest.fixture
def tea() -> Graph:
    pages = [
        question("q", ("is addressed by", "torn"), ("is addressed by", "firm")),
        claim("firm", ("is reported by", "s"), tests=("t",)),
        claim("torn", ("is reported by", "s"), ("contradicts", "r")),
        claim("bare"),
        source("s"),
        source("r"),
        page("n.md", ("", "firm"), kind=Kind.NOTE),
    ]
    return graph.build(pages, [verdict("t", profile="quick")])


def asked(built: Graph, *names: str, answerable: bool = True) -> Answer:
    hits = [
        Hit(graph.find(built, name).id, name, f"{name}.md", line, 1 / line)
        for line, name in enumerate(names, start=3)
    ]
    return graph.answer(
        graph.teller(built, graph.standings(built)),
        "Why?",
        hits,
        confidence=0.7,
        answerable=answerable,
        missing=("sourdough",),
    )


@pytest.mark.parametrize(
    ("hits", "state", "claims"),
    [
        (("firm",), AnswerState.ANSWERED, ["firm"]),
        (("torn", "firm"), AnswerState.CONTESTED, ["torn", "firm"]),
        (("firm", "torn"), AnswerState.ANSWERED, ["firm", "torn"]),
        (("bare",), AnswerState.OPEN, ["bare"]),
        (("q",), AnswerState.CONTESTED, ["torn", "firm"]),
        (("q", "firm"), AnswerState.CONTESTED, ["firm", "torn"]),
        (("s",), AnswerState.CONTESTED, ["firm", "torn"]),
        (("t",), AnswerState.ANSWERED, ["firm"]),
        (("n", "bare"), AnswerState.OPEN, ["bare"]),
        (("n",), AnswerState.OPEN, []),
        ((), AnswerState.OPEN, []),
    ],
)
def test_hits_lead_to_claims(
    tea: Graph, hits: tuple[str, ...], state: AnswerState, claims: list[str]
) -> None:
    answer = asked(tea, *hits)
    assert answer.state is state
    assert [each.node.title for each in answer.claims] == claims


def test_a_claim_comes_with_its_line_standing_and_evidence(tea: Graph) -> None:
    (told,) = asked(tea, "firm").claims
    assert told.line == 3
    assert str(told.standing) == "supported (1)"
    assert [(each.node.title, each.edge.relation) for each in told.evidence] == [
        ("s", "reports"),
        ("Whether t", "tests"),
    ]


def test_abstaining_names_what_is_missing_and_what_is_near(tea: Graph) -> None:
    answer = asked(tea, "firm", "q", "n", answerable=False)
    assert answer.state is AnswerState.NOT_IN_THESE_NOTES
    assert (answer.claims, answer.missing, answer.confidence) == ((), ("sourdough",), 0.7)
    assert [hit.title for hit in answer.nearest] == ["firm", "q", "n"]


def test_near_an_answer_are_its_questions_else_all_notes(tea: Graph) -> None:
    assert [hit.title for hit in asked(tea, "firm", "q", "n").nearest] == ["q"]
    assert [hit.title for hit in asked(tea, "n", "s").nearest] == ["n", "s"]


def test_a_claim_of_the_answer_is_not_among_the_nearest(tea: Graph) -> None:
    answer = asked(tea, "firm", "n")
    assert [hit.title for hit in answer.nearest] == ["n"]


def test_no_more_claims_than_one_reads() -> None:
    pages = [question("q", *(("is addressed by", f"c{i}") for i in range(9)))]
    built = graph.build([*pages, *(claim(f"c{i}") for i in range(9))])
    assert len(asked(built, "q").claims) == 5


def test_hits_of_nodes_that_are_gone_lead_nowhere(tea: Graph) -> None:
    hits = [Hit("CLM-gone", "x", "x.md", 1, 1.0)]
    tell = graph.teller(tea, graph.standings(tea))
    answer = graph.answer(tell, "Why?", hits, confidence=0.9, answerable=True)
    assert (answer.state, answer.claims) == (AnswerState.OPEN, ())
