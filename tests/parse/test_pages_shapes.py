"""Each page shape is recognised by its structure and read into entries."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from graphkit.parse import pages
from graphkit.parse.pages.entry import Entry, Tie
from graphkit.vocabulary import Kind

SAVED = Path(__file__).parent / "saved_pages"


def page(name: str) -> pages.Page:
    data = (SAVED / f"{name}.txt").read_bytes()
    return pages.read(data.decode(), f"{name}.txt", hashlib.sha256(data).hexdigest())


def by_title(read: pages.Page) -> dict[str, Entry]:
    return {entry.title: entry for entry in read.entries}


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("inquiry_dough", "inquiry page"),
        ("inquiry_mismatch", "inquiry page"),
        ("note_stretch", "note page"),
        ("paper_kettle", "paper page"),
        ("unknown", "plain page"),
    ],
)
def test_a_shape_is_known_by_its_structure_whatever_the_file_is_called(
    name: str, shape: str
) -> None:
    text = (SAVED / f"{name}.txt").read_text(encoding="utf-8")
    assert pages.read(text, "a.txt", "0").shape == shape
    assert pages.read(text.replace("\n", "\r\n") + "\r\n\r\n", "a.txt", "0").shape == shape


def test_the_summaries_of_an_inquiry_page_go_to_the_titles_in_order_of_first_mention() -> None:
    read = page("inquiry_dough")
    question, *claims = read.entries
    assert question.kind is Kind.QUESTION
    assert question.question_text == "This page is an example: it asks what a rest does to dough."
    assert [(claim.title, claim.text) for claim in claims] == [
        (
            "Does resting dough make it easier to stretch?",
            ("Rested dough stretches further before it tears.",),
        ),
        (
            "Can cold storage replace a warm rest?",
            ("A night in the cold changes dough as a warm rest does, only later.",),
        ),
        (
            "Why does salt slow a rising dough?",
            ("Salt holds back the yeast, so the dough rises later.",),
        ),
        (
            "Does kneading replace resting?",
            ("Kneading warms dough and develops it, but does not relax it.",),
        ),
    ]
    assert question.ties == {Tie("is addressed by", claim.title) for claim in claims}
    assert not read.problems


def test_titles_become_links_and_all_else_stays_text() -> None:
    question = page("inquiry_dough").entries[0]
    assert question.text[1].startswith(
        "And [[Can cold storage replace a warm rest?]] shows the *same* change, only later."
    )
    assert "'is it ready yet?'" in question.text[0]
    assert question.text[2].endswith(r"Both cost about \$1 of flour and \[\[no link\]\] to try.")


def test_summaries_that_cannot_be_placed_are_kept_unassigned_and_reported() -> None:
    read = page("inquiry_mismatch")
    question, *claims = read.entries
    assert [claim.text for claim in claims] == [(), ()]
    (unassigned,) = question.unassigned
    assert unassigned.split("\n") == [
        "1. A heavy plate holds more heat than a thin one.",
        "2. A lid keeps the steam, and with it the heat.",
    ]
    assert {tie.target for tie in question.ties} == {claim.title for claim in claims}
    (problem,) = read.problems
    assert problem.code == "summary-mismatch"
    assert str(problem.span) == "inquiry_mismatch.txt:4:1"
    assert "cites 2 notes, and 2 summaries follow" in problem.message


def test_a_note_page_gives_its_claim_and_the_related_ones() -> None:
    read = page("note_stretch")
    claim, *others = read.entries
    assert claim.kind is Kind.CLAIM
    assert claim.text[0] == "Dough that has rested stretches further than dough that has not:"
    assert claim.aliases == {"resting relaxes dough (time does what work cannot)"}
    assert claim.text[1].startswith(
        "Right after kneading the dough is tight. Since [[Does kneading"
    )
    assert claim.text[2].endswith("only later. Is that all? It is.")
    assert [entry.title for entry in others] == [
        "Does kneading replace resting?",
        "Can cold storage replace a warm rest?",
        "Why does salt slow a rising dough?",
        "Which flours need no rest?",
    ]
    assert all(entry.question_text and not entry.text for entry in others)
    assert not read.problems


def test_a_related_concept_with_other_than_four_parts_loses_nothing() -> None:
    text = (SAVED / "note_stretch.txt").read_text(encoding="utf-8")
    odd = text.replace("\nclick", "").replace("\nSalted dough", "\nA line more\nSalted dough")
    read = pages.read(odd, "a.txt", "0")
    concept = by_title(read)["Why does salt slow a rising dough?"]
    assert concept.question_text == "A line more"
    assert concept.wordings == {"the same dough, seen from the side of the yeast"}
    assert [problem.code for problem in read.problems] == ["related-concept-parts"]


def test_a_paper_page_gives_a_source_its_claim_and_similar_works() -> None:
    read = page("paper_kettle")
    work, claim, *similar = read.entries
    assert work.kind is Kind.SOURCE
    assert work.identifiers == {"arXiv:0000.00001"}
    assert len(work.text) == 2
    assert claim.kind is Kind.CLAIM
    assert claim.title == "A kettle can be described without being built"
    assert claim.text[0].startswith("A look at its lid shows that it boils, suggesting")
    assert [(entry.title, entry.year) for entry in similar] == [
        ("Pots and Pans: A Made-Up Survey", 2020),
        ("C# for Cooks [sic]", 2021),
        ("Undated Notes on Lids", 0),
    ]
    assert Tie("reports", claim.title) in work.ties
    assert {tie.target for tie in work.ties if tie.label == "is similar to"} == {
        entry.title for entry in similar
    }


@pytest.mark.parametrize(
    ("found", "instead", "message"),
    [
        ("papers read 0000.00001", "papers", "names no arXiv id"),
        ("0000.00001", "0000.00001 papers read 0000.00002", "several arXiv ids"),
    ],
)
def test_a_paper_without_one_certain_identifier_has_none(
    found: str, instead: str, message: str
) -> None:
    text = (SAVED / "paper_kettle.txt").read_text(encoding="utf-8")
    read = pages.read(text.replace(found, instead), "a.txt", "0")
    assert read.shape == "paper page"
    assert read.entries[0].identifiers == frozenset()
    assert [problem.code for problem in read.problems] == ["unidentified-source"]
    assert message in read.problems[0].message


@pytest.mark.parametrize("text", ["", "\n \n", "\0", "Abstract", "Sources 3 notes", "-\n-\n-"])
def test_a_page_of_no_known_shape_becomes_a_plain_note_with_a_problem(text: str) -> None:
    read = pages.read(text, "folder/odd.txt", "0")
    assert read.shape == "plain page"
    assert read.entries[0].kind is Kind.NOTE
    assert [problem.code for problem in read.problems] == ["unknown-page-shape"]
    assert read.problems[0].span.path == "odd.txt"


def test_a_very_long_line_is_text_and_no_title() -> None:
    read = pages.read("Why does this " * 100_000 + "?", "long.txt", "0")
    assert read.entries[0].title == "long"
    assert len(read.entries[0].text) == 1
