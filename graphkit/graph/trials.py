"""What the runs of a claim's tests say about it: the worst of several is what shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from graphkit.models import Graph, Node, TrackState, Verdict
from graphkit.vocabulary import Kind, Outcome


class Trial(NamedTuple):
    """A claim's test state, why it is so, the state on each evidence track, and its age."""

    outcome: Outcome = Outcome.NOT_RUN
    reason: str = "no test is linked to this claim"
    tracks: tuple[TrackState, ...] = ()
    stale: bool = False
    profile: str = ""  # of the run that gave the outcome


UNTRIED: Final = Trial()

_RANK: Final = {outcome: rank for rank, outcome in enumerate(Outcome)}  # worst first


def trials(graph: Graph) -> Mapping[str, Trial]:
    """The trial of every claim, by its id."""
    held = by_test(graph.verdicts)
    claims = (node for node in graph.nodes.values() if node.kind is Kind.CLAIM)
    return {claim.id: trial(claim, held) for claim in claims}


def by_test(verdicts: Iterable[Verdict]) -> Mapping[str, list[Verdict]]:
    """The verdicts on each claim test."""
    held: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        held.setdefault(verdict.test, []).append(verdict)
    return held


def trial(claim: Node, held: Mapping[str, list[Verdict]]) -> Trial:
    """What the tests that a claim names have come to."""
    if not claim.tests:
        return UNTRIED
    verdicts = [verdict for test in claim.tests for verdict in held.get(test, ())]
    if not verdicts:
        return Trial(reason=f"no run of {', '.join(claim.tests)} is recorded")
    worst = _worst(verdicts)
    by_track = {track: [v for v in verdicts if v.track == track] for track in _tracks(verdicts)}
    return Trial(
        worst.outcome,
        "; ".join(worst.reasons),
        tuple(_track(track, group) for track, group in by_track.items()),
        any(verdict.stale for verdict in verdicts),
        worst.profile,
    )


def _track(track: str, verdicts: list[Verdict]) -> TrackState:
    worst = _worst(verdicts)
    stale = any(verdict.stale for verdict in verdicts)
    return TrackState(track, worst.outcome, worst.profile, stale)


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    return min(verdicts, key=lambda verdict: (_RANK[verdict.outcome], verdict.test))


def _tracks(verdicts: Iterable[Verdict]) -> list[str]:
    return sorted({verdict.track for verdict in verdicts})
