"""Records put to the proof: the same job gives the same record, and what differs is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graphkit.experiment import record
from graphkit.experiment.job import Job, perform


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of experiments with the record of one small job."""
    folder = tmp_path_factory.mktemp("experiments")
    perform(Job("smoke", "k-base", 1, folder / "records", folder.parent / "weights"))
    return folder


@pytest.fixture
def told(vault: Path, made: Path) -> Path:
    shutil.copytree(made, vault / "experiments")
    return vault


def _spoil(vault: Path) -> str:
    """Change one metric of the one record; the metric's name."""
    (file,) = (vault / "experiments" / "records").glob("*.json")
    held = record.read(file)
    metric = min(held.metrics)
    changed = held.metrics | {metric: held.metrics[metric] + 0.25}
    record.write(file.parent, held.model_copy(update={"metrics": changed}))
    return metric


def test_a_job_run_again_gives_the_same_metrics(told: Path, graphkit: Callable[..., Any]) -> None:
    done = graphkit("experiment", "verify", "--count", 1, "--tolerance", 0, "--vault", told)
    assert (done.code, done.out.strip()) == (0, "")
    assert "1 records run again; largest difference 0.000000" in done.err


def test_a_metric_that_was_changed_is_found(told: Path, graphkit: Callable[..., Any]) -> None:
    metric = _spoil(told)
    done = graphkit("experiment", "verify", "--json", "--vault", told)
    assert done.code == 1
    (found,) = json.loads(done.out)["differences"]
    assert found["metric"] == metric
    assert found["held"] == pytest.approx(found["found"] + 0.25, abs=1e-4)


def test_without_records_verify_says_what_makes_them(
    vault: Path, graphkit: Callable[..., Any]
) -> None:
    done = graphkit("experiment", "verify", "--vault", vault)
    assert done.code == 2
    assert "no record of the present protocol" in done.err


def test_equal_records_compare_as_equal(
    told: Path, made: Path, graphkit: Callable[..., Any]
) -> None:
    done = graphkit("experiment", "compare", told, made)
    assert (done.code, done.out.strip()) == (0, "")
    assert "1 and 1 records, 1 of the same jobs" in done.err


def test_what_two_sets_of_records_disagree_about_is_named(
    told: Path, made: Path, graphkit: Callable[..., Any]
) -> None:
    metric = _spoil(told)
    done = graphkit("experiment", "compare", told / "experiments" / "records", made)
    assert done.code == 1
    assert metric in done.out


def test_a_folder_without_records_is_named(
    tmp_path: Path, made: Path, graphkit: Callable[..., Any]
) -> None:
    done = graphkit("experiment", "compare", tmp_path / "none", made)
    assert done.code == 2
    assert "holds no records" in done.err
