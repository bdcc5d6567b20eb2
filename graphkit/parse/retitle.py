"""Where a note's title stands in its text, and the edits that give it another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import yaml

from graphkit.models import Heading, Note
from graphkit.parse import edits, markdown, runs, yaml_text
from graphkit.parse.edits import Edit

_PROPERTY: Final = re.compile(r"(?im)^[ \t>*-]*title::[ \t]+(?P<value>\S(?:.*\S)?)[ \t]*$")
_TOML: Final = re.compile(
    r"\+\+\+[ \t]*\n(?:(?!\+\+\+|\[).*\n)*?title[ \t]*=[ \t]*"
    r"(?P<quote>[\"'])(?P<value>[^\"'\\\n]+)(?P=quote)"
)
_ATX: Final = re.compile(r"[ \t>*+-]*#[ \t]+(?P<value>.*?)(?:[ \t]+#+)?[ \t]*$")
_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


class _Stated(NamedTuple):
    """A title that a property states: its words and the edit's stretch."""

    words: str
    start: int
    end: int
    quote: str  # as in `yaml_text`


def retitled(text: str, note: Note, title: str) -> tuple[Edit, ...]:
    """The edits to a normal text that make `title` the note's title; none if its file names it.

    A title property is changed, and the first heading too where it says the same; a prefix of
    discourse graphs stays.
    """
    stated = _front_title(text) or _property_title(text, note.title)
    heading = note.headings[0] if note.headings and note.headings[0].level == 1 else None
    words = stated.words if stated else heading.text if heading else note.title
    new = words.removesuffix(note.title) + title if words.endswith(note.title) else title
    found = []
    if stated:
        written = yaml_text.value(new, stated.quote) if stated.quote else new
        found.append(Edit(stated.start, stated.end, written))
    if heading and heading.text in (words, note.title):
        found.append(_heading(text, heading, note.title, title))
    return tuple(found)


def _front_title(text: str) -> _Stated | None:
    if match := _TOML.match(text):
        return _Stated(match["value"], match.start("value") - 1, match.end("value") + 1, '"')
    front = yaml_text.front(text)
    known = yaml_text.entry(front, "title")
    if known is None or not isinstance(node := known[1], yaml.ScalarNode) or not node.value.strip():
        return None
    start, end = (front.start + mark.index for mark in (node.start_mark, node.end_mark))
    written = text[start:end]
    end -= len(written) - len(written.rstrip())  # a block scalar ends with its line
    return _Stated(node.value.strip(), start, end, node.style or yaml_text.PLAIN)


def _property_title(text: str, title: str) -> _Stated | None:
    """Logseq's `title::`, which only its page properties can have made the title."""
    for match in _PROPERTY.finditer(text):
        if match["value"].endswith(title):
            return _Stated(match["value"], *match.span("value"), "")
    return None


def _heading(text: str, heading: Heading, old: str, title: str) -> Edit:
    """The old words of a heading changed; the whole of it where mark-up stands between them."""
    start = edits.offset(text, heading.line, 1)
    line = text[start:].partition("\n")[0]
    match = _ATX.match(line)
    first, last = match.span("value") if match else (0, len(line.rstrip()))
    value = line[first:last]
    if old in value:
        first += value.rfind(old) if value.endswith(old) else value.find(old)
        last = first + len(old)
    return Edit(start + first, start + last, _as_markdown(title))


def _as_markdown(title: str) -> str:
    """The title so written that a reader sees it: escaped only where it would read otherwise."""
    return title if "".join(_shown(title)) == title else _PUNCTUATION.sub(r"\\\1", title)


def _shown(title: str) -> Iterator[str]:
    lines = (f"# {title}",)
    return (run.text for run in runs.read(markdown.tokens(lines[0]), lines))
