"""Where jobs run: in processes of this machine, or on the workers of a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from graphkit.errors import GraphkitError
from graphkit.experiment.job import Job, perform
from graphkit.experiment.record import Record

_PATIENCE = "10s"  # for a scheduler to answer


class Pool(NamedTuple):
    """Workers, and how to give them jobs that do not wait for each other.

    Records come in the order in which the jobs end. Workers of a cluster must see the folders of
    records and weights under the same paths.
    """

    workers: int
    perform: Callable[[Sequence[Job]], Iterator[Record]]


@contextmanager
def opened(processes: int, scheduler: str = "") -> Iterator[Pool]:
    """A pool of so many processes, or of all workers of the cluster at `scheduler`.

    Raises:
        GraphkitError: no cluster answers there, it has no workers, or Dask is not installed.
    """
    if not scheduler:
        yield Pool(processes, lambda jobs: _local(jobs, processes))
        return
    with _client(scheduler) as workers:
        yield Pool(workers, _clustered)


def _local(jobs: Sequence[Job], processes: int) -> Iterator[Record]:
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(backend="loky", inner_max_num_threads=1):
        pool = Parallel(n_jobs=processes, return_as="generator_unordered", batch_size=1)
        yield from pool(delayed(_while_asked)(job, os.getpid()) for job in jobs)


def _while_asked(job: Job, asker: int) -> Record:
    """The record of a job, unless the process that asked for it is gone.

    The workers of a run that was killed would otherwise go on through all that was handed to them.
    """
    if asker not in {os.getpid(), os.getppid()}:
        os._exit(1)  # at once: an exception would only be sent to nobody
    return perform(job)


def _clustered(jobs: Sequence[Job]) -> Iterator[Record]:
    from joblib import Parallel, delayed, parallel_config

    with parallel_config(backend="dask"):
        pool = Parallel(n_jobs=-1, return_as="generator_unordered", batch_size=1)
        yield from pool(delayed(perform)(job) for job in jobs)


@contextmanager
def _client(scheduler: str) -> Iterator[int]:
    try:
        from distributed import Client
    except ImportError as error:
        hint = "pip install 'graphkit-notes[cluster]'"
        raise GraphkitError("Dask's distributed is not installed", hint) from error
    try:
        client = Client(scheduler, timeout=_PATIENCE)  # type: ignore[no-untyped-call]  # as shipped
    except (OSError, ValueError) as error:
        hint = "an address is written as tcp://host:8786"
        raise GraphkitError(f"no Dask scheduler answers at {scheduler}", hint) from error
    with client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise GraphkitError(f"the cluster at {scheduler} has no workers", "dask worker ADDRESS")
        yield workers
