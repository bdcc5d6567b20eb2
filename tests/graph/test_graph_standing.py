"""How claims and questions stand: the rules one by one, and against a plain reading of them."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_vaults import claim, page, question, source, titles, verdict

from graphkit import graph, rules
from graphkit.models import Graph, Link, ParsedNote, Span, Standing, settles
from graphkit.vocabulary import OUTCOME_RELATIONS, Flag, Kind, Outcome, Stand


def stands(built: Graph, name: str) -> Standing:
    return graph.standings(built)[graph.find(built, name).id]


def test_a_claim_without_lines_is_unsupported() -> None:
    built = graph.build([claim("a", ("has evidence", "b")), claim("b")])
    assert str(stands(built, "a")) == "unsupported"


def test_works_and_runs_are_lines() -> None:
    pages = [
        claim("a", ("is reported by", "s"), ("has evidence", "t"), tests=("x",)),
        source("s"),
        source("t"),
    ]
    built = graph.build(pages, [verdict("x")])
    standing = stands(built, "a")
    assert str(standing) == "supported (3)"
    assert titles(built, standing.supports) == {"s", "t", "Whether x"}


def test_many_lines_are_counted_and_named_like_few() -> None:
    names = [f"s{i:03}" for i in range(200)]
    pages = [claim("a", *(("is reported by", name) for name in names)), *map(source, names)]
    built = graph.build(pages)
    standing = stands(built, "a")
    assert str(standing) == "supported (200)"
    assert titles(built, standing.supports) == set(names)
    assert standing.supports == tuple(sorted(standing.supports))


def test_two_roads_to_one_work_are_one_line() -> None:
    pages = [
        claim("a", ("has evidence", "b"), ("has evidence", "c"), ("is reported by", "s")),
        claim("b", ("is reported by", "s")),
        claim("c", ("is reported by", "s")),
        source("s"),
    ]
    assert str(stands(graph.build(pages), "a")) == "supported (1)"


def test_evidence_carries_its_lines_on_over_many_steps() -> None:
    chain = [claim(f"c{i}", ("has evidence", f"c{i + 1}")) for i in range(300)]
    pages = [*chain, claim("c300", ("is reported by", "s")), source("s")]
    assert str(stands(graph.build(pages), "c0")) == "supported (1)"


def test_only_opposed_is_refuted_and_both_is_contested() -> None:
    pages = [
        claim("a", ("contradicts", "s")),
        claim("b", ("contradicts", "s"), ("is reported by", "t")),
        source("s"),
        source("t"),
    ]
    built = graph.build(pages)
    assert str(stands(built, "a")) == "refuted (1)"
    assert str(stands(built, "b")) == "contested (1 for, 1 against)"


def test_a_work_on_both_sides_counts_on_both() -> None:
    built = graph.build([claim("a", ("is reported by", "s"), ("contradicts", "s")), source("s")])
    assert str(stands(built, "a")) == "contested (1 for, 1 against)"


def test_contradiction_reads_both_ways() -> None:
    pages = [
        claim("a", ("is reported by", "s"), ("contradicts", "b")),
        claim("b", ("is reported by", "t")),
        source("s"),
        source("t"),
    ]
    built = graph.build(pages)
    assert stands(built, "a").word is stands(built, "b").word is Stand.CONTESTED


def test_a_contradiction_passes_only_own_lines() -> None:
    """`b` is supported through `c` alone, and lends `a` nothing against it."""
    pages = [
        claim("a", ("is reported by", "s"), ("contradicts", "b")),
        claim("b", ("has evidence", "c")),
        claim("c", ("is reported by", "t")),
        source("s"),
        source("t"),
    ]
    built = graph.build(pages)
    assert str(stands(built, "a")) == "supported (1)"
    assert str(stands(built, "b")) == "contested (1 for, 1 against)"


def test_there_is_no_double_negation() -> None:
    """What contradicts the contradiction of a claim does not support it."""
    pages = [
        claim("a"),
        claim("b", ("contradicts", "a")),
        claim("c", ("contradicts", "b"), ("is reported by", "s")),
        source("s"),
    ]
    built = graph.build(pages)
    assert str(stands(built, "a")) == "unsupported"
    assert str(stands(built, "b")) == "refuted (1)"


def test_an_attacked_supporter_is_a_risk_and_not_a_line_against() -> None:
    pages = [
        claim("a", ("has evidence", "b")),
        claim("b", ("is reported by", "s"), ("contradicts", "t")),
        claim("z", ("has evidence", "a")),
        source("s"),
        source("t"),
    ]
    built = graph.build(pages)
    for name in ("a", "z"):
        assert str(stands(built, name)) == "supported (1)"
        assert stands(built, name).flags == (Flag.AT_RISK,)
    assert stands(built, "b").flags == ()


def test_what_depends_on_a_refuted_claim_is_at_risk() -> None:
    pages = [claim("a", ("depends on", "b")), claim("b", ("contradicts", "s")), source("s")]
    assert stands(graph.build(pages), "a").flags == (Flag.AT_RISK,)


def test_a_contested_claim_in_a_ring_is_no_risk_to_itself() -> None:
    pages = [
        claim("a", ("has evidence", "b"), ("is reported by", "s"), ("contradicts", "t")),
        claim("b", ("has evidence", "a")),
        source("s"),
        source("t"),
    ]
    built = graph.build(pages)
    assert stands(built, "a").flags == ()
    assert stands(built, "b").flags == (Flag.AT_RISK,)


def test_a_ring_of_claims_rests_on_nothing() -> None:
    pages = [claim("a", ("has evidence", "b")), claim("b", ("has evidence", "a"))]
    assert {each.word for each in graph.standings(graph.build(pages)).values()} == {
        Stand.UNSUPPORTED
    }


def test_inferred_relations_never_count() -> None:
    for words in ("is reported by", "contradicts", "is qualified by"):
        link = Link(
            "s", Span("a.md", 1), "wikilink", relation=words, phrase="as in", confidence=0.6
        )
        built = graph.build([ParsedNote(claim("a").note, (link,), ()), source("s")])
        assert len(built.edges) == 1
        assert stands(built, "a").word is Stand.UNSUPPORTED
        assert stands(built, "a").flags == ()


def test_relations_between_the_wrong_kinds_never_count() -> None:
    pages = [
        claim("a", ("has evidence", "n"), ("is reported by", "b")),
        page("n.md", kind=Kind.NOTE),
        claim("b", ("is reported by", "s")),
        source("s"),
    ]
    assert stands(graph.build(pages), "a").word is Stand.UNSUPPORTED


def test_ghosts_are_no_lines() -> None:
    assert stands(graph.build([claim("a", ("is reported by", "gone"))]), "a").supports == ()


def test_qualified() -> None:
    standing = stands(graph.build([claim("a", ("is qualified by", "s")), source("s")]), "a")
    assert (standing.word, standing.flags) == (Stand.UNSUPPORTED, (Flag.QUALIFIED,))


def test_small_runs_settle_nothing() -> None:
    built = graph.build([claim("a", tests=("t",))], [verdict("t", profile="quick")])
    assert stands(built, "a").word is Stand.UNSUPPORTED
    assert stands(built, "a").tested == "reproduced (quick: direction only)"


def test_the_worst_of_several_tests_shows_with_its_reason() -> None:
    verdicts = [
        verdict("t"),
        verdict("u", Outcome.INCONCLUSIVE, reasons=("a gate failed", "too few seeds")),
        verdict("v", Outcome.NOT_RUN, ""),
    ]
    standing = stands(graph.build([claim("a", tests=("t", "u", "v"))], verdicts), "a")
    assert standing.test is Outcome.INCONCLUSIVE
    assert standing.test_reason == "a gate failed; too few seeds"


def test_each_track_has_a_test_state() -> None:
    verdicts = [verdict("t"), verdict("t", Outcome.CONTRADICTED, "quick", track="B")]
    standing = stands(graph.build([claim("a", tests=("t",))], verdicts), "a")
    assert [(each.track, str(each)) for each in standing.tracks] == [
        ("A", "reproduced"),
        ("B", "contradicted (quick: direction only)"),
    ]
    assert standing.test is Outcome.CONTRADICTED


def test_only_the_track_whose_run_is_stale_is_stale() -> None:
    verdicts = [verdict("t", stale=True), verdict("t", Outcome.PARTLY, "released", track="B")]
    standing = stands(graph.build([claim("a", tests=("t",))], verdicts), "a")
    assert [(each.track, each.stale) for each in standing.tracks] == [("A", True), ("B", False)]
    assert Flag.STALE in standing.flags


@pytest.mark.parametrize(
    ("outcome", "profile", "decides"),
    [
        (Outcome.REPRODUCED, "full", True),
        (Outcome.PARTLY, "released", True),
        (Outcome.CONTRADICTED, "full", True),
        (Outcome.REPRODUCED, "quick", False),
        (Outcome.INCONCLUSIVE, "full", False),
        (Outcome.NOT_RUN, "", False),
        (Outcome.NOT_TESTABLE, "full", False),
    ],
)
def test_only_what_was_measured_by_a_profile_that_decides_settles(
    outcome: Outcome, profile: str, *, decides: bool
) -> None:
    assert settles(outcome, profile) is decides


def test_a_claim_without_tests_says_so() -> None:
    standing = stands(graph.build([claim("a")]), "a")
    assert (standing.test, standing.test_reason) == (
        Outcome.NOT_RUN,
        "no test is linked to this claim",
    )


def test_a_stale_run_makes_its_claim_stale_and_puts_others_at_risk() -> None:
    pages = [claim("a", tests=("t",)), claim("b", ("has evidence", "a"))]
    built = graph.build(pages, [verdict("t", stale=True)])
    assert stands(built, "a").flags == (Flag.STALE,)
    assert stands(built, "b").flags == (Flag.AT_RISK,)


def test_questions() -> None:
    pages = [
        question("open", ("is addressed by", "bare")),
        question("answered", ("is addressed by", "bare"), ("is resolved by", "firm")),
        question("contested", ("is addressed by", "firm"), ("is addressed by", "torn")),
        claim("bare"),
        claim("firm", ("is reported by", "s")),
        claim("torn", ("is reported by", "s"), ("contradicts", "t")),
        source("s"),
        source("t"),
    ]
    built = graph.build(pages)
    assert [str(stands(built, name)) for name in ("open", "answered", "contested")] == [
        "open",
        "answered",
        "contested (1 for, 1 against)",
    ]


CLAIMS = [f"c{i}" for i in range(6)]
SOURCES = [f"s{i}" for i in range(4)]
LINKS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(CLAIMS), st.just("is reported by"), st.sampled_from(SOURCES)),
        st.tuples(st.sampled_from(CLAIMS), st.just("contradicts"), st.sampled_from(SOURCES)),
        st.tuples(st.sampled_from(CLAIMS), st.just("has evidence"), st.sampled_from(CLAIMS)),
        st.tuples(st.sampled_from(CLAIMS), st.just("contradicts"), st.sampled_from(CLAIMS)),
        st.tuples(st.sampled_from(CLAIMS), st.just("depends on"), st.sampled_from(CLAIMS)),
    ),
    max_size=16,
)


def vault(links: list[tuple[str, str, str]]) -> list[ParsedNote]:
    claims = [claim(name, *[link[1:] for link in links if link[0] == name]) for name in CLAIMS]
    return [*claims, *map(source, SOURCES)]


@given(LINKS)
def test_lines_are_those_of_a_plain_reading(links: list[tuple[str, str, str]]) -> None:
    links = [link for link in links if link[0] != link[2]]
    built = graph.build(vault(links))
    own = {c: {t for s, r, t in links if s == c and r == "is reported by"} for c in CLAIMS}
    for name in CLAIMS:
        reached, rest = {name}, [name]
        while rest:
            here = rest.pop()
            news = {t for s, r, t in links if s == here and r == "has evidence"} - reached
            reached |= news
            rest += news
        against = {t for s, r, t in links if s == name and r == "contradicts" and t in SOURCES}
        for one, relation, other in links:
            if relation == "contradicts" and name in (one, other) and other not in SOURCES:
                against |= own[other if one == name else one]
        standing = stands(built, name)
        assert titles(built, standing.supports) == set().union(*(own[each] for each in reached))
        assert titles(built, standing.opposes) == against


@given(LINKS, st.sampled_from([*CLAIMS, *SOURCES]), st.randoms(use_true_random=False))
def test_standing_hangs_on_what_is_written_and_not_on_the_order_of_files(
    links: list[tuple[str, str, str]], name: str, chance: Random
) -> None:
    pages = vault(links)
    before = graph.standings(graph.build(pages))
    shuffled = [*pages]
    chance.shuffle(shuffled)
    assert graph.standings(graph.build(shuffled)) == before
    rest = [each for each in shuffled if each.note.title != name]
    taken = [each for each in pages if each.note.title == name]
    whole = graph.draft(pages)
    without = graph.draft(rest, before=whole)  # as an open vault goes on from what it knows
    assert graph.standings(without.graph) == graph.standings(graph.build(rest))
    assert graph.standings(graph.draft([*rest, *taken], before=without).graph) == before


def test_the_rules_have_one_row_for_every_pair_of_sides() -> None:
    assert sorted(rule.sides for rule in rules.CLAIMS) == [
        (False, False),
        (False, True),
        (True, False),
        (True, True),
    ]


def test_every_rule_has_words_and_a_reason() -> None:
    assert {rule.flag for rule in rules.FLAGS} == {*Flag}
    assert {rule.word for rule in (*rules.CLAIMS, *rules.QUESTIONS)} == {*Stand}
    for row in (*rules.EFFECTS, *rules.CLAIMS, *rules.QUESTIONS, *rules.FLAGS):
        assert row.because


@pytest.mark.parametrize("outcome", Outcome)
def test_every_test_state_can_be_reached(outcome: Outcome) -> None:
    built = graph.build([claim("a", tests=("t",))], [verdict("t", outcome)])
    assert stands(built, "a").tested == outcome.value


@pytest.mark.parametrize("outcome", OUTCOME_RELATIONS)
def test_a_run_that_is_not_decisive_never_shows_bare(outcome: Outcome) -> None:
    built = graph.build([claim("a", tests=("t",))], [verdict("t", outcome, "quick")])
    standing = stands(built, "a")
    assert standing.tested == f"{outcome} (quick: direction only)"
    assert [str(each) for each in standing.tracks] == [standing.tested]
