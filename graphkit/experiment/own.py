"""Experiments of a vault's own: what is registered, what a run of it recorded, what that means.

An experiment is a command that writes a JSON file, one number of which is compared with the value
its author expects. What was run is told apart by two digests: that of the *content* (the command
and the bytes of its inputs), to which trust is given, and that of the *protocol*, which also covers
the number and its bounds, so that bounds moved after a run make it stale. Every value that one
content gave stays in the record: one that drifts is not made steady by running it again.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graphkit.errors import RecordError
from graphkit.experiment.record import store
from graphkit.models import DECISIVE_PROFILE, Verdict
from graphkit.vocabulary import Outcome

SCHEMA: Final = "graphkit.own-run.v1"
_STRICT: Final = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)


class Registered(BaseModel):
    """One `[[experiments]]` table of a vault's settings."""

    model_config = _STRICT

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")
    title: str = ""  # the hypothesis in one line
    command: tuple[str, ...] = Field(min_length=1)
    inputs: tuple[str, ...] = ()  # files of the vault that the command reads
    output: str = Field(min_length=1)  # the JSON file that it writes
    metric: str = Field(min_length=1)  # where the number stands in it: "test.accuracy"
    expected: float
    tolerance: float = Field(ge=0)  # in the unit of the metric
    unit: str = ""
    claim: str = ""  # id, title or path of the claim it tests
    seconds: float = Field(default=600, gt=0)  # after which it is stopped


class Run(BaseModel):
    """What one run recorded."""

    model_config = _STRICT

    schema_: Literal["graphkit.own-run.v1"] = Field(default=SCHEMA, alias="schema")
    name: str
    protocol: str  # digest of what was run and how it was to be judged
    measured: str  # digest of what was run and of which number was read
    value: float | None = None
    failure: str = ""  # why there is no value
    output: str = ""  # digest of the file that the command wrote
    values: Mapping[str, tuple[float, ...]] = {}  # every one that runs gave, by `measured`


class Present(NamedTuple):
    """What stands in the vault now."""

    protocol: str  # empty when an input is missing
    missing: tuple[str, ...]  # inputs that are gone
    output: bytes | None  # the file that the last run wrote; None when it is gone


def content(registered: Registered, files: Mapping[str, bytes]) -> str:
    """The digest of what would be executed: the command and every byte that it is given."""
    prints = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
    told = [registered.command, registered.output, registered.seconds, sorted(prints.items())]
    return _digest(told)


def protocol(registered: Registered, files: Mapping[str, bytes]) -> str:
    """The digest of what would be executed and of the bounds its number is held against."""
    bounds = [registered.metric, registered.expected, registered.tolerance, registered.unit]
    return _digest([content(registered, files), bounds])


def measured(registered: Registered, files: Mapping[str, bytes]) -> str:
    """The digest of what would be executed and of the number that is read, whatever its bounds."""
    return _digest([content(registered, files), registered.metric])


def values(run: Run | None, measured: str) -> tuple[float, ...]:
    """Every value that what is measured so has given."""
    return run.values.get(measured, ()) if run else ()


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def number(document: bytes, metric: str) -> float:
    """The number at a path of keys and list positions joined by dots.

    Raises:
        RecordError: the document is no JSON, or has no finite number there.
    """
    try:
        found = json.loads(document)
        for step in metric.split("."):
            found = found[int(step)] if isinstance(found, list) else found[step]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise RecordError(f"the output has nothing at {metric}") from error
    number_ = isinstance(found, int | float) and not isinstance(found, bool)
    if not number_ or not math.isfinite(found):
        raise RecordError(f"the output has no finite number at {metric}")
    return float(found)


def judge(registered: Registered, run: Run | None, present: Present) -> Verdict:
    """What the last run says of the claim, and whether it still holds for what stands there now.

    Raises:
        RecordError: the record tells another number than the file that the run wrote.
    """
    _confirm(registered, run, present)
    outcome, said = _outcome(registered, run)
    return Verdict(
        test=registered.name,
        title=registered.title or registered.name,
        outcome=outcome,
        profile=DECISIVE_PROFILE if run else "",
        quantity=registered.metric,
        unit=registered.unit,
        effect=run.value if run else None,
        cited=f"{registered.expected:g} ± {registered.tolerance:g} {registered.unit}".rstrip(),
        reasons=(*said, *(_changes(run, present) if run else ())),
        records=(f"own/{registered.name}.json",) if run else (),
        stale=run is not None and bool(_changes(run, present)),
        claims=(registered.claim,) if registered.claim else (),
        prints=(_digest(run.model_dump(mode="json"))[:8],) if run else (),
    )


def _outcome(registered: Registered, run: Run | None) -> tuple[Outcome, tuple[str, ...]]:
    expected, tolerance = registered.expected, registered.tolerance
    if run is None:
        return Outcome.NOT_RUN, (f"graphkit experiment own run {registered.name}",)
    if run.value is None:
        return Outcome.INCONCLUSIVE, (run.failure,)
    seen = {**dict.fromkeys(values(run, run.measured)), run.value: None}
    if max(seen) - min(seen) > tolerance:
        drift = " and ".join(f"{value:g}" for value in seen)
        return Outcome.INCONCLUSIVE, (f"the same content gave {drift}",)
    if abs(run.value - expected) <= tolerance:
        return Outcome.REPRODUCED, ()
    far = (f"{run.value:g} is not {expected:g} within {tolerance:g}",)
    opposite = run.value * expected < 0 and abs(run.value) > tolerance
    return (Outcome.CONTRADICTED if opposite else Outcome.NOT_REPRODUCED), far


def _confirm(registered: Registered, run: Run | None, present: Present) -> None:
    """Read the number again, where the file that the run wrote and the protocol are still its own.

    Raises:
        RecordError: it is another one than the record tells.
    """
    if run is None or present.output is None or present.protocol != run.protocol:
        return
    if hashlib.sha256(present.output).hexdigest() != run.output:
        return
    try:
        read_ = number(present.output, registered.metric)
    except RecordError:
        read_ = None
    if read_ != run.value:
        says = ["no number" if each is None else f"{each:g}" for each in (run.value, read_)]
        told = f"its record tells {says[0]}, the output of that run {says[1]}"
        raise RecordError(told, f"graphkit experiment own run {registered.name} makes it anew")


def _changes(run: Run, present: Present) -> tuple[str, ...]:
    """What is no longer as it was when the run was recorded."""
    said = [f"its input {path} is missing" for path in present.missing]
    if not present.missing and present.protocol != run.protocol:
        said.append("its command, inputs or bounds changed since")
    if run.output and present.output is None:
        said.append("its output is missing")
    elif run.output and hashlib.sha256(present.output or b"").hexdigest() != run.output:
        said.append("its output was changed")
    return tuple(said)


def read(path: Path) -> Run | None:
    """The last run recorded at `path`; None where there is none.

    Raises:
        RecordError: the file is no such record.
    """
    try:
        run = Run.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise RecordError(f"{path.name} is not a whole record", "run it again") from error
    if run.name != path.stem:
        raise RecordError(f"{path.name} holds the run of {run.name}", "give it its own name")
    return run


def write(path: Path, run: Run) -> None:
    """Record a run.

    Raises:
        RecordError: the file cannot be written; what was recorded before is intact.
    """
    store(path, (run.model_dump_json(by_alias=True) + "\n").encode(), "the record")
