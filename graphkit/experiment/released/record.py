"""The record of a study: its contrasts, the digests of the files behind them, and whom to cite."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graphkit.experiment.record import store
from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity

SCHEMA: Final = "graphkit.released.v1"
FOLDER: Final = "released"  # beside the folder of run records


class Finding(BaseModel):
    """What the files say of one contrast: its mean and 95 % percentile interval."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str
    says: str
    quantity: str
    unit: str
    count: int  # data sets, cells or prompts that were paired
    mean: float
    low: float
    high: float
    rising: int  # of them, how many differences are above zero


class StudyRecord(BaseModel):
    """One study's contrasts, as computed from the files with these digests."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["graphkit.released.v1"] = Field(default=SCHEMA, alias="schema")
    study: str
    title: str
    identifier: str
    licence: str
    released_by: str
    resampled: str
    resamples: int
    files: dict[str, str]  # path below the folder given, sha256
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """Its file name."""
        return f"{self.study}.json"


def write(folder: Path, record: StudyRecord) -> Path:
    """Write a record atomically and return its path.

    Raises:
        RecordError: the folder cannot be written.
    """
    text = record.model_dump_json(by_alias=True, indent=1) + "\n"
    return store(folder / record.name, text.encode(), "the record")


def load(folder: Path) -> tuple[tuple[StudyRecord, ...], tuple[Problem, ...]]:
    """The records of a folder by study, and a Problem for each file that is none."""
    loaded: list[StudyRecord] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.json")):
        try:
            loaded.append(StudyRecord.model_validate_json(path.read_bytes()))
        except (OSError, ValidationError) as error:
            problems.append(_problem(path, error))
    return tuple(loaded), tuple(problems)


def _problem(path: Path, error: OSError | ValidationError) -> Problem:
    if isinstance(error, OSError):
        why = f"cannot be read: {error.strerror}"
    else:
        first = error.errors()[0]
        why = f"is no whole record: {'.'.join(map(str, first['loc']))}: {first['msg']}"
    span = Span(Path(path.parent.parent.name, path.parent.name, path.name).as_posix())
    hint = "graphkit experiment released --data DIR writes it again"
    return Problem("bad-record", Severity.ERROR, f"{path.name} {why}", span, hint)
