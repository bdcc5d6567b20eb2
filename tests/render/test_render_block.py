"""Writing a summary into a note: exact outside the block, and never over a person's words."""

from __future__ import annotations

import codecs
import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graphkit.models import Change
from graphkit.parse import blocks
from graphkit.render.block import MISSING, place
from graphkit.render.summaries.inputs import Input
from graphkit.render.summary import Summary
from graphkit.vocabulary import Severity

ONE = Summary((Input("CLM-1", "standing", "open"),), "**Open**\n\n- a\n- ä")
TWO = Summary((Input("CLM-1", "standing", "answered"),), "| a |\n| --- |\n| b |")
BLOCK = blocks.compose(ONE.body, [blocks.Input(*each) for each in ONE.inputs])


def set_in(text: str, summary: Summary = ONE) -> str:
    """The note after its summary was set."""
    return data_after(text.encode(), summary).decode()


def data_after(data: bytes, summary: Summary = ONE) -> bytes:
    change = place("a.md", data, summary, blocks)
    assert change is not None
    assert change.problem is None
    return change.after


def refused(text: str | bytes) -> Change:
    """The change that leaves a note alone."""
    data = text.encode() if isinstance(text, str) else text
    change = place("a.md", data, ONE, blocks)
    assert change is not None
    assert change.after == change.before == data
    return change


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("# T\n\nText\n", "# T\n\n{}\n\nText\n"),
        ("# T\nText\n", "# T\n\n{}\n\nText\n"),
        ("# T", "# T\n\n{}"),
        ("# T\n", "# T\n\n{}\n"),
        ("T\n=\n\nText", "T\n=\n\n{}\n\nText"),
        ("Text first\n\n## T\n\nmore", "Text first\n\n## T\n\n{}\n\nmore"),
        ("", "{}"),
        ("Text\n", "{}\n\nText\n"),
        ("\nText\n", "{}\n\nText\n"),
        ("---\nkind: claim\n---\n", "---\nkind: claim\n---\n\n{}\n"),
        ("---\nkind: claim\n---", "---\nkind: claim\n---\n\n{}"),
        ("---\nkind: claim\n---\nText", "---\nkind: claim\n---\n\n{}\n\nText"),
        ("---\na: '# no'\n---\n\n# T\n", "---\na: '# no'\n---\n\n# T\n\n{}\n"),
        ("```\n# no\n```\n\n# T\n", "```\n# no\n```\n\n# T\n\n{}\n"),
        ("~~~\n# no\n~~~\nText", "{}\n\n~~~\n# no\n~~~\nText"),
        ("> # no\n\n# T\n", "> # no\n\n# T\n\n{}\n"),
        ("- # no\n\n# T\n", "- # no\n\n# T\n\n{}\n"),
        ("<!--\n# no\n-->\n\n# T\n", "<!--\n# no\n-->\n\n# T\n\n{}\n"),
        ("%%\n# no\n%%\n\n# T\n", "%%\n# no\n%%\n\n# T\n\n{}\n"),
        ("alias:: a\n\nText", "alias:: a\n\n{}\n\nText"),
    ],
)
def test_a_new_block_goes_after_the_first_heading(note: str, expected: str) -> None:
    assert set_in(note) == expected.format(BLOCK)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_block_has_the_line_ends_of_its_file(newline: str) -> None:
    note = f"# T{newline}{newline}Text{newline}"
    after = set_in(note)
    assert after.replace(newline, "\n") == f"# T\n\n{BLOCK}\n\nText\n"
    assert set_in(after, TWO).replace(newline, "").isprintable()


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_note_keeps_its_encoding(mark: bytes, name: str) -> None:
    after = data_after(mark + "# Ü\n\nText 𝄞".encode(name))
    assert after == mark + f"# Ü\n\n{BLOCK}\n\nText 𝄞".encode(name)


def test_a_note_that_has_its_summary_is_left_as_it_is() -> None:
    assert place("a.md", set_in("# T\n").encode(), ONE, blocks) is None


def test_a_note_about_which_there_is_nothing_to_say_gets_no_block() -> None:
    assert place("a.md", b"# T\n", Summary((), ""), blocks) is None


def test_a_first_summary_and_a_stale_one_say_why_they_are_written() -> None:
    first = place("a.md", b"# T\n", ONE, blocks)
    assert first is not None
    assert first.causes == (MISSING,)
    second = place("a.md", first.after, TWO, blocks)
    assert second is not None
    assert second.causes == ("CLM-1 went from open to answered",)


def edited() -> str:
    """A note whose summary holds a line of a person's own."""
    return set_in("# T\n\nText\n").replace("- a\n", "- a\n- says a person\n")


def known(_digest: str) -> str:
    """The text that ONE was written with, as a cache would hold it."""
    return ONE.body


THREE = Summary(ONE.inputs, "**Open now**\n\n- a\n- ä")


def test_an_edited_block_that_is_up_to_date_is_said_and_left_alone() -> None:
    change = refused(edited())
    assert change.problem is not None
    assert (change.problem.code, change.problem.severity) == ("merged-summary", Severity.INFO)
    assert change.problem.span.line == 3


