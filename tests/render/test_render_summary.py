"""Managed summaries: what they say, what they were made from, and why they go stale."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
import specimens as s
from hypothesis import given
from hypothesis import strategies as st

from graphkit.experiment import statistics
from graphkit.models import Edge, Figure, Graph, Node, Note, Paragraph, Span, Standing, Verdict
from graphkit.render.summaries.causes import PROSE, REWRITTEN, TEMPLATE, paired, pairs
from graphkit.render.summaries.inputs import Input, facts, merged
from graphkit.render.summaries.sentences import sentences
from graphkit.render.summaries.standalone import gist
from graphkit.render.summary import Summary, causes, compose
from graphkit.render.words import plain
from graphkit.vocabulary import Flag, Outcome, Stand

FOLDER = Path(__file__).parent / "transcripts"
FACTS = ("standing", "verdict", "relation")


def note_of(node: Node, summary: str = "", **more: str) -> Note:
    properties = tuple(more.items())
    return Note(node.path, node.id, node.kind, node.title, summary, properties=properties)


FOUR_SETS = "TruthRL defines truthfulness as accuracy minus hallucination on four question sets."
LIMITS = "Whether the accuracy of a model is preserved depends on the kind of question asked."
CLAIM = dataclasses.replace(
    s.NOTE,
    paragraphs=(*s.NOTE.paragraphs, Paragraph("What speaks against it", 22, f"Short.\n{LIMITS}")),
)
PUBLIC = "TruthRL trains models with a reward of three values that prices silence. It is public."
NOTES = {
    "claim": CLAIM,
    "question": note_of(s.QUESTION, "Models answer. Which part of training removes it? Some."),
    "source": dataclasses.replace(
        note_of(s.TRUTHRL, PUBLIC, year="2025", status="seen"),
        paragraphs=(Paragraph("TruthRL", 9, PUBLIC), Paragraph("What was measured", 13, FOUR_SETS)),
    ),
    "result": note_of(s.RUN, run="ternary-reward"),
    "page": note_of(s.MAP, "Start here."),
}


PAGES = {note.path: note for note in NOTES.values()}


def composed(name: str, graph: Graph = s.GRAPH) -> Summary:
    return compose(NOTES[name], graph, s.STANDINGS, pages=PAGES)


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
    moved = [edge._replace(span=Span(edge.span.path, 99)) for edge in s.EDGES]
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
        (
            Stand.SUPPORTED,
            "**Supported** by 1 independent line ([TruthRL](../sources/truthrl.md)).",
        ),
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
    typed = s.INFERRED._replace(phrase="")
    graph = dataclasses.replace(s.GRAPH, edges=(*s.EDGES, typed))
    assert "Confirm or drop" in composed("claim").body
    assert "Confirm or drop" not in composed("claim", graph).body


def test_only_what_was_typed_is_named_as_what_a_claim_leans_on() -> None:
    risky = s.CONTESTED._replace(flags=(Flag.AT_RISK,))
    shaky = s.STANDINGS | {s.REWARD.id: risky, s.RIVAL.id: Standing(s.RIVAL.id, Stand.REFUTED)}
    typed = Edge(s.REWARD.id, s.RIVAL.id, "depends on", Span(s.REWARD.path, 27))
    said = {
        phrase: compose(
            s.NOTE, dataclasses.replace(s.GRAPH, edges=(typed._replace(phrase=phrase),)), shaky
        )
        for phrase in ("", "builds on")
    }
    assert "it leans on [Is the gain" in said[""].body
    assert "it leans, through others" in said["builds on"].body
    (cause,) = causes(
        [each for each in said[""].inputs if each.key != "risk"],
        said[""].inputs,
    )
    assert cause == f"“{s.RIVAL.title}”, which is refuted, puts it at risk"


def test_a_decisive_run_leaves_nothing_open() -> None:
    verdict = dataclasses.replace(s.TERNARY, outcome=Outcome.REPRODUCED, profile="full", reasons=())
    node = dataclasses.replace(s.RUN, verdict=verdict)
    graph = dataclasses.replace(s.GRAPH, nodes=s.NODES | {node.id: node}, verdicts=(verdict,))
    body = composed("result", graph).body
    assert body.startswith("**Reproduced**: +25.0 points; 95 % interval [+22.1, +27.9]; ")
    assert "**Open**" not in body


def test_the_reasons_of_a_reproduced_run_are_told_as_a_reservation() -> None:
    verdict = dataclasses.replace(s.TERNARY, outcome=Outcome.REPRODUCED, profile="full")
    node = dataclasses.replace(s.RUN, verdict=verdict)
    nodes = s.NODES | {node.id: node}
    graph = dataclasses.replace(s.GRAPH, nodes=nodes, verdicts=(verdict,))
    assert "Reservation: accuracy on known items fell by 8.9" in composed("result", graph).body
    assert "reproduced; reservation: accuracy on known" in composed("claim", graph).body


def changed(old: Verdict, new: Verdict) -> tuple[str, ...]:
    def summary(verdict: Verdict) -> Summary:
        node = dataclasses.replace(s.RUN, verdict=verdict)
        nodes = s.NODES | {node.id: node}
        return composed("claim", dataclasses.replace(s.GRAPH, nodes=nodes, verdicts=(verdict,)))

    return causes(summary(old).inputs, summary(new).inputs)


def test_a_stale_summary_says_what_went_from_what_to_what() -> None:
    failed = dataclasses.replace(s.TERNARY, outcome=Outcome.NOT_REPRODUCED, effect=0.4)
    assert changed(s.TERNARY, failed) == (
        (
            "the run ternary-reward went from partly reproduced, +25.0 points [+22.1, +27.9] "
            "to not reproduced, +0.4 points [+22.1, +27.9], "
            "because accuracy on known items fell by 8.9 points, 3 allowed"
        ),
    )
    weaker = dataclasses.replace(s.TERNARY, effect=20.0)
    assert changed(s.TERNARY, weaker) == (
        (
            "the effect of ternary-reward went from +25.0 points [+22.1, +27.9] "
            "to +20.0 points [+22.1, +27.9]"
        ),
    )
    reworded = dataclasses.replace(s.TERNARY, cited="something else")
    assert changed(s.TERNARY, reworded) == (
        "what is said about the run ternary-reward was reworded",
    )


def recorded(prints: dict[str, str]) -> Verdict:
    """The run with these records, each with the digest of what it says."""
    names = tuple(f"{name}.json" for name in prints)
    return dataclasses.replace(s.TERNARY, records=names, prints=tuple(prints.values()))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({"a": "1", "b": "1"}, {"a": "1", "b": "2"},
         "1 record of ternary-reward was replaced: b"),
        ({"a": "1", "b": "1"}, {"a": "2", "b": "2"},
         "2 records of ternary-reward were replaced: a and b"),
        ({"a": "1", "b": "1"}, {"a": "1"}, "1 record of ternary-reward is gone: b"),
        ({"a": "1"}, {"a": "1", "b": "1", "c": "1"},
         "2 records of ternary-reward are new: b and c"),
        ({"a": "1"}, {"a": "1", "k-seed8": "1", "k-seed9": "1", "k-seed10": "1", "b-1": "1"},
         "4 records of ternary-reward are new: k-seed8 to 10 and b-1"),
    ],
)  # fmt: skip
def test_a_record_behind_a_run_is_named_though_the_verdict_is_the_same(
    old: dict[str, str], new: dict[str, str], said: str
) -> None:
    assert changed(recorded(old), recorded(new)) == (said,)


def test_a_result_names_the_measure_that_changed() -> None:
    other = dataclasses.replace(s.TERNARY, measures=(("accuracy on all items", -2.0),))
    summaries = []
    for verdict in (s.TERNARY, other):
        nodes = s.NODES | {s.RUN.id: dataclasses.replace(s.RUN, verdict=verdict)}
        graph = dataclasses.replace(s.GRAPH, nodes=nodes, verdicts=(verdict,))
        summaries.append(composed("result", graph))
    assert causes(*(summary.inputs for summary in summaries)) == (
        "accuracy on all items of ternary-reward went from −8.9 to −2",
    )


def test_a_result_names_its_unit_its_level_and_which_of_two_intervals_decides() -> None:
    told = {"bootstrap low": 22.5, "bootstrap high": 27.0, "t low": 22.1, "t high": 27.9,
            "accuracy, known": -4.0, "accuracy, known, low": -6.0, "accuracy, known, high": -2.0,
            "sign-flip p": 0.25}  # fmt: skip
    verdict = dataclasses.replace(s.TERNARY, measures=tuple(told.items()), cited="-28.9 % at k-3")
    nodes = s.NODES | {s.RUN.id: dataclasses.replace(s.RUN, verdict=verdict)}
    body = composed("result", dataclasses.replace(s.GRAPH, nodes=nodes, verdicts=(verdict,))).body
    level = f"{100 * statistics.LEVEL:g} % interval"
    for row in (
        f"| Quantity | Value | {level} | Unit |",
        "| The source says | −28.9 % at k-3 |  |  |",
        f"| its {level}, the wider of two |  | bootstrap [22.5, 27] and t [22.1, 27.9] | points |",
        "| accuracy, known | −4 | [−6, −2] | points |",
        "| sign-flip p | 0.25 |  |  |",
    ):
        assert row in body.split("\n")
    assert ", low" not in body
    assert "| t low" not in body


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
    remarked = tuple(edge._replace(context="in other words") for edge in s.EDGES)
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
         "“A b” went from supported (2) to contested (1 for, 1 against)"),
        ({"flags": ""}, {"flags": "stale"},
         "the flags of “A b” went from none to stale"),
        ({"test": "not run"}, {"test": "reproduced"},
         "the test of “A b” went from not run to reproduced"),
        ({"relation": "reports"}, {"relation": "contradicts"},
         "the edge with “A b” went from “reports” to “contradicts”"),
        ({"relation": "qualifies", "words": "1"}, {"place": "p"},
         "the edge “qualifies” “A b” is gone"),
        ({"for": "S-1"}, {"for": "S-1,S-2"}, "S-2 now counts for “A b”"),
        ({"against": "S-1"}, {"against": ""}, "S-1 no longer counts against “A b”"),
        ({"title": "A b"}, {"title": "A c"}, "“A b” is now called “A c”"),
        ({"words": "1"}, {"words": "2"}, "what is said about “A b” was reworded"),
        ({"sentences": "1"}, {"sentences": "2"}, "other sentences now stand out in “A b”"),
        ({}, {"relation": "reports"}, "the edge “reports” A b is new"),
        ({"relation": "reports", "words": "1"}, {}, "the edge “reports” A b is gone"),
        ({"verdict": "reproduced", "words": "1"}, {}, "the run A b is gone (reproduced)"),
        ({"says": "1"}, {"says": "2"}, "what “A b” says was reworded"),
        ({"status": "seen"}, {"status": "retracted"},
         "the status of “A b” went from seen to retracted"),
        ({"words": "1"}, {"words": "1"}, REWRITTEN),
    ],
)  # fmt: skip
def test_every_kind_of_change_has_its_words(
    old: dict[str, str], new: dict[str, str], said: str
) -> None:
    same = {"title": "A b"} if old and new else {}
    assert causes(facts("A b", same | old), facts("A b", same | new)) == (said,)


def test_a_rewording_is_told_before_the_sentences_that_follow_from_it() -> None:
    old = (*facts("A", {"title": "A", "sentences": "1"}), *facts("B", {"title": "B", "words": "1"}))
    new = (*facts("A", {"title": "A", "sentences": "2"}), *facts("B", {"title": "B", "words": "2"}))
    assert causes(old, new) == (
        "what is said about “B” was reworded", "other sentences now stand out in “A”"
    )  # fmt: skip


def test_another_template_is_a_cause_of_its_own() -> None:
    old, new = (facts(TEMPLATE, {"digest": each}) for each in ("1a", "2b"))
    assert causes(old, new) == ("the template went from 1a to 2b",)
    assert causes(facts(PROSE, {"facts": "1"}), ()) == ("the prose told what no longer holds",)


@given(st.dictionaries(st.text(max_size=9).filter(lambda name: ";" not in name),
                       st.text("0123456789. ", max_size=9)))  # fmt: skip
def test_paired_values_come_back(told: dict[str, str]) -> None:
    assert pairs(paired(told.items())) == dict(told.items())


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
    reports = s.REPORTS._replace(context=context)
    graph = Graph(s.NODES | {truthrl.id: truthrl}, (reports,), verdicts=s.VERDICTS)
    body = compose(dataclasses.replace(s.NOTE, summary=prose), graph, s.STANDINGS).body
    assert "<!--" not in body
    assert "\r" not in body
    rows = [line for line in body.split("\n") if line.startswith("| is reported by")]
    assert [row.replace(r"\|", "").count("|") for row in rows] == [4]
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


def asserting(prose: str, figure: str) -> Summary:
    """The summary of the claim where its first paragraph says this."""
    stated = Figure(float(figure[:2]), "%", "down", "errors", "", figure, Span(s.NOTE.path))
    note = dataclasses.replace(s.NOTE, summary=prose, figures=(stated,))
    return compose(note, s.GRAPH, s.STANDINGS)


def test_a_claim_says_what_it_says_and_goes_stale_by_another_figure() -> None:
    old = asserting("It helps. So they say. It cuts errors by 30 %.", "30 %")
    new = asserting("It helps. So they say. It cuts errors by 36 %.", "36 %")
    assert old.body.startswith("> It helps. It cuts errors by 30 %.\n\n**Contested**")
    (cause,) = causes(old.inputs, new.inputs)
    assert cause == f"the figures that “{s.REWARD.title}” states went from 30 % to 36 %"
    other = asserting("It hurts. It cuts errors by 30 %.", "30 %")
    (cause,) = causes(old.inputs, other.inputs)
    assert cause == f"what “{s.REWARD.title}” says was reworded"


def claim_with(standing: Standing, *verdicts: Verdict) -> str:
    """The claim's summary where it stands so."""
    graph = dataclasses.replace(s.GRAPH, verdicts=verdicts)
    return compose(s.NOTE, graph, s.STANDINGS | {s.REWARD.id: standing}).body


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.PARTLY, "came out as partly reproduced: too weak by −3.0."),
        (Outcome.NOT_REPRODUCED, "came out as not reproduced: too weak by −3.0."),
        (Outcome.INCONCLUSIVE, "came out as inconclusive: too weak by −3.0."),
        (Outcome.NOT_RUN, "has not been run: too weak by −3.0."),
        (Outcome.NOT_TESTABLE, "How it could be tested elsewhere: Ask people."),
    ],
)
def test_what_a_run_leaves_open_is_told_with_its_reason(outcome: Outcome, said: str) -> None:
    verdict = dataclasses.replace(
        s.TERNARY, outcome=outcome, reasons=("too weak by -3.0",), protocol="Ask people."
    )
    body = claim_with(s.CONTESTED, verdict)
    assert said in body.partition("**Open**")[2]
    assert body.count("too weak") <= 1


