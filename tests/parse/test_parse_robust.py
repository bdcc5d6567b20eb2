"""Text that no one should write: it is read to the end, in time, with nothing raised."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit import parse
from graphkit.models import ParsedNote

MANY = 10_000

PATHOLOGICAL: dict[str, str] = {
    "opening brackets": "[" * MANY,
    "nested brackets": "[" * MANY + "]" * MANY,
    "nested wikilinks": "[[" * MANY + "]]" * MANY,
    "open links": "[a](" * MANY,
    "open images": "![" * MANY,
    "open fields": "[a:: " * 1_000,
    "open comments": "%% a " * MANY + "<!-- " * MANY,
    "open maths": "$a " * MANY,
    "open macros": "{{a" * MANY,
    "open citations": "[@a; " * MANY,
    "backticks": " ".join("`" * count for count in range(300)),
    "emphasis": "*a **b " * MANY,
    "quotes": ">" * MANY + "a",
    "lists in one line": "- " * MANY + "a",
    "list in list": "\n".join("  " * depth + "- a" for depth in range(1_000)),
    "fences": "```\n" * MANY,
    "org blocks": "#+BEGIN_SRC\n" * MANY,
    "summaries": f"<!-- graphkit:summary v1 text={'a' * 64}\n-->\n" * 1_000,
    "front matter of brackets": f"---\na: {'[' * MANY}\n---\n",
    "front matter of lists": f"---\n{'- ' * MANY}\n---\n",
    "front matter, deep": "---\n"
    + "".join(" " * depth + "a:\n" for depth in range(1_000))
    + "---\n",
    "table": "|" * MANY + "\n" + "|-" * MANY + "\n" + "|[[a]]" * MANY,
    "spaces": " " * MANY + "a" + " " * MANY + "(" + "\t" * MANY,
    "sentence without end": "word-word " * MANY,
    "figures": "---\nkind: claim\n---\n" + "5 % of a-b, from 3 to 2 % " * 2_000,
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_it_ends_without_deep_recursion(text: str) -> None:
    deepest = sys.getrecursionlimit()
    sys.setrecursionlimit(800)
    try:
        parsed = parse.note(text, "note.md")
    finally:
        sys.setrecursionlimit(deepest)
    assert parsed.note.path == "note.md"


def test_a_line_of_ten_megabytes_is_left_out_and_the_rest_is_read() -> None:
    parsed = parse.note(f"[[A]]\n{'[[x]] and ' * 1_000_000}\n[[B]]\n", "note.md")
    assert [(link.target, link.span.line) for link in parsed.links] == [("A", 1), ("B", 3)]
    (problem,) = parsed.problems
    assert (problem.code, problem.span.line) == ("long-line", 2)
    assert "10,000,000" in problem.message


def test_a_note_of_nothing_but_nuls() -> None:
    parsed = parse.note("\0" * 1_000, "nul.md")
    assert parsed.note.title == "nul"
    assert (parsed.links, parsed.note.paragraphs) == ((), ())


_MARKUP = st.text(st.sampled_from("[]()!#^|`$%&<>{}@:;*_-+=~\\\"'/. \t\n\r\0xä1,"), max_size=80)
_PIECES = st.lists(
    st.sampled_from(
        (
            "[[", "]]", "((", "))", "{{", "}}", "%%", "$$", "::", "<!--", "-->", "```", "---\n",
            "kind: ", "- ", "\n", "\n\n", "[^1]", "[@a]", "#+BEGIN_SRC", "<!-- graphkit:summary",
            "supports ", "10.1000/", "arXiv:", "http://", "|", "\t", "from 3 to 2 %",
            '(inferred: "', "é", "\u2028",
        )
    ),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=200)
@given(_MARKUP | _PIECES | st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    _consistent(parse.note(text, "note.md"), text)
    _consistent(parse.note(f"---\n{text}\n---\n{text}", "note.md"), text)
    _consistent(parse.note(f"---\nkind: claim\n---\n{text}", "note.md"), text)


def _consistent(parsed: ParsedNote, text: str) -> None:
    lines = text.replace("\r\n", "\n").count("\n") + text.count("\r") + 1
    spans = [link.span for link in parsed.links]
    spans += [problem.span for problem in parsed.problems]
    spans += [figure.span for figure in parsed.note.figures]
    assert all(1 <= span.line <= 2 * lines + 3 and span.column >= 1 for span in spans)
    assert parsed.note.title
    assert all(link.target or link.heading or link.block for link in parsed.links)


@pytest.mark.parametrize(
    "path", ["a.md", "a/b.MD", ".md", "é/ünï.md", "x\udcff.md", "%zz.md", "no suffix"]
)
def test_any_path_gives_a_title_and_a_lasting_id(path: str) -> None:
    first, second = parse.note("", path).note, parse.note("text", path).note
    assert first.title
    assert first.id == second.id