def test_an_edit_is_merged_with_the_new_text_and_stays_an_edit() -> None:
    change = place("a.md", edited().encode(), THREE, blocks, known)
    assert change is not None
    assert change.problem is None
    block = blocks.find(change.after.decode()).block
    assert block is not None
    assert block.body == "**Open now**\n\n- a\n- says a person\n- ä\n"
    assert (block.edited, block.digest) == (True, blocks.digest(THREE.body))
    again = place("a.md", change.after, THREE, blocks)
    assert again is not None
    assert again.problem is not None
    assert again.problem.code == "merged-summary"


def test_a_conflict_is_shown_and_left_to_the_person() -> None:
    data = edited().replace("**Open**", "**My own**").encode()
    change = place("a.md", data, THREE, blocks, known)
    assert change is not None
    assert change.after == change.before == data
    assert change.problem is not None
    assert change.problem.code == "summary-conflict"
    (conflict,) = change.conflicts
    assert [line in conflict for line in ("**My own**", "**Open**", "**Open now**")] == [True] * 3


def test_an_edited_block_whose_old_text_is_lost_is_left_alone() -> None:
    change = place("a.md", edited().encode(), TWO, blocks)
    assert change is not None
    assert change.after == change.before
    assert change.problem is not None
    assert change.problem.code == "edited-summary"
    assert "edited by hand" in change.problem.message


@pytest.mark.parametrize(
    "note",
    [
        f"# T\n\n{BLOCK}\n\n{BLOCK}\n",
        f"# T\n\n{BLOCK.replace('- a', BLOCK)}\n",
        f"# T\n\n{BLOCK.removesuffix('<!-- /graphkit:summary -->')}\n",
        "# T\n\n<!-- /graphkit:summary -->\n",
        "# T\n\n<!-- graphkit:summary v1 text=1 -->\n<!-- /graphkit:summary -->\n",
        f"# T\n\n{BLOCK.replace('v1', 'v9')}\n",
    ],
    ids=["second", "nested", "unclosed", "unopened", "damaged", "another version"],
)
def test_a_malformed_block_is_reported_and_left_alone(note: str) -> None:
    change = refused(note)
    assert change.problem is not None
    assert change.problem.code.endswith("-summary")


def test_bytes_that_are_no_text_are_left_alone() -> None:
    change = refused(b"# T\n\n\xff\xfe\xff")
    assert change.problem is not None
    assert change.problem.code == "not-utf8"


def test_a_block_that_could_not_be_found_again_is_not_written() -> None:
    """A fence that only one of the two readers sees would hide the block behind it."""
    change = refused("<!--\n```\n-->\n\n# T\n")
    assert change.problem is not None
    assert change.problem.code == "no-place"


PIECES = [
    "# T", "## [[x]]", "text ä", "", "---", "a: b", "```", "~~~", "- item", "> # q", "T\n===",
    "%%", "<!--", "-->", "    code", "| a | b |", "$$", "\u2028", "\ufeff", "\0", "<div>", "[a]: b",
    BLOCK, "<!-- /graphkit:summary -->", "<!-- graphkit:summary",
]  # fmt: skip
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
texts = st.text(max_size=60) | st.lists(
    st.tuples(st.sampled_from(PIECES), NEWLINES).map("".join), max_size=8
).map("".join)
CODECS = (
    (b"", "utf-8"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@given(texts, st.sampled_from(CODECS))
def test_every_byte_outside_the_block_survives(text: str, encoding: tuple[bytes, str]) -> None:
    mark, name = encoding
    assume(not text.startswith(("\ufeff", "\0")))  # which would make it another mark
    data = mark + text.encode(name, "surrogatepass")
    change = place("a.md", data, ONE, blocks)
    if change is None or change.problem:
        assert change is None or change.after == data
        return
    assert change.after.startswith(mark)
    after = change.after.removeprefix(mark).decode(name)
    found = blocks.find(after).block
    assert found is not None
    before, behind = after[: found.start], after[found.end :]
    old = blocks.find(text).block
    kept = text[: old.start] + text[old.end :] if old else text
    rests = (
        before.removesuffix(gap) + behind.removeprefix(other)
        for gap, other in itertools.product(GAPS, GAPS)
    )
    assert kept in (before + behind, *rests)


GAPS = ("", *(newline * n for newline in ("\n", "\r\n", "\r") for n in (1, 2)))


@given(texts)
def test_writing_twice_changes_nothing(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    for summary in (ONE, TWO):
        change = place("a.md", data, summary, blocks)
        if change is not None and change.problem is None:
            data = change.after
            assert place("a.md", data, summary, blocks) is None


@given(texts, st.integers(0), st.sampled_from(["x", " ", "\n", "é"]))
def test_any_edit_of_the_body_is_noticed(text: str, at: int, edit: str) -> None:
    change = place("a.md", text.encode("utf-8", "surrogatepass"), ONE, blocks)
    if change is None or change.problem:
        return
    after = change.after.decode("utf-8-sig")
    found = blocks.find(after).block
    assert found is not None
    start = after.index("**Open**", found.start)
    spot = start + 1 + at % len("**Open**")  # inside the body: line ends around it do not count
    touched = after[:spot] + edit + after[spot:]
    again = place("a.md", touched.encode(), TWO, blocks)
    assert again is not None
    assert again.problem is not None
    assert again.after == again.before
