"""The ledgers: what a standing rests on, what is wrong in the vault, what the runs came to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from graphkit.models import Graph, Problem, Reason, Span, Verdict
from graphkit.render import marks, plot, words
from graphkit.tui.entries import QUIET, inference, kind_mark, relation_mark, where
from graphkit.tui.rows import Line, Row
from graphkit.tui.screens.ledger import Ledger
from graphkit.tui.spot import Spot
from graphkit.tui.theme import ink
from graphkit.vocabulary import Severity

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


# -- why ----------------------------------------------------------------------------------------


def why(id_: str) -> Ledger:
    """The tree behind the standing of a claim or question, down to the lines of the notes."""
    about: Line = (("down to the lines of the notes", QUIET),)
    return Ledger("Why it stands so", about, partial(_why, id_), "Nothing stands behind it.")


def _why(id_: str, workspace: Workspace) -> tuple[Row, ...]:
    if id_ not in workspace.graph.nodes:
        return ()
    return tuple(_branches(workspace.why(id_), workspace.graph, "", ""))


def _branches(reason: Reason, graph: Graph, lead: str, under: str) -> Iterator[Row]:
    trunk = "│" if reason.children and lead else ""
    yield _reason(reason, graph, lead, under + trunk)
    for number, child in enumerate(reason.children, start=1):
        last = number == len(reason.children)
        dotted_ = child.edge is not None and child.edge.inferred
        branch = ("└" if last else "├") + ("╌ " if dotted_ else "─ ")
        yield from _branches(child, graph, under + branch, under + ("   " if last else "│  "))


def _reason(reason: Reason, graph: Graph, lead: str, under: str) -> Row:
    node = graph.nodes[reason.id]
    edge = reason.edge
    span = edge.span if edge else Span(node.path, node.line)
    return Row(
        reason.says,
        Spot(reason.id, span),
        relation_mark(edge.relation, graph.vocabulary)
        if edge
        else kind_mark(node.kind)
        if not lead
        else ("", ""),
        style="" if lead else "bold",
        notes=(inference(edge),) if edge and edge.inferred else (),
        place=where(span) if edge else "",
        lines=3,
        lead=lead,
        under=under,
    )


# -- problems -----------------------------------------------------------------------------------


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


# -- verdicts -----------------------------------------------------------------------------------


def verdicts() -> Ledger:
    """What the runs of each claim test came to, beside the figure that the source cites."""
    about: Line = (("ours beside what the source cites", QUIET),)
    return Ledger("Verdicts", about, _verdicts, "This vault names no claim test.")


def _verdicts(workspace: Workspace) -> tuple[Row, ...]:
    graph = workspace.graph
    results = {node.verdict.test: node.id for node in graph.nodes.values() if node.verdict}
    measured = sorted(graph.verdicts, key=lambda verdict: not words.measured(verdict))
    return tuple(
        row
        for verdict in measured
        for row in _verdict(verdict, graph, results.get(verdict.test, ""))
    )


def _verdict(verdict: Verdict, graph: Graph, result: str) -> Iterator[Row]:
    mark = marks.outcome_mark(verdict.outcome)
    figure = " ".join(part for part in (words.effect(verdict), words.interval(verdict)) if part)
    alike = (each for each in graph.verdicts if each.unit == verdict.unit)
    bar = plot.bar(verdict, plot.limit(alike))  # one scale a unit, so that bars compare
    caveat = words.caveat(verdict) if verdict.stale or not verdict.reasons else ""
    ours: Line = (("ours   ", QUIET), (f"{figure} {verdict.quantity}", "")) if figure else ()
    notes = (
        ((verdict.title, QUIET),),
        ours,
        (("       ", ""), (bar, ink(mark.style))) if bar else (),
        (("cited  ", QUIET), (verdict.cited, "$source")) if verdict.cited else (),
        ((caveat, "$doubt"),) if caveat else (),
        *(((reason, QUIET),) for reason in verdict.reasons),
    )
    yield Row(
        verdict.test,
        Spot(result or next(iter(verdict.claims), "")),
        (mark.glyph, ink(mark.style)),
        style="bold",
        tail=((verdict.outcome.value, ink(mark.style)),),
        notes=tuple(note for note in notes if note),
        lines=3,
    )
    for claim in verdict.claims:
        if claim in graph.nodes:
            node = graph.nodes[claim]
            yield Row(node.title, Spot(claim), kind_mark(node.kind), lead="    ", under="    ")
    yield Row("")
