"""Every example of every dialect: text files of input and what is read out of it.

A file begins with a sentence about it and a line `show: VIEW, VIEW`; a line `dialect: OPTION,
OPTION=TEXT` may say what holds for its vault. A case is a title, then
input and expected lines between single dots; "(as PATH)" at a title's end names the note's file.
In the input `␀` is NUL, `␍` a carriage return and `␉` a tab.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from graphkit import parse
from graphkit.dialect import Dialect
from graphkit.models import Link, ParsedNote
from graphkit.vocabulary import Kind

FIXTURES: Final = Path(__file__).parent / "fixtures"
_CASE = re.compile(
    r"^(?P<title>.+)\n\.\n(?P<source>(?:.*\n)*?)\.\n(?P<expected>(?:.*\n)*?)\.$", re.MULTILINE
)
_INVISIBLE: Final = {"␀": "\0", "␍": "\r", "␉": "\t"}


class Case(NamedTuple):
    file: str
    title: str
    path: str
    source: str
    expected: str
    views: tuple[str, ...]
    dialect: Dialect


def cases(file: Path) -> Iterator[Case]:
    text = file.read_text(encoding="utf-8")
    shown = re.search(r"^show: (.+)$", text, re.MULTILINE)
    assert shown, f"{file.name} names no view"
    for match in _CASE.finditer(text):
        path = re.search(r"\(as (.+)\)$", match["title"])
        yield Case(
            file.stem,
            match["title"],
            path[1] if path else "note.md",
            match["source"],
            match["expected"],
            tuple(shown[1].split(", ")),
            dialect(text),
        )


def dialect(text: str) -> Dialect:
    """The options of a file's vault; one without a text is a switch."""
    line = re.search(r"^dialect: (.+)$", text, re.MULTILINE)
    said = re.split(r", (?=[a-z_]+(?:=|$|,))", line[1]) if line else ()
    named = (option.partition("=") for option in said)
    return Dialect(**{name: text if equals else True for name, equals, text in named})  # type: ignore[arg-type]


def links(parsed: ParsedNote) -> Iterator[str]:
    return (link_line(link) for link in parsed.links)


def link_line(link: Link) -> str:
    said = {
        "alias": link.alias,
        "heading": link.heading,
        "block": link.block,
        "relation": link.relation,
        "context": link.context if link.relation else "",
        "inferred": link.phrase,
    }
    flags = [name for name in ("explicit", "inverted") if getattr(link, name)]
    words = [f"{name}={value!r}" for name, value in said.items() if value]
    confidence = [f"confidence={link.confidence}"] if link.phrase else []
    place = f"{link.span.line}:{link.span.column}"
    return " ".join([place, link.form, repr(link.target), *words, *confidence, *flags])


def contexts(parsed: ParsedNote) -> Iterator[str]:
    return (f"{link.target}: {link.context}" for link in parsed.links)


def note(parsed: ParsedNote) -> Iterator[str]:
    read = parsed.note
    if read.kind is not Kind.NOTE:
        yield f"kind {read.kind}"
    yield f"title {read.title}"
    for name in ("aliases", "identifiers", "tags", "tests", "blocks", "properties"):
        for value in getattr(read, name):
            yield f"{name} {value if isinstance(value, str) else ' '.join(map(str, value))}"


def paragraphs(parsed: ParsedNote) -> Iterator[str]:
    for paragraph in parsed.note.paragraphs:
        yield f"{paragraph.line} [{paragraph.heading}] {paragraph.text!r}"


def figures(parsed: ParsedNote) -> Iterator[str]:
    for figure in parsed.note.figures:
        words = (figure.unit, figure.direction, figure.metric, figure.baseline)
        place = f"{figure.span.line}:{figure.span.column}"
        yield " | ".join([f"{place} {figure.value:g}", *words, figure.text])


def problems(parsed: ParsedNote) -> Iterator[str]:
    for problem in parsed.problems:
        place = f"{problem.span.line}:{problem.span.column}"
        yield f"{place} {problem.severity} {problem.code}: {problem.message}"


VIEWS: Final[dict[str, Callable[[ParsedNote], Iterator[str]]]] = {
    view.__name__: view for view in (links, contexts, note, paragraphs, figures, problems)
}


def read(case: Case) -> str:
    source = case.source
    for shown, meant in _INVISIBLE.items():
        source = source.replace(shown, meant)
    parsed = parse.note(source, case.path, dialect=case.dialect)
    lines = [line for view in case.views for line in VIEWS[view](parsed)]
    return "".join(f"{line}\n" for line in lines)


ALL: Final = [case for file in sorted(FIXTURES.glob("*.txt")) for case in cases(file)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}: {case.title}")
def test_a_note_is_read_as_its_example_says(case: Case) -> None:
    assert read(case) == case.expected


def test_every_dialect_has_examples() -> None:
    assert {case.file for case in ALL} == {file.stem for file in FIXTURES.glob("*.txt")}
