"""The linter: each code in a vault that has it, and not in one that has not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_vaults import claim, codes, page, question, source, verdict, written

from graphkit import graph
from graphkit.models import Figure, Link, Paragraph, ParsedNote, Problem, Span, Verdict
from graphkit.vocabulary import Kind, Severity


def found(pages: list[ParsedNote], *verdicts: Verdict) -> tuple[Problem, ...]:
    return graph.check(pages, graph.build(pages, verdicts))


def explicit(words: str, target: str, **more: object) -> Link:
    return Link(target, Span("a.md", 3, 5), "wikilink", relation=words, explicit=True, **more)  # type: ignore[arg-type]  # each test names them


def with_links(*links: Link) -> ParsedNote:
    return ParsedNote(claim("a").note, links, ())


def figure(value: float, text: str, metric: str = "hallucination") -> Figure:
    return Figure(value, "%", "down", metric, "", text, Span("a.md", 4))


FAULTY: dict[str, list[ParsedNote]] = {
    "missing-target": [claim("a", ("", "gone"))],
    "ambiguous-target": [claim("a", ("", "b")), page("x/b.md"), page("y/b.md")],
    "missing-heading": [with_links(Link("b", Span("a.md"), "wikilink", heading="No")), claim("b")],
    "missing-block": [with_links(Link("b", Span("a.md"), "wikilink", block="no")), claim("b")],
    "self-relation": [claim("a", ("contradicts", "a"))],
    "unknown-relation": [with_links(explicit("suports", "b")), claim("b")],
    "relation-ends": [claim("a", ("has evidence", "q")), question("q")],
    "unknown-test": [claim("a", tests=("no such test",))],
    "unknown-run": [page("r.md", kind=Kind.RESULT, properties=(("run", "no such run"),))],
    "duplicate-id": [claim("a", id="X"), claim("b", id="X")],
    "duplicate-name": [page("x/b.md"), page("y/b.md")],
    "duplicate-source": [source("s", identifiers=("@k",)), source("t", identifiers=("@k",))],
    "two-identifiers": [
        source("s", identifiers=("@k", "doi:10.1/x")),
        with_links(
            Link("@k", Span("a.md", 1), "citation"),
            Link("doi:10.1/x", Span("a.md", 2), "identifier"),
        ),
    ],
    "cycle": [claim("a", ("depends on", "b")), claim("b", ("depends on", "a"))],
    "orphan": [claim("a", ("", "gone"))],
    "claim-without-evidence": [claim("a")],
    "evidence-without-source": [claim("a", ("has evidence", "b")), claim("b")],
    "source-without-identifier": [source("s")],
    "figure-differs": [
        claim("a", ("is reported by", "s"), figures=(figure(28.9, "28.9 %"),)),
        source("s", figures=(figure(18.9, "18.9 %"),)),
    ],
    "figure-unit": [
        claim("a", ("is reported by", "s"), figures=(figure(24, "24 %"),)),
        source("s", figures=(replace(figure(24, "24 points"), unit="points"),)),
    ],
    "figure-unsupported": [
        claim("a", ("is reported by", "s"), figures=(figure(28.9, "28.9 %"),)),
        source("s", paragraphs=(Paragraph("", 3, "It was 18.9 % in 2024."),)),
    ],
    "overstated": [
        claim("a", paragraphs=(Paragraph("", 3, "Tea is hot.\nThis proves that it is."),)),
    ],
    "retracted-source": [
        claim("a", ("is reported by", "s")),
        source("s", properties=(("retracted", "2024-05-01"),)),
    ],
}


@pytest.mark.parametrize("code", FAULTY)
def test_every_code_is_found_where_it_is_due(code: str) -> None:
    assert code in codes(found(FAULTY[code], verdict("t")))


def test_a_sound_vault_is_clean() -> None:
    pages = written({
        "a.md": "---\nkind: claim\n---\n# A\n\n- is reported by [[S]] (p. 3)\n- addresses [[Q]]\n",
        "b.md": "---\nkind: claim\n---\n# B\n- is reported by doi:10.1000/x\n- depends on [[A]]\n",
        "s.md": "---\nkind: source\nidentifiers: ['doi:10.1000/x']\n---\n# S\n",
        "q.md": "---\nkind: question\n---\n# Q\n",
    })  # fmt: skip
    assert found(list(pages)) == ()


def test_problems_are_in_order_of_place_and_include_those_of_parsing() -> None:
    broken = Problem("bad-yaml", Severity.ERROR, "no", Span("b.md", 2))
    pages = [
        ParsedNote(claim("b", ("", "gone")).note, (), (broken,)),
        claim("a", ("", "gone"), ("", "away")),
    ]
    problems = found(pages)
    places = [(problem.span.path, problem.span.line) for problem in problems]
    assert places == sorted(places)
    assert broken in problems


def test_a_slip_of_the_pen_in_a_target_gets_a_hint() -> None:
    problems = found([claim("a", ("", "Abstenton bench")), claim("abstention bench")])
    assert "did you mean abstention bench.md?" in {problem.hint for problem in problems}


def test_the_note_that_holds_a_broken_link_is_no_hint_for_it() -> None:
    pages = [claim("steeping times", ("", "steeping time")), claim("steeping tim")]
    assert {each.hint for each in found(pages) if each.code == "missing-target"} == {
        "did you mean steeping tim.md?"
    }
    (alone,) = (each for each in found(pages[:1]) if each.code == "missing-target")
    assert "did you mean" not in alone.hint


def test_another_day_or_version_is_no_slip_of_the_pen() -> None:
    pages = [claim("a", ("", "Feb 5th, 2024"), ("", "release 12")), claim("Feb 5th, 2021")]
    problems = found([*pages, claim("release 13")])
    assert not [each for each in problems if "did you mean" in each.hint]


def test_a_relation_that_notes_of_no_kind_are_wont_to_use_is_named_once() -> None:
    few, many = (
        [page(f"{n}.md", ("depends on", "x"), kind=Kind.NOTE) for n in range(count)]
        for count in (4, 5)
    )
    ends = [
        [
            each
            for each in found([*pages, page("x.md", kind=Kind.NOTE)])
            if each.code == "relation-ends"
        ]
        for pages in (few, many)
    ]
    assert [len(each) for each in ends] == [4, 1]
    assert "5 times" in ends[1][0].message


def test_names_that_the_same_notes_share_are_one_problem() -> None:
    pages = [page("x/a-b.md", title="A B"), page("y/a-b.md", title="A B")]
    (shared,) = (each for each in found(pages) if each.code == "duplicate-name")
    assert shared.message == '"a b", "a-b" also name y/a-b.md'


def test_inferred_relations_between_odd_kinds_are_nobodys_fault() -> None:
    link = Link("q", Span("a.md"), "wikilink", relation="is reported by", phrase="as in")
    assert "relation-ends" not in codes(found([with_links(link), question("q")]))


def test_a_ring_is_named_once_with_its_way_round() -> None:
    pages = [
        claim("a", ("extends", "b")),
        claim("b", ("extends", "c")),
        claim("c", ("extends", "a")),
    ]
    (ring,) = (each for each in found(pages) if each.code == "cycle")
    assert sorted(ring.message.split(" extends ")) == ["a", "a", "b", "c"] or (
        len(ring.message.split(" extends ")) == 4
    )


def test_front_pages_of_folders_may_share_their_name() -> None:
    pages = [page("x/index.md", title="X"), page("y/index.md", title="Y")]
    assert "duplicate-name" not in codes(found(pages))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (figure(28.9, "28.9 %"), figure(28.9, "28.9 %")),
        (figure(29.0, "~29 %"), figure(28.9, "28.9 %")),
        (figure(28.9, "28.9 %"), figure(12.0, "12 %", metric="accuracy")),
        (figure(28.9, "28.9 %", metric=""), figure(12.0, "12 %", metric="")),
    ],
)
def test_figures_that_agree_or_measure_other_things(ours: Figure, theirs: Figure) -> None:
    pages = [claim("a", ("is reported by", "s"), figures=(ours,)), source("s", figures=(theirs,))]
    assert "figure-differs" not in codes(found(pages))


def test_a_block_that_no_note_has_is_told_by_its_id() -> None:
    block = "60531c23-238e-4748-9b19-27088f9c3771"
    missing = with_links(Link("", Span("a.md", 3), "block", block=block))
    (told,) = (each for each in found([missing]) if each.code == "missing-target")
    assert (told.message, bool(told.hint)) == (f"no block has the id {block}", True)
