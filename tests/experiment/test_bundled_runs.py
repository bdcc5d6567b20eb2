"""The bundled records themselves: another reward in place of one gives another verdict."""

from functools import cache
from pathlib import Path

import pytest

from graphkit.experiment import record
from graphkit.experiment.record import Record
from graphkit.experiment.rule import judge
from graphkit.experiment.trials import TESTS, tuning
from graphkit.vocabulary import Outcome

BUNDLED = Path(__file__).parents[2] / "notes" / "experiments" / "records"


@cache
def bundled() -> tuple[Record, ...]:
    return tuple(r for r in record.load(BUNDLED)[0] if r.profile == "full")


def called(names: dict[str, str]) -> list[Record]:
    """The bundled runs, those of some arms given out as those of others."""
    return [r.model_copy(update={"arm": names.get(r.arm, r.arm)}) for r in bundled()]


@pytest.mark.parametrize(
    ("name", "one", "other", "turned"),
    [
        ("ternary-reward", "k-binary", "k-ternary", Outcome.CONTRADICTED),
        ("objective-sets-direction", "r-correct", "s-safety", Outcome.CONTRADICTED),
        ("clarification-reward", "r-abstain", "r-clarify", Outcome.CONTRADICTED),
        ("binary-hurts-calibration", "c-binary", "c-brier", Outcome.NOT_REPRODUCED),
    ],
)
def test_runs_under_each_others_rewards_turn_the_verdict(
    name: str, one: str, other: str, turned: Outcome
) -> None:
    before = judge(TESTS[name], bundled())
    after = judge(TESTS[name], called({one: other, other: one}))
    assert before.effect is not None
    assert after.effect is not None
    assert after.effect < before.effect
    assert (before.outcome is turned, after.outcome) == (False, turned)


def test_runs_of_the_control_in_place_of_the_arm_show_no_effect() -> None:
    rest = called({"k-ternary": "left out"})
    control = [r.model_copy(update={"arm": "k-ternary"}) for r in rest if r.arm == "k-binary"]
    found = judge(TESTS["ternary-reward"], [*rest, *control])
    assert (found.outcome, found.effect) == (Outcome.NOT_REPRODUCED, 0.0)


def test_the_arms_are_trained_as_the_rule_of_tuning_chose() -> None:
    tried = tuning.tuned(record.load(BUNDLED)[0])
    assert len(tried) == sum(map(len, tuning.GRID.values()))
    assert [each.arm for each in tried if each.chosen] == [arm.name for arm in tuning.TESTED]
