"""Small vaults for tests of the graph: from values, and from Markdown."""

from __future__ import annotations

from collections.abc import Mapping

from graphkit import parse
from graphkit.models import Link, Note, ParsedNote, Span, derived_id
from graphkit.vocabulary import Kind


def page(path: str, *links: tuple[str, str], kind: Kind = Kind.CLAIM, **more: object) -> ParsedNote:
    """A note titled as its file, with wikilinks of (relation words, target), one a line."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    fields = {"id": derived_id(kind, path), "title": stem, **more}
    return ParsedNote(
        Note(path=path, kind=kind, **fields),  # type: ignore[arg-type]  each test names the fields
        tuple(
            Link(target, Span(path, line), "wikilink", relation=words)
            for line, (words, target) in enumerate(links, start=1)
        ),
        (),
    )


def claim(name: str, *links: tuple[str, str], **more: object) -> ParsedNote:
    return page(f"{name}.md", *links, kind=Kind.CLAIM, **more)


def source(name: str, *links: tuple[str, str], **more: object) -> ParsedNote:
    return page(f"{name}.md", *links, kind=Kind.SOURCE, **more)


def question(name: str, *links: tuple[str, str], **more: object) -> ParsedNote:
    return page(f"{name}.md", *links, kind=Kind.QUESTION, **more)


def written(texts: Mapping[str, str]) -> tuple[ParsedNote, ...]:
    """A vault from its files: Markdown by path."""
    return tuple(parse.note(text, path) for path, text in texts.items())
