"""Bytes of any kind become text, and what was odd about them is said."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit import parse

TEXT = "# Ünïcode 😀\r\n[[T]]\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_every_marked_encoding_gives_the_same_text(mark: bytes, encoding: str) -> None:
    assert parse.decode(mark + TEXT.encode(encoding), "n.md") == (TEXT, ())


def test_what_is_not_utf8_is_told_by_its_place() -> None:
    text, (problem,) = parse.decode(b"ok\r\nna\xefve \xff", "n.md")
    assert text == "ok\r\nna�ve �"
    assert (problem.code, str(problem.span)) == ("not-utf8", "n.md:2:3")
    assert "0xef" in problem.message


def test_an_odd_number_of_bytes_in_utf16() -> None:
    text, (problem,) = parse.decode(codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"c", "n.md")
    assert text == "ab�"
    assert problem.code == "not-utf8"


def test_nuls_are_told_and_kept() -> None:
    text, (problem,) = parse.decode(b"a\n\0\0", "n.md")
    assert text == "a\n\0\0"
    assert (problem.code, str(problem.span)) == ("nul-character", "n.md:2:1")


def test_nothing_is_text_too() -> None:
    assert parse.decode(b"", "n.md") == ("", ())


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    text, problems = parse.decode(data, "n.md")
    assert parse.note(text, "n.md").note.path == "n.md"
    assert all(problem.span.path == "n.md" for problem in problems)
