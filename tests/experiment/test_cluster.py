"""A run on a Dask cluster of two real workers gives what a run on this machine gives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graphkit.errors import GraphkitError
from graphkit.experiment import record, runner
from graphkit.experiment.job import Job, perform

_TEST = "ternary-reward"


@pytest.fixture
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_gives_the_records_that_this_machine_gives(
    tmp_path: Path, scheduler: str
) -> None:
    there, cache = tmp_path / "there" / "records", tmp_path / "weights"
    done = runner.run("smoke", there, [_TEST], cache=cache, scheduler=scheduler)
    assert len(done.written) > 4
    assert not done.failed
    theirs = {each.name: each for each in record.load(there)[0]}
    ours = perform(Job("smoke", "k-base", 1, tmp_path / "here", tmp_path / "own"))
    assert theirs[ours.name].metrics == ours.metrics


def test_an_address_without_a_scheduler_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("graphkit.experiment.pool._PATIENCE", "200ms")
    with pytest.raises(GraphkitError, match="no Dask scheduler answers"):
        runner.run("smoke", tmp_path / "records", [_TEST], scheduler="tcp://127.0.0.1:9")
