"""The managed summary: found where it stands, with what it was built from, and told when odd."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import parse
from graphkit.parse import blocks
from graphkit.parse.blocks import Input

INPUTS = (Input("RES-12", "outcome", "reproduced"), Input("CLM-3", "standing", "supported (1)"))
BLOCK = blocks.compose("**Stands.**\n\n- [[B]]", INPUTS)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_block_is_found_as_it_was_written(newline: str) -> None:
    written = blocks.compose("one\n\ntwo", INPUTS, newline)
    text = f"# T{newline}{newline}{written}{newline}{newline}after{newline}"
    block = blocks.find(text).block
    assert block is not None
    assert text[block.start : block.end] == written
    assert (block.line, block.last_line) == (3, 10)
    assert block.inputs == INPUTS
    assert block.body == f"one{newline}{newline}two{newline}"
    assert not block.edited


def test_an_edit_by_hand_shows_but_other_line_ends_do_not() -> None:
    edited = blocks.find(BLOCK.replace("Stands", "Falls")).block
    moved = blocks.find(BLOCK.replace("\n", "\r\n")).block
    assert edited is not None
    assert edited.edited
    assert moved is not None
    assert not moved.edited


def test_without_markers_there_is_nothing() -> None:
    assert blocks.find("# T\n\ntext\n") == blocks.Found()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"{BLOCK}\n\n{BLOCK}\n", ["second-summary"]),
        (BLOCK.replace("**Stands.**", BLOCK), ["nested-summary", "unopened-summary"]),
        (BLOCK.rpartition("\n")[0], ["unclosed-summary"]),
        ("<!-- /graphkit:summary -->\n", ["unopened-summary"]),
        (BLOCK.replace("v1", "v2"), ["damaged-summary"]),
        (BLOCK.replace("text=", "text=x"), ["damaged-summary"]),
    ],
)
def test_an_odd_block_is_a_problem_and_not_to_be_written(text: str, codes: list[str]) -> None:
    found = blocks.find(text, "note.md")
    assert [problem.code for problem in found.problems] == codes
    assert found.block is None


def test_a_problem_stands_at_its_marker() -> None:
    (problem,) = blocks.find(f"a\r\nb\r\n{BLOCK}\n\n{BLOCK}\n", "n.md").problems
    assert str(problem.span) == "n.md:12:1"


@pytest.mark.parametrize("fence", ["```", "~~~~", "```markdown"])
def test_an_example_in_code_is_no_block(fence: str) -> None:
    closing = fence[:3] if fence[0] == "`" else fence
    assert blocks.find(f"{fence}\n{BLOCK}\n{closing}\n") == blocks.Found()
    assert blocks.find(f"{fence}\n{BLOCK}\n{closing}\n\n{BLOCK}\n").block is not None


def test_the_parser_steps_over_a_block() -> None:
    text = f"# T\n\n{BLOCK}\n\nProse with [[A]].\n"
    parsed = parse.note(text, "note.md")
    assert [link.target for link in parsed.links] == ["A"]
    assert parsed.note.summary == "Prose with A."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# T\n", "\nText"),
        ("Text\n\n## T\n", "%%\nhidden\n%%\n"),
        ("%%\n# no\n%%\n\n# T\n", "Text"),
        ("$$\n# no\n$$\n\n# T\n", "Text"),
        ("#+BEGIN_QUERY\n# no\n#+END_QUERY\n\n# T\n", "Text"),
        ("", "%%\n# no\n%%\n\nText"),
        ("", "$$\n# no\n$$\n\nText"),
        ("", "%% not closed\n\n# no\n"),
        ("---\na: b\n---\n", "\nText"),
        ("---\na: b\n---\nalias:: x\n", "\nText"),
        ("---\na: b\n---\n\n# T\n", "Text"),
        ("+++\n# no\na = 1\n\n[b]\n+++\n", "\nText"),
        ("+++\na = 1\n+++", ""),
        ("+++\na = 1\n+++\n---\n\n# T\n", "Text"),
        ("", "+++\na = 1\n"),
        ("alias:: x\ntype:: y\n", "\nText"),
        ("alias:: x\n", "- one\n- two\n"),
        ("id:: 64d0\n", "\nText"),
        ("- alias:: x\n- one\n  - two\n- three\n", ""),
        ("", "alias:: x\nand prose\n"),
        ("", "Text\n\nalias:: x\n"),
        ("", "Text"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_new_block_goes_behind_the_first_heading_or_what_must_stay_first(
    before: str, after: str, newline: str
) -> None:
    first, rest = (part.replace("\n", newline) for part in (before, after))
    assert blocks.slot(first + rest) == len(first)


_LINES = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")), max_size=4
)


@given(_LINES, st.sampled_from(["\n", "\r\n"]))
def test_any_body_comes_back(lines: list[str], newline: str) -> None:
    body = "\n".join(line for line in lines if "graphkit:summary" not in line and "``" not in line)
    body = body.replace("~~", "").strip("\n")
    block = blocks.find(blocks.compose(body, (), newline)).block
    assert block is not None
    assert block.body.replace(newline, "\n").strip("\n") == body
    assert not block.edited
