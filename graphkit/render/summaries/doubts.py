"""What is open about a claim: each doubt in one item, with what would decide it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphkit import compared
from graphkit.compared import Difference
from graphkit.models import Figure, Node, Standing, Verdict
from graphkit.render.summaries import lines, said
from graphkit.render.summaries.lines import Side
from graphkit.render.summaries.markdown import Cell, code, text
from graphkit.render.summaries.scene import Scene, Tie, verdicts_of
from graphkit.vocabulary import Kind, Outcome, Stand


def about(scene: Scene, bearing: Sequence[Tie]) -> Iterator[Cell]:
    """The doubts about the note's claim; `bearing` are the ties to what is evidence on it."""
    if scene.standing is not None:
        yield from _stand(scene, scene.standing)
    yield from said.unconfirmed(scene, bearing)
    for work, *figures in disagreeing(scene, bearing):
        here, there = (text(" ".join(each.text.split())) for each in figures)
        yield f"Say which holds: “{here}” here is “{there}” in {scene.link(work)}."
    between = _undecided(scene)
    for tie in bearing:
        if tie.sign < 0 and not tie.context and tie.other.id not in between:
            yield f"Say where each of the two holds: {scene.link(tie.other)} speaks against it."
    for verdict in verdicts_of(scene):
        yield from _missed(verdict)
        yield from said.unsettled(verdict)
        if verdict.outcome is Outcome.NOT_TESTABLE and verdict.protocol:
            yield f"How it could be tested elsewhere: {text(verdict.protocol)}"


def disagreeing(scene: Scene, bearing: Sequence[Tie]) -> Iterator[Difference]:
    """Figures that a work for the claim states otherwise and is not said to narrow or oppose."""
    works = said.by_node(tie for tie in bearing if _counts(tie))
    edges = {ties[0].other.id: [edge for tie in ties for edge in tie.edges] for ties in works}
    told = {tie.other.id for tie in bearing if tie.sign <= 0}

    def stated(work: Node, figure: Figure) -> tuple[Figure, ...]:
        return compared.figures_of(work, edges[work.id], figure)

    return compared.disagreeing(scene.node, (each[0].other for each in works), told, stated)


def _counts(tie: Tie) -> bool:
    """Whether a tie says that a work speaks for the claim."""
    counted = tie.sign > 0 and not tie.inferred and not tie.other.retracted
    return counted and tie.other.kind is Kind.SOURCE


def _stand(scene: Scene, standing: Standing) -> Iterator[Cell]:
    """What the lines of a claim leave open."""
    supports, opposes = lines.sides(scene, standing)
    match standing.word:
        case Stand.UNSUPPORTED:
            yield "Name a source that reports it, or a test that could decide it."
        case Stand.CONTESTED:
            yield from _sides(scene, supports, opposes)
    every = (*supports.ids, *opposes.ids)
    if len(every) == 1:
        (only,) = every
        side = "for" if supports.ids else "against"
        yield (
            f"A single line speaks {side} it, {scene.named(only)}: "
            f"another work or run, independent of it, would confirm it or not."
        )


def _undecided(scene: Scene) -> frozenset[str]:
    """The claims between which and the note's own it is undecided, which `_sides` tells."""
    if scene.standing is None or scene.standing.word is not Stand.CONTESTED:
        return frozenset()
    return frozenset(lines.sides(scene, scene.standing)[1].through)


def _sides(scene: Scene, supports: Side, opposes: Side) -> Iterator[Cell]:
    """Which lines stand against which, and what would decide between them."""
    own = opposes._replace(through={})
    if own.direct:
        for_it, against_it = (lines.named(scene, side) for side in (supports, own))
        yield (
            f"Undecided: for it {_speak(supports)} {for_it}, "
            f"against it {against_it}; {_deciding(scene, supports, own)}."
        )
    for claim, ids in opposes.through.items():
        link = scene.link(scene.graph.nodes[claim])
        against = opposes._replace(direct=(), through={claim: ids})
        yield f"Undecided between it and {link}: {_deciding(scene, supports, against)}."


def _speak(side: Side) -> str:
    return "speaks" if len(side.ids) == 1 else "speak"


def _deciding(scene: Scene, one: Side, other: Side) -> str:
    """What would decide between two sides, by whether runs or works speak on each."""
    kinds = [_ran(scene, side) for side in (one, other)]
    if kinds == [False, False]:
        return "a test of both under the same conditions would tell where each holds"
    if kinds == [True, True]:
        return "runs of both under one protocol would tell where each holds"
    return "a run under the work's own conditions would tell whether they make the difference"


def _ran(scene: Scene, side: Side) -> bool:
    """Whether only runs speak on a side."""
    ids = (*side.direct, *(id_ for given in side.through.values() for id_ in given))
    nodes = [scene.graph.nodes.get(id_) for id_ in ids]
    return all(node is not None and node.kind is Kind.RESULT for node in nodes)


def _missed(verdict: Verdict) -> Iterator[Cell]:
    """What a run fell short of."""
    why = said.reasons(verdict)
    if verdict.outcome in said.OPEN and why:
        yield f"{code(verdict.test)}{said.source(verdict)} came out as {verdict.outcome}: {why}."
