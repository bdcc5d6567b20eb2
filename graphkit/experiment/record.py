"""Run records: one JSON file a job, written at once and whole, read without torch.

A record holds what the verdicts need and nothing that has to be run again: metrics, the outcome
of every test item (one character each), curves, and the fingerprint of the protocol behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graphkit.disk import write_atomically
from graphkit.errors import RecordError, VaultError
from graphkit.experiment.protocol import PROFILES
from graphkit.experiment.trials import ARMS
from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity

SCHEMA: Final = "graphkit.run.v1"


class Items(BaseModel):
    """The test items of one world: each has a character or a number under each heading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    digest: str  # of the prompts: two arms with the same digest answered the same items
    columns: dict[str, str] = {}
    numbers: dict[str, list[float]] = {}  # a number for each item under each heading

    def flags(self, column: str, characters: str) -> list[bool]:
        """For each item, whether its character under this heading is one of these."""
        return [character in characters for character in self.columns[column]]


class Record(BaseModel):
    """What one job (profile, arm, seed) did. Rates are shares of one, not per cent."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False
    )

    schema_: Literal["graphkit.run.v1"] = Field(default=SCHEMA, alias="schema")
    profile: str
    arm: str
    stage: str
    seed: int
    fingerprint: str
    failure: str = ""  # why the job has no result; empty when it has one
    config: dict[str, Any]
    metrics: dict[str, float] = {}
    items: dict[str, Items] = {}  # by world: "K", "C", "R", "S"
    curves: dict[str, list[float]] = {}
    versions: dict[str, str] = {}
    commit: str = ""
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def name(self) -> str:
        """Its file name in the records folder."""
        return filename(self.profile, self.arm, self.seed)


def filename(profile: str, arm: str, seed: int) -> str:
    """The file that holds the record of this job."""
    return f"{profile}-{arm}-seed{seed}.json"


def write(folder: Path, record: Record) -> Path:
    """Write a record atomically and return its path.

    Raises:
        RecordError: the folder cannot be written (a full disk, no permission).
    """
    text = record.model_dump_json(by_alias=True, indent=None, exclude_defaults=False) + "\n"
    return store(folder / record.name, text.encode(), "the record")


def store(path: Path, data: bytes, what: str) -> Path:
    """Write a file of a run atomically, making its folder; `what` it is, for the message.

    Raises:
        RecordError: it cannot be written; what stood there before is intact.
    """
    try:
        write_atomically(path, data)
    except VaultError as error:
        cause = error.__cause__
        why = cause.strerror if isinstance(cause, OSError) else error.message
        raise RecordError(
            f"{what} {path.name} could not be written: {why}",
            "free the disk or choose another folder; what was recorded before is intact",
        ) from error
    return path


def read(path: Path) -> Record:
    """Read one record.

    Raises:
        RecordError: it is truncated, of another schema version or arm, or cannot be read.
    """
    try:
        record = Record.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RecordError(f"cannot read the record {path.name}: {error.strerror}") from error
    except ValidationError as error:
        raise RecordError(f"{path.name} {_complaint(error)}", "run this job again") from error
    if record.arm not in ARMS or record.profile not in PROFILES:
        named = f"arm {record.arm!r}, profile {record.profile!r}"
        raise RecordError(f"{path.name} is of another version: {named}", "this version has none")
    if record.name != path.name:
        raise RecordError(f"{path.name} holds the record {record.name}", "give it its own name")
    return record


def _complaint(error: ValidationError) -> str:
    first = error.errors()[0]
    if first["loc"] == ("schema",):
        return f"is of schema {first['input']!r}, this version reads {SCHEMA!r}"
    where = ".".join(str(part) for part in first["loc"])
    return f"is not a whole record: {where}: {first['msg']}" if where else "is not whole JSON"


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        # A link to nothing is a record that is gone, not one that never was: reading it says so.
        yield from (p for p in folder.glob("*.json") if p.is_file() or not p.exists())


def attempt(path: Path) -> Record | Problem:
    """The record of a file, or a Problem where it is not one."""
    try:
        return read(path)
    except RecordError as error:
        span = Span(Path(path.parent.parent.name, path.parent.name, path.name).as_posix())
        return Problem("bad-record", Severity.ERROR, error.message, span, error.hint)


def load(
    folder: Path, attempt: Callable[[Path], Record | Problem] = attempt
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """All records of a folder by name, and a Problem for each file that is not one.

    `attempt` reads a file; one that remembers what it read spares reading it again.
    """
    results = [attempt(path) for path in sorted(_files(folder))]
    return (
        tuple(result for result in results if isinstance(result, Record)),
        tuple(result for result in results if isinstance(result, Problem)),
    )
