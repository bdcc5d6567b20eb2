"""The claim tests as rows: what each came to beside what its source cites, and its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from graphkit.errors import RecordError
from graphkit.models import Graph, Verdict
from graphkit.render import marks, plot, words
from graphkit.tui import plots
from graphkit.tui.entries import QUIET, kind_mark, outcome
from graphkit.tui.rows import Line, Row
from graphkit.tui.screens.ledger import Ledger
from graphkit.tui.spot import Spot
from graphkit.tui.theme import ink

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


def rows(workspace: Workspace) -> tuple[Row, ...]:
    """Every test, those that ran first, each followed by the claims that it speaks for.

    The row of a test gives the ledger of it, a claim's a `Spot`.
    """
    verdicts = sorted(workspace.verdicts, key=lambda verdict: not words.measured(verdict))
    return tuple(row for verdict in verdicts for row in _verdict(verdict, workspace.graph))


def _verdict(verdict: Verdict, graph: Graph) -> Iterator[Row]:
    mark = marks.outcome_mark(verdict.outcome)
    alike = (each for each in graph.verdicts if each.unit == verdict.unit)
    bar = plot.bar(verdict, plot.limit(alike))  # one scale a unit, so that bars compare
    figure = words.measurement(verdict)
    caveat = words.caveat(verdict)
    notes: tuple[Line, ...] = (
        ((verdict.title, QUIET),),
        (("ours   ", QUIET), (f"{figure} {verdict.quantity}", "")) if figure else (),
        (("       ", ""), (bar, ink(mark.style))) if bar else (),
        ((f"{words.cited_as(verdict):<6} ", QUIET), (verdict.cited, "$source"))
        if verdict.cited
        else (),
        ((caveat, "$doubt"),) if caveat else (),
    )
    yield Row(
        verdict.test,
        page(verdict.test, verdict.track),
        (mark.glyph, ink(mark.style)),
        style="bold",
        tail=((verdict.outcome.value, ink(mark.style)),),
        notes=tuple(note for note in notes if note),
        lines=3,
    )
    yield from _claims(verdict, graph)
    yield Row("")


def _claims(verdict: Verdict, graph: Graph) -> Iterator[Row]:
    for claim in verdict.claims:
        if claim in graph.nodes:
            node = graph.nodes[claim]
            yield Row(node.title, Spot(claim), kind_mark(node.kind), lead="    ", under="    ")


# -- one test -----------------------------------------------------------------------------------


def page(test: str, track: str) -> Ledger:
    """All that is known of one test on one track of evidence, down to its records."""
    about: Line = (("enter opens a record, or goes to a claim", QUIET),)
    rows_of = partial(_page, test, track)
    return Ledger(test, about, rows_of, "This vault has no such test.")


def found(workspace: Workspace, test: str, track: str) -> Verdict | None:
    """The verdict of a test on a track of evidence."""
    named = (each for each in workspace.verdicts if (each.test, each.track) == (test, track))
    return next(named, None)


def _page(test: str, track: str, workspace: Workspace) -> Iterator[Row]:
    graph = workspace.graph
    verdict = found(workspace, test, track)
    if verdict is None:
        return
    yield Row(
        verdict.title,
        "title",
        style="bold",
        notes=(outcome(verdict.outcome, verdict.hedge),),
        lines=4,
    )
    told = {
        "ours": f"{words.measurement(verdict)} {verdict.quantity}".strip(),
        words.cited_as(verdict): verdict.cited,
        "profile": words.caveat(verdict) or verdict.profile,
        "seeds": ", ".join(map(str, verdict.seeds)),
        "why": "; ".join(verdict.reasons),
        "protocol": verdict.protocol,
    }
    measured = {name: words.plain(value) for name, value in verdict.measures}
    yield from _fields(test, told)
    if shown := plots.chart(workspace, plots.recorded(workspace), test):
        yield from _headed(shown.title, _bars(shown))
    yield from _headed("Measured", _fields(test, measured))
    yield from _headed("Claims it speaks for", _claims(verdict, graph))
    results = (
        node for node in graph.nodes.values()
        if node.verdict and (node.verdict.test, node.verdict.track) == (test, track)
    )  # fmt: skip
    yield from _headed("Its result", (Row(n.title, Spot(n.id), kind_mark(n.kind)) for n in results))
    yield from _headed("Records", (Row(name, record(name)) for name in verdict.records))


def _fields(test: str, told: Mapping[str, str]) -> Iterator[Row]:
    """What is not empty, each beside its name."""
    across = max(map(len, told), default=0)
    for name, value in told.items():
        if value:
            yield Row(value, (test, name), (f"{name:<{across}} ", QUIET), lines=8)


def _bars(shown: plots.Chart) -> Iterator[Row]:
    """The plot in lines, for a screen that has no room beside them: every arm with its metrics."""
    across = max(map(len, shown.metrics))
    most = max(value or 0.0 for row in shown.values for value in row) or 1.0
    for arm, values in zip(shown.arms, zip(*shown.values, strict=True), strict=True):
        yield Row(arm, arm, style="bold")
        for name, metric, value in zip(plots.INKS, shown.metrics, values, strict=False):
            if value is not None:
                bar = "█" * round(_CELLS * value / most)
                mark = (f"{metric:<{across}} ", QUIET)
                yield Row(f"{bar} {value:.0f}", (arm, metric), mark, style=f"${name}")


def _headed(title: str, below: Iterator[Row]) -> Iterator[Row]:
    first = next(below, None)
    if first is not None:
        yield from (Row(""), Row(title, style="bold $primary"), first, *below)


def record(name: str) -> Ledger:
    """One run record: what it was made of and what it measured."""
    about: Line = (("as it was written by the run", QUIET),)
    return Ledger(name, about, partial(_record, name), "This record holds nothing.")


def _record(name: str, workspace: Workspace) -> Iterator[Row]:
    from graphkit.experiment import record as records
    from graphkit.workspace.evidence import RECORDS

    try:
        found = records.read(workspace.experiments / RECORDS / name)
    except RecordError as error:
        yield Row(str(error), "error", ("!", "$doubt"), lines=4)
        return
    told = {"failure": found.failure, "stage": found.stage, "commit": found.commit}
    told |= {"seconds": f"{found.wall_seconds:.1f}, {found.cpu_seconds:.1f} of CPU"}
    yield from _headed("Run", (_field(key, value) for key, value in told.items() if value))
    metrics = ((key, words.plain(value)) for key, value in found.metrics.items())
    yield from _headed("Metrics", (_field(key, value) for key, value in metrics))
    curves = ((key, spark(values)) for key, values in found.curves.items())
    yield from _headed("Curves", (_field(key, value) for key, value in curves))
    settings = ((key, str(value)) for key, value in found.config.items())
    yield from _headed("Settings", (_field(key, value) for key, value in settings))


def _field(name: str, value: str) -> Row:
    return Row(name, name, style=QUIET, notes=(((value, ""),),), lines=6)


_CELLS = 24  # of the longest bar of a plot
_LEVELS = "▁▂▃▄▅▆▇█"


def spark(values: list[float], cells: int = 60) -> str:
    """Numbers as one line of bars between their least and their most, `cells` wide at most."""
    if not values:
        return ""
    step = max(1, -(-len(values) // cells))
    means = [sum(part) / len(part) for at in range(0, len(values), step)
             if (part := values[at : at + step])]  # fmt: skip
    low, high = min(means), max(means)
    across = (high - low) or 1.0
    bars = "".join(_LEVELS[round((mean - low) / across * 7)] for mean in means)
    return f"{bars}  {words.plain(values[0])} → {words.plain(values[-1])}"
