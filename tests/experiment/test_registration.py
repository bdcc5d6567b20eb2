from dataclasses import replace
from pathlib import Path

import pytest

from graphkit.errors import RecordError
from graphkit.experiment import claims, record, registration
from graphkit.experiment.arms import Arm, Reinforce
from graphkit.experiment.trials import BUILT, FIRST

BUNDLED = Path(__file__).parents[2] / "notes" / "experiments"


def test_the_bundled_records_are_judged_by_the_rules_fixed_before_them() -> None:
    assert registration.changed(BUNDLED) == ()


MOVES = {
    "a bound": lambda test: replace(test, smallest=1.0),
    "a gate": lambda test: replace(test, gates=test.gates[1:]),
    "a hypothesis": lambda test: replace(test, title="Another one"),
    "a recipe": lambda test: replace(test, arms=(*test.arms[:-1], _longer(test.arms[-1]))),
}


def _longer(arm: Arm) -> Arm:
    assert isinstance(arm.plan, Reinforce)
    return replace(arm, plan=replace(arm.plan, steps=arm.plan.steps + 1))


@pytest.mark.parametrize("moved", MOVES)
def test_what_is_moved_after_the_fact_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: str
) -> None:
    assert registration.problems(tmp_path) == ()  # nothing was fixed
    registration.write(tmp_path)
    assert registration.problems(tmp_path) == ()
    first, *others = BUILT
    monkeypatch.setattr(registration, "BUILT", (MOVES[moved](first), *others))
    assert registration.changed(tmp_path) == (first.name,)
    [problem] = registration.problems(tmp_path)
    assert problem.code == "rule-changed"
    assert first.name in problem.message


def test_a_spoilt_registration_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / registration.FILE).write_text("{")
    [problem] = registration.problems(tmp_path)
    assert problem.code == "bad-registration"


def test_a_missing_registration_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no registration"):
        registration.changed(tmp_path)


def test_rules_that_cannot_be_fixed_are_said(tmp_path: Path) -> None:
    (tmp_path / "experiments").write_text("a file where the folder should be")
    with pytest.raises(RecordError, match=r"registration\.json could not be written"):
        registration.write(tmp_path / "experiments")


def test_the_bundled_records_are_of_the_present_protocol() -> None:
    records, problems = record.load(BUNDLED / "records")
    assert records
    assert not problems
    verdicts = {v.test: v for v in claims.verdicts(records)}
    assert not any(verdict.stale for verdict in verdicts.values())
    assert all(verdicts[test.name].effect is not None for test in FIRST)
