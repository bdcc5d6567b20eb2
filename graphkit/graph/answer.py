"""An answer from search hits: the claims they lead to, how those stand, and on what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from graphkit.found import Answer, AnswerClaim, Evidence, Hit
from graphkit.graph.argument import counts
from graphkit.graph.bearing import TESTING, bearing
from graphkit.models import Edge, Graph, Node, Standing
from graphkit.rules import ANSWERING, LINES, question_word
from graphkit.vocabulary import AnswerState, Kind, Stand

SHOWN: Final = 5  # claims in an answer, hits named as nearest


def answer(
    graph: Graph,
    standings: Mapping[str, Standing],
    question: str,
    hits: Sequence[Hit],
    *,
    confidence: float,
    answerable: bool,
    missing: Sequence[str] = (),
    nearest: Sequence[Hit] = (),
) -> Answer:
    """What the notes say to a question, given the hits of a search, best first.

    A hit leads to itself if it is a claim, to the claims that answer it if it is a question, else
    to the claims it bears on. The first hit that leads anywhere decides the state, by the rule
    for questions: contested if one of its claims is, else answered if one is supported, else open.
    `nearest` are the hits of questions, else all, where the caller names none; a claim of the
    answer is not named again.
    """
    if not answerable:
        nowhere = AnswerState.NOT_IN_THESE_NOTES
        near = tuple(nearest) or _nearest(graph, hits)
        return Answer(question, nowhere, confidence, (), tuple(missing), near)
    leads = [lead for hit in hits if (lead := _lead(graph, hit, hits))]
    chosen = dict.fromkeys(claim for lead in leads for claim in lead)
    state = _state([standings[claim].word for claim in leads[0]] if leads else [])
    lines = {hit.id: hit.line for hit in reversed(hits)}
    claims = tuple(
        _claim(graph, graph.nodes[claim], lines, standings) for claim in [*chosen][:SHOWN]
    )
    listed = {claim.node.id for claim in claims}
    others = [hit for hit in nearest or hits if hit.id not in listed]
    near = tuple(others) if nearest else _nearest(graph, others)
    return Answer(question, state, confidence, claims, tuple(missing), near)


def _lead(graph: Graph, hit: Hit, hits: Sequence[Hit]) -> list[str]:
    """The claims that a hit leads to, those that were hit themselves first."""
    rank = {each.id: place for place, each in enumerate(hits)}
    found = dict.fromkeys(_claims(graph, hit.id))
    return sorted(found, key=lambda claim: rank.get(claim, len(hits)))


def _claims(graph: Graph, node_id: str) -> Iterator[str]:
    node = graph.nodes.get(node_id)
    if node is None:
        return
    if node.kind is Kind.CLAIM:
        yield node_id
    elif node.kind is Kind.QUESTION:
        answers = graph.incoming.get(node_id, ())
        yield from (edge.source for edge in answers if _answers(graph, edge))
    else:
        bears = graph.outgoing.get(node_id, ())
        yield from (edge.target for edge in bears if _bears_on_claim(graph, edge))


def _answers(graph: Graph, edge: Edge) -> bool:
    claim = graph.nodes[edge.source].kind is Kind.CLAIM
    return claim and edge.relation in ANSWERING and counts(graph, edge)


def _bears_on_claim(graph: Graph, edge: Edge) -> bool:
    return graph.nodes[edge.target].kind is Kind.CLAIM and _told(graph, edge)


def _told(graph: Graph, edge: Edge) -> bool:
    """Edges that an answer shows as evidence: those that count, and runs that settled nothing."""
    return counts(graph, edge) or edge.relation == TESTING


def _state(words: Sequence[Stand]) -> AnswerState:
    return AnswerState(question_word({*words}).value)


def _claim(
    graph: Graph, node: Node, lines: Mapping[str, int], standings: Mapping[str, Standing]
) -> AnswerClaim:
    steps = (step for step in bearing(graph, node) if _told(graph, step.edge))
    evidence = tuple(
        Evidence(step.other, step.edge) for step in steps if step.other.kind in {*LINES, Kind.CLAIM}
    )
    return AnswerClaim(node, lines.get(node.id, node.line), standings[node.id], evidence)


def _nearest(graph: Graph, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    questions = [
        hit for hit in hits if (node := graph.nodes.get(hit.id)) and node.kind is Kind.QUESTION
    ]
    return tuple((questions or hits)[:SHOWN])
