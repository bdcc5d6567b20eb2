"""The state of a vault: its problems with their places, and its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.models import Graph, LinkCounts, Problem, Standing
from graphkit.render import marks
from graphkit.render.escape import line
from graphkit.render.layout import Hang, Rows, facts, paragraph, spaced, stack
from graphkit.render.words import count
from graphkit.vocabulary import Kind, Severity, Stand

_LABEL: Final = 10  # cells that the name of a table takes
_NUMBER: Final = 7  # and its numbers


def problems(found: Iterable[Problem]) -> Rows:
    """Problems as a compiler prints them: file:line:col, severity, code, message, hint."""
    listed = tuple(found)
    return Rows(rows=[_row(one) for one in listed], stacks=lambda: [_stack(one) for one in listed])


def _row(problem: Problem) -> tuple[Text, ...]:
    hint = f"  ({line(problem.hint)})" if problem.hint else ""
    return (
        Text(line(str(problem.span)), style=marks.PLACE),
        marks.marked(marks.SEVERITIES[problem.severity], problem.severity),
        Text(line(problem.code), style=marks.FAINT),
        Text.assemble(line(problem.message), (hint, marks.FAINT)),
    )


def _stack(problem: Problem) -> Group:
    place, severity, code, _ = _row(problem)
    hint = Text(line(problem.hint), style=marks.FAINT)
    return stack(
        facts(place, severity, code),
        paragraph(Text(line(problem.message)), by=2),
        *([paragraph(hint, by=2)] if hint else []),
    )


def tally(found: Iterable[Problem]) -> Text:
    """How many problems there are of each severity, as "2 errors, 1 warning"."""
    counts = Counter(problem.severity for problem in found)
    parts = [
        Text(_amount(severity, counts[severity]), style=marks.SEVERITIES[severity].style)
        for severity in Severity
        if counts[severity]
    ]
    return Text(", ").join(parts) if parts else Text("no problems", style="green")


def _amount(severity: Severity, amount: int) -> str:
    return count(amount, severity, "info" if severity is Severity.INFO else "")


def status(
    graph: Graph, files: int, found: Iterable[Problem], standings: Mapping[str, Standing]
) -> RenderableType:
    """A vault in numbers: files, nodes by kind, standings, links by fate, problems by code."""
    listed = tuple(found)
    kinds = Counter(node.kind for node in graph.nodes.values())
    stands = Counter(standing.word for standing in standings.values())
    codes = Counter(problem.code for problem in listed)
    tables = {
        "vault": {"Markdown files": files, "edges": len(graph.edges)},
        "nodes": {kind.value: kinds[kind] for kind in Kind if kinds[kind]},
        "standing": {word.value: stands[word] for word in Stand if stands[word]},
        "links": _fates(graph.links),
        "problems": dict(sorted(codes.items())),
    }
    told = [_table(title, counts) for title, counts in tables.items() if counts]
    return spaced((*told, Hang(Text(" " * _LABEL), tally(listed))))


def _fates(links: LinkCounts) -> dict[str, int]:
    """Links by what became of them; fates that none met are left out, but for the good one."""
    counted = links._asdict()
    return {fate: counted[fate] for fate in counted if counted[fate] or fate == "resolved"}


def _table(title: str, counts: Mapping[str, int]) -> Group:
    return stack(
        *(
            Hang(
                Text(f"{'' if number else title:<{_LABEL}}", style=marks.FAINT),
                Text(f"{amount:>{_NUMBER}}  {line(name)}"),
            )
            for number, (name, amount) in enumerate(counts.items())
        )
    )