def test_a_contested_claim_names_both_sides_and_what_would_decide() -> None:
    run = s.CONTESTED._replace(opposes=(s.RUN.id,))
    assert (
        "- Undecided: for it speaks [TruthRL](../sources/truthrl.md), against it "
        "[A ternary reward, run here](../results/ternary-reward.md); a run under the work's own"
    ) in claim_with(run)
    assert "a test of both under the same conditions" in claim_with(s.CONTESTED)


def test_a_line_that_another_claim_lends_says_so() -> None:
    body = claim_with(s.CONTESTED)
    through = f"through [{s.RIVAL.title}](threshold.md)"
    assert f"1 against it (arXiv:2506.09038 {through})" in body
    assert f"| counts against it | arXiv:2506.09038 | {through} |" in body
    assert f"- Undecided between it and [{s.RIVAL.title}](threshold.md): a test of both" in body
    assert body.count("accuracy fell too") == 1, "what the table says is not said again"


def test_a_single_line_asks_for_another() -> None:
    alone = Standing(s.REWARD.id, Stand.SUPPORTED, (s.TRUTHRL.id,))
    assert "A single line speaks for it, [TruthRL](../sources/truthrl.md)" in claim_with(alone)
    both = Standing(s.REWARD.id, Stand.SUPPORTED, (s.TRUTHRL.id, s.CITED.id))
    assert "A single line" not in claim_with(both)


