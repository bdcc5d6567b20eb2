"""The ledgers of what is written: the headings of a note, the problems of a vault."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from graphkit.models import Node, Problem, Span
from graphkit.render import marks, words
from graphkit.tui.entries import QUIET, where
from graphkit.tui.rows import Line, Row
from graphkit.tui.screens.ledger import Ledger
from graphkit.tui.spot import Spot
from graphkit.tui.theme import ink
from graphkit.vocabulary import Severity

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


def contents(node: Node) -> Ledger:
    """The headings of a note."""
    about: Line = ((node.title, QUIET),)
    return Ledger("Contents", about, partial(_contents, node), "This note has no heading.")


def _contents(node: Node, workspace: Workspace) -> Iterator[Row]:
    for note in workspace.notes:
        if node.path and note.path == node.path:
            for text, level, line in note.headings:
                indent = "  " * (level - 1)
                spot = Spot(node.id, Span(node.path, line), line)
                style = "bold" if level == 1 else ""
                yield Row(text, spot, style=style, tail=((f"{line} ", QUIET),), lead=indent)


def problems() -> Ledger:
    """Everything that is wrong in the vault, the worst first."""
    about: Line = (("enter goes to the note, e opens your editor there", QUIET),)
    return Ledger("Problems", about, _problems, "Nothing is wrong in this vault.")


def _problems(workspace: Workspace) -> tuple[Row, ...]:
    ids = {node.path: node.id for node in workspace.graph.nodes.values() if node.path}
    found = workspace.check()
    return tuple(
        row
        for severity in Severity
        for row in _of_severity(
            severity, [each for each in found if each.severity is severity], ids
        )
    )


def _of_severity(severity: Severity, found: list[Problem], ids: dict[str, str]) -> Iterator[Row]:
    if not found:
        return
    mark = marks.SEVERITIES[severity]
    plural = "remarks" if severity is Severity.INFO else f"{severity}s"
    noun = "remark" if severity is Severity.INFO else severity.value
    yield Row(words.count(len(found), noun, plural), style=f"bold {ink(mark.style)}")
    for problem in found:
        span = problem.span
        yield Row(
            problem.message,
            Spot(ids.get(span.path, ""), span, span.line),
            (mark.glyph, ink(mark.style)),
            tail=((problem.code, QUIET),),
            notes=((((problem.hint, "$question"),),) if problem.hint else ()),
            place=where(problem.span),
            lines=3,
            lead="  ",
            under="  ",
        )
    yield Row("")
