"""The ledger of a vault's problems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graphkit.models import Problem
from graphkit.render import marks, words
from graphkit.tui.entries import QUIET, where
from graphkit.tui.rows import Line, Row
from graphkit.tui.screens.ledger import Ledger
from graphkit.tui.spot import Spot
from graphkit.tui.theme import ink
from graphkit.vocabulary import Severity

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


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
