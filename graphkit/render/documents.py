"""The JSON documents: plain dicts, each with the name and version of its schema.

`relation` is always the forward name of its row, or the author's own words. Texts are as their
authors wrote them: escaping them is the business of whoever shows them. A number that is not
finite becomes null, since JSON has no other word for it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from graphkit.models import (
    Answer,
    AnswerClaim,
    Change,
    Edge,
    Evidence,
    Graph,
    Ground,
    Hit,
    Node,
    Problem,
    Reason,
    RelationGroup,
    Reported,
    Standing,
    Suggestion,
    TrackState,
    Verdict,
    settles,
)

if TYPE_CHECKING:
    from graphkit.render.own import Row
    from graphkit.render.summaries.scene import Quote
    from graphkit.render.summary import Summary

Document = dict[str, Any]

_NONE: Final[Mapping[str, Standing]] = MappingProxyType({})


def nodes(found: Iterable[Node], standings: Mapping[str, Standing] = _NONE) -> Document:
    """graphkit.nodes.v1: a list of nodes, each with its standing where its kind has one."""
    listed = [{**_node(node), "standing": standing_value(standings.get(node.id))} for node in found]
    return {"schema": "graphkit.nodes.v1", "nodes": listed}


def node(shown: Node, standing: Standing | None = None) -> Document:
    """graphkit.node.v1: one node with its standing."""
    return {"schema": "graphkit.node.v1", **_node(shown), "standing": standing_value(standing)}


def links(shown: Node, groups: Iterable[RelationGroup]) -> Document:
    """graphkit.links.v1: the edges of a node by the label that its reader would say."""
    return {
        "schema": "graphkit.links.v1",
        "id": shown.id,
        "groups": [
            {
                "label": group.label,
                "direction": "out" if group.outgoing else "in",
                "edges": [edge_value(edge) for edge in group.edges],
            }
            for group in groups
        ],
    }


def path(start: Node, end: Node, edges: Iterable[Edge]) -> Document:
    """graphkit.path.v1: the edges from one node to another, in the order they are walked."""
    return {
        "schema": "graphkit.path.v1",
        "start": start.id,
        "end": end.id,
        "edges": [edge_value(edge) for edge in edges],
    }


def standing(shown: Node, stands: Standing) -> Document:
    """graphkit.standing.v1: how one node stands, and on which works and runs."""
    return {
        "schema": "graphkit.standing.v1",
        "id": shown.id,
        "title": shown.title,
        "path": shown.path,
        "line": shown.line,
        "standing": standing_value(stands),
    }


def why(reason: Reason) -> Document:
    """graphkit.why.v1: the tree of reasons behind a standing, down to the lines of the notes."""
    return {"schema": "graphkit.why.v1", **reason_value(reason)}


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
        "confidence": _number(given.confidence),
        "claims": [_claim(claim) for claim in given.claims],
        "missing": list(given.missing),
        "nearest": [_hit(hit) for hit in given.nearest],
    }


def problems(found: Iterable[Problem]) -> Document:
    """graphkit.problems.v1: what is wrong, each with its place and next step."""
    return {"schema": "graphkit.problems.v1", "problems": [_problem(one) for one in found]}


def status(graph: Graph, files: int, notes: int, found: Iterable[Problem]) -> Document:
    """graphkit.status.v1: a vault in numbers: Markdown files found, notes read, links, problems."""
    return {
        "schema": "graphkit.status.v1",
        "files": files,
        "notes": notes,
        "nodes": dict(sorted(Counter(node.kind.value for node in graph.nodes.values()).items())),
        "edges": len(graph.edges),
        "links": graph.links._asdict(),
        "problems": dict(sorted(Counter(problem.code for problem in found).items())),
    }


def verdicts(given: Iterable[Verdict]) -> Document:
    """graphkit.verdicts.v1: what the runs of each claim test came to."""
    return {"schema": "graphkit.verdicts.v1", "verdicts": [_verdict(verdict) for verdict in given]}


def proof(records: Iterable[str], off: Iterable[Mapping[str, Any]], largest: float) -> Document:
    """graphkit.proof.v1: recorded jobs that were run again, and the metrics that differ."""
    return {
        "schema": "graphkit.proof.v1",
        "records": list(records),
        "differences": [dict(each) for each in off],
        "largest": _number(largest),
    }


def released(studies: Iterable[Mapping[str, Any]], judged: Iterable[Verdict]) -> Document:
    """graphkit.released-results.v1: each study's contrasts, and their verdicts of track B."""
    return {
        "schema": "graphkit.released-results.v1",
        "studies": [dict(study) for study in studies],
        "verdicts": [_verdict(verdict) for verdict in judged],
    }


