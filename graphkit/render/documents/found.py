"""What was searched, asked or suggested as JSON documents."""

from __future__ import annotations

from collections.abc import Iterable

from graphkit.found import Answer, AnswerClaim, Evidence, Ground, Hit, Suggestion
from graphkit.render.documents.values import Document, number, standing_value


def hits(found: Iterable[Hit]) -> Document:
    """graphkit.hits.v1: what a search found, best first."""
    return {"schema": "graphkit.hits.v1", "hits": [_hit(hit) for hit in found]}


def suggestions(found: Iterable[Suggestion]) -> Document:
    """graphkit.suggestions.v1: what may be missing between notes, with the line to paste."""
    return {
        "schema": "graphkit.suggestions.v1",
        "suggestions": [_suggestion(each) for each in found],
    }


def answer(given: Answer) -> Document:
    """graphkit.answer.v1: what the notes say to a question, or that they say nothing."""
    return {
        "schema": "graphkit.answer.v1",
        "question": given.question,
        "state": given.state.value,
        "confidence": number(given.confidence),
        "level": given.level,
        "basis": given.basis._asdict() if given.basis else None,
        "claims": [_claim(claim) for claim in given.claims],
        "missing": list(given.missing),
        "nearest": [_hit(hit) for hit in given.nearest],
    }


def _hit(hit: Hit) -> Document:
    return {
        "id": hit.id,
        "title": hit.title,
        "path": hit.path,
        "line": hit.line,
        "score": number(hit.score),
        "parts": {part: number(score) for part, score in hit.parts.items()},
        "snippet": hit.snippet,
        "grounds": [_ground(each) for each in hit.grounds],
    }


def _suggestion(suggestion: Suggestion) -> Document:
    """`path` and `line` say where the line to paste would stand."""
    return {
        "hunch": suggestion.hunch.value,
        "source": suggestion.source,
        "target": suggestion.target,
        "relation": suggestion.relation,
        "paste": suggestion.line,
        "path": suggestion.span.path,
        "line": suggestion.span.line,
        "score": number(suggestion.score),
        "grounds": [_ground(each) for each in suggestion.grounds],
    }


def _ground(ground: Ground) -> Document:
    places = [{"path": place.path, "line": place.line} for place in ground.places]
    return {"says": ground.says, "places": places}


def _claim(claim: AnswerClaim) -> Document:
    return {
        "id": claim.node.id,
        "title": claim.node.title,
        "path": claim.node.path,
        "line": claim.line,
        "standing": standing_value(claim.standing),
        "evidence": [_evidence(piece) for piece in claim.evidence],
    }


def _evidence(piece: Evidence) -> Document:
    """The node that bears on the claim, with the line on which a note says so."""
    return {
        "id": piece.node.id,
        "kind": piece.node.kind.value,
        "relation": piece.edge.relation,
        "title": piece.node.title,
        "path": piece.edge.span.path,
        "line": piece.edge.span.line,
        "inferred": piece.edge.inferred,
        "phrase": piece.edge.phrase,
        "confidence": number(piece.edge.confidence),
    }
