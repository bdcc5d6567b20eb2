"""What would stand if: nodes taken away, edges taken away or turned round, no file touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from operator import itemgetter
from typing import Final

from graphkit.change import Fall, Impact, Supposition
from graphkit.errors import GraphkitError
from graphkit.graph import lines, trials
from graphkit.graph.argument import Argument, Ends, amended, counts, edges_at
from graphkit.graph.falls import falls
from graphkit.graph.lines import Ledger, Reach
from graphkit.graph.standing import Weighed, answered, risks, shaky, stand
from graphkit.graph.trials import Trial
from graphkit.models import Edge, Graph, Standing, Verdict
from graphkit.vocabulary import Kind, Outcome

_OTHERWISE: Final = {
    Outcome.REPRODUCED: Outcome.NOT_REPRODUCED,
    Outcome.NOT_REPRODUCED: Outcome.REPRODUCED,
    Outcome.CONTRADICTED: Outcome.REPRODUCED,
}
"""A run's outcome, had it come out the other way; one that settles nothing has no other way."""


def impact(weighed: Weighed, node_id: str) -> Fall:
    """What falls if a node falls: a source is retracted, a run fails, a claim is withdrawn."""
    return what_if(weighed, Supposition(removed=(node_id,)))


def what_if(weighed: Weighed, supposed: Supposition) -> Fall:
    """The nodes that would stand otherwise, the best supported first, and by which edges.

    Only what depends on the supposed changes is weighed again. A node supposed gone is not among
    those that stand otherwise.

    Raises:
        GraphkitError: an edge or node that is to be turned round has no other way.
    """
    before = weighed.standings
    changed = [
        Impact(key, before[key], standing)
        for key, standing in _weighed_again(weighed, supposed).items()
        if standing != before[key]
    ]
    changed.sort(key=itemgetter(0))  # by their ids; a key of two parts takes twice as long
    changed.sort(key=lambda each: -len(each.before.supports))
    return Fall(tuple(changed), falls(weighed, supposed, changed))


def _weighed_again(weighed: Weighed, supposed: Supposition) -> dict[str, Standing]:
    """The standings of all nodes that the changes may reach."""
    edits, retried = _edits(weighed.graph, supposed), _retried(weighed.graph, supposed)
    return reweighed(weighed, *edits, retried, supposed.removed)


def reweighed(
    weighed: Weighed,
    gone: Iterable[Edge],
    new: Iterable[Edge],
    retried: Mapping[str, Trial],
    removed: Collection[str] = (),
) -> dict[str, Standing]:
    """The standings of all nodes that may stand otherwise with other edges, trials or nodes."""
    graph = weighed.graph
    argued, touched = amended(weighed.argued, graph, gone, new)
    tried = {**weighed.trials, **retried}
    for node_id in removed:
        tried.pop(node_id, None)
    order = weighed.order if _same(weighed.argued.supporters, argued.supporters, touched) else None
    ledger, moved = lines.amended(
        weighed.ledger, argued, touched, weighed.fed, weighed.attacked, order
    )
    reached = moved | touched | retried.keys()
    at_risk = _at_risk(weighed, argued, touched, ledger, tried, reached)
    reached |= at_risk ^ weighed.at_risk
    claims = {
        claim: stand(claim, argued, ledger, tried, at_risk) for claim in reached & tried.keys()
    }
    asked = reached.union(*(weighed.asked.get(claim, ()) for claim in claims))
    known = {**weighed.standings, **claims}
    return claims | {
        each: answered(each, argued, ledger, known)
        for each in asked - claims.keys() - {*removed}
        if graph.nodes[each].kind is Kind.QUESTION
    }


