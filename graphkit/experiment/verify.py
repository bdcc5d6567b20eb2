"""Records put to the proof: jobs run again elsewhere, and two sets of records side by side."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from graphkit.errors import RecordError
from graphkit.experiment import protocol
from graphkit.experiment.arms import closure
from graphkit.experiment.job import Job, perform
from graphkit.experiment.record import Record
from graphkit.experiment.trials import ARMS
from graphkit.models import Verdict

TOLERANCE: Final = 0.005  # of a rate: other processors round differently
Told = Callable[[str, int, int], None]


class Difference(NamedTuple):
    """One metric of one record: as recorded, and as found again (None: only in one of them)."""

    record: str
    metric: str
    held: float | None
    found: float | None

    @property
    def size(self) -> float:
        """How far apart the two are; infinite where one is missing."""
        if self.held is None or self.found is None:
            return float("inf")
        return abs(self.held - self.found)


class Proof(NamedTuple):
    """What running records again came to."""

    records: tuple[str, ...]  # run again
    differences: tuple[Difference, ...]  # beyond the tolerance, the largest first
    largest: float  # difference of any metric


class Turn(NamedTuple):
    """One claim test under two sets of records."""

    test: str
    before: Verdict | None
    after: Verdict | None


def drawn(records: Sequence[Record], count: int, seed: int) -> tuple[Record, ...]:
    """A sample of the records that the present protocol made and that have a result.

    Raises:
        RecordError: there is none.
    """
    able = [r for r in records if not r.failure and _current(r)]
    if not able:
        raise RecordError("no record of the present protocol", "graphkit experiment run makes them")
    chosen = random.Random(seed).sample(able, min(count, len(able)))  # noqa: S311  no secret
    return tuple(sorted(chosen, key=lambda record: record.name))


def again(
    chosen: Sequence[Record],
    folder: Path,
    tolerance: float = TOLERANCE,
    on_progress: Told | None = None,
) -> Proof:
    """Run the jobs of these records again in `folder`, with all they start from, and compare."""
    jobs = list(dict.fromkeys(job for record in chosen for job in _lineage(record, folder)))
    found: dict[str, Record] = {}
    for number, job in enumerate(jobs):
        if on_progress:
            on_progress(job.name, number, len(jobs))
        found[job.name] = perform(job)
    if on_progress:
        on_progress("compared", len(jobs), len(jobs))
    return _proof(chosen, found, tolerance)


def _lineage(record: Record, folder: Path) -> Iterator[Job]:
    for arm in closure([ARMS[record.arm]]):
        yield Job(record.profile, arm.name, record.seed, folder / "records", folder / "weights")


def _proof(chosen: Sequence[Record], found: Mapping[str, Record], tolerance: float) -> Proof:
    all_ = [each for record in chosen for each in differences(record, found[record.name])]
    beyond = sorted((each for each in all_ if each.size > tolerance), key=lambda each: -each.size)
    largest = max((each.size for each in all_), default=0.0)
    return Proof(tuple(record.name for record in chosen), tuple(beyond), largest)


def differences(held: Record, found: Record) -> Iterator[Difference]:
    """Every metric of two records of one job that is not the same in both."""
    for metric in sorted({*held.metrics, *found.metrics}):
        ours, theirs = held.metrics.get(metric), found.metrics.get(metric)
        if ours != theirs:
            yield Difference(held.name, metric, ours, theirs)


def turns(before: Iterable[Verdict], after: Iterable[Verdict]) -> tuple[Turn, ...]:
    """Every claim test whose verdict, effect or interval is not the same under both."""
    first = {verdict.test: verdict for verdict in before}
    second = {verdict.test: verdict for verdict in after}
    pairs = ((test, first.get(test), second.get(test)) for test in {**first, **second})
    return tuple(Turn(test, a, b) for test, a, b in pairs if _told(a) != _told(b))


def _told(verdict: Verdict | None) -> Verdict | None:
    """The verdict without what names its records: where they lie says nothing about it."""
    return replace(verdict, records=(), claims=(), figure="") if verdict else None


def _current(record: Record) -> bool:
    return protocol.current(record.profile, record.arm, record.fingerprint)
