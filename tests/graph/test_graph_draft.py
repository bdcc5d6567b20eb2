"""A graph that leans on an earlier one is the graph that would be built from nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from made_vaults import claim, verdict

from graphkit import graph
from graphkit.models import Heading, Link, Note, ParsedNote, Problem, Span, Verdict, derived_id
from graphkit.vocabulary import RELATIONS, VOCABULARY, Kind, Outcome, Severity, Vocabulary

NAMES = ("a", "b", "B", "c d", "a.b", "\u00e9")
WORKS = ("arXiv:2501.00001", "arXiv:2501.00001v2", "doi:10.1000/a")
ALIASES = ("nick", "a", "x/b", "c-d")
UNIVERSAL = "0a1b2c3d-0000-4000-8000-000000000000"
TAKEN = derived_id(Kind.GHOST, "nick")  # an id that a missing note would have
TARGETS = (
    *NAMES, *ALIASES, *WORKS, "x/a.md", "./b", "../a", "..", "../x/", "/y/b", "x/", "x", "y/x",
    "c%20d", "x/C%20D.md", "e\u0301", "cd", "Title", "a___b", "x/../b", "https://a.b/c", "OWN-1",
    "nick", "a.pdf", "",
)  # fmt: skip
FORMS = ("wikilink", "wikilink", "markdown", "citation", "tag", "block", "url")
RELATION_WORDS = ("", "supports", "suports", "contradicts", "Sources", "depends on")

CALLED = ("id", "kind", "title", "aliases", "identifiers", "headings", "blocks", "tests")
FILES = ("a", "b", "c d", "a.b", "A", "e\u0301", "a___b", "index", "x")
PATHS = [f"{folder}{name}.md" for folder in ("", "x/", "y/x/") for name in FILES]
KINDS = (Kind.NOTE, Kind.CLAIM, Kind.SOURCE, Kind.RESULT)


def made_links(chance: Random, path: str) -> tuple[Link, ...]:
    return tuple(
        Link(
            chance.choice(TARGETS),
            Span(path, line),
            chance.choice(FORMS),
            heading=chance.choice(("", "h")),
            block=chance.choice(("", "", "k", UNIVERSAL)),
            relation=chance.choice(RELATION_WORDS),
            inverted=chance.random() < 0.3,
            explicit=chance.random() < 0.5,
            phrase=chance.choice(("", "", "evidence for")),
            context=chance.choice(("", "why")),
        )
        for line in range(chance.randrange(6))
    )


def made_page(chance: Random) -> ParsedNote:
    path, kind = chance.choice(PATHS), chance.choice(KINDS)
    note = Note(
        path,
        chance.choice((derived_id(kind, path), derived_id(kind, path), "OWN-1", TAKEN)),
        kind,
        chance.choice(("Title", *NAMES)),
        aliases=tuple(chance.sample(ALIASES, chance.randrange(3))),
        identifiers=tuple(chance.sample(WORKS, chance.randrange(2))),
        tests=chance.choice(((), ("t1",))),
        headings=chance.choice(((), (Heading("h", 2, 3),))),
        blocks=chance.choice(((), (("k", 4),), ((UNIVERSAL, 5),))),
        properties=chance.choice(((), (("run", "t1"),))),
    )
    problem = Problem("odd", Severity.INFO, "odd", Span(path))
    return ParsedNote(note, made_links(chance, path), chance.choice(((), (problem,))))


def history(chance: Random) -> Iterator[list[ParsedNote]]:
    """States of one vault, each with most values of the one before."""
    state = {page.note.path: page for page in (made_page(chance) for _ in range(8))}
    for _ in range(8):
        yield chance.sample([*state.values()], len(state))
        old, new = chance.choice([*state.values()]), made_page(chance)
        path = old.note.path
        match chance.choice(("write", "call", "call", "rename", "rename", "put", "delete")):
            case "rename":
                del state[path]
                state[new.note.path] = old._replace(note=replace(old.note, path=new.note.path))
            case "write":
                state[path] = old._replace(links=made_links(chance, path))
            case "call":
                field = chance.choice(CALLED)
                note = replace(old.note, **{field: getattr(new.note, field)})
                state[path] = old._replace(note=note)
            case "delete" if len(state) > 1:
                del state[path]
            case _:
                state[new.note.path] = new


def made_verdicts(chance: Random) -> list[Verdict]:
    tests = chance.sample(("t1", "t2"), chance.randrange(3))
    return [verdict(test, chance.choice([*Outcome])) for test in tests]


def told(built: graph.Draft) -> tuple[Any, ...]:
    """All of a graph, the order of its nodes included."""
    made = built.graph
    return (*made.nodes.items(), made.edges, made.problems, made.links, made.verdicts)


@given(st.randoms(use_true_random=True))
def test_every_state_of_a_vault_is_built_as_if_from_nothing(chance: Random) -> None:
    before = None
    for state in history(chance):
        said = made_verdicts(chance)
        before = graph.draft(state, said, before=before)
        assert told(before) == told(graph.draft(state, said))


def test_other_words_for_relations_draw_every_edge_again() -> None:
    state = [claim("theory", ("suggests", "datum")), claim("datum")]
    row = replace(RELATIONS[0], name="suggests", inverse="is suggested by")
    own = Vocabulary((row, *RELATIONS[1:]))
    drafts = [graph.draft(state, vocabulary=VOCABULARY)]
    drafts.append(graph.draft(state, vocabulary=own, before=drafts[0]))
    assert drafts[1].graph.edges == graph.build(state, vocabulary=own).edges


def test_links_of_notes_that_did_not_change_are_not_read_again() -> None:
    state = [claim("theory", ("has evidence", "datum")), claim("datum"), claim("other")]
    edited = [*state[:2], claim("other", ("supports", "theory"))]
    drafts = [graph.draft(state)]
    drafts.append(graph.draft(edited, before=drafts[0]))
    for one, next_ in pairwise(drafts):
        assert next_.pages["theory.md"].edges is one.pages["theory.md"].edges
        assert next_.names is one.names


def test_links_that_ask_for_no_name_that_came_or_went_are_not_read_again() -> None:
    theory = claim("theory", ("has evidence", "datum"))
    plan = claim("plan", ("depends on", "nowhere"))
    first = graph.draft([theory, plan, claim("datum"), claim("other")])
    renamed = graph.draft([theory, plan, claim("datum"), claim("elsewhere")], before=first)
    assert renamed.pages["theory.md"] is first.pages["theory.md"]
    assert renamed.pages["plan.md"] is first.pages["plan.md"]
    found = graph.draft([theory, plan, claim("datum"), claim("nowhere")], before=renamed)
    assert found.pages["theory.md"] is first.pages["theory.md"]
    assert found.graph.links.missing == first.graph.links.missing - 1
