"""A graph whose runs came out otherwise: the same notes, other verdicts, and what that reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from graphkit.graph import runs, trials
from graphkit.graph.standing import Weighed, stand
from graphkit.graph.suppose import reweighed
from graphkit.models import Edge, Graph, Node, Standing, Verdict
from graphkit.vocabulary import OUTCOME_RELATIONS, Flag

Key = tuple[str, str]  # test and track
Verdicts = Mapping[Key, Verdict]


class Rejudged(NamedTuple):
    """A graph with other verdicts, how its nodes stand, and the nodes that are not as before."""

    graph: Graph
    standings: Mapping[str, Standing]
    changed: frozenset[str]
    turned: frozenset[str]  # those that stand in another word, on more or fewer lines, or stale


class _Turn(NamedTuple):
    """What other verdicts change of a graph."""

    nodes: Mapping[str, Node]  # results with their new verdicts
    gone: frozenset[Edge]
    added: frozenset[Edge]
    claims: frozenset[str]  # that verdicts speak for which decide otherwise, or for other reasons


def rejudged(weighed: Weighed, verdicts: Iterable[Verdict]) -> Rejudged | None:
    """The graph with these verdicts; None where a run came or went, so that it must be built anew.

    Costs what the changed verdicts reach; all other nodes, edges and standings are kept.
    """
    graph = weighed.graph
    old, new = _by_key(graph.verdicts), _by_key(verdicts)
    if old.keys() != new.keys() or any(_exists(old[key]) != _exists(new[key]) for key in old):
        return None
    spoken = {key: replace(new[key], claims=old[key].claims) for key in old}
    turn = _turn(graph, old, spoken)
    after = _graph(graph, turn, tuple(spoken.values()))
    before = weighed.standings
    moved = _moved(weighed, after, turn)
    turned = {key for key, now in moved.items() if _lent(now) != _lent(before[key])}
    changed = frozenset(moved.keys() | turn.nodes.keys() | turn.claims)
    return Rejudged(after, {**before, **moved}, changed, frozenset(turned))


def _lent(standing: Standing) -> tuple[str, bool]:
    """What the summaries of other notes tell of how a node stands, and what puts them at risk."""
    return str(standing), Flag.STALE in standing.flags


def _by_key(verdicts: Iterable[Verdict]) -> dict[Key, Verdict]:
    return {(verdict.test, verdict.track): verdict for verdict in verdicts}


def _exists(verdict: Verdict) -> bool:
    """Whether the verdict has a node."""
    return verdict.outcome in OUTCOME_RELATIONS


def _turn(graph: Graph, old: Verdicts, new: Verdicts) -> _Turn:
    turned = {key for key in old if new[key] != old[key]}
    nodes = {
        (node.verdict.test, node.verdict.track): node
        for node in graph.nodes.values()
        if node.verdict is not None
    }
    results = {nodes[key].id: key for key in turned & nodes.keys()}
    gone, added = (
        frozenset(runs.verdict_edges({id_: side[key] for id_, key in results.items()}, graph.nodes))
        for side in (old, new)
    )
    moved = {id_: replace(graph.nodes[id_], verdict=new[key]) for id_, key in results.items()}
    decided = (key for key in turned if _decisive(new[key]) != _decisive(old[key]))
    claims = (claim for key in decided for claim in new[key].claims if claim in graph.nodes)
    return _Turn(moved, gone - added, added - gone, frozenset(claims))


def _decisive(verdict: Verdict) -> Verdict:
    """A verdict without what was measured beside its effect, which its own note alone tells."""
    return replace(verdict, measures=())


def _moved(weighed: Weighed, after: Graph, turn: _Turn) -> dict[str, Standing]:
    """The nodes that stand otherwise."""
    held = trials.by_test(after.verdicts)
    tried = {
        claim: trials.trial(after.nodes[claim], held)
        for claim in turn.claims & weighed.trials.keys()
    }
    retried = {key: now for key, now in tried.items() if now != weighed.trials[key]}
    if (
        turn.gone
        or turn.added
        or any(weighed.trials[key].stale != now.stale for key, now in retried.items())
    ):
        again = reweighed(weighed, turn.gone, turn.added, retried)
    else:  # no line and no risk is another one: only what is said of these claims' tests
        argued, ledger = weighed.argued, weighed.ledger
        again = {key: stand(key, argued, ledger, retried, weighed.at_risk) for key in retried}
    return {key: now for key, now in again.items() if now != weighed.standings[key]}


def _graph(graph: Graph, turn: _Turn, verdicts: tuple[Verdict, ...]) -> Graph:
    """The graph with what turned; its groups of edges serve on, but for the ends that changed."""
    edges = _edges(graph.edges, turn) if turn.gone or turn.added else graph.edges
    after = replace(graph, nodes={**graph.nodes, **turn.nodes}, edges=edges, verdicts=verdicts)
    vars(after).update(
        incoming=_regrouped(graph.incoming, turn, "target"),
        outgoing=_regrouped(graph.outgoing, turn, "source"),
    )
    return after


def _edges(edges: tuple[Edge, ...], turn: _Turn) -> tuple[Edge, ...]:
    """The edges with what turned; those of verdicts stand last, so only the end is looked at."""
    at, left = len(edges), set(turn.gone)
    while left:
        at -= 1
        left.discard(edges[at])
    kept = (edge for edge in edges[at:] if edge not in turn.gone)
    added = sorted(turn.added, key=lambda edge: (edge.source, edge.target))
    return (*edges[:at], *kept, *added)


def _regrouped(
    groups: Mapping[str, tuple[Edge, ...]], turn: _Turn, end: str
) -> Mapping[str, tuple[Edge, ...]]:
    ends = {getattr(edge, end) for edge in turn.gone | turn.added}
    moved = {
        key: (
            *(edge for edge in groups.get(key, ()) if edge not in turn.gone),
            *(edge for edge in turn.added if getattr(edge, end) == key),
        )
        for key in ends
    }
    return {**groups, **moved} if moved else groups
