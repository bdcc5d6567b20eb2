from pathlib import Path

import pytest
from made_records import Says, made, outcomes, recorded, ternary, trial

from graphkit.experiment import claims, report
from graphkit.experiment.record import Record
from graphkit.experiment.rule import ClaimTest, Thresholds
from graphkit.experiment.trials import BUILT, TESTS

RATES = {"accuracy": 0.5, "hallucination": 0.3, "abstention": 0.2}


def measured() -> list[Record]:
    return [r.model_copy(update={"metrics": {**r.metrics, **RATES}}) for r in ternary()]


def test_each_test_with_an_effect_gets_its_figure_twice_the_same(tmp_path: Path) -> None:
    records = measured()
    verdicts = claims.verdicts(records)
    one, two = (report.figures(records, verdicts, tmp_path / name) for name in ("one", "two"))
    assert [path.name for path in one][:2] == ["ternary-reward.png", "ternary-reward.svg"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_without_an_effect_nothing_is_drawn(tmp_path: Path) -> None:
    assert report.figures([], claims.verdicts([]), tmp_path / "figures") == ()
    assert not (tmp_path / "figures").exists()


@pytest.mark.parametrize("test", BUILT, ids=lambda test: test.name)
def test_every_test_draws_its_figure_from_its_own_records(tmp_path: Path, test: ClaimTest) -> None:
    assert test.panel is not None
    metrics = dict.fromkeys((metric for metric, _ in test.panel.metrics), 0.5)
    records = [r.model_copy(update={"metrics": metrics | r.metrics}) for r in trial(test)]
    found = [v for v in claims.verdicts(records) if v.test == test.name]
    further = (*test.more, *report.MORE.get(test.name, ()))
    stems = [test.name, *(f"{test.name}-{shown.name}" for shown in further)]
    drawn = report.figures(records, found, tmp_path)
    assert [path.name for path in drawn] == [
        f"{s}.{kind}" for s in stems for kind in ("png", "svg")
    ]


def test_arms_that_only_add_to_a_figure_are_drawn_where_they_ran() -> None:
    panel = TESTS["ternary-reward"].panel
    assert panel is not None
    extra = made("k-ternary-cost", 1, outcomes(50, 25), metrics=RATES)
    found = report.bars(panel, [*measured(), extra])
    assert [bar.by_seed for bar in found if bar.arm == "ternary, t = -0.3"] == [
        (50.0,),
        (30.0,),
        (20.0,),
    ]


def test_bars_hold_the_mean_over_seeds_in_per_cent() -> None:
    panel = TESTS["ternary-reward"].panel
    assert panel is not None
    found = report.bars(panel, measured())
    assert [bar.arm for bar in found[::3]] == ["start", "binary", "ternary, t = 0"]
    assert found[0] == report.Bar("start", "right", 50.0, (50.0, 50.0, 50.0))


def test_declining_is_counted_by_the_certainty_of_the_start() -> None:
    shown = TESTS["ternary-reward"].more[0]
    assert isinstance(shown, Thresholds)
    start = recorded("k-base", 1, Says(numbers={"sure": [0.15] * 50 + [0.95] * 50}))
    arm = recorded("k-ternary", 1, Says("a" * 40 + "c" * 60))
    assert report.declined_by_certainty(shown, "k-ternary", [start, arm]) == [
        (0.15, 80.0),
        (0.95, 0.0),
    ]
