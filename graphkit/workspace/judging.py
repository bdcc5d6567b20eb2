"""Records judged once and remembered: in the index, and while a process runs in its memory.

What is remembered is known by the state of its file or by a digest of what it says, and only so
much of it is kept as a vault's records come to.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.models import Problem, Verdict
from graphkit.workspace import index

if TYPE_CHECKING:
    from graphkit.experiment.record import Record
    from graphkit.experiment.rule import ClaimTest, Reading

    Read = Callable[[Mapping[str, Record]], Reading]

RECORDS: Final = "records"
RELEASED: Final = "released"
_NOWHERE: Final = (0, 0)

State = tuple[int, int]  # the size and age of a file; zeros where there is none
States = Mapping[str, State]  # of the JSON files of a folder by name, in order


class _Listed(NamedTuple):
    """The files that verdicts come from."""

    records: States
    beside: States
    released: States


def judged(folder: Path, index_file: Path | None) -> index.Judged:
    """The verdicts of the records below a folder, and what is wrong with them.

    Records are read again only when one of them, or the code that judges them, has changed, and
    then only those tests are judged again that ask for a changed one.
    """
    listed = _Listed(*(_states(each) for each in (folder / RECORDS, folder, folder / RELEASED)))
    key = hashlib.sha256(repr((_code(), listed)).encode()).hexdigest()
    judge = partial(_judge, folder, listed, index_file)
    return index.remembered(index_file, "runs", key, index.Judged, judge)


def _judge(folder: Path, listed: _Listed, index_file: Path | None) -> index.Judged:
    from graphkit.experiment import claims

    if not any(listed):
        return index.Judged(claims.verdicts(()), ())
    from graphkit.experiment import registration  # pydantic waits here
    from graphkit.experiment.record import Record

    place = str(folder / RECORDS)
    read = {name: _read(f"{place}/{name}", state) for name, state in listed.records.items()}
    held = {name: each.found for name, each in read.items() if isinstance(each.found, Record)}
    problems = [each.found for each in read.values() if isinstance(each.found, Problem)]
    prints = {name: read[name].digest for name in held}
    told = {
        test: _judged(_sample(test, names, held, prints), index_file if names else None)
        for test, names in _asked(_Jobs(tuple(held), tuple(held.values()))).items()
    }
    outside, faults = _released(folder / RELEASED, tuple(listed.released.items()))
    verdicts = (*claims.verdicts((), lambda test, _: told[test.name]), *outside)
    moved = _moved(folder, listed.beside.get(registration.FILE, _NOWHERE))
    return index.Judged(_printed(verdicts, prints), (*problems, *faults, *moved))


class _Read(NamedTuple):
    """What a file of records holds, and the print of that."""

    found: Record | Problem
    digest: str = ""


@lru_cache(maxsize=512)
def _read(path: str, _state: State) -> _Read:
    """A record, read once for each state of its file."""
    from graphkit.experiment import record

    found = record.attempt(Path(path))
    return _Read(found, "" if isinstance(found, Problem) else _print(found))


@dataclass(frozen=True)
class _Jobs:
    """Records; equal to others where those are of the same jobs, whatever came of them."""

    names: tuple[str, ...]
    records: tuple[Record, ...] = field(compare=False)


@lru_cache(maxsize=2)
def _asked(jobs: _Jobs) -> Mapping[str, tuple[str, ...]]:
    """The names of the records that each test is judged on, which the names of all decide."""
    from graphkit.experiment import claims

    asked: dict[str, tuple[str, ...]] = {}

    def judge(test: ClaimTest, records: Sequence[Record]) -> Verdict:
        asked[test.name] = tuple(each.name for each in records)
        return claims.judged(test, ())

    claims.verdicts(jobs.records, judge)
    return asked


@lru_cache(maxsize=2)
def _released(
    folder: Path, _states: tuple[tuple[str, State], ...]
) -> tuple[tuple[Verdict, ...], tuple[Problem, ...]]:
    """The verdicts of released results, judged once for each state of their files."""
    from graphkit.experiment import released

    studies, faults = released.load(folder)
    return tuple(released.verdicts(studies)), tuple(faults)


@dataclass(frozen=True)
class _Sample:
    """What a test is judged on; samples are equal whose records say the same."""

    test: str
    prints: tuple[tuple[str, str], ...]
    records: tuple[Record, ...] = field(compare=False)


def _sample(
    test: str, names: Iterable[str], held: Mapping[str, Record], prints: Mapping[str, str]
) -> _Sample:
    said = tuple((name, prints[name]) for name in names)
    return _Sample(test, said, tuple(held[name] for name, _ in said))


@lru_cache(maxsize=32)
def _judged(sample: _Sample, index_file: Path | None) -> Verdict:
    """The verdict on a sample: resampling it takes longer than all else that a command does."""
    from graphkit.experiment import claims, trials

    key = hashlib.sha256(repr((_code(), sample.prints)).encode()).hexdigest()
    test = trials.TESTS[sample.test]
    again = replace(test, read=partial(_once, test.read, sample)) if test.read else test
    judge = partial(claims.judged, again, sample.records)
    return index.remembered(index_file, f"verdict of {sample.test}", key, Verdict, judge)


def _once(read: Read, sample: _Sample, seed: Mapping[str, Record]) -> Reading:
    """What one seed of a sample says, read anew only where one of its records says otherwise."""
    held, prints = {each.name: each for each in seed.values()}, dict(sample.prints)
    return _reading(read, _sample(sample.test, held, held, prints))


@lru_cache(maxsize=128)
def _reading(read: Read, seed: _Sample) -> Reading:
    return read({each.arm: each for each in seed.records})


@lru_cache(maxsize=8)
def _moved(folder: Path, _state: tuple[int, int]) -> tuple[Problem, ...]:
    """What no longer fits the registration, asked once for each state of its file.

    Digesting the code of the tests costs more than judging their records, and the code does not
    change while it runs.
    """
    from graphkit.experiment import registration

    return tuple(registration.problems(folder))


def _states(folder: Path) -> States:
    """The state of each JSON file of a folder; of a link, that of the file behind it."""
    try:
        with os.scandir(folder) as entries:
            files = sorted((each.name, each) for each in entries if each.name.endswith(".json"))
    except OSError:
        return {}
    found = ((name, _state(entry)) for name, entry in files)
    return {name: state for name, state in found if state}


def _state(entry: os.DirEntry[str]) -> State | None:
    """The state of a file, None of what is none: a link to nothing is a record that is gone."""
    try:
        status = entry.stat()
    except OSError:
        return _NOWHERE
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None


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
