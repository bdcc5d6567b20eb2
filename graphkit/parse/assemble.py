"""One note's text to its `ParsedNote`: the rules read, this module puts together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from graphkit.models import Heading, Link, Note, Paragraph, ParsedNote, Span, derived_id
from graphkit.parse import blocks, frontmatter, properties, prose, relations, runs, syntax, titles
from graphkit.parse.frontmatter import FrontMatter, Value
from graphkit.parse.pieces import Mark, Run
from graphkit.parse.places import Place, cell_end, places
from graphkit.parse.properties import Properties
from graphkit.vocabulary import VOCABULARY, Kind, Vocabulary, fold

_BLOCK_ID = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)\s*$")
_NO_TYPING = relations.Scope()


def note(text: str, path: str, vocabulary: Vocabulary = VOCABULARY) -> ParsedNote:
    """Read one note. Odd text becomes Problems, never an exception.

    `path` is relative to the vault; it gives the title and the id of a note that states none.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�")
    lines = text.split("\n")
    managed = blocks.find(text, path)
    env = {"managed": {block.line - 1: block.last_line - 1 for block in managed.blocks}}
    tokens = syntax.parser().parse(text, env)
    front = _front_matter(tokens, path)
    known = properties.read(front.entries, path)
    body = list(runs.read(tokens))
    links = list(_front_links(front, path, vocabulary))
    paragraphs: list[Paragraph] = []
    scope = _NO_TYPING
    for run, place in _placed(body, lines):
        if run.role == "heading":
            scope = relations.scope(run, vocabulary)
        typed = relations.type_marks(run, scope, vocabulary) if run.marks else {}
        links.extend(_links(run, typed, place, path))
        if run.role in ("paragraph", "item") and not (run.role == "item" and typed):
            shown = prose.clean(run)
            if shown:
                paragraphs.append(Paragraph(run.heading, run.line + 1, shown))
    return ParsedNote(
        _note(path, known, body, paragraphs),
        tuple(links),
        (*front.problems, *known.problems, *managed.problems),
    )


def _front_matter(tokens: list[Token], path: str) -> FrontMatter:
    if not tokens or tokens[0].type != "front_matter":
        return FrontMatter()
    return frontmatter.read(tokens[0].content, path, 2)


def _front_links(front: FrontMatter, path: str, vocabulary: Vocabulary) -> Iterator[Link]:
    """Links in front matter: typed by their key; bare addresses only by a key that is known."""
    for entry in front.entries:
        if fold(entry.key) in properties.KNOWN_KEYS:
            continue
        known = vocabulary.find(entry.key) is not None
        for value in entry.values:
            for mark in _value_marks(value.text):
                typed = known or mark.form not in ("url", "identifier", "tag")
                yield Link(
                    mark.target,
                    _value_span(front, value, mark, path),
                    mark.form,
                    mark.alias,
                    mark.heading,
                    mark.block,
                    relation=entry.key if typed else "",
                    explicit=typed,
                )


def _value_marks(text: str) -> list[Mark]:
    tokens = syntax.parser().parseInline(text, {})
    return [mark for run in runs.read(tokens) for mark in run.marks]


def _value_span(front: FrontMatter, value: Value, mark: Mark, path: str) -> Span:
    """Where the link itself stands, else (its quotes are escaped) the value it stands in."""
    found = front.source.find(value.text[mark.start : mark.end], value.offset)
    if found < 0:
        return Span(path, value.line, value.column)
    line = front.source.count("\n", 0, found)
    column = found - front.source.rfind("\n", 0, found)
    return Span(path, line + 2, column)


def _placed(body: Iterable[Run], lines: list[str]) -> Iterator[tuple[Run, Place]]:
    row = cursor = -1
    for run in body:
        if run.role == "cell":
            if run.line != row:
                row, cursor = run.line, 0
            yield run, places(run, lines, cursor)
            cursor = cell_end(run, lines[run.line], cursor)
        else:
            yield run, places(run, lines)


def _links(run: Run, typed: dict[int, relations.Typing], place: Place, path: str) -> Iterator[Link]:
    sentences = None
    for index, mark in enumerate(run.marks):
        span = Span(path, *place(mark.start))
        typing = typed.get(index)
        if typing is None:
            if sentences is None:
                sentences = prose.sentences(run.text)
            yield _link(mark, span, context=prose.around(run.text, sentences, mark.at))
        else:
            said = relations.remark(run.source, mark)
            yield Link(
                mark.target, span, mark.form, mark.alias, mark.heading, mark.block,
                typing.words, typing.inverted, typing.explicit, said.phrase, said.confidence, said.context,
            )  # fmt: skip


def _link(mark: Mark, span: Span, context: str) -> Link:
    return Link(mark.target, span, mark.form, mark.alias, mark.heading, mark.block, context=context)


def _note(path: str, known: Properties, body: list[Run], paragraphs: list[Paragraph]) -> Note:
    headings = tuple(
        Heading(run.text, run.level, run.line + 1) for run in body if run.role == "heading"
    )
    title = known.title or (headings[0].text if headings and headings[0].level == 1 else "")
    title = title or titles.from_path(path)
    aliases = known.aliases
    kind = known.kind
    if prefixed := titles.prefixed(title):
        aliases = (*aliases, title)
        kind, title = kind or prefixed.kind, prefixed.title
    kind = kind or Kind.NOTE
    key = known.identifiers[0] if kind is Kind.SOURCE and known.identifiers else path
    tags = [mark.target for run in body for mark in run.marks if mark.form == "tag"]
    return Note(
        path,
        known.id or derived_id(kind, key),
        kind,
        title,
        paragraphs[0].text if paragraphs else "",
        aliases,
        known.identifiers,
        tuple(dict.fromkeys([*known.tags, *tags])),
        known.tests,
        headings,
        tuple((match[1], run.line + 1) for run in body if (match := _BLOCK_ID.search(run.source))),
        tuple(paragraphs),
        (),
        known.rest,
    )
