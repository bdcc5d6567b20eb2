"""What people see: every view as it was read and found right, at three widths."""

from __future__ import annotations

import dataclasses
import re

import pytest
import specimens as s
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from transcribe import FOLDER, VIEWS, transcript

from graphkit import render
from graphkit.models import Change, Edge, Node, RelationGroup, Span, TrackState
from graphkit.render import marks
from graphkit.vocabulary import Flag, Kind, Outcome, Severity, Stand

HOSTILE = "[red]x[/red] [[/x.md]] \x1b[31mred\x07 \x9b31m \u202egnp.exe :smile:\r\nnext"


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_reads_as_its_transcript(name: str) -> None:
    assert transcript(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("width", [20, 60, 80, 200])
def test_no_line_is_wider_than_the_screen(name: str, width: int) -> None:
    if name == "changes":
        pytest.skip("a diff is not wrapped: its lines are those of a file")
    for line in render.to_text(VIEWS[name], width=width).splitlines():
        assert cell_len(line) <= width


@pytest.mark.parametrize("name", VIEWS)
def test_colour_changes_no_word(name: str) -> None:
    coloured = render.to_text(VIEWS[name], width=90, colour=True)
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    plain = render.to_text(VIEWS[name], width=90)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("width", [60, None])
def test_every_place_of_an_answer_can_be_followed(width: int | None) -> None:
    told = render.to_text(render.answer(s.ANSWERED), width=width)
    for edge in (s.REPORTS, s.INFERRED, s.TESTS):
        assert f"{edge.span.path}:{edge.span.line}" in told


@pytest.mark.parametrize("view", ["nodes", "hits", "problems", "verdicts"])
def test_a_pipe_gets_one_record_a_line(view: str) -> None:
    records = {"nodes": 7, "hits": 2, "problems": 2, "verdicts": 1 + 4}
    assert len(render.to_text(VIEWS[view]).splitlines()) == records[view]


def test_an_inferred_edge_says_so_with_its_phrase_and_confidence() -> None:
    edge = s.INFERRED._replace(confidence=0.8)
    told = render.to_text(render.links([RelationGroup("has evidence", False, (edge,))], s.NODES))
    assert "inferred from “the primary evidence for” (0.80)" in told


def test_an_author_s_own_relation_is_shown_as_written() -> None:
    edge = Edge(s.REWARD.id, s.RIVAL.id, "is haunted by", Span("a.md", 3))
    told = render.to_text(render.path(s.RIVAL.id, (edge,), s.NODES))
    assert "∘ ← is haunted by" in told


def test_note_text_is_data() -> None:
    node = Node("CLM-1", Kind.CLAIM, HOSTILE, path="a\x1b[2J.md")
    for view in (render.nodes([node]), render.node(node)):
        told = render.to_text(view)
        assert "[red]x[/red] [[/x.md]]" in told
        assert ":smile:" in told
        assert "a␛[2J.md:1" in told
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told)


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_title_or_path_can_act_on_a_terminal(title: str, path: str) -> None:
    told = render.to_text(render.nodes([Node("CLM-1", Kind.CLAIM, title, path)]), width=60)
    told.encode("utf-8")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", told)


@given(st.text(st.characters(categories=["L", "N"]), max_size=300), st.integers(12, 80))
def test_nothing_is_ever_cut_off(title: str, width: int) -> None:
    told = render.to_text(render.nodes([Node("N", Kind.NOTE, title, "n.md")]), width=width)
    assert title in "".join(line[2:] for line in told.splitlines())


def test_every_view_can_be_asked_for_twice() -> None:
    """A view must not be shadowed by the module that it is loaded from."""
    for name in render.__all__:
        assert getattr(render, name) is getattr(render, name)


def test_views_of_nothing_say_nothing() -> None:
    for view in (render.nodes([]), render.hits([]), render.problems([]), render.changes([])):
        assert render.to_text(view) == ""


@pytest.mark.parametrize(
    ("tracks", "told"),
    [
        ([("A", Outcome.PARTLY, True)], "≈ partly reproduced · stale"),
        (
            [("A", Outcome.REPRODUCED, True), ("B", Outcome.PARTLY, False)],
            "≈ partly reproduced (released results) · own run stale",
        ),
        ([("B", Outcome.PARTLY, False)], "≈ partly reproduced (released results)"),
        (
            [("A", Outcome.PARTLY, True), ("B", Outcome.PARTLY, True)],
            "≈ partly reproduced · stale",
        ),
    ],
)
def test_what_is_stale_is_said_of_the_track_that_is(
    tracks: list[tuple[str, Outcome, bool]], told: str
) -> None:
    profile = "full"
    standing = s.CONTESTED._replace(
        profile=profile,
        tracks=tuple(TrackState(name, outcome, profile, old) for name, outcome, old in tracks),
        flags=(Flag.STALE,) if any(old for *_, old in tracks) else (),
    )
    assert marks.stand(standing).plain.split(" · ", 1)[1] == told


def test_the_tally_counts_by_severity() -> None:
    assert render.tally(s.PROBLEMS * 2).plain == "2 errors, 2 info"
    assert render.tally([]).plain == "no problems"


def test_a_diff_reads_utf_16_and_shows_no_byte_order_mark() -> None:
    before, after = (
        "\ufeff# Ä\r\nx\r\n".encode("utf-16-le"),
        "\ufeff# Ä\r\ny\r\n".encode("utf-16-le"),
    )
    told = render.to_text(render.changes([Change("a.md", before, after)]))
    assert told.splitlines()[3:] == [" # Ä", "-x", "+y"]


@pytest.mark.parametrize("outcome", Outcome)
def test_every_verdict_has_a_mark_and_its_word(outcome: Outcome) -> None:
    verdict = dataclasses.replace(s.TERNARY, outcome=outcome)
    assert f" {outcome.value}" in render.to_text(render.verdict(verdict))


@pytest.mark.parametrize("stand", Stand)
def test_every_standing_has_a_mark_and_its_word(stand: Stand) -> None:
    standing = s.CONTESTED._replace(word=stand)
    told = render.to_text(render.nodes([s.REWARD], {s.REWARD.id: standing}))
    assert re.search(rf"\W {stand.value}", told)


@pytest.mark.parametrize("severity", Severity)
def test_every_severity_has_a_mark_and_its_word(severity: Severity) -> None:
    problem = dataclasses.replace(s.PROBLEMS[0], severity=severity)
    assert re.search(rf"\S {severity.value} ", render.to_text(render.problems([problem])))
