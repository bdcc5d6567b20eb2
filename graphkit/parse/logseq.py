"""Logseq: block references and macros in text, Org blocks, page properties in the first block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from graphkit.parse import wikilinks
from graphkit.parse.frontmatter import Entry, Value
from graphkit.parse.pieces import Field, Mark, Piece, Run
from graphkit.parse.places import Place
from graphkit.vocabulary import fold

_REFERENCE = re.compile(r"\(\((?P<id>[\w-]{6,64})\)\)")
_MACRO = re.compile(r"\{\{(?P<name>[\w-]++)\s*+(?P<argument>[^{}\n]*+)\}\}|\{\{[^{}\n]*\}\}")
_ORG = re.compile(r"#\+(?P<end>BEGIN|END)_(?P<name>\w+)", re.IGNORECASE)
_BULLET_MARK: Final = "- #"
_HEADED = re.compile(r"^[ \t]*- #{1,6} ", re.MULTILINE)  # which other outlines do not have
_IN_OUTLINE = re.compile(r"[-\s]|$|#{1,6}\s|[\w .-]+::(?:\s|$)")
_FENCE = re.compile(r"[ \t]*(?:-[ \t]+)?(?P<marks>`{3,}|~{3,})")
_COMMA_LISTS: Final = frozenset({"alias", "aliases", "tag", "tags"})
_OPAQUE: Final = frozenset({"comment", "example", "export", "query", "src"})


def read_reference(source: str, start: int) -> Piece | None:
    """`((block id))`."""
    match = _REFERENCE.match(source, start)
    if match is None:
        return None
    mark = Mark(start, match.end(), "block", "", block=match["id"])
    return Piece(match.end(), "", (mark,))


def read_macro(source: str, start: int) -> Piece | None:
    """`{{embed [[Page]]}}` and `{{video https://…}}` link; queries and templates do not."""
    match = _MACRO.match(source, start)
    return match and Piece(match.end(), "", tuple(_argument_marks(match)))


def _argument_marks(match: re.Match[str]) -> Iterator[Mark]:
    argument = (match["argument"] or "").strip()
    place = match.span()
    if argument.startswith(("http://", "https://")):
        yield Mark(*place, "url", argument)
    elif match["name"] == "embed":
        if block := _REFERENCE.fullmatch(argument):
            yield Mark(*place, "embed", "", block=block["id"])
        elif page := wikilinks.read(argument, 0):
            yield page.marks[0]._replace(start=place[0], end=place[1], form="embed")


def is_outline(text: str, lines: Iterable[str]) -> bool:
    """Whether a note shows by itself that it is an outline, whatever is known of its vault.

    Some bullet is a heading, and at the margin stand bullets, properties, headings and code only.
    """
    if _BULLET_MARK not in text or not _HEADED.search(text):
        return False
    fence = ""
    for line in lines:
        found = _FENCE.match(line)
        if fence:
            fence = "" if found and found["marks"].startswith(fence) else fence
        elif found:
            fence = found["marks"]
        elif not _IN_OUTLINE.match(line):
            return False
    return True


def outline(md: MarkdownIt) -> None:
    """Blocks may hang under a heading, and what is indented is never code."""
    md.disable("code")


def block(state: StateBlock, line: int, end_line: int, silent: bool) -> bool:
    """`#+BEGIN_QUERY … #+END_QUERY` holds no links; around other Org blocks only the markers go."""
    opening = _org(state, line)
    if opening is None:
        return False
    if silent:
        return True
    last = line
    name = opening["name"].lower()
    if opening["end"].lower() == "begin" and name in _OPAQUE:
        last = _last_line(state, line, end_line, name)
    state.line = last + 1
    return True


def _last_line(state: StateBlock, line: int, end_line: int, name: str) -> int:
    """The line that closes an Org block; the opening line itself when none does."""
    unclosed = state.env.setdefault("unclosed_org", set())
    if (name, end_line) not in unclosed:  # else a search from further up has failed already
        for after in range(line + 1, end_line):
            closing = _org(state, after)
            if closing and closing["end"].lower() == "end" and closing["name"].lower() == name:
                return after
        unclosed.add((name, end_line))
    return line


def _org(state: StateBlock, line: int) -> re.Match[str] | None:
    return _ORG.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def only_properties(run: Run) -> bool:
    """Whether a block holds properties and nothing else; if it is a page's first, they are its."""
    return 0 < _lines(run) <= len(_properties(run))


def _lines(run: Run) -> int:
    return sum(1 for line in run.source.split("\n") if line.strip())


def _properties(run: Run) -> list[Field]:
    return [field for field in run.fields if not field.bracketed]


def page_properties(run: Run, place: Place) -> tuple[Entry, ...]:
    """The properties of the whole page: those of its first block, when that holds nothing else."""
    entries = []
    for field in _properties(run) if only_properties(run) else ():
        text = run.source[field.value : field.end].strip()
        key = fold(field.key)
        if text and key != "id":  # that is the block's own id
            texts = text.split(",") if key in _COMMA_LISTS else [text]
            values = tuple(Value(each.strip(), *place(field.value), 0) for each in texts)
            shape = "list" if key in _COMMA_LISTS else "scalar"
            entries.append(Entry(field.key, shape, values, *place(field.start)))
    return tuple(entries)
