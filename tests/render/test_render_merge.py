"""Three-way merges: nothing of either side is lost, and what cannot be settled says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.render.merge import merged

BASE = "a\nb\nc\nd"


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        (BASE, "a\nB\nc\nd", "a\nB\nc\nd"),
        ("a\nb\nc\nmine\nd", BASE, "a\nb\nc\nmine\nd"),
        ("mine\na\nb\nc\nd", "a\nb\nc\nD", "mine\na\nb\nc\nD"),
        ("a\nB\nc\nd", "a\nB\nc\nd", "a\nB\nc\nd"),
        ("a\nc\nd", "a\nb\nc", "a\nc"),
        ("", BASE, ""),
        (f"{BASE}\n\nmine", "a\nb\nC", "a\nb\nC\n\nmine"),
        (f"mine\n\n{BASE}", "A\nb\nc\nd", "mine\n\nA\nb\nc\nd"),
    ],
)
def test_changes_of_two_sides_at_different_places_come_together(
    ours: str, theirs: str, both: str
) -> None:
    assert merged(BASE, ours, theirs) == (both, ())


def test_changes_at_one_place_are_a_conflict_that_shows_all_three() -> None:
    found = merged(BASE, "a\nmine\nc\nd", "a\ntheirs\nc\nd")
    assert found.text == ""
    assert [str(each).split("\n") for each in found.conflicts] == [
        ["<<<<<<< in the note", "mine", "||||||| as it was written", "b", "=======", "theirs",
         ">>>>>>> as it would be now"]
    ]  # fmt: skip


ROWS = (
    "| reports | [A](a.md) · supported (1) | in words |",
    "| reports | [B](b.md) | of B |",
    "| qualifies | [A](a.md) | but narrowly |",
)
SAME = "| reports | [A](a.md) · contested (1 for, 1 against) | in words |"
WORDED = "| reports | [B](b.md) | of B, in my own words |"
NEW = "| reports | [C](c.md) | of C |"
ITEMS = ("- Run the test again with more seeds.", "- Name a source.")
OTHER = "- Run the test again with eight more seeds."


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "both"),
    [
        (ROWS, (*ROWS, "", "My remark."), (*ROWS, NEW), (*ROWS, NEW, "", "My remark.")),
        (ROWS, (ROWS[0], WORDED, ROWS[2]), (SAME, *ROWS[1:]), (SAME, WORDED, ROWS[2])),
        (ROWS, (ROWS[0], WORDED, ROWS[2]), (SAME, ROWS[1]), (SAME, WORDED)),
        (ROWS, (*ROWS[:2], "", "Mine.", ROWS[2]), (SAME, *ROWS[1:]),
         (SAME, ROWS[1], "", "Mine.", ROWS[2])),
        (ITEMS, (ITEMS[0], "- Mine.", ITEMS[1]), (OTHER, ITEMS[1]), (OTHER, "- Mine.", ITEMS[1])),
        (ITEMS, (*ITEMS, "- Mine."), (OTHER,), (OTHER, "- Mine.")),
        (ITEMS, (*ITEMS, "", "Mine."), (*ITEMS, "- Theirs."),
         (*ITEMS, "- Theirs.", "", "Mine.")),
    ],
)  # fmt: skip
def test_each_row_and_each_item_is_merged_by_itself(
    base: tuple[str, ...], ours: tuple[str, ...], theirs: tuple[str, ...], both: tuple[str, ...]
) -> None:
    found = merged("\n".join(base), "\n".join(ours), "\n".join(theirs))
    assert (found.text.split("\n"), found.conflicts) == ([*both], ())


def test_one_row_changed_by_both_is_a_conflict_of_that_row_alone() -> None:
    mine = "| reports | [A](a.md) · supported (1) | in my words |"
    found = merged("\n".join(ROWS), "\n".join((mine, *ROWS[1:])), "\n".join((SAME, *ROWS[1:])))
    assert [tuple(each) for each in found.conflicts] == [((ROWS[0],), (mine,), (SAME,))]


def test_a_person_settles_a_conflict() -> None:
    found = merged(BASE, "a\nmine\nc\nd", "a\ntheirs\nc\nD", lambda at: (*at.ours, *at.theirs))
    assert found == ("a\nmine\ntheirs\nc\nD", ())


lines = st.sampled_from(["", *"abcde", *ROWS, SAME, WORDED, NEW, *ITEMS, OTHER])
texts = st.lists(lines, max_size=8).map("\n".join)


@given(texts, texts)
def test_one_side_alone_is_that_side(base: str, other: str) -> None:
    assert merged(base, other, base) == (other, ())
    assert merged(base, base, other) == (other, ())
    assert merged(base, other, other) == (other, ())


@given(texts, texts, texts)
def test_a_merge_has_every_line_that_either_side_added(base: str, ours: str, theirs: str) -> None:
    found = merged(base, ours, theirs)
    added = ({*ours.split("\n")} | {*theirs.split("\n")}) - {*base.split("\n")}
    shown = {line for each in found.conflicts for side in each for line in side}
    assert added <= {*found.text.split("\n")} | shown or found.conflicts
    mirrored = merged(base, theirs, ours)
    assert (mirrored.text, len(mirrored.conflicts)) == (found.text, len(found.conflicts))
