"""What is wrong in notes, and what would be written to them, as JSON documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graphkit.models import Change, Problem
from graphkit.render.documents.values import Document

if TYPE_CHECKING:
    from graphkit.render.summaries.scene import Quote
    from graphkit.render.summary import Summary


def problems(found: Iterable[Problem]) -> Document:
    """graphkit.problems.v1: what is wrong, each with its place and next step."""
    return {"schema": "graphkit.problems.v1", "problems": [one.plain() for one in found]}


def changes(planned: Iterable[Change]) -> Document:
    """graphkit.changes.v1: the notes that would be written and why, or why they must not be."""
    return {
        "schema": "graphkit.changes.v1",
        "changes": [_change(change) for change in planned],
    }


def regeneration(
    planned: Iterable[Change], summaries: Mapping[str, Summary], *, written: bool
) -> Document:
    """graphkit.regeneration.v1: stale summaries with their causes, and every quoted sentence.

    `written` says whether the changes without a problem were carried out.
    """
    return {
        "schema": "graphkit.regeneration.v1",
        "written": written,
        "changes": [{**_change(each), "conflicts": list(each.conflicts)} for each in planned],
        "summaries": [
            {"path": path, "sentences": [_quote(quote) for quote in made.quotes]}
            for path, made in summaries.items()
        ],
    }


def _quote(quote: Quote) -> Document:
    return {"text": quote.text, "path": quote.path, "line": quote.line, "heading": quote.heading}


def _change(change: Change) -> Document:
    return {
        "path": change.path,
        "causes": list(change.causes),
        "problem": change.problem.plain() if change.problem else None,
    }
