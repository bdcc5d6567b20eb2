"""Records and verdicts as JSON documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graphkit.models import Verdict
from graphkit.render.documents.values import Document, number

if TYPE_CHECKING:
    from graphkit.render.jobs import Run
    from graphkit.render.own import Row


def verdicts(given: Iterable[Verdict]) -> Document:
    """graphkit.verdicts.v1: what the runs of each claim test came to."""
    return {"schema": "graphkit.verdicts.v1", "verdicts": [_verdict(verdict) for verdict in given]}


def records(given: Iterable[Run]) -> Document:
    """graphkit.records.v1: the run records: arm, profile, seed, cost, why a job has no result."""
    return {
        "schema": "graphkit.records.v1",
        "records": [
            {
                "name": run.name,
                "arm": run.arm,
                "profile": run.profile,
                "seed": run.seed,
                "cpu_seconds": number(run.cpu_seconds),
                "failure": run.failure,
            }
            for run in given
        ],
    }


def proof(records: Iterable[str], off: Iterable[Mapping[str, Any]], largest: float) -> Document:
    """graphkit.proof.v1: recorded jobs that were run again, and the metrics that differ."""
    return {
        "schema": "graphkit.proof.v1",
        "records": list(records),
        "differences": [dict(each) for each in off],
        "largest": number(largest),
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
        "effect": number(verdict.effect),
        "interval": [number(end) for end in verdict.interval] if verdict.interval else None,
        "seeds": list(verdict.seeds),
        "cited": verdict.cited,
        "reasons": list(verdict.reasons),
        "protocol": verdict.protocol,
        "measures": {name: number(value) for name, value in verdict.measures},
        "records": list(verdict.records),
        "figure": verdict.figure,
        "stale": verdict.stale,
    }
