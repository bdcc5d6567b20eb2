"""Short cuts for plain blocks change how fast a note is read, never what is read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.dialect import PLAIN
from graphkit.parse import markdown, runs
from graphkit.parse.pieces import Run
from graphkit.parse.rules import RULES

_SLOW = [rule for rule in RULES if rule.name != "plain blocks" and rule.when(PLAIN)]
WITHOUT = markdown.parser(_SLOW, short_cuts=False)

_STARTS = (
    "", "", "", "- ", "- ", "* ", "+ ", "1. ", "2) ", "> ", "# ", "  ", "    ", "\t", "-", "[a]: ",
    "[^1]: ", "| ", "  - ", "- - ", "-\t", "- [ ] ", "<", "%%", "$$", "```", "#+BEGIN_SRC",
)  # fmt: skip
_WORDS = (
    "word",
    "[[T]]",
    "[a](b)",
    "**b**",
    "_c_",
    "`d`",
    "2",
    "2.",
    "![i](j)",
    "x|y",
    "---",
    "===",
    "é",
)
_LINES = st.builds(
    lambda start, words: start + " ".join(words),
    st.sampled_from(_STARTS),
    st.lists(st.sampled_from(_WORDS), max_size=3),
)
_TEXTS = st.lists(st.one_of(_LINES, st.just("")), max_size=9).map("\n".join)


def read(text: str, *, short_cuts: bool) -> Sequence[Run]:
    tokens = markdown.tokens(text) if short_cuts else WITHOUT.parse(text, {"managed": {}})
    return list(runs.read(tokens, text.split("\n")))


@settings(max_examples=300)
@given(_TEXTS)
def test_the_same_runs_with_and_without(text: str) -> None:
    assert read(text, short_cuts=True) == read(text, short_cuts=False)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n\n- c",
        "- a\n- b\n\n  more of b",
        "- a\nlazy",
        "- a\n* b",
        "a\n===",
        "a\n- b",
        "[a]: b\n[a]",
        "- [a]: b",
        "a | b\n--|--\nc | d",
        "- a\n\n\n    code",
        "> a\nb",
        "- a\n- b\n# c",
        "- a\n-",
        "- a \n- b\t",
    ],
)
def test_the_same_runs_at_the_edges(text: str) -> None:
    assert read(text, short_cuts=True) == read(text, short_cuts=False)


_INLINE = st.lists(
    st.sampled_from(
        (
            "word", " ", " ", "\n", "*", "**", "_", "__", "***", "`", "``", "[[T]]", "![[T|a]]",
            "[a](b.md)", "[a b](https://x.org/y_z)", "[a *b*](c)", "![i](j)", "[x]", "[", "]", "(",
            ")", "!", "&", "&amp;", "<", "<b>", "<https://x.org>", "\\", "\\*", "a_b", "#tag",
            "$x$", "%% c %%", "key:: ", "[k:: v]", "@a2020", "[@a]", "[^1]", "((abcdef-1))", "é",
            ".", ",", "'", "“", "\u00a0", "{{embed [[P]]}}", "https://x.org/a", "doi",
            "javascript:x", "[a](javascript:x)", "[a]()", "[a](b c)", '[a](b "t")', "[r]: x.md\n",
        )
    ),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=400)
@given(_INLINE)
def test_the_same_inline_text_with_and_without(text: str) -> None:
    assert read(text, short_cuts=True) == read(text, short_cuts=False)
