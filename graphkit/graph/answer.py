"""An answer from search hits: the claims they lead to, how those stand, and on what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from graphkit.found import Answer, AnswerClaim, Evidence, Hit
from graphkit.graph.argument import counts
from graphkit.graph.bearing import TESTING, bearing
from graphkit.models import Edge, Graph, Standing
from graphkit.rules import ANSWERING, LINES, question_word
from graphkit.vocabulary import AnswerState, Kind, Stand

SHOWN: Final = 5  # claims in an answer, hits named as nearest


class Told(NamedTuple):
    """What an answer may say of a node."""

    kind: Kind
    leads: tuple[str, ...] = ()  # ids of the claims that it leads to: of a claim, itself
    claim: AnswerClaim | None = None  # of a claim, with its own line


Tell = Callable[[str], Told | None]  # of a node by its id; None where there is no such node


def teller(graph: Graph, standings: Mapping[str, Standing]) -> Tell:
    """What answers may say of each node of a graph."""
    return partial(_told, graph, standings)


def answer(
    tell: Tell,
    question: str,
    hits: Sequence[Hit],
    *,
    confidence: float,
    answerable: bool,
    missing: Sequence[str] = (),
) -> Answer:
    """What the notes say to a question, given the hits of a search, best first.

    A hit leads to itself if it is a claim, to the claims that answer it if it is a question, else
    to the claims it bears on. The first hit that leads anywhere decides the state, by the rule
    for questions: contested if one of its claims is, else answered if one is supported, else open.
    The nearest beside an answer are the hits of questions, else all, without its claims. Without
    an answer they are all: a claim among them is often the right one.
    """
    told = {hit.id: tell(hit.id) for hit in hits}
    if not answerable:
        nowhere = AnswerState.NOT_IN_THESE_NOTES
        return Answer(question, nowhere, confidence, (), tuple(missing), tuple(hits[:SHOWN]))
    rank = {hit.id: place for place, hit in enumerate(hits)}
    leads = [_ranked(found.leads, rank) for found in told.values() if found and found.leads]
    chosen = dict.fromkeys(claim for lead in leads for claim in lead)
    lines = {hit.id: hit.line for hit in reversed(hits)}
    claims = {id_: found.claim for id_ in chosen if (found := tell(id_)) and found.claim}
    state = _state([claims[id_].standing.word for id_ in leads[0]] if leads else [])
    shown = {id_: claims[id_] for id_ in [*claims][:SHOWN]}
    return Answer(
        question,
        state,
        confidence,
        tuple(each._replace(line=lines.get(id_, each.line)) for id_, each in shown.items()),
        tuple(missing),
        _nearest(told, [hit for hit in hits if hit.id not in shown]),
    )


def _ranked(claims: Sequence[str], rank: Mapping[str, int]) -> list[str]:
    """The claims that a hit leads to, those that were hit themselves first."""
    return sorted(claims, key=lambda claim: rank.get(claim, len(rank)))


def _told(graph: Graph, standings: Mapping[str, Standing], node_id: str) -> Told | None:
    node = graph.nodes.get(node_id)
    if node is None:
        return None
    leads = tuple(dict.fromkeys(_claims(graph, node_id)))
    claim = _claim(graph, standings[node_id]) if node.kind is Kind.CLAIM else None
    return Told(node.kind, leads, claim)


def _claims(graph: Graph, node_id: str) -> Iterator[str]:
    node = graph.nodes[node_id]
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
    return graph.nodes[edge.target].kind is Kind.CLAIM and _shows(graph, edge)


def _shows(graph: Graph, edge: Edge) -> bool:
    """Edges that an answer shows as evidence: those that count, and runs that settled nothing."""
    return counts(graph, edge) or edge.relation == TESTING


def _state(words: Sequence[Stand]) -> AnswerState:
    return AnswerState(question_word(frozenset(words)).value)


def _claim(graph: Graph, standing: Standing) -> AnswerClaim:
    node = graph.nodes[standing.id]
    steps = (step for step in bearing(graph, node) if _shows(graph, step.edge))
    evidence = tuple(
        Evidence(step.other, step.edge) for step in steps if step.other.kind in {*LINES, Kind.CLAIM}
    )
    return AnswerClaim(node, node.line, standing, evidence)


def _nearest(told: Mapping[str, Told | None], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    kinds = {id_: found.kind for id_, found in told.items() if found}
    questions = [hit for hit in hits if kinds.get(hit.id) is Kind.QUESTION]
    return tuple((questions or hits)[:SHOWN])
