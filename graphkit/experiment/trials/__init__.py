"""The claim tests, one file each; to add one, write its file and add its line here.

A file holds all that its test is: the hypothesis, the arms and how they are trained, the quantity,
the gates, the rule's numbers, the reading of a seed's records, and what its figure shows.
"""

from __future__ import annotations

from typing import Final

from graphkit.experiment.arms import closure
from graphkit.experiment.trials import (
    binary_hurts_calibration,
    brier_supervised,
    clarification_reward,
    confidence_as_reward,
    deploys_not_creates,
    domain_complexity,
    external_anchor,
    hollow_reasoning,
    knowledge_cost,
    negative_reinforcement,
    objective_sets_direction,
    reasoning_removes_abstention,
    small_matches_large,
    sparse_updates,
    ternary_reward,
    tuning,
    untested,
)

FIRST: Final = (  # those of the profile `quick`
    ternary_reward.TEST,
    reasoning_removes_abstention.TEST,
    objective_sets_direction.TEST,
    clarification_reward.TEST,
)
BUILT: Final = (
    *FIRST,
    binary_hurts_calibration.TEST,
    negative_reinforcement.TEST,
    external_anchor.TEST,
    deploys_not_creates.TEST,
    sparse_updates.TEST,
    small_matches_large.TEST,
    confidence_as_reward.TEST,
    hollow_reasoning.TEST,
    knowledge_cost.TEST,
    domain_complexity.TEST,
)
TESTS: Final = {test.name: test for test in (*BUILT, *untested.NOT_TESTABLE)}
BESIDE: Final = (brier_supervised.TEST,)  # judged alike and reported; no claim rests on them
JUDGED: Final = {**TESTS, **{row.name: row for row in BESIDE}}
TUNED: Final = tuning.ARMS  # run on the seed for tuning
ARMS: Final = {
    arm.name: arm
    for arms in (*((*test.arms, *test.optional) for test in (*BUILT, *BESIDE)), TUNED)
    for arm in closure(arms)
}
