"""What the words in brackets behind a typed link say of a measurement."""

from __future__ import annotations

import pytest

from graphkit.models import Reported
from graphkit.parse import note


def reported(words: str) -> Reported | None:
    (link,) = note(f"# A\n\n- is reported by [[s]] ({words})\n", "a.md").links
    return link.reported


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("p = 0.03, n = 412, section 4.2", Reported(0.03, "=", 412, "section 4.2")),
        ("N = 1,032; p < .001", Reported(0.001, "<", 1032)),
        ("p ≤ 5e-4", Reported(5e-4, "≤")),
        ("n = 1 204 and p = 0.04", Reported(0.04, "=", 1204)),
        ("n=412.", Reported(n=412)),
        ("n=412,p=0.03", Reported(0.03, "=", 412)),
        ("p > 0.2", Reported(0.2, ">")),
        ("Table 3", Reported(locator="Table 3")),
        ("see pp. 12–14", Reported(locator="pp. 12–14")),
        ("§ 4.2", Reported(locator="§ 4.2")),
        ("Appendix B.1 and figure 2b", Reported(locator="Appendix B.1")),
    ],
)
def test_p_n_and_place_are_typed(words: str, told: Reported) -> None:
    assert reported(words) == told


def test_effects_keep_unit_and_direction() -> None:
    found = reported("cuts hallucination by 28.9 %, p. 7")
    assert found is not None
    (figure,) = found.figures
    assert (figure.value, figure.unit, figure.direction) == (28.9, "%", "down")
    assert (figure.metric, figure.span.line, found.locator) == ("hallucination", 3, "p. 7")


@pytest.mark.parametrize(
    "words",
    ["in 2024", "four teas", "GPT-4, step 3", "n is 3", "map 7", "n=1.2k", "n = 12-15", "p = 1.5"],
)
def test_other_numbers_are_no_measurement(words: str) -> None:
    assert reported(words) is None


def test_an_untyped_link_reports_nothing() -> None:
    (link,) = note("# A\n\nAs [[s]] says, p = 0.03 there.\n", "a.md").links
    assert link.reported is None
