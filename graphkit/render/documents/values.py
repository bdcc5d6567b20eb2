"""The parts that several documents are made of."""

from __future__ import annotations

import math
from typing import Any

from graphkit.models import Edge, Reason, Reported, Standing, TrackState, settles

Document = dict[str, Any]


def edge_value(edge: Edge) -> Document:
    return {
        "source": edge.source,
        "target": edge.target,
        "relation": edge.relation,
        "inferred": edge.inferred,
        "phrase": edge.phrase,
        "confidence": number(edge.confidence),
        "context": edge.context,
        "reported": _reported(edge.reported) if edge.reported else None,
        "path": edge.span.path,
        "line": edge.span.line,
    }


def _reported(said: Reported) -> Document:
    return {
        "p": number(said.p),
        "bound": said.bound,
        "n": said.n,
        "locator": said.locator,
        "figures": [
            {
                "value": number(figure.value),
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


def number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
