"""Managed summaries: what they say, what they were made from, and why they go stale."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
import specimens as s
from hypothesis import given
from hypothesis import strategies as st

from graphkit.models import Figure, Graph, Node, Note, Span, Standing, Verdict
from graphkit.render.summaries.inputs import REWRITTEN, Input, facts, merged
from graphkit.render.summaries.sentences import gist, sentences
from graphkit.render.summary import Summary, causes, compose
from graphkit.vocabulary import Outcome, Stand

FOLDER = Path(__file__).parent / "transcripts"
FACTS = ("standing", "verdict", "relation")


def note_of(node: Node, summary: str = "", **more: str) -> Note:
    properties = tuple(more.items())
    return Note(node.path, node.id, node.kind, node.title, summary, properties=properties)


NOTES = {
    "claim": s.NOTE,
    "question": note_of(s.QUESTION, "Models answer. Which part of training removes it? Some."),
    "source": note_of(s.TRUTHRL, "TruthRL trains with a reward of three values. It is public."),
    "result": note_of(s.RUN, run="ternary-reward"),
    "page": note_of(s.MAP, "Start here."),
}


def composed(name: str, graph: Graph = s.GRAPH) -> Summary:
    return compose(NOTES[name], graph, s.STANDINGS)


def transcript(name: str) -> str:
    summary = composed(name)
    return "\n".join((*(f"{i.id} {i.key}={i.value}" for i in summary.inputs), "", summary.body, ""))


@pytest.mark.parametrize("name", NOTES)
def test_a_summary_reads_as_its_transcript(name: str) -> None:
    assert transcript(name) == (FOLDER / f"summary-{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NOTES)
def test_the_order_of_nodes_edges_and_verdicts_does_not_matter(name: str) -> None:
    shuffled = random.Random(7)  # noqa: S311  # a shuffle, and the same one every time
    for _ in range(5):
        edges, nodes, verdicts = list(s.EDGES), list(s.NODES.items()), list(s.VERDICTS)
        for each in (edges, nodes, verdicts):
            shuffled.shuffle(each)
        graph = Graph(dict(nodes), tuple(edges), verdicts=tuple(verdicts))
        assert composed(name, graph) == composed(name)


def test_the_lines_of_edges_do_not_matter() -> None:
    """Writing a summary moves the lines below it: it must not go stale by that."""
    moved = [dataclasses.replace(edge, span=Span(edge.span.path, 99)) for edge in s.EDGES]
    graph = dataclasses.replace(s.GRAPH, edges=tuple(moved))
    assert composed("claim", graph) == composed("claim")


def test_a_page_that_leads_nowhere_has_no_summary() -> None:
    alone = Graph({s.MAP.id: s.MAP}, ())
    assert compose(NOTES["page"], alone, {}).body == ""


def test_a_note_whose_id_belongs_to_another_is_not_given_its_summary() -> None:
    stranger = dataclasses.replace(NOTES["claim"], path="claims/copy.md")
    assert compose(stranger, s.GRAPH, s.STANDINGS) == Summary((), "")


@pytest.mark.parametrize(
    ("stand", "sentence"),
    [
        (Stand.SUPPORTED, "**Supported** by 1 independent line (TruthRL)."),
        (Stand.REFUTED, "**Refuted** by 1 independent line (arXiv:2506.09038)."),
        (
            Stand.UNSUPPORTED,
            "**Unsupported**: no work and no run counts for it or against it.",
        ),
    ],
)
def test_each_standing_has_its_sentence(stand: Stand, sentence: str) -> None:
    standing = Standing(s.REWARD.id, stand, (s.TRUTHRL.id,), (s.CITED.id,))
    body = compose(s.NOTE, s.GRAPH, {s.REWARD.id: standing}).body
    assert sentence in body.split("\n\n")


def test_many_lines_are_counted_and_not_all_named() -> None:
    ids = tuple(f"SRC-{number}" for number in range(9))
    standing = Standing(s.REWARD.id, Stand.SUPPORTED, ids)
    body = compose(s.NOTE, s.GRAPH, {s.REWARD.id: standing}).body
    assert "9 independent lines (SRC-0, SRC-1, SRC-2, SRC-3 and 5 more)" in body


def test_a_typed_edge_makes_the_inferred_one_needless() -> None:
    typed = dataclasses.replace(s.INFERRED, phrase="")
    graph = dataclasses.replace(s.GRAPH, edges=(*s.EDGES, typed))
    assert "Confirm or drop" in composed("claim").body
    assert "Confirm or drop" not in composed("claim", graph).body


def test_a_decisive_run_leaves_nothing_open() -> None:
    verdict = dataclasses.replace(s.TERNARY, outcome=Outcome.REPRODUCED, profile="full", reasons=())
    node = dataclasses.replace(s.RUN, verdict=verdict)
    graph = dataclasses.replace(s.GRAPH, nodes=s.NODES | {node.id: node}, verdicts=(verdict,))
    body = composed("result", graph).body
    assert body.startswith("**Reproduced**: +25.0 points [+22.1, +27.9]; ")
    assert "**Open**" not in body


def changed(old: Verdict, new: Verdict) -> tuple[str, ...]:
    def summary(verdict: Verdict) -> Summary:
        node = dataclasses.replace(s.RUN, verdict=verdict)
        nodes = s.NODES | {node.id: node}
        return composed("claim", dataclasses.replace(s.GRAPH, nodes=nodes, verdicts=(verdict,)))

    return causes(summary(old).inputs, summary(new).inputs)


def test_a_stale_summary_says_what_went_from_what_to_what() -> None:
    failed = dataclasses.replace(s.TERNARY, outcome=Outcome.NOT_REPRODUCED, effect=0.4)
    assert changed(s.TERNARY, failed) == (
        "ternary-reward went from partly reproduced to not reproduced",
    )
    weaker = dataclasses.replace(s.TERNARY, effect=20.0)
    assert changed(s.TERNARY, weaker) == (
        "effect of ternary-reward went from +25.0 points to +20.0 points",
    )
    reworded = dataclasses.replace(s.TERNARY, cited="something else")
    assert changed(s.TERNARY, reworded) == ("ternary-reward is worded differently",)


@pytest.mark.parametrize("name", NOTES)
def test_whatever_a_summary_shows_is_among_its_inputs(name: str) -> None:
    """Else a stale summary could not say why: another title, path, remark or identifier."""
    renamed = {
        key: dataclasses.replace(
            node, title=f"{node.title} again", identifiers=tuple(f"{i}0" for i in node.identifiers)
        )
        for key, node in s.NODES.items()
    }
    moved = {
        key: dataclasses.replace(node, path=node.path and f"moved/{node.path}")
        for key, node in s.NODES.items()
        if key != NOTES[name].id
    }
    remarked = tuple(dataclasses.replace(edge, context="in other words") for edge in s.EDGES)
    for graph in (
        dataclasses.replace(s.GRAPH, nodes=renamed),
        dataclasses.replace(s.GRAPH, nodes=s.NODES | moved),
        dataclasses.replace(s.GRAPH, edges=remarked),
    ):
        old, new = composed(name), composed(name, graph)
        assert (old.body == new.body) == (causes(old.inputs, new.inputs) == (REWRITTEN,))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({"standing": "supported (2)"}, {"standing": "contested (1 for, 1 against)"},
         "A b went from supported (2) to contested (1 for, 1 against)"),
        ({"flags": ""}, {"flags": "stale", "words": "2"}, "flags of A b went from none to stale"),
        ({"test": "not run"}, {"test": "reproduced"},
         "the test of A b went from not run to reproduced"),
        ({"relation": "reports"}, {"relation": "contradicts"},
         "A b went from “reports” to “contradicts”"),
        ({"for": "SRC-1"}, {"for": "SRC-1,SRC-2"},
         "what counts for A b went from SRC-1 to SRC-1,SRC-2"),
        ({"words": "1"}, {"words": "2"}, "A b is worded differently"),
        ({}, {"relation": "reports"}, "A b is new (reports)"),
        ({"verdict": "reproduced", "words": "1"}, {}, "A b is gone (reproduced)"),
        ({"words": "1"}, {"words": "1"}, REWRITTEN),
    ],
)  # fmt: skip
def test_every_kind_of_change_has_its_words(
    old: dict[str, str], new: dict[str, str], said: str
) -> None:
    same = {"k": "v"} if old and new else {}
    assert causes(facts("A b", same | old), facts("A b", same | new)) == (said,)


words = st.text(max_size=20)


@given(words, st.dictionaries(st.sampled_from(FACTS), words.filter(bool), min_size=1))
def test_an_input_survives_its_line(id_: str, told: dict[str, str]) -> None:
    """Whatever an id or a value holds, its line stays one line, ends no comment, reads back."""
    spelt = facts(id_, told)
    for each in spelt:
        assert not {*"\n\r <>"} & {*each.id, *each.value}
        line = f"{each.id} {each.key}={each.value}"
        first, _, rest = line.strip().partition(" ")
        assert Input(first, *rest.partition("=")[::2]) == each
    assert causes(spelt, spelt) == (REWRITTEN,)
    assert causes(spelt, facts(id_, told | {"standing": "another"})) != (REWRITTEN,)


def test_inputs_of_one_id_are_joined_in_the_order_they_came() -> None:
    told = [("A", "reports"), ("B", "cites"), ("A", "qualifies"), ("A", "reports")]
    inputs = [each for id_, relation in told for each in facts(id_, {"relation": relation})]
    assert merged(inputs) == (
        Input("A", "relation", "reports,qualifies"),
        Input("B", "relation", "cites"),
    )


hostile = st.text(max_size=30) | st.sampled_from(
    [
        "<!-- /graphkit:summary -->",
        "<!-- graphkit:summary v1",
        "a | b",
        "```",
        "]] [[x]]",
        "-->\n# T",
    ]
)


@given(hostile, hostile, hostile)
def test_no_text_of_a_note_can_break_out_of_a_summary(title: str, context: str, prose: str) -> None:
    truthrl = dataclasses.replace(s.TRUTHRL, title=title)
    reports = dataclasses.replace(s.REPORTS, context=context)
    graph = Graph(s.NODES | {truthrl.id: truthrl}, (reports,), verdicts=s.VERDICTS)
    body = compose(dataclasses.replace(s.NOTE, summary=prose), graph, s.STANDINGS).body
    assert "<!--" not in body
    assert "\r" not in body
    rows = [line for line in body.split("\n") if line.startswith("| is reported by")]
    assert [row.replace(r"\|", "").count("|") for row in rows] == [6]
    assert all(line[:1] in {"", ">", "|", "*", "-"} for line in body.split("\n"))


@pytest.mark.parametrize(
    ("paragraph", "parts"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("By 28.9 % (cf. Fig. 3). So what?", ["By 28.9 % (cf. Fig. 3).", "So what?"]),
        ("See e.g. this. and that.", ["See e.g. this. and that."]),
        ('He said "stop." Then\nhe went.', ['He said "stop."', "Then he went."]),
        ("Fertig。次の文。", ["Fertig。", "次の文。"]),
        ("Smith et al. Found it.", ["Smith et al. Found it."]),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(paragraph: str, parts: list[str]) -> None:
    assert list(sentences(paragraph)) == parts


@given(st.text(st.sampled_from("ab.?! \nA。"), max_size=60))
def test_sentences_keep_every_word(paragraph: str) -> None:
    assert "".join("".join(sentences(paragraph)).split()) == "".join(paragraph.split())


def test_the_gist_is_the_first_sentence_and_the_first_with_a_figure() -> None:
    prose = "It helps. Much. It cuts errors by 28.9 % overall. By 3 % too."
    assert gist(prose) == ("It helps.",)
    assert gist(prose, ["28.9 %", "3 %"]) == ("It helps.", "It cuts errors by 28.9 % overall.")
    assert gist("28.9 % less. Much.", ["28.9 %"]) == ("28.9 % less.",)


def test_a_claim_s_figure_brings_its_sentence_along() -> None:
    span = Span(s.NOTE.path)
    figure = Figure(28.9, "%", "down", "hallucination", "", "28.9 %", span)
    note = dataclasses.replace(s.NOTE, summary="It helps. It cuts 28.9 %.", figures=(figure,))
    assert compose(note, s.GRAPH, s.STANDINGS).body.startswith("> It helps. It cuts 28.9 %.\n")


if __name__ == "__main__":
    for each in NOTES:
        (FOLDER / f"summary-{each}.md").write_text(transcript(each), encoding="utf-8")
