"""What several pages say becomes one note each, and an import respects what is there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations
from pathlib import Path, PurePath

import pytest

from graphkit import parse
from graphkit.models import Change, ParsedNote
from graphkit.parse import blocks, pages
from graphkit.parse.pages import canonical, cues, names
from graphkit.vocabulary import VOCABULARY, Kind

SAVED = Path(__file__).parent / "saved_pages"
ALL = (
    "inquiry_dough",
    "inquiry_tea",
    "inquiry_mismatch",
    "note_stretch",
    "paper_kettle",
    "unknown",
)
STRETCH = "claims/does-resting-dough-make-it-easier-to-stretch.md"
SALT = "claims/why-does-salt-slow-a-rising-dough.md"


def page(name: str) -> pages.Page:
    data = (SAVED / f"{name}.txt").read_bytes()
    return pages.read(data.decode(), f"{name}.txt", hashlib.sha256(data).hexdigest())


def drafts(*pages_: str) -> dict[str, pages.Draft]:
    return {draft.path: draft for draft in pages.notes(map(page, pages_))}


def after(changes: Iterable[Change]) -> dict[str, bytes]:
    return {change.path: change.after for change in changes}


def imported(*pages_: str) -> dict[str, bytes]:
    return after(pages.plan(drafts(*pages_).values(), {}))


def parsed(notes: dict[str, bytes]) -> dict[str, ParsedNote]:
    return {path: parse.note(data.decode(), path) for path, data in notes.items()}


def test_a_title_that_several_pages_know_is_one_note() -> None:
    entry = drafts("inquiry_dough", "inquiry_tea", "note_stretch")[STRETCH].entry
    assert {(origin.file, origin.part) for origin in entry.origins} == {
        ("inquiry_dough.txt", "cited note"),
        ("inquiry_tea.txt", "cited note"),
        ("note_stretch.txt", "note page"),
    }
    assert entry.text[0] == "Dough that has rested stretches further than dough that has not:"
    assert entry.wordings == {"Rested dough stretches further before it tears."}


def test_the_order_of_the_files_does_not_matter() -> None:
    read = [page(name) for name in ALL[:4]]
    first = pages.notes(read)
    assert all(pages.notes(order) == first for order in permutations(read))


def test_importing_in_two_steps_gives_what_one_step_gives() -> None:
    for order in (ALL, ALL[::-1]):
        notes: dict[str, bytes] = {}
        for name in order:
            notes |= after(pages.plan(drafts(name).values(), notes))
        assert notes == imported(*ALL)


def test_a_second_import_of_the_same_pages_changes_nothing() -> None:
    notes = imported(*ALL)
    assert pages.plan(drafts(*ALL).values(), notes) == ()
    windows = {path: data.replace(b"\n", b"\r\n") for path, data in notes.items()}
    assert pages.plan(drafts(*ALL).values(), windows) == ()


def test_a_note_that_is_added_to_keeps_its_line_ends_and_its_managed_summary() -> None:
    summary = blocks.compose("A summary.", [blocks.Input("CLM-1", "standing", "supported")])
    notes = imported("inquiry_dough")
    title, _, rest = notes[STRETCH].decode().partition("\n\nRested")
    notes[STRETCH] = f"{title}\n\n{summary}\n\nRested{rest}".replace("\n", "\r\n").encode()
    assert pages.plan(drafts("inquiry_dough").values(), notes) == ()
    (change,) = (
        change
        for change in pages.plan(drafts("note_stretch").values(), notes)
        if change.path == STRETCH
    )
    text = change.after.decode()
    assert "\n" not in text.replace("\r\n", "")
    block = blocks.find(text).block
    assert block is not None
    assert not block.edited
    assert change.causes == ("adds what note_stretch.txt says",)
    again = notes | {STRETCH: change.after}
    assert STRETCH not in after(pages.plan(drafts("note_stretch").values(), again))


def test_an_edited_note_is_left_alone_and_reported_once_there_is_more_to_say() -> None:
    notes = imported("inquiry_dough")
    notes[STRETCH] += b"\nA line of my own.\n"
    assert pages.plan(drafts("inquiry_dough").values(), notes) == ()
    (change,) = (
        change for change in pages.plan(drafts("inquiry_tea").values(), notes) if change.problem
    )
    assert (change.path, change.after) == (STRETCH, change.before)
    assert change.problem
    assert change.problem.code == "edited-since-import"
    assert "inquiry_tea.txt" in change.problem.message


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Does resting dough make it easier to stretch?\n---\nMine.\n",
        "# does resting dough make it easier to stretch?\n\nMine.\n",
    ],
)
def test_a_note_that_no_import_wrote_is_never_touched(text: str) -> None:
    (change,) = (
        change
        for change in pages.plan(drafts("inquiry_dough").values(), {"mine.md": text.encode()})
        if change.problem
    )
    assert (change.path, change.after) == ("mine.md", text.encode())
    assert change.problem
    assert change.problem.code == "not-imported"


def test_a_path_that_another_note_has_is_not_taken() -> None:
    changes = pages.plan(drafts("inquiry_dough").values(), {STRETCH: b"# Another title\n"})
    paths = [change.path for change in changes]
    assert STRETCH not in paths
    assert any(path.startswith(STRETCH.removesuffix(".md") + "-") for path in paths)
    assert not [change for change in changes if change.problem]


def test_a_note_that_was_moved_stays_where_it_is() -> None:
    notes = imported("inquiry_dough")
    notes["dough/stretch.md"] = notes.pop(STRETCH)
    changes = pages.plan(drafts("inquiry_dough", "inquiry_tea").values(), notes)
    assert "dough/stretch.md" in after(changes)
    assert STRETCH not in after(changes)


def test_the_written_notes_read_back_as_what_the_pages_say() -> None:
    notes = parsed(imported(*ALL))
    for path, draft in drafts(*ALL).items():
        note = notes[path].note
        assert (note.title, note.kind) == (draft.entry.title, draft.entry.kind)
        assert set(note.aliases) == draft.entry.aliases
        assert set(note.identifiers) == draft.entry.identifiers
        assert not notes[path].problems
    assert notes[SALT].note.summary == "Salt holds back the yeast, so the dough rises later."


def test_annotations_become_relations_with_the_related_concept_as_subject() -> None:
    links = parsed(imported("note_stretch"))[STRETCH].links
    assert {(link.relation, link.target, link.phrase) for link in links if link.relation} == {
        (
            "contradicts",
            "Does kneading replace resting?",
            "contradicts the idea that work alone makes dough ready",
        ),
        (
            "has evidence",
            "Can cold storage replace a warm rest?",
            "direct evidence for the effect of time, because nothing else changes",
        ),
        (
            "relates to",
            "Why does salt slow a rising dough?",
            "the same dough, seen from the side of the yeast",
        ),
        (
            "relates to",
            "Which flours need no rest?",
            "there is no evidence for this in wheat",
        ),
    }


@pytest.mark.parametrize(
    ("annotation", "relation"),
    [
        ("the primary evidence for it", "is evidence for"),
        ("a potential resolution via reward", "resolves"),
        ("a third mechanism, and evidence against the first", "extends"),
        ("there is not yet any evidence for it", None),
        ("evidence forms slowly", None),
        ("", None),
    ],
)
def test_the_first_cue_that_is_not_denied_tells_the_relation(
    annotation: str, relation: str | None
) -> None:
    found = cues.infer(annotation, VOCABULARY)
    assert (found.name if found else None) == relation


def test_markup_in_a_saved_page_stays_text() -> None:
    notes = parsed(imported("unknown", "inquiry_dough"))
    assert notes["pages/a-shopping-list.md"].links == ()
    text = "\n".join(part.text for part in notes["pages/a-shopping-list.md"].note.paragraphs)
    assert text == "# not a heading\n- flour\n---\nyeast:: [[fresh]] or %%dry%%"
    question = notes["questions/how-long-should-dough-rest-before-shaping.md"]
    assert "no link" not in {link.target for link in question.links}


def test_titles_that_no_link_could_hold_are_linked_by_their_slug() -> None:
    notes = imported("paper_kettle")
    targets = {link.target for note in parsed(notes).values() for link in note.links}
    slugs = {PurePath(path).stem for path in notes}
    assert {target for target in targets if target.startswith("c-for-cooks")} <= slugs
    assert "Pots and Pans: A Made-Up Survey" in targets
    assert not {target for target in targets if target.startswith("C#")}


def test_titles_with_equal_slugs_get_paths_of_their_own() -> None:
    text = (SAVED / "inquiry_tea.txt").read_text(encoding="utf-8")
    same = text.replace(
        "Does resting dough make it easier to stretch?",
        "Does water-temperature decide how tea tastes?",
    )
    paths = [draft.path for draft in pages.notes([pages.read(same, "a.txt", "0")])]
    assert len(paths) == len(set(paths)) == 3


@pytest.mark.parametrize("title", ["???", "a" * 500, "é" * 500, "한국어 " * 100, "CON", "a/../b"])
def test_a_slug_is_a_short_plain_file_name(title: str) -> None:
    name = names.slug(title)
    assert name
    assert len(f"{name}.md".encode()) <= 200
    assert not set(name) & set('/\\.?:*"<>| ')


def test_a_title_of_two_kinds_is_one_note_and_reported() -> None:
    text = (SAVED / "inquiry_tea.txt").read_text(encoding="utf-8")
    about = "Should tea and dough be timed by the clock?"
    other = text.replace(about, "Is the clock a good guide?").replace(
        "Does water temperature decide how tea tastes?", about
    )
    both = pages.notes([page("inquiry_tea"), pages.read(other, "other.txt", "0")])
    (draft,) = (draft for draft in both if draft.entry.title == about)
    assert draft.entry.kind is Kind.QUESTION
    assert [problem.code for problem in draft.problems] == ["kind-conflict"]


def test_problems_of_a_page_go_with_its_own_note() -> None:
    told = {path: draft.problems for path, draft in drafts(*ALL).items() if draft.problems}
    assert {path: [problem.code for problem in problems] for path, problems in told.items()} == {
        "questions/do-warm-plates-keep-food-warm.md": ["summary-mismatch"],
        "pages/a-shopping-list.md": ["unknown-page-shape"],
    }


def test_only_a_text_that_an_import_wrote_is_read_back() -> None:
    draft = drafts("note_stretch")[STRETCH]
    assert canonical.read(draft.text) == draft.entry
    assert canonical.read(draft.text.replace("tight", "loose")) is None
    assert canonical.read(canonical.render(replace(draft.entry, year=1999))) is not None
    assert canonical.read("# Mine\n") is None
