"""What links mean, case by case, and what the resolver never does."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from made_vaults import written

from graphkit import graph
from graphkit.models import Graph, ParsedNote

GROUPS = tomllib.loads(Path(__file__).with_name("resolver.toml").read_text(encoding="utf-8"))
CASES = [
    pytest.param(group, link, expected, id=f"{group['name']}: {link[:60]}")
    for group in GROUPS["group"]
    for link, expected in group["cases"]
]
LINK_CODES = {"missing-heading", "missing-block"}


@pytest.mark.parametrize(("group", "link", "expected"), CASES)
def test_link_means(group: dict[str, Any], link: str, expected: str) -> None:
    place = group.get("page", "page.md")
    texts = dict.fromkeys(group.get("files", ()), "") | group.get("texts", {})
    pages = written({**texts, place: f"{texts.get(place, '')}\n- {link}\n"})
    assert outcome(graph.build(pages), pages, place) == expected


def outcome(built: Graph, pages: tuple[ParsedNote, ...], place: str) -> str:
    """What became of the one link on a page, in the words of the fixture."""
    here = next(page.note for page in pages if page.note.path == place)
    found = [problem for problem in built.problems if problem.span.path == place]
    codes = {problem.code for problem in found}
    hint = next((problem.hint for problem in found), "").removesuffix("?")
    if "ambiguous-target" in codes:
        return f"ambiguous: {hint.removeprefix('write one of ')}"
    if "missing-target" in codes:
        _, suggests, candidates = hint.partition("did you mean ")
        return f"missing: {candidates}" if suggests else "missing"
    if built.links.external:
        return "external"
    ends = {end for edge in built.edges for end in (edge.source, edge.target)} - {here.id}
    joined = built.nodes[ends.pop() if ends else here.id]
    shown = joined.path or f"work: {joined.identifiers[0]}"
    return " + ".join([shown, *sorted(codes & LINK_CODES)])


def test_the_suite_is_not_small() -> None:
    assert len(CASES) >= 100
