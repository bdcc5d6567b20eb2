"""The page of an experiment: every test, its rule, and only figures that a record stands behind."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from graphkit.models import Verdict
from graphkit.render.report import Beside, Place, report
from graphkit.vocabulary import Outcome

_BUNDLED = Path(__file__).parents[2] / "notes"
_PLACE = Place("docs/page.md", "notes", "notes/experiments")


def _verdict(outcome: Outcome, **said: Any) -> Verdict:
    told: dict[str, Any] = {
        "test": "tea",
        "title": "Tea | is [hot](x)",
        "outcome": outcome,
        "profile": "full",
        "quantity": "heat",
        "unit": "points",
        "effect": 12.0,
        "interval": (8.0, 16.0),
        "seeds": (1, 2),
        "records": ("full-hot-seed1.json",),
        "figure": "tea.svg",
    }
    return Verdict(**(told | said))


def test_links_lead_from_the_page_to_figures_and_records() -> None:
    page = report(
        [_verdict(Outcome.REPRODUCED)], (), {"tea": ("heat of 5",)}, {}, _PLACE, ["tea.svg"]
    )
    assert "](../notes/experiments/figures/tea.svg)" in page
    assert "](../notes/experiments/records/full-hot-seed1.json)" in page
    assert "- heat of 5" in page
    assert "+12.0 points \\[+8.0, +16.0\\]" in page


def test_a_figure_that_is_not_drawn_is_not_linked_and_a_further_one_is() -> None:
    page = report([_verdict(Outcome.REPRODUCED)], (), {}, {}, _PLACE, ["tea-map.svg"])
    assert "tea.svg" not in page
    assert "![tea-map](../notes/experiments/figures/tea-map.svg)" in page


class _Setting(NamedTuple):
    of: str = "cold"
    rate: float = 0.0002
    beta: float = 0.1
    reward: float = 0.5
    truthfulness: float = 0.25
    chosen: bool = True
    tested: bool = False
    record: str = "tuning-cold-seed0.json"


def test_what_was_run_beside_the_tests_stands_apart_from_them() -> None:
    row = _verdict(Outcome.NOT_REPRODUCED, test="milk", title="Milk first", figure="")
    page = report([], (), {}, {}, _PLACE, (), Beside([row], [_Setting()]))
    tests, beside = page.split("## Beside the tests")
    assert "milk" not in tests
    assert "`milk`: **not reproduced**" in beside
    assert "| `cold` | 0.0002 | 0.1 | 0.5 | 0.25 | chosen |" in beside
    assert "The rule chose another for `cold`" in beside
    same = report([], (), {}, {}, _PLACE, (), Beside((), [_Setting(tested=True)]))
    assert "It is what the rule chose." in same
    assert "## Beside the tests" not in report([], (), {}, {}, _PLACE)


class _Run(NamedTuple):
    name: str
    profile: str = "full"
    arm: str = "hot"
    seed: int = 1
    cpu_seconds: float = 60.0
    versions: Mapping[str, str] = MappingProxyType({})
    commit: str = ""


def test_runs_that_no_verdict_uses_are_told_apart() -> None:
    runs = [_Run("full-hot-seed1.json"), _Run("full-hot-seed2.json")]
    page = report([_verdict(Outcome.REPRODUCED)], runs, {}, {}, _PLACE)
    assert "The verdicts use 1 of 2 runs, of profile full, 1 of 2 minutes of CPU." in page


def test_text_of_a_verdict_is_no_markup() -> None:
    page = report([_verdict(Outcome.REPRODUCED)], (), {}, {}, _PLACE)
    assert "[hot](x)" not in page


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Outcome.REPRODUCED, "Everything that was run held."),
        (Outcome.NOT_REPRODUCED, "- `tea`: **not reproduced**, +12.0 points"),
        (Outcome.INCONCLUSIVE, "- `tea`: **inconclusive**, +12.0 points"),
    ],
)
def test_what_did_not_hold_is_listed(outcome: Outcome, told: str) -> None:
    page = report([_verdict(outcome)], (), {}, {}, _PLACE)
    section = page.split("## What did not hold, or not wholly")[1].split("## Test by test")[0]
    assert told in section


def test_a_small_profile_is_never_a_bare_verdict() -> None:
    page = report([_verdict(Outcome.REPRODUCED, profile="quick")], (), {}, {}, _PLACE)
    marked = re.findall(r"\*\*reproduced\*\*(.*?direction only)?", page)
    assert marked
    assert all(marked)


def test_the_command_writes_a_page_of_which_every_link_leads_somewhere(
    tmp_path: Path, graphkit: Callable[..., Any]
) -> None:
    vault = shutil.copytree(_BUNDLED, tmp_path / "notes")
    before = {file: file.stat().st_mtime_ns for file in (vault / "experiments").rglob("*")}
    page = tmp_path / "docs" / "page.md"
    page.parent.mkdir()
    assert graphkit("experiment", "report", "--output", page, "--vault", vault).code == 0
    links = re.findall(r"\]\(([^)]+)\)", page.read_text())
    assert len(links) > 20
    assert [link for link in links if not (page.parent / link).is_file()] == []
    assert {file: file.stat().st_mtime_ns for file in (vault / "experiments").rglob("*")} == before


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("nowhere/page.md", "no such folder"),
        ("vault/page.md", "it would become a note"),
        ("vault/claims", "is a folder"),
    ],
)
def test_a_place_that_will_not_do_is_refused(
    graphkit: Callable[..., Any], vault: Path, place: str, why: str
) -> None:
    told = graphkit("experiment", "report", "-o", vault.parent / place, "--vault", vault)
    assert (told.code, told.out) == (2, "")
    assert why in told.err
    assert not (vault.parent / place).is_file()
    assert not (vault.parent / "nowhere").exists()


def test_without_a_record_there_is_no_page(graphkit: Callable[..., Any], vault: Path) -> None:
    page = vault.parent / "page.md"
    told = graphkit("experiment", "report", "-o", page, "--vault", vault)
    assert told.code == 1
    assert "no run is recorded" in told.err
    assert not page.exists()


def test_the_place_of_the_page_must_be_named(graphkit: Callable[..., Any], vault: Path) -> None:
    assert graphkit("experiment", "report", "--vault", vault).code == 2
