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


texts = st.lists(st.sampled_from(["", *"abcde"]), max_size=8).map("\n".join)


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
