"""One note's text to its `ParsedNote`: what the rules took, put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from markdown_it.token import Token

from graphkit.dialect import PLAIN, Dialect
from graphkit.models import Figure, Heading, Note, Paragraph, ParsedNote, derived_id
from graphkit.parse import (
    blocks,
    frontmatter,
    journals,
    linking,
    logseq,
    markdown,
    properties,
    prose,
    relations,
    routes,
    runs,
    titles,
    toml_matter,
    unclosed,
)
from graphkit.parse.anchors import block_ids
from graphkit.parse.frontmatter import Entry, FrontMatter
from graphkit.parse.oversize import without_long_lines
from graphkit.parse.pieces import Mark, Run
from graphkit.parse.places import places
from graphkit.parse.properties import Properties, unique
from graphkit.parse.titles import Called
from graphkit.vocabulary import VOCABULARY, Kind, Vocabulary

_PROSE = frozenset({"paragraph", "item"})
_FRONT = {"front_matter": frontmatter.read, "toml_front_matter": toml_matter.read}
_STATING = frozenset({Kind.CLAIM, Kind.SOURCE})  # kinds whose numbers are findings


def note(
    text: str, path: str, vocabulary: Vocabulary = VOCABULARY, dialect: Dialect = PLAIN
) -> ParsedNote:
    """Read one note. Odd text becomes Problems, never an exception.

    `path` is relative to the vault; it gives the title and the id of a note that states none.
    `dialect` says what holds for the whole vault.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�")
    lines, overlong = without_long_lines(text.split("\n"), path)
    if overlong:
        text = "\n".join(lines)
    if not dialect.outline and logseq.is_outline(text, lines):
        dialect = dialect._replace(outline=True)
    managed = blocks.find(text, path)
    skipped = {each.line - 1: each.last_line for each in managed.blocks}
    tokens = markdown.tokens(text, skipped, dialect)
    front = _front_matter(tokens, path)
    body = list(runs.read(tokens, lines))
    links = list(linking.front_links(front, partial(_marks, dialect), path, vocabulary))
    paragraphs: list[Paragraph] = []
    for run, scope in zip(body, relations.scopes(body, vocabulary), strict=True):
        typed: dict[int, relations.Typed] = {}
        if run.marks:
            typed = relations.typings(run, scope, vocabulary)
            links.extend(linking.links(run, typed, places(run, lines), path))
        listed = run.role == "item" and 0 in typed and not run.fields
        if run.role in _PROSE and not listed:
            paragraphs.extend(_paragraph(run))
    known = properties.read((*front.entries, *_page_properties(body, lines)), path)
    problems = (*front.problems, *known.problems, *managed.problems, *overlong)
    return ParsedNote(
        _note(path, known, _named(path, known, body, dialect), body, tuple(paragraphs), lines),
        tuple(links),
        (*problems, *unclosed.problems(tokens, lines, path)),
    )


def _front_matter(tokens: Sequence[Token], path: str) -> FrontMatter:
    read = _FRONT.get(tokens[0].type) if tokens else None
    return read(tokens[0].content, path, 2) if read else FrontMatter()


def _page_properties(body: Sequence[Run], lines: Sequence[str]) -> tuple[Entry, ...]:
    if not body or not body[0].fields:
        return ()
    return logseq.page_properties(body[0], places(body[0], lines))


def _marks(dialect: Dialect, text: str) -> list[Mark]:
    """The links in a property's value."""
    tokens = markdown.value_tokens(text, dialect)
    return [mark for run in runs.read(tokens, (text,)) for mark in run.marks]


def _paragraph(run: Run) -> Iterator[Paragraph]:
    shown = prose.clean(run)
    text = shown.lstrip()
    if text:
        skipped = shown.count("\n", 0, len(shown) - len(text))
        yield Paragraph(run.heading, run.line + skipped + 1, text)


def _first_heading(body: Sequence[Run]) -> str:
    """The note's first heading, if of level one; one with a link in it as it is written, for a
    title is shown as text and its brackets must not be lost.
    """
    first = next((run for run in body if run.role == "heading"), None)
    if first is None or first.level != 1:
        return ""
    return first.source.strip() if any(m.form == "wikilink" for m in first.marks) else first.text


def _named(path: str, known: Properties, body: Sequence[Run], dialect: Dialect) -> Called:
    """A journal page is called by its day, whatever its first heading says."""
    stated = known.title or journals.title(path, dialect) or _first_heading(body)
    called = titles.name(stated, path)
    return called._replace(aliases=(*called.aliases, *routes.of_page(path, dialect)))


def _figures(
    paragraphs: tuple[Paragraph, ...], lines: Sequence[str], path: str
) -> tuple[Figure, ...]:
    from graphkit.parse import figures  # its patterns take long to compile

    return tuple(figures.figures(paragraphs, lines, path))


def _note(
    path: str,
    known: Properties,
    called: Called,
    body: Sequence[Run],
    paragraphs: tuple[Paragraph, ...],
    lines: Sequence[str],
) -> Note:
    headings = tuple(
        Heading(run.text, run.level, run.line + 1) for run in body if run.role == "heading"
    )
    kind = known.kind or called.kind
    tags = (mark.target for run in body for mark in run.marks if mark.form == "tag")
    key = known.identifiers[0] if kind is Kind.SOURCE and known.identifiers else path
    return Note(
        path=path,
        id=known.id or derived_id(kind, key),
        kind=kind,
        title=called.title,
        summary=" ".join(paragraphs[0].text.split()) if paragraphs else "",
        aliases=unique((*known.aliases, *called.aliases)),
        identifiers=known.identifiers,
        tags=unique((*known.tags, *tags)),
        tests=known.tests,
        headings=headings,
        blocks=tuple(block_ids(body)),
        paragraphs=paragraphs,
        figures=_figures(paragraphs, lines, path) if kind in _STATING else (),
        properties=known.rest,
    )
