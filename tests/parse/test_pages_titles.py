"""Note titles are found in prose that does not mark them."""

from __future__ import annotations

import pytest

from graphkit.parse.pages import escape, titles


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("it rises later Does salt slow yeast?.", ["Does salt slow yeast?"]),
        ("What counts is heat. A lid helps Does a lid help?.", ["Does a lid help?"]),
        ("Does a lid help? shows how", ["Does a lid help?"]),
        ("two notes Does a lid help? Can a plate help?", ["Does a lid help?", "Can a plate help?"]),
        ("'should it rest?' is the wrong question", []),
        ("he asked 'Should it rest?' and left", []),
        ("so Should it rest?' they ask", []),
        ("What counts is heat. Then comes time? Who knows", []),
        ("why not? because", []),
        ("Which is best vs. Plain water?", ["Which is best vs. Plain water?"]),
        ("", []),
        ("????", []),
    ],
)
def test_a_title_runs_from_the_last_question_word_to_its_mark(prose: str, found: list[str]) -> None:
    assert [inline.title for inline in titles.find(prose)] == found


@pytest.mark.parametrize(
    ("prose", "woven"),
    [
        ("Since Does a lid help?, it is used.", True),
        ("There is one way: Does a lid help?, as above.", True),
        ("Does a lid help? shows it.", True),
        ("It was hot. Does a lid help? Nobody knew.", False),
        ("Does a lid help? Nobody knew.", False),
    ],
)
def test_a_question_of_the_prose_itself_is_not_woven_into_a_sentence(
    prose: str, *, woven: bool
) -> None:
    (inline,) = titles.find(prose)
    assert inline.woven is woven


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# no heading", r"\# no heading"),
        ("---", r"\---"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("> no quote", r"\> no quote"),
        ("a #tag, a C#", r"a \#tag, a C#"),
        ("a [[link]] and a `code`", r"a \[\[link\]\] and a \`code\`"),
        ("$1 to $2 <!-- x -->", r"\$1 to \$2 \<!-- x -->"),
        ("key:: value %%x%% ((y))", r"key:\: value %\%x%\% (\(y))"),
        ("*stress* and -1 and 5-30%", "*stress* and -1 and 5-30%"),
        ("* * *", r"\* * *"),
        ("~29% lower", "~29% lower"),
        ("x @key, me@example.org &amp; R&D", r"x \@key, me@example.org \&amp; R&D"),
    ],
)
def test_what_would_act_as_markup_is_escaped(text: str, markdown: str) -> None:
    assert escape.paragraph(text) == markdown
