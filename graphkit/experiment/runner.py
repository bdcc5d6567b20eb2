"""Running a profile: jobs in waves over processes, resumed, kept within their time.

Each job writes its record as soon as it ends, so an interrupted run loses at most the jobs in
flight; a job whose record has the present fingerprint is not run again. Between waves (bases, what
starts from them, and so on) the guard looks at the clock and drops seeds, then arms.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from graphkit.errors import RecordError
from graphkit.experiment import commit, pool, protocol, record, registration, rule
from graphkit.experiment.arms import closure
from graphkit.experiment.job import Job
from graphkit.experiment.protocol import FEWEST_SEEDS, PROFILES, Profile
from graphkit.experiment.record import Record
from graphkit.experiment.rule import ClaimTest
from graphkit.experiment.trials import ARMS, BESIDE, BUILT


class Progress(NamedTuple):
    """Where a run stands after a job, or why something was left out."""

    done: int
    total: int
    seconds_left: float
    said: str


class Summary(NamedTuple):
    """What a run came to; records by file name, what was left out with its reason."""

    written: tuple[str, ...]
    kept: tuple[str, ...]  # were there already, made by the present protocol
    failed: tuple[str, ...]
    dropped: tuple[str, ...]
    wall_seconds: float
    cpu_seconds: float  # of the new records, over all processes


Report = Callable[[Progress], None]


def run(
    profile: str,
    folder: Path,
    tests: Sequence[str] = (),
    *,
    jobs: int = 2,
    minutes: float | None = None,
    cache: Path | None = None,
    device: str = "cpu",
    scheduler: str = "",
    on_progress: Report | None = None,
) -> Summary:
    """Run what the records folder lacks of a profile; without `tests`, all of the profile's.

    `minutes` replaces the profile's limit of wall-clock time (0 lifts it); `cache` is where
    weights are kept that other arms start from, the user's cache unless given; `device` is a name
    that torch knows; `scheduler` is the address of a Dask cluster to run on. The rules are fixed
    beside the records folder before its first record.

    Raises:
        RecordError: no such profile, test or device, the folder cannot be written, or the rules
            are not those that were fixed there.
    """
    began = time.perf_counter()
    chosen, asked = _chosen(profile, tests)
    _present(device)
    _fix(folder.parent, {profile, f"profile {profile}", *(test.name for test in asked)})
    weights = cache or _cache()
    make = partial(Job, folder=folder, cache=weights, commit=commit.current(), device=device)
    wanted = [make(profile, arm, seed) for seed, arm in _planned(chosen, asked)]
    held = {found.name: found for found in record.load(folder)[0] if _is_current(found)}
    gating = asked if chosen.gated else ()
    shut = _barred([job for job in wanted if job.name not in held], gating, held)
    pending = missing([job for job in wanted if job not in shut], held)
    kept = tuple(job.name for job in wanted if job.name in held and job not in pending)
    limit = 60 * (chosen.minutes if minutes is None else minutes)
    written: list[Record] = []
    dropped = [*dict.fromkeys(shut.values())]
    with pool.opened(jobs, scheduler) as workers:
        while pending:
            barred = _barred(pending, gating, held)
            pending = [job for job in pending if job not in barred]
            dropped += dict.fromkeys(barred.values())
            spent = time.perf_counter() - began
            late = guard(pending, spent, limit, _pace(written), workers.workers)
            due = ready([job for job in pending if job not in late])
            if not due:  # what is late now may have had time if the pace had risen; it did not
                dropped += dict.fromkeys(late.values())
                break
            for done in workers.perform(due):
                held[done.name] = done
                written.append(done)
                pending = [job for job in pending if job.name != done.name]
                if on_progress:
                    left = _seconds(pending, _pace(written), workers.workers)
                    total = len(wanted) - len(kept)
                    on_progress(Progress(len(written), total, left, done.name))
    return _summed(written, kept, dropped, time.perf_counter() - began)


def _summed(
    written: Sequence[Record], kept: tuple[str, ...], dropped: Sequence[str], wall: float
) -> Summary:
    return Summary(
        tuple(done.name for done in written),
        kept,
        tuple(f"{done.name}: {done.failure}" for done in written if done.failure),
        tuple(dropped),
        wall,
        sum(done.cpu_seconds for done in written),
    )


def _fix(folder: Path, asked: AbstractSet[str]) -> None:
    """Fix the rules before a first record; later they must be those that were fixed."""
    if not (folder / registration.FILE).exists():
        registration.write(folder)
    if moved := sorted(asked & {*registration.changed(folder)}):
        raise RecordError(
            f"not the rules that were fixed in {folder / registration.FILE}: {', '.join(moved)}",
            "to run under the rules as they are now, move that file away: they are fixed anew",
        )


def _present(device: str) -> None:
    import torch

    try:
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError) as error:  # torch raises either, by how it was built
        first = str(error).splitlines()[0]
        raise RecordError(f"no device {device!r} here: {first}", "there is always cpu") from error


def _chosen(profile: str, tests: Sequence[str]) -> tuple[Profile, tuple[ClaimTest, ...]]:
    if profile not in PROFILES:
        raise RecordError(f"no profile {profile!r}", f"there are {', '.join(PROFILES)}")
    names = tuple(tests) or PROFILES[profile].tests
    built = {test.name: test for test in (*BUILT, *BESIDE)}
    for name in names:
        if name not in built:
            raise RecordError(f"no test {name!r} that can be run", f"there are {', '.join(built)}")
    size = replace(PROFILES[profile], arms=()) if tests else PROFILES[profile]
    return size, tuple(built[name] for name in names)


def _planned(profile: Profile, tests: Sequence[ClaimTest]) -> Iterator[tuple[int, str]]:
    """Every seed with each arm that it is to train."""
    for seed in profile.seeds:
        yield from ((seed, arm) for arm in _arms(profile, tests, seed))


def _arms(profile: Profile, tests: Sequence[ClaimTest], seed: int) -> tuple[str, ...]:
    """What these tests compare on this seed and all that needs, in order; extras last."""
    asked = [test for test in tests if seed in profile.seeds_of(test)]
    names = [*(arm for test in asked for arm in test.arms), *profile.arms]
    extras = [arm for test in asked for arm in test.optional]
    more = extras if seed in profile.seeds[: profile.extras] else []
    return tuple(arm.name for arm in closure([*names, *more]))


def _cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("graphkit") / "experiment"


def _is_current(found: Record) -> bool:
    return protocol.current(found.profile, found.arm, found.fingerprint)


def missing(wanted: Sequence[Job], held: Mapping[str, Record]) -> list[Job]:
    """The jobs to run: those without a record, and starts whose weights such a job needs."""
    needed: list[Job] = []
    for job in reversed(wanted):  # what starts from a job comes after it
        followed = any(job.arm in _needed(j.arm) and j.seed == job.seed for j in needed)
        if job.name not in held or (followed and not job.checkpoint.exists()):
            needed.append(job)
    return needed[::-1]


def ready(pending: Sequence[Job]) -> list[Job]:
    """The jobs that wait for no other, the longest first."""
    waiting = {(job.arm, job.seed) for job in pending}
    able = [j for j in pending if not any((arm, j.seed) in waiting for arm in _needed(j.arm))]
    return sorted(able, key=lambda job: (-ARMS[job.arm].cpu_seconds, job.seed))


def _barred(
    pending: Iterable[Job], tests: Sequence[ClaimTest], held: Mapping[str, Record]
) -> dict[Job, str]:
    """Jobs whose start failed, or a gate of every test that wants them; each with its reason."""
    found = {}
    for job in pending:
        before = [held[name] for name in _starts(job) if name in held]
        failures = [f"{start.arm} failed: {start.failure}" for start in before if start.failure]
        faults = [
            [fault for start in before for fault in rule.faults(test.gates, start)]
            for test in tests
            if ARMS[job.arm] in {*test.arms, *test.optional}
        ]
        reasons = failures or (faults and all(faults) and faults[0])
        if reasons:
            found[job] = f"{job.arm} of seed {job.seed} is not run: {reasons[0]}"
    return found


def _needed(arm: str) -> set[str]:
    return {needed.name for needed in ARMS[arm].needs}


def _starts(job: Job) -> list[str]:
    arms = closure([ARMS[job.arm]])[:-1]
    return [record.filename(job.profile, arm.name, job.seed) for arm in arms]


def _pace(written: Sequence[Record]) -> float:
    """Wall seconds of a job to each budgeted CPU second, as measured so far."""
    budget = sum(ARMS[done.arm].cpu_seconds for done in written)
    return sum(done.wall_seconds for done in written) / budget if budget else 1.0


def _seconds(jobs: Iterable[Job], pace: float, workers: int) -> float:
    return pace * sum(ARMS[job.arm].cpu_seconds for job in jobs) / workers


def guard(
    pending: Sequence[Job], spent: float, limit: float, pace: float, workers: int
) -> dict[Job, str]:
    """What must be left out to end within `limit` seconds (0: none): seeds first, then arms.

    The last seeds go until FEWEST_SEEDS are left, then arms from the end of the wanted order,
    each with what starts from it and over all seeds.
    """
    late: dict[Job, str] = {}
    kept = list(pending)
    while limit and kept and spent + _seconds(kept, pace, workers) > limit:
        seeds = sorted({job.seed for job in kept})
        if len(seeds) > FEWEST_SEEDS:
            gone, what = [job for job in kept if job.seed == seeds[-1]], f"seed {seeds[-1]}"
        else:
            gone, what = [job for job in kept if job.arm == kept[-1].arm], f"arm {kept[-1].arm}"
        late |= dict.fromkeys(gone, f"{what} is left out: {limit:.0f} s would not be enough")
        kept = [job for job in kept if job not in late]
    return late
