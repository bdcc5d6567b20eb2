"""What would stand if: against a graph in which it is so, weighed from the start."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_vaults import claim, question, source, verdict

from graphkit import graph
from graphkit.change import Impact, Supposition
from graphkit.errors import GraphkitError
from graphkit.graph.suppose import reweighed
from graphkit.models import Edge, Graph, Reason, Span
from graphkit.vocabulary import Flag, Outcome

NAMES = [*(f"c{i}" for i in range(6)), *(f"s{i}" for i in range(3)), "q"]
TESTED = ("c0", "c1")
LINKS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(NAMES[:6]),
            st.sampled_from(["is reported by", "contradicts", "is qualified by"]),
            st.sampled_from(NAMES[6:9]),
        ),
        st.tuples(
            st.sampled_from(NAMES[:6]),
            st.sampled_from(["has evidence", "contradicts", "depends on", "is qualified by"]),
            st.sampled_from(NAMES[:6]),
        ),
        st.tuples(st.sampled_from(NAMES[:6]), st.just("addresses"), st.just("q")),
    ),
    max_size=16,
)


def vault(links: list[tuple[str, str, str]]) -> Graph:
    def own(name: str) -> list[tuple[str, str]]:
        return [link[1:] for link in links if link[0] == name and link[2] != name]

    claims = [claim(name, *own(name), tests=("t",) * (name in TESTED)) for name in NAMES[:6]]
    pages = [*claims, *map(source, NAMES[6:9]), question("q")]
    return graph.build(pages, [verdict("t"), verdict("t", Outcome.CONTRADICTED, track="B")])


def plainly(built: Graph, removed: set[str], edges: tuple[Edge, ...]) -> list[Impact]:
    """The same question put to a graph that is made anew without the nodes, with these edges."""
    verdicts = {built.nodes[each].verdict for each in removed}
    imagined = replace(
        built,
        nodes={key: node for key, node in built.nodes.items() if key not in removed},
        edges=tuple(each for each in edges if not removed & {each.source, each.target}),
        verdicts=tuple(each for each in built.verdicts if each not in verdicts),
    )
    before, after = graph.standings(built), graph.standings(imagined)
    return [Impact(key, before[key], after[key]) for key in after if after[key] != before[key]]


def sorted_by_id(changed: tuple[Impact, ...] | list[Impact]) -> list[Impact]:
    return sorted(changed, key=lambda each: each.id)


@given(LINKS, st.sets(st.integers(0, 11), max_size=2))
def test_taking_nodes_away_is_as_if_they_never_were(
    links: list[tuple[str, str, str]], picks: set[int]
) -> None:
    built = vault(links)
    ids = [*built.nodes]
    removed = {ids[pick] for pick in picks}
    found = graph.what_if(graph.weigh(built), Supposition(removed=tuple(removed)))
    assert sorted_by_id(found.changed) == sorted_by_id(plainly(built, removed, built.edges))


@given(LINKS, st.data())
def test_cutting_and_turning_edges_is_as_if_they_were_written_so(
    links: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    built = vault(links)
    edges = st.sampled_from(built.edges)
    cut, turned = data.draw(edges), data.draw(edges)
    signs = {row.name: row.sign for row in built.vocabulary.rows}
    supposed = Supposition(cut=(cut,), turned=(turned,) if signs[turned.relation] else ())
    found = graph.what_if(graph.weigh(built), supposed)
    left = [each for each in built.edges if each not in (cut, *supposed.turned)]
    if supposed.turned and turned != cut:
        opposite = {
            "contradicts": "is evidence for",
            "reproduces": "fails to reproduce",
            "fails to reproduce": "is evidence for",
        }
        left.append(turned._replace(relation=opposite.get(turned.relation, "contradicts")))
    assert sorted_by_id(found.changed) == sorted_by_id(plainly(built, set(), tuple(left)))


@given(LINKS, st.lists(st.tuples(st.sampled_from(NAMES[6:9]), st.sampled_from(NAMES[:6]))))
def test_new_lines_are_named_in_order_beside_the_old_ones(
    links: list[tuple[str, str, str]], reports: list[tuple[str, str]]
) -> None:
    built = vault(links)
    ids = {node.title: key for key, node in built.nodes.items()}
    place = Span("new.md")
    new = tuple(Edge(ids[work], ids[name], "reports", place) for work, name in reports)
    after = graph.standings(replace(built, edges=(*built.edges, *new)))
    weighed = graph.weigh(built)
    assert {**weighed.standings, **reweighed(weighed, (), new, {})} == after


def test_a_supposition_touches_nothing() -> None:
    built = vault([("c0", "is reported by", "s0"), ("c1", "has evidence", "c0")])
    weighed = graph.weigh(built)
    before = {**weighed.standings}
    graph.what_if(weighed, Supposition(removed=(*built.nodes,)))
    assert weighed.standings == before == graph.standings(built)


def told(trees: tuple[Reason, ...]) -> list[str]:
    """Every line of the trees, set in by its depth."""

    def lines(reason: Reason, depth: int) -> list[str]:
        place = f" @{reason.edge.span.path}:{reason.edge.span.line}" if reason.edge else ""
        under = [line for child in reason.children for line in lines(child, depth + 1)]
        return [f"{'  ' * depth}{reason.says}{place}", *under]

    return [line for tree in trees for line in lines(tree, 0)]


def test_impact_is_a_tree_down_to_the_questions() -> None:
    pages = [
        question("q", ("is answered by", "a")),
        claim("a", ("has evidence", "b")),
        claim("b", ("is reported by", "s")),
        claim("c", ("is reported by", "s"), ("is reported by", "t")),
        claim("d", ("is reported by", "t")),
        source("s"),
        source("t"),
    ]
    built = graph.build(pages)
    found = graph.impact(graph.weigh(built), graph.find(built, "s").id)
    assert {built.nodes[each.id].title for each in found.changed} == {*"abcq"}
    assert sorted(told(found.trees)) == sorted(
        [
            "without s",
            "  reports b (supported (1) → unsupported) @b.md:1",
            "    is evidence for a (supported (1) → unsupported) @a.md:1",
            "      addresses q (answered → open) @q.md:1",
            "  reports c (supported (2) → supported (1)) @c.md:1",
        ]
    )


def test_a_way_through_a_claim_that_stands_as_before_is_shown() -> None:
    pages = [
        claim("a", ("depends on", "b")),
        claim("b", ("has evidence", "c"), ("is reported by", "t")),
        claim("c", ("is reported by", "s"), ("is reported by", "t"), ("contradicts", "u")),
        *map(source, "stu"),
    ]
    built = graph.build(pages)
    found = graph.impact(graph.weigh(built), graph.find(built, "u").id)
    flags = {built.nodes[each.id].title: each.after.flags for each in found.changed}
    assert flags == {"a": (), "b": (), "c": ()}
    assert told(found.trees)[-1].strip() == ("is depended on by a (at risk: yes → no) @a.md:1")


def test_a_cut_contradiction_is_told_of_both_its_ends() -> None:
    built = graph.build([
        claim("a", ("is reported by", "s"), ("contradicts", "b")),
        claim("b", ("is reported by", "t")),
        source("s"),
        source("t"),
    ])  # fmt: skip
    (edge,) = (each for each in built.edges if each.relation == "contradicts")
    fell = graph.what_if(graph.weigh(built), Supposition(cut=(edge,)))
    assert sorted(told(fell.trees)[1:]) == [
        "  a (contested (1 for, 1 against) → supported (1))",
        "  b (contested (1 for, 1 against) → supported (1))",
    ]


def test_impact_of_a_run() -> None:
    built = graph.build([claim("a", tests=("t",))], [verdict("t")])
    ((_, before, after),) = graph.impact(graph.weigh(built), graph.find(built, "t").id).changed
    assert (str(before), str(after)) == ("supported (1)", "unsupported")
    assert after.test is Outcome.NOT_RUN


def test_a_run_that_came_out_the_other_way() -> None:
    built = graph.build([claim("a", tests=("t",))], [verdict("t")])
    run = graph.find(built, "t").id
    (change,) = graph.what_if(graph.weigh(built), Supposition(reversed=(run,))).changed
    assert change.differences == (
        "supported (1) → refuted (1)",
        "test reproduced → not reproduced",
    )


def test_a_small_run_the_other_way_changes_the_test_alone() -> None:
    built = graph.build([claim("a", tests=("t",))], [verdict("t", profile="quick")])
    run = graph.find(built, "t").id
    (change,) = graph.what_if(graph.weigh(built), Supposition(reversed=(run,))).changed
    assert change.differences == (
        "test reproduced (quick: direction only) → not reproduced (quick: direction only)",
    )


def test_what_says_nothing_has_no_other_way() -> None:
    built = graph.build([claim("a", ("is qualified by", "s")), source("s")])
    weighed = graph.weigh(built)
    with pytest.raises(GraphkitError, match="neither for nor against"):
        graph.what_if(weighed, Supposition(reversed=(graph.find(built, "s").id,)))
    with pytest.raises(GraphkitError, match="counts neither way"):
        graph.what_if(weighed, Supposition(turned=built.edges))


def test_a_stale_line_falls_with_what_leans_on_it() -> None:
    pages = [claim("a", tests=("t",)), claim("b", ("has evidence", "a"))]
    built = graph.build(pages, [verdict("t", stale=True)])
    found = graph.impact(graph.weigh(built), graph.find(built, "t").id)
    assert {each.before.flags for each in found.changed} == {(Flag.STALE,), (Flag.AT_RISK,)}
    assert {each.after.flags for each in found.changed} == {()}
