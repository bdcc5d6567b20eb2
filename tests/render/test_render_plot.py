"""An effect and its interval as one line of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.models import Verdict
from graphkit.render.plot import bar, limit
from graphkit.vocabulary import Outcome


def measured(effect: float | None, interval: tuple[float, float] | None) -> Verdict:
    return Verdict("t", "", Outcome.PARTLY, effect=effect, interval=interval)


@pytest.mark.parametrize(
    ("effect", "interval", "line"),
    [
        (10.0, (5.0, 15.0), "╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌│╌╌╌╌┣━━━━●━━━━┫"),
        (-10.0, (-15.0, -5.0), "┣━━━━●━━━━┫╌╌╌╌│╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌"),
        (5.0, (-5.0, 15.0), "╌╌╌╌╌╌╌╌╌╌┣━━━━│━━━━●━━━━━━━━━┫"),
        (0.0, None, "╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌●╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌"),
    ],
)
def test_an_interval_is_drawn_to_scale(
    effect: float, interval: tuple[float, float] | None, line: str
) -> None:
    assert bar(measured(effect, interval), 15.0) == line


def test_nothing_is_drawn_of_what_was_not_measured() -> None:
    assert bar(measured(None, None), 1.0) == ""


numbers = st.floats(-1e9, 1e9, allow_nan=False)


@given(numbers, st.tuples(numbers, numbers).map(sorted), numbers.map(abs))
def test_any_interval_fits_the_line_and_has_one_effect(
    effect: float, ends: list[float], scale: float
) -> None:
    verdict = measured(effect, (ends[0], ends[1]))
    for line in (bar(verdict, scale), bar(verdict, limit([verdict]))):
        assert len(line) == 31
        assert line.count("●") == 1