def _at_risk(
    weighed: Weighed,
    argued: Argument,
    touched: Iterable[str],
    ledger: Ledger,
    tried: Mapping[str, Trial],
    reached: AbstractSet[str],
) -> frozenset[str]:
    """The claims at risk: sought anew only where something else is shaky, or leans on it."""
    unsafe = (weighed.shaky - reached) & tried.keys()
    unsafe |= shaky(reached & tried.keys(), ledger, tried)
    before = weighed.argued
    same = _same(before.supporters, argued.supporters, touched)
    same = same and _same(before.dependants, argued.dependants, touched)
    if same and unsafe == weighed.shaky:
        return weighed.at_risk
    return risks(argued, _fed(weighed, argued, touched), unsafe)


def _fed(weighed: Weighed, argued: Argument, touched: Iterable[str]) -> Reach:
    """The claims that each claim is evidence for, in an argument that differs at these nodes."""
    fed = {**weighed.fed}
    for claim in touched:
        old, new = (each.supporters.get(claim, set()) for each in (weighed.argued, argued))
        fed |= {supporter: fed.get(supporter, set()) ^ {claim} for supporter in old ^ new}
    return fed


def _same(before: Ends, after: Ends, keys: Iterable[str]) -> bool:
    """Whether nothing changed at these nodes, the only ones where something may have."""
    return all(before.get(key) == after.get(key) for key in keys)


def _edits(graph: Graph, supposed: Supposition) -> tuple[set[Edge], tuple[Edge, ...]]:
    """The edges that would be gone, and those that would be there instead."""
    gone = {edge for node_id in supposed.removed for edge in edges_at(graph, node_id)}
    gone |= {*supposed.cut}
    turned = dict.fromkeys(supposed.turned)
    for node_id in supposed.reversed:
        turned |= dict.fromkeys(_said(graph, node_id))
    new = tuple(_turned(graph, edge) for edge in turned if edge not in gone)
    return gone | turned.keys(), new


def _said(graph: Graph, node_id: str) -> tuple[Edge, ...]:
    """The edges by which a node speaks for or against claims."""
    rows = graph.vocabulary.by_name
    said = tuple(
        edge
        for edge in graph.outgoing.get(node_id, ())
        if counts(graph, edge) and rows[edge.relation].sign
    )
    verdict = graph.nodes[node_id].verdict
    if not said and (verdict is None or verdict.outcome not in _OTHERWISE):
        title = graph.nodes[node_id].title
        raise GraphkitError(
            f'"{title}" speaks neither for nor against a claim',
            "flip a source, run or claim that does: graphkit links shows its edges",
        )
    return said


def _turned(graph: Graph, edge: Edge) -> Edge:
    """The edge with a relation of the other sign, the first of the table that fits its ends."""
    rows = graph.vocabulary.by_name
    ends = graph.nodes[edge.source].kind, graph.nodes[edge.target].kind
    sign = rows[edge.relation].sign if edge.relation in rows and counts(graph, edge) else 0
    other = next(
        (row for row in rows.values() if sign and row.sign * sign < 0 and row.fits(*ends)), None
    )
    if other is None:
        raise GraphkitError(
            f'"{edge.relation}" at {edge.span.path}:{edge.span.line} counts neither way',
            "flip an edge that supports or opposes a claim",
        )
    return edge._replace(relation=other.name)


def _retried(graph: Graph, supposed: Supposition) -> Mapping[str, Trial]:
    """The trials of the claims whose runs would be gone or have come out otherwise."""
    instead: dict[Verdict, Verdict | None] = {}
    for node_id in (*supposed.reversed, *supposed.removed):
        verdict = graph.nodes[node_id].verdict
        if verdict:
            gone = node_id in supposed.removed
            instead[verdict] = None if gone else _otherwise(verdict)
    if not instead:
        return {}
    kept = (instead.get(verdict, verdict) for verdict in graph.verdicts)
    held = trials.by_test(verdict for verdict in kept if verdict)
    claims = {claim for verdict in instead for claim in verdict.claims}
    return {claim: trials.trial(graph.nodes[claim], held) for claim in claims}


def _otherwise(verdict: Verdict) -> Verdict:
    return replace(verdict, outcome=_OTHERWISE.get(verdict.outcome, verdict.outcome), reasons=())
