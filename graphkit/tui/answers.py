"""What a search found and what the notes answer, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphkit.found import Answer, AnswerClaim, Evidence, Hit
from graphkit.models import Graph, Span
from graphkit.render import marks
from graphkit.render.walks import label
from graphkit.tui.entries import (
    QUIET,
    Standings,
    badge,
    inference,
    kind_mark,
    relation_mark,
    stands,
    where,
)
from graphkit.tui.rows import Line, Row
from graphkit.tui.spot import Spot
from graphkit.tui.theme import ink
from graphkit.vocabulary import AnswerState, Kind


def hit_rows(hits: Iterable[Hit], graph: Graph, standings: Standings) -> Iterator[Row]:
    """Hits, best first: title, standing, the words that were found, and where they stand."""
    for hit in hits:
        node = graph.nodes.get(hit.id)
        span = Span(hit.path, hit.line)
        snippet: Line = ((hit.snippet, QUIET),)
        yield Row(
            hit.title,
            Spot(hit.id, span, hit.line) if node else None,
            kind_mark(node.kind if node else Kind.NOTE),
            tail=badge(standings.get(hit.id)),
            notes=(snippet,) if hit.snippet not in {"", hit.title} else (),
            place=where(span),
        )


def answer_rows(answer: Answer, graph: Graph, standings: Standings) -> Iterator[Row]:
    """The state, the claims with their evidence, what no note covers, and the nearest notes."""
    mark = marks.ANSWERS[answer.state]
    yield Row(
        answer.state.value,
        mark=(mark.glyph, ink(mark.style)),
        style=f"bold {ink(mark.style)}",
        tail=((f"confidence {answer.confidence:.2f}", QUIET),),
    )
    yield Row("")
    for claim in answer.claims:
        yield from _claim(claim, graph)
    if answer.missing:
        yield Row("No note covers", style="bold $doubt")
        yield Row(", ".join(answer.missing), lead="  ", under="  ", lines=4)
        yield Row("")
    if answer.nearest:
        away = answer.state is AnswerState.NOT_IN_THESE_NOTES
        yield Row("Nearest, none close enough to answer from" if away else "Near it", style="bold")
        yield from hit_rows(answer.nearest, graph, standings)


def _claim(claim: AnswerClaim, graph: Graph) -> Iterator[Row]:
    span = Span(claim.node.path, claim.line)
    yield Row(
        claim.node.title,
        Spot(claim.node.id, span, claim.line),
        kind_mark(claim.node.kind),
        style="bold",
        tail=badge(claim.standing),
        notes=(stands(claim.standing),),
        place=where(span),
        lines=3,
    )
    for piece in claim.evidence:
        yield _evidence(piece, graph)
    yield Row("")


def _evidence(piece: Evidence, graph: Graph) -> Row:
    node, edge = piece
    said = label(edge.relation, graph.vocabulary, forward=edge.source == node.id)
    return Row(
        node.title,
        Spot(node.id, edge.span),
        relation_mark(edge.relation, graph.vocabulary),
        "$inferred italic" if edge.inferred else "",
        tail=((f"{said} this", QUIET),),
        notes=(inference(edge),) if edge.inferred else (),
        place=where(edge.span),
        lead="    ",
        under="    ",
    )
