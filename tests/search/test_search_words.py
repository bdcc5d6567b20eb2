from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.search import words


def test_sentences_end_where_a_reader_would_stop() -> None:
    text = "Models guess, e.g. on trivia. They should not! See Smith et al. 2024 (p. 3). Why?"
    found = [sentence for _, sentence in words.sentences(text)]
    assert found == [
        "Models guess, e.g. on trivia.",
        "They should not!",
        "See Smith et al. 2024 (p. 3).",
        "Why?",
    ]


def test_a_spaced_full_stop_ends_a_sentence_in_lower_case() -> None:
    assert len(list(words.sentences("fatty acids cross . glucose does not ."))) == 2


def test_chinese_sentences_need_no_space() -> None:
    assert len(list(words.sentences("模型会猜。它不该猜。"))) == 2


@given(st.text())
def test_sentences_lie_where_they_say(text: str) -> None:
    for offset, sentence in words.sentences(text):
        assert sentence
        assert text[offset:].lstrip().startswith(sentence)


def test_common_words_are_left_out_unless_there_are_no_others() -> None:
    assert words.content("Why do models not say they know?") == ("models", "know")
    assert words.content("who are you") == ("who", "are", "you")


def test_a_possessive_is_looked_up_by_its_noun() -> None:
    assert words.terms("the user’s age, Crohn's disease") == (
        "the",
        "user",
        "age",
        "crohn",
        "disease",
    )
    assert words.content("what's somebody's age") == ("age",)


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Jan 27th, 2021", True),
        ("2021_01_27", True),
        ("2021-W04", True),
        ("Monday, 5 April 2021", True),
        ("March", False),
        ("2021 in review", False),
        ("GPT-4", False),
        ("", False),
    ],
)
def test_a_title_may_be_a_day(title: str, day: bool) -> None:
    assert words.dated(title) is day


def test_a_word_is_one_however_its_accents_are_written() -> None:
    assert words.terms("re\u0301sume\u0301") == ("r\u00e9sum\u00e9",)
    assert words.terms("a\u0301\u0302\u0303bstain") == ("\u00e1\u0302\u0303bstain",)


def test_unspaced_scripts_become_overlapping_pairs() -> None:
    assert words.spread("机器学习 helps").split() == ["机器", "器学", "学习", "习", "helps"]
    assert words.terms("机器学习") == ("机器", "器学", "学习")
    assert words.expression("学") == '"学"*'


def test_overlapping_pairs_are_told_as_the_run_they_came_from() -> None:
    pieces = [*words.terms("机器学习"), "ab", "bc", *words.terms("不知道")]
    assert words.rejoined(pieces) == ("机器学习", "ab", "bc", "不知道")
    assert words.rejoined(()) == ()


def test_quoted_words_are_a_phrase_and_a_star_a_prefix() -> None:
    assert '"reward design"' in words.expression('the "reward design" matters')
    assert words.expression("abst*") == '"abst"*'


@given(st.text(alphabet=st.characters(codec=None)) | st.text("\"'*()^:-+{}<>\0 ANDORTNEAR学\ud800"))
def test_any_text_is_a_valid_expression(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5(title, body)")
    expression = words.expression(text)
    if expression:
        connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,)).fetchall()
    connection.close()


def test_a_long_paste_keeps_a_bounded_number_of_terms() -> None:
    assert len(words.terms(" ".join(f"w{number}" for number in range(20_000)))) == words.MOST_TERMS
