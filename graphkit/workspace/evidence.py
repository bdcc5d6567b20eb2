"""The run records of a vault and the verdicts they give, computed once and remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import VaultError
from graphkit.models import Problem, Verdict
from graphkit.workspace import index

if TYPE_CHECKING:
    from graphkit.experiment.own import Registered
    from graphkit.experiment.record import Record
    from graphkit.experiment.rule import ClaimTest

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

    Records are read again only when one of them, or the code that judges them, has changed, and
    then only those tests are judged again that ask for a changed one.
    """
    records = folder / RECORDS
    judge = partial(_judge, records, index_file)
    found = index.remembered(index_file, "runs", _key(records), index.Judged, judge)
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


def _judge(records: Path, index_file: Path | None) -> index.Judged:
    from graphkit.experiment import claims

    if not _kept(records):
        return index.Judged(claims.verdicts(()), ())
    from graphkit.experiment import record, registration, released  # pydantic waits here

    loaded, problems = record.load(records, lambda path: _read(path, _state(path)).found)
    studies, faults = released.load(records.parent / RELEASED)
    prints = {each.name: _read(records / each.name, _state(records / each.name)).digest
              for each in loaded}  # fmt: skip

    def judge(test: ClaimTest, asked: Sequence[Record]) -> Verdict:
        said = tuple((each.name, prints[each.name]) for each in asked)
        return _judged(_Sample(test.name, said, tuple(asked)), index_file if asked else None)

    verdicts = (*claims.verdicts(loaded, judge), *released.verdicts(studies))
    moved = _moved(records.parent, _state(records.parent / registration.FILE))
    return index.Judged(_printed(verdicts, prints), (*problems, *faults, *moved))


class _Read(NamedTuple):
    """What a file of records holds, and the print of that."""

    found: Record | Problem
    digest: str = ""


@lru_cache(maxsize=512)
def _read(path: Path, _state: tuple[int, int]) -> _Read:
    """A record, read once for each state of its file."""
    from graphkit.experiment import record

    found = record.attempt(path)
    return _Read(found, "" if isinstance(found, Problem) else _print(found))


@dataclass(frozen=True)
class _Sample:
    """What a test is judged on; samples are equal whose records say the same."""

    test: str
    prints: tuple[tuple[str, str], ...]
    records: tuple[Record, ...] = field(compare=False)


@lru_cache(maxsize=32)
def _judged(sample: _Sample, index_file: Path | None) -> Verdict:
    """The verdict on a sample: resampling it takes longer than all else that a command does."""
    from graphkit.experiment import claims, trials

    key = hashlib.sha256(repr((_code(), sample.prints)).encode()).hexdigest()
    judge = partial(claims.judged, trials.TESTS[sample.test], sample.records)
    return index.remembered(index_file, f"verdict of {sample.test}", key, Verdict, judge)


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
    return hashlib.sha256(repr((_code(), _stats(_kept(records)))).encode()).hexdigest()


def _kept(records: Path) -> tuple[Path, ...]:
    """The files that verdicts come from."""
    folders = (records, records.parent, records.parent / RELEASED)
    return tuple(file for folder in folders for file in folder.glob("*.json"))


@cache
def _code() -> tuple[tuple[str, int, int], ...]:
    """The state of the code that judges records, as it was when this process began to."""
    package = Path(__file__).parents[1]
    shared = (package / name for name in ("models.py", "vocabulary.py"))
    return _stats((*shared, *(package / "experiment").rglob("*.py")))


def _stats(files: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """Each file with its size and age; of a link, its own."""
    found = ((file.name, file.lstat()) for file in sorted(files))
    return tuple((name, status.st_size, status.st_mtime_ns) for name, status in found)
