"""What a summary may quote says something by itself."""

from __future__ import annotations

import pytest

from graphkit.render.summaries.fragments import fragment


@pytest.mark.parametrize(
    "sentence",
    [
        "Calibration error in ten bins and the AUROC, for models of one family.",
        "Accuracy, accuracy of the vote and pseudo-reward on real reasoning tasks.",
        'Precision of abstaining, with "should abstain" as the positive class; a model judges it.',
        "The fair comparison with size: large and small models given the same training.",
    ],
)
def test_a_name_of_what_was_measured_is_a_fragment(sentence: str) -> None:
    assert fragment(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The study trains reasoning models on the majority vote of their own samples.",
        "Twenty models were evaluated, and the table was released.",
        "The authors draw the boundary themselves.",
        "Mostly not: leading models choose the right question in only half of the cases.",
        "“Outperform” is the title's word; the work says that it matches.",
        "Das Maß in zehn Klassen, für Modelle einer Familie.",
        "校准误差。",
    ],
)
def test_a_sentence_with_a_verb_or_in_another_language_is_none(sentence: str) -> None:
    assert not fragment(sentence)