def registered(rows: Iterable[Row]) -> Document:
    """graphkit.registered.v1: the vault's own experiments, each with its trust and verdict."""
    return {
        "schema": "graphkit.registered.v1",
        "experiments": [
            {
                "name": each.name,
                "command": list(each.command),
                "inputs": list(each.inputs),
                "trusted": trusted,
                "verdict": _verdict(verdict) if verdict else None,
            }
            for each, verdict, trusted in rows
        ],
    }


def changes(planned: Iterable[Change]) -> Document:
    """graphkit.changes.v1: the notes that would be written and why, or why they must not be."""
    return {
        "schema": "graphkit.changes.v1",
        "changes": [_change(change) for change in planned],
    }


def regeneration(
    planned: Iterable[Change], summaries: Mapping[str, Summary], *, written: bool
) -> Document:
    """graphkit.regeneration.v1: stale summaries with their causes, and every quoted sentence.

    `written` says whether the changes without a problem were carried out.
    """
    return {
        "schema": "graphkit.regeneration.v1",
        "written": written,
        "changes": [{**_change(each), "conflicts": list(each.conflicts)} for each in planned],
        "summaries": [
            {"path": path, "sentences": [_quote(quote) for quote in made.quotes]}
            for path, made in summaries.items()
        ],
    }


def _quote(quote: Quote) -> Document:
    return {"text": quote.text, "path": quote.path, "line": quote.line, "heading": quote.heading}


def _change(change: Change) -> Document:
    return {
        "path": change.path,
        "causes": list(change.causes),
        "problem": _problem(change.problem) if change.problem else None,
    }


def _node(node: Node) -> Document:
    return {
        "id": node.id,
        "kind": node.kind.value,
        "title": node.title,
        "path": node.path,
        "line": node.line,
        "aliases": list(node.aliases),
        "identifiers": list(node.identifiers),
        "tags": list(node.tags),
        "tests": list(node.tests),
        "summary": node.summary,
    }


def edge_value(edge: Edge) -> Document:
    return {
        "source": edge.source,
        "target": edge.target,
        "relation": edge.relation,
        "inferred": edge.inferred,
        "phrase": edge.phrase,
        "confidence": _number(edge.confidence),
        "context": edge.context,
        "reported": _reported(edge.reported) if edge.reported else None,
        "path": edge.span.path,
        "line": edge.span.line,
    }


def _reported(said: Reported) -> Document:
    return {
        "p": _number(said.p),
        "bound": said.bound,
        "n": said.n,
        "locator": said.locator,
        "figures": [
            {
                "value": _number(figure.value),
                "unit": figure.unit,
                "direction": figure.direction,
                "metric": figure.metric,
                "text": figure.text,
            }
            for figure in said.figures
        ],
    }


def standing_value(standing: Standing | None) -> Document | None:
    """`for` and `against` count the independent lines that `supports` and `opposes` name."""
    if standing is None:
        return None
    return {
        "word": standing.word.value,
        "for": len(standing.supports),
        "against": len(standing.opposes),
        "test": standing.test.value,
        "test_reason": standing.test_reason,
        "profile": standing.profile,
        "decisive": settles(standing.test, standing.profile),
        "tracks": {each.track: _track(each) for each in standing.tracks},
        "flags": [flag.value for flag in standing.flags],
        "supports": list(standing.supports),
        "opposes": list(standing.opposes),
    }


def _track(state: TrackState) -> Document:
    return {
        "test": state.outcome.value,
        "profile": state.profile,
        "decisive": settles(state.outcome, state.profile),
        "stale": state.stale,
    }


def reason_value(reason: Reason) -> Document:
    return {
        "id": reason.id,
        "says": reason.says,
        "edge": edge_value(reason.edge) if reason.edge else None,
        "children": [reason_value(child) for child in reason.children],
    }


def _hit(hit: Hit) -> Document:
    return {
        "id": hit.id,
        "title": hit.title,
        "path": hit.path,
        "line": hit.line,
        "score": _number(hit.score),
        "parts": {part: _number(score) for part, score in hit.parts.items()},
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
        "score": _number(suggestion.score),
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
        "confidence": _number(piece.edge.confidence),
    }


def _problem(problem: Problem) -> Document:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "path": problem.span.path,
        "line": problem.span.line,
        "column": problem.span.column,
        "hint": problem.hint,
    }


def _verdict(verdict: Verdict) -> Document:
    return {
        "test": verdict.test,
        "title": verdict.title,
        "claims": list(verdict.claims),
        "track": verdict.track,
        "profile": verdict.profile,
        "verdict": verdict.outcome.value,
        "quantity": verdict.quantity,
        "unit": verdict.unit,
        "effect": _number(verdict.effect),
        "interval": [_number(end) for end in verdict.interval] if verdict.interval else None,
        "seeds": list(verdict.seeds),
        "cited": verdict.cited,
        "reasons": list(verdict.reasons),
        "protocol": verdict.protocol,
        "measures": {name: _number(value) for name, value in verdict.measures},
        "records": list(verdict.records),
        "figure": verdict.figure,
        "stale": verdict.stale,
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
