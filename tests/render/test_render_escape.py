"""Note text is data, in a terminal and in Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from graphkit.render import escape

MARKS = st.text(st.sampled_from("ab1 \\`*_[](){}|~$=#^%&<>!-+.:;\"'\n\té。"), max_size=40)


def read(markdown: str) -> str:
    """The words that a reader of rendered Markdown sees."""
    (inline,) = MarkdownIt("commonmark").enable("table").parseInline(markdown)
    return "".join(token.content for token in inline.children or [] if token.type == "text")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\tand  more ", "two lines and more"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x9b31m", "‹9B›31m"),
        ("bell\x07 delete\x7f", "bell␇ delete␡"),
        ("\u202egnp", "‹202E›gnp"),
        ("half \ud800 pair", "half � pair"),
        ("[bold]kept[/bold]", "[bold]kept[/bold]"),
        ("日本語 · مرحبا", "日本語 · مرحبا"),
    ],
)
def test_a_line_keeps_words_and_shows_controls(text: str, shown: str) -> None:
    assert escape.line(text) == shown


def test_verbatim_text_keeps_its_lines_and_tabs() -> None:
    assert escape.verbatim("a\r\n\tb  c\x1b\n") == "a\n\tb  c␛\n"


@pytest.mark.parametrize(
    "text",
    ["28.9 % fewer", "snake_case_name", "C# and p = 0.03", "a - b", "Is it so?", "43.5 -> 19.4"],
)
def test_plain_words_stay_plain_in_markdown(text: str) -> None:
    assert escape.markdown(text) == text


@given(MARKS | st.text(max_size=60))
def test_markdown_reads_back_as_the_same_words(text: str) -> None:
    assert read(f"x{escape.markdown(text)}x") == f"x{escape.line(text)}x"


@given(MARKS)
def test_markdown_holds_no_comment_no_link_and_no_cell_border(text: str) -> None:
    safe = escape.markdown(text)
    assert "<" not in safe
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]|`*$]", safe)
    assert "%%" not in safe
    assert "\n" not in safe
