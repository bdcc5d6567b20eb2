"""For any page text: no error, no dependence on order, nothing new the second time."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphkit import parse
from graphkit.parse import pages
from graphkit.parse.pages import canonical

SAVED = tuple(
    file.read_text(encoding="utf-8")
    for file in sorted((Path(__file__).parent / "saved_pages").glob("*.txt"))
)

MARKS = st.sampled_from(Path(__file__).with_name("marks.txt").read_text(encoding="utf-8").split())
PRINTABLE = st.characters(exclude_categories=["C"])
LINES = st.lists(MARKS | st.text(PRINTABLE, max_size=5), min_size=1, max_size=6).map(" ".join)
BODIES = st.lists(LINES, min_size=1, max_size=3)


@st.composite
def inquiries(draw: st.DrawFn) -> str:
    titles = ["Does it help?", *(f"Why does it {line}?" for line in draw(BODIES))]
    prose = [f"{line} as {title} says." for line, title in zip(draw(BODIES), titles, strict=False)]
    summaries = draw(BODIES)
    count = f"Sources {len(summaries)} notes"
    return "\n".join([draw(LINES), draw(LINES), *prose, count, *summaries])


@st.composite
def note_pages(draw: st.DrawFn) -> str:
    concepts = [f"-\n{title}\n{draw(LINES)}\n{draw(LINES)}" for title in draw(BODIES)]
    head = [draw(LINES), draw(LINES), *draw(BODIES), "Related concepts in this collection"]
    return "\n".join([*head, *concepts, "Original note title", draw(LINES)])


@st.composite
def torn_pages(draw: st.DrawFn) -> str:
    """A page that was cut anywhere, or whose lines were lost and swapped."""
    lines = draw(st.sampled_from(SAVED)).split("\n")
    if draw(st.booleans()):
        return "\n".join(lines)[draw(st.integers(0, 60)) : draw(st.integers(60, 2000))]
    return "\n".join(draw(st.lists(st.sampled_from(lines), max_size=20)))


TEXTS = st.one_of(st.text(), inquiries(), note_pages(), torn_pages(), BODIES.map("\n".join))


def read(texts: list[str]) -> list[pages.Page]:
    return [pages.read(text, f"{number}.txt", str(number)) for number, text in enumerate(texts)]


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=4), st.randoms(use_true_random=False))
def test_any_pages_give_the_same_notes_in_any_order_and_in_any_steps(
    texts: list[str], random: object
) -> None:
    every = read(texts)
    shuffled = list(every)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    notes = pages.notes(every)
    assert pages.notes(shuffled) == notes
    at_once = {change.path: change.after for change in pages.plan(notes, {})}
    assert len(at_once) == len(notes)
    assert pages.plan(notes, at_once) == ()
    stepwise: dict[str, bytes] = {}
    for page in shuffled:
        for change in pages.plan(pages.notes([page]), stepwise):
            assert change.problem is None
            stepwise[change.path] = change.after
    contents = {canonical.read(data.decode()) for data in at_once.values()}
    assert {canonical.read(data.decode()) for data in stepwise.values()} == contents


@settings(max_examples=100)
@given(TEXTS)
def test_a_written_note_reads_back_as_what_the_page_says(text: str) -> None:
    for draft in pages.notes(read([text])):
        assert canonical.read(draft.text) == draft.entry
        parsed = parse.note(draft.text, draft.path)
        assert draft.entry.title in {parsed.note.title, *parsed.note.aliases}
        assert parsed.note.kind is draft.entry.kind
        assert not parsed.problems
        typed = {(link.relation, link.target) for link in parsed.links if link.relation}
        assert typed == {(tie.label, tie.target) for tie in draft.entry.ties}


@settings(max_examples=50)
@given(LINES)
@example("((double) brackets)")
def test_an_annotation_is_kept_as_the_phrase_its_relation_was_read_from(text: str) -> None:
    annotation = " ".join(("x", *text.split()))
    page = f"A title\nA deck.\nA claim.\nRelated concepts\n-\nAnother\nA deck.\n{annotation}"
    own = next(n for n in pages.notes(read([page])) if n.entry.title == "A title")
    (link,) = (link for link in parse.note(own.text, own.path).links if link.relation)
    assert link.phrase == annotation


@settings(max_examples=150)
@given(LINES | st.text(PRINTABLE, min_size=1))
def test_an_escaped_paragraph_shows_the_text_and_links_to_nothing(text: str) -> None:
    folded = " ".join(text.split()) + "."
    (note,) = pages.notes([pages.read(f"A title\n{folded}", "a.txt", "0")])
    parsed = parse.note(note.text, note.path)
    assert len(parsed.note.paragraphs) == 1
    assert {link.form for link in parsed.links} <= {"identifier", "url"}
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", note.entry.text[0]) == folded
