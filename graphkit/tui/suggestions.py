"""What may be missing between a note and the others, each to be written after its diff was seen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from graphkit.found import Suggestion
from graphkit.models import Graph
from graphkit.tui.entries import QUIET, kind_mark, where
from graphkit.tui.rows import Line, Row
from graphkit.tui.screens.diff import Planned, Proposal, notes
from graphkit.tui.screens.ledger import Ledger

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


def of(id_: str) -> Ledger:
    """The links that a note may lack; choosing one shows what would be written."""
    about: Line = (("enter shows what would be written; nothing counts until it is", QUIET),)
    nothing = "Nothing seems to be missing between this note and the others."
    return Ledger("Suggestions", about, partial(_rows, id_), nothing)


def _rows(id_: str, workspace: Workspace) -> Iterator[Row]:
    if id_ in workspace.graph.nodes:
        for suggestion in workspace.suggest(id_):
            yield _row(suggestion, workspace.graph, id_)


def _row(suggestion: Suggestion, graph: Graph, id_: str) -> Row:
    other = suggestion.target if suggestion.source == id_ else suggestion.source
    node = graph.nodes[other]
    return Row(
        node.title,
        Proposal("Accept a suggestion", partial(_accepted, suggestion), "It is written already."),
        kind_mark(node.kind),
        tail=((f"{suggestion.hunch} {suggestion.score:.2f} ", "$doubt"),),
        notes=(((suggestion.line, "$inferred italic"),), *_grounds(suggestion)),
        place=where(suggestion.span),
        lines=3,
    )


def _grounds(suggestion: Suggestion) -> Iterator[Line]:
    yield from (((ground.says, QUIET),) for ground in suggestion.grounds)


def _accepted(suggestion: Suggestion, workspace: Workspace) -> Planned:
    return notes(workspace.accept([suggestion]), workspace)
