from pathlib import Path

import pytest
from made_records import ternary

from graphkit.experiment import claims, report
from graphkit.experiment.panels import PANELS
from graphkit.experiment.record import Record

RATES = {"accuracy": 0.5, "hallucination": 0.3, "abstention": 0.2}


def measured() -> list[Record]:
    return [r.model_copy(update={"metrics": {**r.metrics, **RATES}}) for r in ternary()]


def test_each_test_with_an_effect_gets_its_figure_twice_the_same(tmp_path: Path) -> None:
    records = measured()
    verdicts = claims.verdicts(records)
    one, two = (report.figures(records, verdicts, tmp_path / name) for name in ("one", "two"))
    assert [path.name for path in one] == ["ternary-reward.png", "ternary-reward.svg"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_every_built_test_has_a_panel_over_its_own_arms() -> None:
    assert set(PANELS) == {test.name for test in claims.BUILT}
    for test in claims.BUILT:
        shown = {arm for arm, _ in PANELS[test.name].arms}
        assert shown <= {*test.arms, *test.optional}


def test_without_an_effect_nothing_is_drawn(tmp_path: Path) -> None:
    assert report.figures([], claims.verdicts([]), tmp_path / "figures") == ()
    assert not (tmp_path / "figures").exists()


def test_a_verdict_without_a_panel_names_no_figure_and_none_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = measured()
    [drawn] = [verdict for verdict in claims.verdicts(records) if verdict.figure]
    assert drawn.figure == "ternary-reward.svg"
    monkeypatch.delitem(PANELS, "ternary-reward")
    verdicts = claims.verdicts(records)
    assert any(verdict.effect is not None for verdict in verdicts)
    assert not any(verdict.figure for verdict in verdicts)
    assert report.figures(records, verdicts, tmp_path) == ()


def test_bars_hold_the_mean_over_seeds_in_per_cent() -> None:
    found = report.bars("ternary-reward", measured())
    assert [bar.arm for bar in found[::3]] == ["start", "binary", "ternary, t = 0"]
    assert found[0] == report.Bar("start", "right", 50.0, (50.0, 50.0, 50.0))
