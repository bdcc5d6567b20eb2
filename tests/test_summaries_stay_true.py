"""The bundled summaries are those of the bundled records, and say why when they no longer are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from graphkit import Workspace

Program = Callable[..., Any]
PROFILES: Final = ("full", "quick")  # the larger one speaks
NOTES: Final = Path(__file__).parents[1] / "notes"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The bundled notes and records, to be changed."""
    ignored = shutil.ignore_patterns(".graphkit", "figures")
    return Path(shutil.copytree(NOTES, tmp_path / "notes", ignore=ignored))


def rewarded(records: Path) -> list[Path]:
    """The records of the rewarded arm in the profile that speaks."""
    found = {name: sorted(records.glob(f"{name}-k-ternary-seed*.json")) for name in PROFILES}
    return next(files for files in found.values() if files)


def without_effect(records: Path) -> None:
    """Give each seed's rewarded arm the outcomes of the arm that it is compared with."""
    for file in rewarded(records):
        plain = json.loads(Path(str(file).replace("k-ternary", "k-binary")).read_text())
        record = json.loads(file.read_text())
        file.write_text(json.dumps(record | {key: plain[key] for key in ("items", "metrics")}))


def verdict(graphkit: Program, vault: Path) -> dict[str, Any]:
    """The row of `ternary-reward` in the first track."""
    told = json.loads(graphkit("experiment", "verdicts", "--json", "--vault", vault).out)
    rows: list[dict[str, Any]] = told["verdicts"]
    return next(row for row in rows if row["test"] == "ternary-reward")


def test_the_bundled_summaries_are_fresh(graphkit: Program, copy: Path) -> None:
    told = graphkit("regenerate", copy, "--check")
    assert (told.code, told.out) == (0, "")


def test_a_replaced_record_makes_summaries_stale_by_name(graphkit: Program, copy: Path) -> None:
    before = verdict(graphkit, copy)
    without_effect(copy / "experiments" / "records")
    assert verdict(graphkit, copy)["verdict"] == "not reproduced"
    told = graphkit("regenerate", copy, "--check")
    assert told.code == 1
    said = " ".join(told.out.split())
    was = f"{before['verdict']}, {before['effect']:+.1f} points"
    assert f"the run ternary-reward went from {was}" in said
    assert "to not reproduced, 0.0 points [0.0, 0.0]" in said
    replaced = rewarded(copy / "experiments" / "records")
    assert f"{len(replaced)} records of ternary-reward were replaced: {replaced[0].stem}" in said


def test_writing_them_again_settles_it(graphkit: Program, copy: Path) -> None:
    without_effect(copy / "experiments" / "records")
    assert "not reproduced" in graphkit("regenerate", copy, "--diff").out
    assert graphkit("regenerate", copy).code == 0
    assert graphkit("regenerate", copy, "--check").code == 0


def test_a_changed_record_is_told_without_reading_the_vault_anew(copy: Path) -> None:
    opened = Workspace.open(copy)
    opened.write(opened.regenerate())
    opened = Workspace.open(copy)
    plan = opened.summaries()
    assert plan.changes == ()
    without_effect(copy / "experiments" / "records")
    told = opened.recheck(plan)
    assert told == Workspace.open(copy).summaries().stale
    assert "results/ternary-reward.md" in told
    rewarded(copy / "experiments" / "records")[0].unlink()
    assert opened.recheck(plan) == Workspace.open(copy).summaries().stale
