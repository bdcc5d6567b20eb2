"""Nodes and edges from notes, links and verdicts."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_vaults import claim, codes, edges, page, question, source, verdict, written

from graphkit import graph
from graphkit.models import Link, Note, ParsedNote, Span, derived_id
from graphkit.vocabulary import RELATIONS, Kind, Outcome, Vocabulary


def test_each_spelling_of_a_relation_gives_its_forward_name() -> None:
    spellings = ("has evidence", "is supported by", "Supported_By", "has-evidence", "evidence")
    for words in spellings:
        built = graph.build([claim("theory", (words, "datum")), claim("datum")])
        assert edges(built) == {("datum", "is evidence for", "theory")}


def test_items_under_a_heading_are_the_subject() -> None:
    for words, relation in (
        ("Evidence for", "is evidence for"),
        ("Evidence against", "contradicts"),
        ("Sources", "reports"),
    ):
        note = claim("theory").note
        link = Link("paper", Span("theory.md", 3), "wikilink", relation=words, inverted=True)
        built = graph.build([ParsedNote(note, (link,), ()), source("paper")])
        assert edges(built) == {("paper", relation, "theory")}


def test_a_list_of_sources_on_a_plain_page_only_cites_them() -> None:
    note = page("essay.md", kind=Kind.NOTE).note
    link = Link("paper", Span("essay.md", 3), "wikilink", relation="Sources", inverted=True)
    built = graph.build([ParsedNote(note, (link,), ()), source("paper")])
    assert edges(built) == {("essay", "cites", "paper")}


def test_a_contradiction_with_a_source_starts_at_the_source() -> None:
    built = graph.build([claim("theory", ("contradicts", "paper")), source("paper")])
    assert edges(built) == {("paper", "contradicts", "theory")}


def test_words_of_the_author_are_kept_and_reported() -> None:
    link = Link("b", Span("a.md", 4, 2), "wikilink", relation="suports", explicit=True)
    built = graph.build([ParsedNote(claim("a").note, (link,), ()), claim("b")])
    assert edges(built) == {("a", "suports", "b")}
    (problem,) = built.problems
    assert (problem.code, str(problem.span)) == ("unknown-relation", "a.md:4:2")
    assert problem.hint == 'did you mean "supports"?'


def test_words_far_from_any_relation_are_reported_once_with_their_number() -> None:
    links = tuple(
        Link("b", Span("a.md", line), "wikilink", relation="is subclass of", explicit=True)
        for line in (1, 2, 3)
    )
    built = graph.build([ParsedNote(claim("a").note, links, ()), claim("b")])
    (problem,) = built.problems
    assert problem.message == 'unknown relation "is subclass of", used 3 times'


def test_unknown_words_outside_a_field_are_only_a_mention() -> None:
    built = graph.build([claim("a", ("as we saw in", "b")), claim("b")])
    assert edges(built) == {("a", "mentions", "b")}
    assert not built.problems


def test_a_vault_may_bring_relations_of_its_own() -> None:
    row = RELATIONS[0].__class__(
        "replicates", "is replicated by", frozenset({Kind.SOURCE}), frozenset({Kind.CLAIM}), +1,
        "R", "https://example.org/replicates", "A second group found the same.",
    )  # fmt: skip
    pages = [claim("a", ("is replicated by", "s")), source("s")]
    built = graph.build(pages, vocabulary=Vocabulary((*RELATIONS, row)))
    assert edges(built) == {("s", "replicates", "a")}
    (standing,) = graph.standings(built).values()
    assert str(standing) == "supported (1)"
    (group,) = graph.relations(built, graph.find(built, "a").id)
    assert group.label == "is replicated by"


def test_a_mention_beside_a_typed_link_says_nothing() -> None:
    pages = [claim("a", ("", "b"), ("extends", "b"), ("", "c")), claim("b", ("", "a")), claim("c")]
    assert edges(graph.build(pages)) == {
        ("a", "extends", "b"),
        ("a", "mentions", "c"),
        ("b", "mentions", "a"),
    }


def test_an_inferred_relation_gives_way_to_the_same_one_written_out() -> None:
    inferred = Link("b", Span("a.md", 9), "wikilink", relation="extends", phrase="a third way")
    typed = Link("b", Span("a.md", 12), "wikilink", relation="extends")
    built = graph.build([ParsedNote(claim("a").note, (inferred, typed), ()), claim("b")])
    assert [(edge.span.line, edge.inferred) for edge in built.edges] == [(12, False)]


def test_repeated_mentions_are_one_edge_and_all_are_counted() -> None:
    built = graph.build([claim("a", ("", "b"), ("", "b"), ("", "b")), claim("b")])
    assert len(built.edges) == 1
    assert built.links.resolved == 3


def test_one_relation_with_two_contexts_is_two_edges() -> None:
    links = tuple(
        Link("b", Span("a.md", line), "wikilink", relation="qualifies", context=words)
        for line, words in enumerate(("in adults", "in Europe"), start=1)
    )
    built = graph.build([ParsedNote(claim("a").note, links, ()), claim("b")])
    assert [edge.context for edge in built.edges] == ["in adults", "in Europe"]


def test_links_to_the_own_page_make_no_edge_and_relations_to_it_are_reported() -> None:
    built = graph.build([claim("a", ("", "a"), ("contradicts", "a"))])
    assert not built.edges
    assert codes(built.problems) == ["self-relation"]


def test_missing_notes_are_ghosts_and_one_name_is_one_ghost() -> None:
    built = graph.build([claim("a", ("", "Gone"), ("extends", "gone")), claim("b", ("", "GONE"))])
    (ghost,) = (node for node in built.nodes.values() if node.kind is Kind.GHOST)
    assert (ghost.title, ghost.path) == ("Gone", "")
    assert codes(built.problems) == ["missing-target"] * 3
    assert built.links.missing == 3


def test_a_new_note_takes_the_place_of_its_ghost() -> None:
    before = graph.build([claim("a", ("extends", "b"))])
    after = graph.build([claim("a", ("extends", "b")), claim("b")])
    assert [node.kind for node in before.nodes.values()].count(Kind.GHOST) == 1
    assert Kind.GHOST not in {node.kind for node in after.nodes.values()}
    assert not after.problems


def test_notes_that_cite_one_work_cite_one_node() -> None:
    pages = written(
        {
            "a.md": "See arXiv:2509.25760v1.\n",
            "b.md": "See [it](https://arxiv.org/abs/2509.25760).\n",
            "c.md": "As [@lee2024] says, and doi:10.1000/XYZ.\n",
        }
    )
    built = graph.build(pages)
    works = sorted(n.title for n in built.nodes.values() if n.kind is Kind.SOURCE)
    assert works == ["@lee2024", "arXiv:2509.25760", "doi:10.1000/xyz"]
    assert ("a", "cites", "arXiv:2509.25760") in edges(built)
    assert ("b", "cites", "arXiv:2509.25760") in edges(built)


def test_a_work_keeps_its_id_when_it_gets_a_note() -> None:
    text = {"a.md": "See arXiv:2509.25760.\n"}
    paper = "---\nkind: source\ntitle: TruthRL\nidentifiers: [arXiv:2509.25760v2]\n---\n"
    before = graph.build(written(text))
    after = graph.build(written({**text, "papers/truthrl.md": paper}))
    assert before.nodes.keys() == after.nodes.keys()
    assert edges(after) == {("a", "cites", "TruthRL")}


def test_two_notes_about_one_work_are_one_node_and_a_problem() -> None:
    pages = [
        source("one", identifiers=("arXiv:2509.25760",)),
        source("two", identifiers=("arXiv:2509.25760v2", "doi:10.1000/x"), tags=("rl",)),
        source("three", identifiers=("doi:10.1000/X",)),
        claim("c", ("is reported by", "two"), ("is reported by", "three")),
    ]
    built = graph.build(pages)
    assert edges(built) == {("one", "reports", "c")}
    node = graph.find(built, "two")
    assert (node.title, node.aliases) == ("one", ("three", "two"))
    assert node.identifiers == ("arXiv:2509.25760", "doi:10.1000/X")
    assert node.tags == ("rl",)
    assert codes(built.problems) == ["duplicate-source"] * 2
    (standing,) = graph.standings(built).values()
    assert len(standing.supports) == 1


def test_a_second_note_of_one_id_gets_another_and_is_reported() -> None:
    built = graph.build([claim("a", id="CLM-1"), claim("b", id="CLM-1")])
    assert built.nodes["CLM-1"].path == "a.md"
    assert {node.path for node in built.nodes.values()} == {"a.md", "b.md"}
    assert codes(built.problems) == ["duplicate-id"]


def test_a_verdict_becomes_a_result_with_an_edge_to_each_claim_that_names_its_test() -> None:
    pages = [claim("a", tests=("t",)), claim("b", tests=("t", "u")), claim("c")]
    built = graph.build(pages, [verdict("t")])
    assert edges(built) == {("Whether t", "reproduces", "a"), ("Whether t", "reproduces", "b")}
    result = graph.find(built, "t")
    assert (result.kind, result.path) == (Kind.RESULT, "")
    assert result.verdict is not None
    assert len(result.verdict.claims) == 2
    assert built.verdicts == (result.verdict,)


@pytest.mark.parametrize(
    ("outcome", "profile", "relation"),
    [
        (Outcome.REPRODUCED, "full", "reproduces"),
        (Outcome.NOT_REPRODUCED, "full", "fails to reproduce"),
        (Outcome.CONTRADICTED, "full", "fails to reproduce"),
        (Outcome.PARTLY, "full", "qualifies"),
        (Outcome.INCONCLUSIVE, "full", "tests"),
        (Outcome.REPRODUCED, "quick", "tests"),
        (Outcome.CONTRADICTED, "smoke", "tests"),
    ],
)
def test_the_edge_of_a_verdict(outcome: Outcome, profile: str, relation: str) -> None:
    built = graph.build([claim("a", tests=("t",))], [verdict("t", outcome, profile)])
    assert edges(built) == {("Whether t", relation, "a")}
    node = graph.find(built, "t")
    assert node.verdict is not None
    assert node.verdict.outcome is outcome


@pytest.mark.parametrize("outcome", [Outcome.NOT_RUN, Outcome.NOT_TESTABLE])
def test_what_was_not_run_has_no_node(outcome: Outcome) -> None:
    built = graph.build([claim("a", tests=("t",))], [verdict("t", outcome, "", reasons=("why",))])
    assert [node.title for node in built.nodes.values()] == ["a"]
    (standing,) = graph.standings(built).values()
    assert (standing.test, standing.test_reason) == (outcome, "why")


def test_a_result_note_is_the_node_of_its_run() -> None:
    note = page("results/t.md", kind=Kind.RESULT, title="Run of t", properties=(("run", "t"),))
    built = graph.build([claim("a", tests=("t",)), note], [verdict("t")])
    assert edges(built) == {("Run of t", "reproduces", "a")}
    assert graph.find(built, "t").path == "results/t.md"


def test_a_result_notes_bare_link_to_its_claim_says_nothing_beside_the_outcome() -> None:
    note = page("r.md", ("", "a"), ("", "b"), kind=Kind.RESULT, properties=(("run", "t"),))
    pages = [claim("a", tests=("t",)), claim("b"), note]
    assert edges(graph.build(pages, [verdict("t")])) == {
        ("r", "reproduces", "a"),
        ("r", "mentions", "b"),
    }
    assert edges(graph.build(pages)) == {("r", "mentions", "a"), ("r", "mentions", "b")}


def test_evidence_tracks_are_runs_of_their_own() -> None:
    verdicts = [verdict("t"), verdict("t", Outcome.CONTRADICTED, "", track="B")]
    built = graph.build([claim("a", tests=("t",))], verdicts)
    assert edges(built) == {("Whether t", "reproduces", "a"), ("Whether t", "tests", "a")}
    assert graph.find(built, "t") != graph.find(built, "t/B")


def test_tests_and_runs_that_nothing_knows_are_reported() -> None:
    note = page("r.md", kind=Kind.RESULT, properties=(("run", "gone"),))
    built = graph.build([claim("a", tests=("tt",)), note], [verdict("t")])
    assert codes(built.problems) == ["unknown-test", "unknown-run"]
    assert not graph.build([claim("a", tests=("tt",)), note]).problems


NAMES = st.sampled_from(["a", "b", "c", "A", "gone", "x/a", "é", "e\u0301"])
WORDS = st.sampled_from(["", "has evidence", "contradicts", "is reported by", "depends on", "zz"])
PAGES = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "x/a", "y/a", "x/é", "y/B"]),
        st.sampled_from([Kind.CLAIM, Kind.SOURCE, Kind.QUESTION, Kind.NOTE]),
        st.lists(st.tuples(WORDS, NAMES), max_size=4),
    ),
    max_size=6,
    unique_by=lambda drawn: drawn[0],
).map(lambda drawn: [page(f"{name}.md", *links, kind=kind) for name, kind, links in drawn])


@given(PAGES, st.randoms(use_true_random=False))
def test_the_order_of_notes_does_not_matter(pages: list[ParsedNote], random: Random) -> None:
    shuffled = sorted(pages, key=lambda _: random.random())
    verdicts = [verdict("t"), verdict("u", Outcome.CONTRADICTED)]
    one, other = graph.build(pages, verdicts), graph.build(shuffled, verdicts[::-1])
    assert one == other
    assert list(one.nodes) == list(other.nodes)
    assert graph.standings(one) == graph.standings(other)
    assert graph.check(pages, one) == graph.check(shuffled, other)


@given(PAGES)
def test_every_link_is_accounted_for(pages: list[ParsedNote]) -> None:
    built = graph.build(pages)
    assert sum(built.links) == sum(len(each.links) for each in pages)
    assert len(codes(built.problems)) >= built.links.missing + built.links.ambiguous
    assert all({edge.source, edge.target} <= built.nodes.keys() for edge in built.edges)


@given(
    st.lists(st.text("aAbBéß./ ", min_size=1, max_size=6), min_size=1, max_size=8, unique=True),
    st.text("aAbBéß./ ", min_size=1, max_size=4),
)
def test_a_shared_name_is_never_guessed(names: list[str], asked: str) -> None:
    """A link joins a note only if nothing else is called so, or nothing else is spelt so."""
    notes = [
        ParsedNote(Note(f"f{i}/n{i}.md", f"N{i}", Kind.NOTE, name), (), ())
        for i, name in enumerate(names)
    ]
    here = ParsedNote(
        Note("page.md", derived_id(Kind.NOTE, "page.md"), Kind.NOTE, "\0"),
        (Link(asked, Span("page.md"), "wikilink"),),
        (),
    )
    built = graph.build([*notes, here])
    alike = [
        name for name in names if " ".join(name.split()).casefold() == asked.strip().casefold()
    ]
    joined = [built.nodes[edge.target].title for edge in built.edges]
    if len(alike) > 1 and asked not in alike:
        assert built.links.ambiguous == 1
    elif joined and built.links.resolved:
        assert joined[0] == asked or len(alike) == 1


def test_an_empty_vault_is_an_empty_graph() -> None:
    built = graph.build([])
    assert (built.nodes, built.edges, built.problems) == ({}, (), ())
    assert graph.standings(built) == {}
    assert graph.check([], built) == ()


def test_questions_are_addressed_by_claims() -> None:
    built = graph.build([question("q", ("is answered by", "a")), claim("a")])
    assert edges(built) == {("a", "addresses", "q")}
