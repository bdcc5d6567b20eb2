import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.experiment import statistics

samples = st.lists(
    st.lists(st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0]), min_size=1, max_size=30),
    min_size=2,
    max_size=6,
)


@given(samples)
def test_the_wider_interval_decides(values: list[list[float]]) -> None:
    found = statistics.estimate(values)
    assert found.interval.width == max(found.bootstrap.width, found.student.width)
    assert found.student.low <= found.mean <= found.student.high
    assert min(map(min, values)) <= found.bootstrap.low <= found.bootstrap.high
    assert 0 < found.p_value <= 1


@given(samples)
def test_turning_every_sign_mirrors_the_estimate(values: list[list[float]]) -> None:
    found = statistics.estimate(values)
    turned = statistics.estimate([[-v for v in seed] for seed in values])
    assert turned.mean == pytest.approx(-found.mean)
    assert turned.student.low == pytest.approx(-found.student.high)
    assert turned.p_value == found.p_value


def test_student_interval_matches_the_textbook() -> None:
    low, high = statistics.student_interval([1.0, 2.0, 3.0])
    assert high - 2.0 == pytest.approx(4.302652729911275 / math.sqrt(3))
    assert low == pytest.approx(4.0 - high)


def test_bootstrap_covers_items_when_all_seeds_agree() -> None:
    """Equal seed means leave no spread for t; the items still have theirs."""
    seed = [0.0, 1.0] * 50
    found = statistics.estimate([seed, seed, seed])
    assert found.student.width == 0
    assert 0.05 < found.interval.width < 0.3


def test_the_normal_limit_gives_what_drawing_the_items_gives() -> None:
    random = np.random.default_rng(1)
    seeds = [random.normal(0.1 * place, 1.0, size=400) for place in range(5)]
    drawn = []
    for chosen in random.integers(5, size=(4000, 5)):
        items = [random.choice(seeds[seed], size=400) for seed in chosen]
        drawn.append(np.mean(items))
    found = statistics.bootstrap([seed.tolist() for seed in seeds])
    assert found == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.1 * found.width)


def test_sign_flip_is_exact() -> None:
    assert statistics.sign_flip([1.0] * 8) == 2 / 256
    assert statistics.sign_flip([1.0, 1.0, 1.0]) == 0.25
    assert statistics.sign_flip([0.0, 0.0]) == 1.0


def test_holm_multiplies_the_smallest_and_never_falls() -> None:
    adjusted = statistics.holm({"a": 0.01, "b": 0.04, "c": 0.03})
    assert adjusted == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})


def test_seeds_needed_grows_with_the_spread() -> None:
    few = statistics.seeds_needed([9.0, 10.0, 12.0], 5)
    many = statistics.seeds_needed([-10.0, 10.0, 30.0], 5)
    assert few is not None
    assert many is not None
    assert few < many
    assert statistics.seeds_needed([-100.0, 101.0], 0.6) is None
