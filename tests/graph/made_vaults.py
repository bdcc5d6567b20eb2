"""Small vaults for tests of the graph: from values, and from Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graphkit import parse
from graphkit.models import Graph, Link, Note, ParsedNote, Problem, Span, Verdict, derived_id
from graphkit.vocabulary import Kind, Outcome


def page(path: str, *links: tuple[str, str], kind: Kind = Kind.CLAIM, **more: object) -> ParsedNote:
    """A note titled as its file, with wikilinks of (relation words, target), one a line."""
    stem = path.rpartition("/")[2].removesuffix(".md")
    fields = {"id": derived_id(kind, path), "title": stem, **more}
    return ParsedNote(
        Note(path=path, kind=kind, **fields),  # type: ignore[arg-type]  # each test names them
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


def verdict(
    test: str, outcome: Outcome = Outcome.REPRODUCED, profile: str = "full", **more: object
) -> Verdict:
    return Verdict(test, f"Whether {test}", outcome, profile=profile, **more)  # type: ignore[arg-type]  # each test names them


def titles(built: Graph, ids: Iterable[str]) -> set[str]:
    """Nodes by the names that the test gave them."""
    return {built.nodes[each].title for each in ids}


def edges(built: Graph) -> set[tuple[str, str, str]]:
    """All edges as (source, relation, target), by title."""
    title = {key: node.title for key, node in built.nodes.items()}
    return {(title[edge.source], edge.relation, title[edge.target]) for edge in built.edges}


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]