def test_what_narrows_a_claim_is_named() -> None:
    narrows = s.REPORTS._replace(relation="qualifies")
    graph = dataclasses.replace(s.GRAPH, edges=(*s.EDGES, narrows))
    body = compose(s.NOTE, graph, s.STANDINGS).body
    assert "its scope is narrowed by [TruthRL](../sources/truthrl.md)" in body


def sourced(*edges: Edge, **properties: str) -> str:
    """The summary of a source among these edges."""
    note = note_of(s.TRUTHRL, "It trains models.", **properties)
    return compose(note, dataclasses.replace(s.GRAPH, edges=edges), s.STANDINGS).body


def test_a_source_has_one_row_for_each_claim() -> None:
    narrows = s.REPORTS._replace(relation="qualifies", context="restated since")
    rows = [row for row in sourced(s.REPORTS, narrows).split("\n") if s.REWARD.title in row]
    assert len(rows) == 1
    assert rows[0].startswith("| reports, qualifies | ")
    words = "| reports: 28.9 % fewer hallucinated answers; qualifies: restated since |"
    assert rows[0].endswith(words)


def test_a_source_is_linked_and_says_how_well_it_was_read() -> None:
    body = sourced(s.REPORTS, year="2025", status="abstract read")
    assert body.startswith(
        "**[arXiv:2509.25760](https://arxiv.org/abs/2509.25760)** "
        "(2025; no more than its abstract was read): bears on 1 claim (contested)."
    )
    assert "(status: lost)" in sourced(s.REPORTS, status="lost")


