"""The tree of reasons behind a standing, down to the lines of notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from graphkit.graph.bearing import Step, bearing
from graphkit.graph.broken import listed
from graphkit.graph.queries import label
from graphkit.models import Graph, Node, Reason, Standing, Verdict, tested
from graphkit.rules import ANSWERING, LINES, exclusion
from graphkit.vocabulary import Kind, Relation

DEPTH: Final = 20  # levels below which nobody reads a tree
BREADTH: Final = 200  # claims unfolded in one tree


def why(graph: Graph, node_id: str, standings: Mapping[str, Standing]) -> Reason:
    """What stands behind a node: every edge that bears on it, and what stands behind those.

    Edges that do not count are shown and say so. A claim is unfolded once; where it occurs again,
    below `DEPTH` levels or after `BREADTH` claims it is named without what is behind it.
    """
    node = graph.nodes[node_id]
    view = _View(graph, standings, {node_id})
    return Reason(node_id, _named(node, standings), None, tuple(_behind(view, node, DEPTH)))


class _View(NamedTuple):
    graph: Graph
    standings: Mapping[str, Standing]
    unfolded: set[str]


def _behind(view: _View, node: Node, depth: int) -> Iterator[Reason]:
    for step in bearing(view.graph, node):
        yield Reason(
            step.other.id,
            _says(view, step),
            step.edge,
            tuple(_behind_step(view, step, depth - 1)),
        )
    if node.verdict is not None:
        yield from _measured(node, node.verdict)


def _measured(node: Node, verdict: Verdict) -> Iterator[Reason]:
    """Every number of a result that was asked for itself, and every record behind them."""
    if verdict.effect is not None and verdict.interval is not None:
        low, high = verdict.interval
        told = f"{verdict.effect:.3g} {verdict.unit} [{low:.3g}, {high:.3g}]".replace("  ", " ")
        yield Reason(node.id, f"{verdict.quantity}: {told}")
    if verdict.measures:
        beside = (f"{name} {value:.3g}" for name, value in verdict.measures)
        yield Reason(node.id, f"beside it: {'; '.join(beside)}")
    yield from (Reason(node.id, reason) for reason in verdict.reasons)
    if verdict.records:
        yield Reason(node.id, f"from {', '.join(verdict.records)}")


def _behind_step(view: _View, step: Step, depth: int) -> Iterator[Reason]:
    """What makes this step weigh: nothing for one that does not count or has no direction."""
    other = step.other
    if other.kind in LINES:
        yield from _behind_verdict(other, other.verdict) if other.verdict else ()
    elif not step.counted:
        return
    elif step.row.sign < 0:
        yield from _own_lines(view, other)
    elif _carries(step.row) and depth > 0 and _fresh(view, other):
        view.unfolded.add(other.id)
        yield from _behind(view, other, depth)


def _fresh(view: _View, node: Node) -> bool:
    return node.id not in view.unfolded and len(view.unfolded) < BREADTH


def _carries(row: Relation) -> bool:
    """Whether all that stands behind the subject then stands behind the object."""
    return row.sign > 0 or row.name in ANSWERING


def _own_lines(view: _View, claim: Node) -> Iterator[Reason]:
    """All that an opposing claim lends: the works and runs that support it themselves."""
    for step in bearing(view.graph, claim):
        if step.counted and step.other.kind in LINES and step.row.sign > 0:
            yield Reason(step.other.id, _says(view, step), step.edge)


def _behind_verdict(node: Node, verdict: Verdict) -> Iterator[Reason]:
    yield from (Reason(node.id, reason) for reason in verdict.reasons)
    if verdict.records:
        yield Reason(node.id, f"from {listed(verdict.records)}")


def _says(view: _View, step: Step) -> str:
    words = label(view.graph.vocabulary, step.edge.relation, outgoing=not step.incoming)
    return f"{words} {_named(step.other, view.standings)}{_remark(view, step)}"


def _remark(view: _View, step: Step) -> str:
    if step.other.kind is Kind.GHOST:
        return " [not in the vault: not counted]"
    if left_out := exclusion(step.edge, view.graph.nodes[step.edge.source]):
        return f" [{left_out.remark}: not counted]"
    if not step.row.fits(
        view.graph.nodes[step.edge.source].kind, view.graph.nodes[step.edge.target].kind
    ):
        return " [does not fit these kinds: not counted]"
    again = _carries(step.row) and step.other.id in view.unfolded
    return " [unfolded above]" if again else ""


def _named(node: Node, standings: Mapping[str, Standing]) -> str:
    """A node's title with what is known about it at a glance."""
    about = [*node.identifiers[:1], *([node.retracted] if node.retracted else [])]
    if node.id in standings:
        standing = standings[node.id]
        about = [str(standing), *(flag.value for flag in standing.flags)]
    if node.verdict:
        about = [tested(node.verdict.outcome, node.verdict.profile)]
    return f"{node.title} ({', '.join(about)})" if about else node.title
