"""Verdicts must be able to fail: each test here changes records until the outcome has to change."""

import pytest
from made_records import made, outcomes, ternary, under

from graphkit.experiment import claims
from graphkit.experiment.protocol import PROFILES
from graphkit.experiment.record import Record
from graphkit.experiment.trials import TESTS
from graphkit.models import Verdict
from graphkit.vocabulary import Outcome


def verdict(records: list[Record], test: str = "ternary-reward") -> Verdict:
    return next(v for v in claims.verdicts(records) if v.test == test)


def test_a_clear_effect_is_reproduced() -> None:
    found = verdict(ternary())
    assert found.outcome is Outcome.REPRODUCED
    assert found.effect == pytest.approx(34)
    assert found.interval is not None
    assert found.interval[0] > 5
    assert found.seeds == (1, 2, 3)
    assert "quick-k-ternary-seed2.json" in found.records
    assert not found.stale
    assert not found.decisive


def test_no_effect_is_not_reproduced() -> None:
    same = outcomes(60, 40)
    assert verdict(ternary(same, same)).outcome is Outcome.NOT_REPRODUCED


def test_swapped_arms_contradict() -> None:
    assert verdict(ternary(outcomes(59, 5), outcomes(60, 40))).outcome is Outcome.CONTRADICTED


def test_a_missed_guard_makes_it_partly_and_is_named() -> None:
    found = verdict(ternary(outcomes(60, 40), outcomes(45, 5)))
    assert found.outcome is Outcome.PARTLY
    assert any(
        reason.startswith("accuracy on known items: \N{MINUS SIGN}10,") for reason in found.reasons
    )


def test_a_bound_met_by_its_mean_alone_is_said() -> None:
    records = ternary(outcomes(60, 40), outcomes(59, 5))
    records[-1] = made("k-ternary", 3, outcomes(46, 5))  # four of its fifty known items lost
    found = verdict(records)
    assert found.outcome is Outcome.REPRODUCED
    [said] = found.reasons
    assert said.startswith("accuracy on known items: ")
    assert "by its mean alone" in said


def test_scattered_seeds_are_inconclusive_with_the_number_needed() -> None:
    records = ternary()
    records[-1] = made("k-ternary", 3, outcomes(40, 60))
    found = verdict(records)
    assert found.outcome is Outcome.INCONCLUSIVE
    assert any("seeds would settle it" in reason for reason in found.reasons)


def test_a_failed_gate_is_named_with_its_seed() -> None:
    records = ternary()
    metrics = records[3].metrics | {"mass on decline": 0.02}
    records[3] = made("k-base", 2, outcomes(50, 25), metrics=metrics)
    found = verdict(records)
    assert found.outcome is Outcome.INCONCLUSIVE
    assert found.effect is None
    assert found.reasons[0] == (
        "gate failed: k-base seed 2: mass on decline 0.020 is outside 0.15 to 0.35"
    )


def test_a_gate_that_was_never_measured_fails() -> None:
    records = ternary()
    records[0] = made("k-base", 1, outcomes(50, 25), metrics={})
    assert verdict(records).outcome is Outcome.INCONCLUSIVE


def test_one_seed_under_two_numbers_is_refused() -> None:
    records = ternary(seeds=2)
    copies = [r.model_copy(update={"seed": 3}) for r in records[:3]]
    found = verdict(records + copies)
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "seeds 1 and 3 of k-binary are one sample" in found.reasons


def test_one_seed_is_no_sample() -> None:
    found = verdict(ternary(seeds=1))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "at least 2 are needed" in found.reasons[0]


def test_a_seed_without_all_its_arms_is_left_out_and_said() -> None:
    found = verdict(ternary()[:-1])
    assert found.seeds == (1, 2)
    assert "seed 3 is left out: not all its arms have run" in found.reasons


def test_a_failed_job_is_named() -> None:
    records = ternary()
    records[1] = made("k-binary", 1, "", failure="the loss is not a number at step 12", items={})
    found = verdict(records)
    assert found.outcome is Outcome.INCONCLUSIVE
    assert found.reasons[0] == "k-binary seed 1 failed: the loss is not a number at step 12"


def test_another_protocol_makes_it_stale() -> None:
    records = ternary()
    records[4] = made("k-binary", 2, outcomes(60, 40), fingerprint="0123456789abcdef")
    assert verdict(records).stale


def test_the_larger_profile_speaks() -> None:
    larger = under("full", ternary(seeds=2))
    found = verdict(ternary() + larger)
    assert found.decisive
    assert not verdict(ternary()).decisive
    assert found.seeds == PROFILES["full"].seeds[:2]


@pytest.mark.parametrize("begun", [1, 3, 5])  # records: a start, one whole seed, most of two
def test_a_larger_profile_is_silent_until_two_of_its_seeds_are_whole(begun: int) -> None:
    found = verdict(ternary() + under("full", ternary(seeds=2))[:begun])
    assert found.profile == "quick"
    assert found.outcome is Outcome.REPRODUCED
    assert all(name.startswith("quick-") for name in found.records)


def test_a_sample_that_refutes_speaks_over_a_smaller_one_that_does_not() -> None:
    same = outcomes(60, 40)
    found = verdict(ternary() + under("full", ternary(same, same, seeds=2)))
    assert (found.profile, found.outcome) == ("full", Outcome.NOT_REPRODUCED)


def test_where_no_profile_has_a_sample_the_largest_begun_says_what_it_lacks() -> None:
    found = verdict(ternary(seeds=1) + under("full", ternary(seeds=1))[:2])
    assert (found.profile, found.outcome) == ("full", Outcome.INCONCLUSIVE)
    assert found.reasons == ("0 seed with every arm, at least 2 are needed",)


def test_every_claim_test_has_a_verdict_and_says_why_it_has_no_result() -> None:
    found = claims.verdicts([])
    assert [v.test for v in found] == list(TESTS)
    assert {v.outcome for v in found} == {Outcome.NOT_RUN, Outcome.NOT_TESTABLE}
    assert all(v.reasons for v in found)


def test_an_arm_of_another_version_is_passed_over() -> None:
    found = verdict([*ternary(), made("k-unheard-of", 1, outcomes(50, 50))])
    assert found.outcome is Outcome.REPRODUCED


def test_rows_that_cannot_be_tested_carry_a_protocol() -> None:
    rows = [row for row in claims.verdicts([]) if row.outcome is Outcome.NOT_TESTABLE]
    assert {row.test for row in rows} == {
        "persona-refusals",
        "villain-roleplay",
        "grounding-acts",
        "political-refusal",
        "recipe-scores",
    }
    assert all(row.protocol for row in rows)


def test_records_that_another_test_made_do_not_begin_a_test() -> None:
    found = {v.test: v for v in claims.verdicts(ternary())}
    assert found["negative-reinforcement"].outcome is Outcome.NOT_RUN
    assert found["small-matches-large"].reasons == ("no record of its arms",)