def test_a_source_that_bears_on_no_claim_says_what_cites_it() -> None:
    cites = Edge(s.CITED.id, s.TRUTHRL.id, "cites", Span("sources/other.md", 3))
    assert "bears on no claim of these notes itself; cited by arXiv:2506.09038." in sourced(cites)
    assert "bears on no claim of these notes itself." in sourced()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([(2, 1)], "the contested one has more lines for than against"),
        ([(1, 1), (2, 2)], "of the contested, 2 have as many lines for as against"),
        ([(1, 3), (1, 1)],
         ("of the contested, 1 has as many lines for as against and 1 has more "
          "lines against than for")),
    ],
)  # fmt: skip
def test_a_contested_question_says_to_which_side_the_lines_lean(
    lines: list[tuple[int, int]], said: str
) -> None:
    claims = [s.REWARD, s.RIVAL][: len(lines)]
    edges = tuple(s.ADDRESSES._replace(source=claim.id) for claim in claims)
    standings = {
        claim.id: Standing(claim.id, Stand.CONTESTED, ("S",) * for_, ("S",) * against)
        for claim, (for_, against) in zip(claims, lines, strict=True)
    } | {s.QUESTION.id: Standing(s.QUESTION.id, Stand.CONTESTED)}
    graph = dataclasses.replace(s.GRAPH, edges=edges)
    body = compose(NOTES["question"], graph, standings).body
    assert said in body.split("\n")[0]
    assert "is addressed by" not in body


def test_what_the_note_says_would_settle_it_is_open() -> None:
    settling = Paragraph("What would settle it", 30, "A larger model, tested alike.")
    note = dataclasses.replace(s.NOTE, paragraphs=(*s.NOTE.paragraphs, settling))
    body = compose(note, s.GRAPH, s.STANDINGS).body
    assert "- A larger model, tested alike." in body.partition("**Open**")[2]


def test_every_sentence_is_traced_to_its_line() -> None:
    quotes = {quote.text: (quote.path, quote.line) for quote in composed("claim").quotes}
    assert quotes[LIMITS] == (s.NOTE.path, 23)
    assert all(text in composed("claim").body for text in quotes)


if __name__ == "__main__":
    for each in NOTES:
        (FOLDER / f"summary-{each}.md").write_text(transcript(each), encoding="utf-8")


def test_what_rounding_left_of_zero_is_zero() -> None:
    assert [plain(value) for value in (-1.59e-17, 0.0, 1e-9, -2.5)] == [
        "0",
        "0",
        "1e−09",
        "−2.5",
    ]
