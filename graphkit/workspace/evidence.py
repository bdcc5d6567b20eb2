"""The run records of a vault and the verdicts they give, computed once and remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import VaultError
from graphkit.models import Problem, Verdict
from graphkit.workspace import index

if TYPE_CHECKING:
    from graphkit.experiment.own import Registered
    from graphkit.experiment.record import Record

RECORDS: Final = "records"
FIGURES: Final = "figures"
RELEASED: Final = "released"


class Runs(NamedTuple):
    """What a vault's experiments came to."""

    folder: Path
    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]


def load(folder: Path, index_file: Path | None) -> Runs:
    """The verdicts of the records below `folder`, which name no claims yet: the graph knows them.

    Records are read again only when one of them, or the code that judges them, has changed.
    """
    records = folder / RECORDS
    found = index.remembered(index_file, _key(records), partial(_judge, records))
    return Runs(folder, found.verdicts, found.problems)


def with_own(root: Path, runs: Runs, own: Iterable[Registered], settings: str) -> Runs:
    """The verdicts with those of the experiments that the vault itself registers."""
    from graphkit.workspace import registered

    taken = [verdict.test for verdict in runs.verdicts]
    found = registered.judged(root, runs.folder, own, taken, settings)
    return runs._replace(
        verdicts=(*runs.verdicts, *found.verdicts), problems=(*runs.problems, *found.problems)
    )


def records(folder: Path) -> tuple[Record, ...]:
    """The run records below a folder of experiments."""
    from graphkit.experiment import record

    return record.load(folder / RECORDS)[0]


def around(path: Path) -> Path:
    """The folder of experiments that a path names: itself, that of a vault, or of its records.

    Raises:
        VaultError: no records lie there.
    """
    for folder in (path, path / "experiments", path.parent):
        if (folder / RECORDS).is_dir():
            return folder
    raise VaultError(f"{path} holds no records", "name a vault or a folder of records")


def draw(folder: Path) -> tuple[Path, ...]:
    """Draw the figures of all tests, and of the rows beside them; the files written."""
    from graphkit.experiment import claims, report

    held = records(folder)
    judged = (*claims.verdicts(held), *claims.beside(held))
    return report.figures(held, judged, folder / FIGURES)


def _judge(records: Path) -> index.Judged:
    from graphkit.experiment import claims, record, registration, released  # pydantic waits here

    loaded, problems = record.load(records)
    studies, faults = released.load(records.parent / RELEASED)
    verdicts = (*claims.verdicts(loaded), *released.verdicts(studies))
    moved = _moved(records.parent, _state(records.parent / registration.FILE))
    printed = _printed(verdicts, {each.name: _print(each) for each in loaded})
    return index.Judged(printed, (*problems, *faults, *moved))


@lru_cache(maxsize=8)
def _moved(folder: Path, _state: tuple[int, int]) -> tuple[Problem, ...]:
    """What no longer fits the registration, asked once for each state of its file.

    Digesting the code of the tests costs more than judging their records, and the code does not
    change while it runs.
    """
    from graphkit.experiment import registration

    return tuple(registration.problems(folder))


def _state(file: Path) -> tuple[int, int]:
    """The size and age of a file; zeros where there is none."""
    try:
        status = file.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _printed(verdicts: Iterable[Verdict], prints: Mapping[str, str]) -> tuple[Verdict, ...]:
    """The verdicts, each with the prints of its records, so that a replaced one can be told."""
    return tuple(
        replace(each, prints=tuple(prints.get(name, "") for name in each.records))
        for each in verdicts
    )


def _print(record: Record) -> str:
    """A digest of what a record says of its job; not of when and where it ran."""
    told = record.model_dump_json(include={"fingerprint", "failure", "metrics", "items"})
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _key(records: Path) -> str:
    """A digest of the state of the records and of the code that judges them."""
    package = Path(__file__).parents[1]
    code = (package / name for name in ("models.py", "vocabulary.py"))
    kept = (
        *records.glob("*.json"),
        *records.parent.glob("*.json"),
        *(records.parent / RELEASED).glob("*.json"),
    )
    seen = [*kept, *code, *(package / "experiment").rglob("*.py")]
    stats = [(file.name, file.lstat().st_size, file.lstat().st_mtime_ns) for file in sorted(seen)]
    return hashlib.sha256(repr(stats).encode()).hexdigest()
