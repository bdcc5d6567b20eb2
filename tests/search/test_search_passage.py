from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_vault import note

from graphkit.models import Note, Paragraph
from graphkit.search import passages
from graphkit.search.passage import BUDGET, Form, clip, cost
from graphkit.vocabulary import Kind


def windows(of: Note) -> list[str]:
    return [piece.text for piece in passages(of) if piece.form == Form.WINDOW]


def test_windows_are_five_sentences_three_apart() -> None:
    prose = " ".join(f"Sentence {number}." for number in range(1, 10))
    assert windows(note("T", prose)) == [
        "Sentence 1. Sentence 2. Sentence 3. Sentence 4. Sentence 5.",
        "Sentence 4. Sentence 5. Sentence 6. Sentence 7. Sentence 8.",
        "Sentence 7. Sentence 8. Sentence 9.",
    ]


def test_title_and_aliases_are_passages_of_their_own() -> None:
    made = note("Can models abstain?", "Yes.", aliases=("models can abstain",))
    found = [piece.text for piece in passages(made) if piece.form == Form.TITLE]
    assert found == ["Can models abstain?", "models can abstain"]


def test_title_and_section_stand_in_front() -> None:
    made = note("Rewards", "It pays.", headings=["What was measured"])
    window = next(piece for piece in passages(made) if piece.form == Form.WINDOW)
    assert window.encoded == "Rewards. What was measured. It pays."
    assert window.text == "It pays."


def test_a_heading_that_many_notes_share_is_left_out() -> None:
    made = note("Rewards", "It pays.", headings=["Summary"])
    found = passages(made, common=frozenset({"summary"}))
    assert "Rewards. It pays." in [piece.encoded for piece in found]


def test_a_passage_knows_the_line_of_its_first_sentence() -> None:
    text = "One. Two.\nThree. Four. Five.\nSix. Seven."
    made = Note("a.md", "a", Kind.NOTE, "A", paragraphs=(Paragraph("", 10, text),))
    assert [piece.line for piece in passages(made) if piece.form == Form.WINDOW] == [10, 11]


def test_a_note_without_prose_still_has_its_title() -> None:
    assert [piece.form for piece in passages(Note("a.md", "a", Kind.NOTE, "A"))] == [Form.TITLE]
    assert passages(Note("a.md", "a", Kind.NOTE, " ")) == ()


@pytest.mark.parametrize("word", ["reward ", "x", "学", "a1 ", "🙂", "Ж"])
def test_a_line_without_end_falls_into_pieces_and_loses_nothing(word: str) -> None:
    text = word * 3_000
    made = Note("a.md", "a", Kind.NOTE, "A", paragraphs=(Paragraph("", 1, text),))
    found = "".join(windows(made)).replace(" ", "")
    assert found.startswith(text.replace(" ", "")[:100])
    assert len(found) >= len(text.replace(" ", ""))


@given(st.text(), st.integers(1, 40))
def test_clipped_text_is_a_beginning_within_its_budget(text: str, budget: int) -> None:
    clipped = clip(text, budget)
    assert text.startswith(clipped)
    assert cost(clipped) <= budget


@given(st.lists(st.text(max_size=400), max_size=8), st.text(max_size=200))
def test_every_word_of_the_prose_stands_in_a_window(prose: list[str], title: str) -> None:
    paragraphs = tuple(Paragraph("", line, text) for line, text in enumerate(prose, 1))
    made = Note("a.md", "a", Kind.NOTE, title, paragraphs=paragraphs)
    said = " ".join(windows(made)).split()
    clean = [word for text in prose for word in text.replace("\0", " ").split()]
    assert set(clean) <= set(said) or max(map(cost, clean), default=0) > BUDGET / 2
