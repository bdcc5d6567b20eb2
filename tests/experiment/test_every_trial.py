"""What must hold of every claim test, those to come included: its verdict can fail."""

import inspect
from collections.abc import Sequence

import pytest
from made_records import FAVOURABLE, Says, recorded, swapped, trial, under

from graphkit.experiment import claims, registration
from graphkit.experiment.arms import Measure, closure
from graphkit.experiment.protocol import PROFILES
from graphkit.experiment.record import Items, Record
from graphkit.experiment.rewards import REWARDS
from graphkit.experiment.rule import ClaimTest
from graphkit.experiment.trials import ARMS, BESIDE, BUILT, TESTS, TUNED
from graphkit.models import Verdict
from graphkit.vocabulary import Outcome

EACH = pytest.mark.parametrize("test", (*BUILT, *BESIDE), ids=lambda test: test.name)
OWN_IMPORT = "from graphkit.experiment import "
MATCHES_WHEN_ALIKE = {"small-matches-large"}  # its claim is that there is no difference


def verdict(records: Sequence[Record], test: ClaimTest) -> Verdict:
    judged = (*claims.verdicts(records), *claims.beside(records))
    return next(v for v in judged if v.test == test.name)


@EACH
def test_records_that_bear_it_out_reproduce_it(test: ClaimTest) -> None:
    found = verdict(trial(test), test)
    assert (found.outcome, found.reasons) == (Outcome.REPRODUCED, ())
    assert found.seeds == (1, 2, 3)
    assert not found.stale


@EACH
def test_exchanging_what_is_compared_turns_the_verdict(test: ClaimTest) -> None:
    found = verdict(trial(test, swapped(FAVOURABLE[test.name])), test)
    assert found.outcome in {Outcome.CONTRADICTED, Outcome.NOT_REPRODUCED}


@EACH
def test_arms_that_are_all_alike_show_no_effect(test: ClaimTest) -> None:
    found = verdict(trial(test, {}), test)
    alike = Outcome.REPRODUCED if test.name in MATCHES_WHEN_ALIKE else Outcome.NOT_REPRODUCED
    assert found.outcome is alike


@EACH
def test_one_seed_under_two_numbers_is_no_sample(test: ClaimTest) -> None:
    records = trial(test)
    copied = [
        r.model_copy(update={"items": first.items}) if r.seed == 3 else r
        for r in records
        for first in records
        if (first.arm, first.seed) == (r.arm, 1)
    ]
    found = verdict(copied, test)
    assert found.outcome is Outcome.INCONCLUSIVE
    assert any("are one sample" in reason for reason in found.reasons)


@EACH
def test_a_seed_that_fails_a_gate_is_named_and_left_out(test: ClaimTest) -> None:
    gate = test.gates[0]
    full = PROFILES["full"]
    seeds = len(full.seeds_of(test))
    records = under("full", trial(test, seeds=seeds))
    spoilt = [
        r.model_copy(update={"metrics": {**r.metrics, gate.metric: -9.0}})
        if (r.arm, r.seed) == (gate.arm, full.seeds[1])
        else r
        for r in records
    ]
    found = verdict(spoilt, test)
    assert full.seeds[1] not in found.seeds
    said = f"gate failed: {gate.arm} seed {full.seeds[1]}: {gate.metric} -9.000"
    assert found.reasons[0].startswith(said)
    assert found.outcome is Outcome.REPRODUCED


@EACH
def test_a_gate_that_most_seeds_fail_leaves_it_open(test: ClaimTest) -> None:
    gate = test.gates[0]
    spoilt = [
        r.model_copy(update={"metrics": {**r.metrics, gate.metric: -9.0}})
        if r.arm == gate.arm and r.seed > 1
        else r
        for r in trial(test)
    ]
    assert verdict(spoilt, test).outcome is Outcome.INCONCLUSIVE


@EACH
def test_a_loss_that_is_no_number_is_named(test: ClaimTest) -> None:
    records = trial(test)
    last = test.arms[-1].name
    lost = {"failure": "the loss is nan", "items": {}, "metrics": {}}
    found = verdict(
        [r.model_copy(update=lost) if (r.arm, r.seed) == (last, 2) else r for r in records], test
    )
    assert found.outcome is Outcome.INCONCLUSIVE
    assert found.reasons[0] == f"{last} seed 2 failed: the loss is nan"


@EACH
def test_a_record_of_another_protocol_makes_it_stale(test: ClaimTest) -> None:
    records = trial(test)
    assert verdict([*records[:-1], records[-1].model_copy(update={"fingerprint": "0"})], test).stale


@EACH
def test_records_that_lack_what_it_reads_leave_it_open_and_say_what(test: ClaimTest) -> None:
    gates = {(gate.arm, gate.metric) for gate in test.gates}
    bare = [
        r.model_copy(
            update={
                "metrics": {k: v for k, v in r.metrics.items() if (r.arm, k) in gates},
                "items": {world: Items(digest=i.digest) for world, i in r.items.items()},
            }
        )
        for r in trial(test)
    ]
    found = verdict(bare, test)
    assert found.outcome is Outcome.INCONCLUSIVE
    assert found.reasons[-1].startswith("its records, made by another protocol, lack the ")


@EACH
def test_an_unknown_arm_and_an_optional_one_change_nothing(test: ClaimTest) -> None:
    more = [recorded("k-unheard-of", 1, Says())]
    more += [recorded(arm.name, 1, Says(), failure="the loss is nan") for arm in test.optional]
    assert verdict([*trial(test), *more], test) == verdict(trial(test), test)


@EACH
def test_it_says_what_it_is_before_it_is_run(test: ClaimTest) -> None:
    assert test.title
    assert test.cited
    assert test.quantity
    assert test.gates
    assert test.panel is not None
    assert {arm for arm, _ in test.panel.arms} <= {a.name for a in (*test.arms, *test.optional)}
    assert {gate.arm for gate in test.gates} <= {arm.name for arm in test.arms}
    assert closure(test.arms) == tuple(dict.fromkeys(closure(test.arms)))
    assert test.name in registration.rules()


def test_every_arm_has_a_reward_that_exists_and_one_recipe() -> None:
    for name, arm in ARMS.items():
        assert arm.name == name
        assert getattr(arm.plan, "reward", "binary") in REWARDS
    wanted = [arm for test in (*BUILT, *BESIDE) for arm in (*test.arms, *test.optional)]
    recipes = closure([*wanted, *TUNED])
    assert all(ARMS[arm.name] == arm for arm in recipes)


def test_whatever_code_a_measurement_loads_is_in_its_fingerprint() -> None:
    """By the imports in its source: beyond what is shared by all, `code` must name them."""
    shared = {"evaluate", "calibration", "model", "world"}
    for arm in ARMS.values():
        if isinstance(arm.plan, Measure):
            lines = inspect.getsource(arm.plan.what).splitlines()
            found = [line.split(" import ")[1] for line in lines if OWN_IMPORT in line]
            used = {name.strip() for line in found for name in line.split(",")}
            assert used - shared == {*arm.plan.code}


def test_the_primary_tests_are_the_six_fixed_in_advance() -> None:
    assert [test.name for test in TESTS.values() if test.primary] == [
        "ternary-reward",
        "reasoning-removes-abstention",
        "objective-sets-direction",
        "clarification-reward",
        "binary-hurts-calibration",
        "negative-reinforcement",
    ]
