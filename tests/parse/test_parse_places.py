"""Where links stand: a reader must be able to jump to each, in any text."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphkit import parse
from graphkit.models import Link

_LINKS = st.sampled_from(
    (
        "[[T]]",
        "[[T|a b]]",
        "[[T#h]]",
        "![[T]]",
        "[t](p.md)",
        "[t](<a b.md>)",
        "![t](p.png)",
        "<https://example.org>",
        "https://example.org/a_b",
        "[@key]",
        "[see @a; @b, p. 3]",
        "((6356e902-3b7b-4cb2))",
        "{{embed [[T]]}}",
        "#tag",
        "#[[two words]]",
        "arXiv:2509.25760",
        "10.1000/xyz",
    )
)
_WORDS = st.sampled_from(
    (
        "word", "a\tb", "é", "😀", "*x*", "**", "`[[no]]`", "$x$", "%% [[no]] %%", "\\[", "&amp;",
        "supports", "key::", "(a)", "[x]", "|", "<!-- [[no]] -->", "<b>", "CLM -", "[^1]",
        "1.", "  ",
    )
)  # fmt: skip
_STARTS = st.sampled_from(
    (
        "",
        "- ",
        "  - ",
        "\t- ",
        "> ",
        "> - ",
        "1. ",
        "# ",
        "## ",
        "   ",
        "[^1]: ",
        "- [ ] ",
        "    ",
        "| ",
    )
)
_LINES = st.builds(
    lambda start, parts, end: start + " ".join(parts) + end,
    _STARTS,
    st.lists(_LINKS | _WORDS, max_size=5),
    st.sampled_from(("", " ", " |", " #", "  ", "\\")),
)
_TEXTS = st.lists(
    _LINES | st.sampled_from(("", "", "---", "|-|-|", "```", "%%", "===")), max_size=8
)
_ENDS = st.sampled_from(("\n", "\r\n", "\r"))

_MARKUP = {
    "wikilink": r"\[\[",
    "embed": r"!\[|\{\{embed",
    "markdown": r"\[",
    "reference": r"\[",
    "citation": r"\[|-?@",
    "identifier": r"arXiv|10\.|https?:|\[",
    "tag": "#",
    "block": r"\(\(",
    "url": r"https?:|\[|!\[|<",
}


@settings(max_examples=150)
@given(_TEXTS, _ENDS)
def test_line_and_column_point_at_the_links_own_markup(lines: list[str], end: str) -> None:
    parsed = parse.note(end.join(lines), "note.md")
    for link in parsed.links:
        rest = lines[link.span.line - 1][link.span.column - 1 :]
        assert re.match(_MARKUP[link.form], rest), (link, rest)
        assert _named(link) in rest


def _named(link: Link) -> str:
    if link.form in ("citation", "identifier"):
        return link.target.rpartition(":")[2].lstrip("@")
    return link.target or link.block or link.heading


@settings(max_examples=150)
@given(_TEXTS)
def test_no_two_links_stand_in_one_place(lines: list[str]) -> None:
    spans = [link.span for link in parse.note("\n".join(lines), "note.md").links]
    assert len(set(spans)) == len(spans)


@settings(max_examples=150)
@given(_TEXTS)
@example(["- [ ] ", "[[T]]"])
def test_paragraphs_stand_on_the_line_they_name(lines: list[str]) -> None:
    for paragraph in parse.note("\n".join(lines), "note.md").note.paragraphs:
        first = re.search(r"[^\W_]+", paragraph.text.split("\n")[0])
        assert first is None or first[0] in lines[paragraph.line - 1]


def test_a_columns_tab_is_one_character() -> None:
    (link,) = parse.note("\t\tx\n\n-\t[[A]]", "note.md").links
    assert (link.span.line, link.span.column) == (3, 3)


def test_a_wide_character_is_one_column() -> None:
    (link,) = parse.note("知😀é [[A]]", "note.md").links
    assert link.span.column == 5
