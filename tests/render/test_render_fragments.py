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
        "Precision and recall for each set, and an unweighted mean over the sets.",
        "The gap for several families of models, and its growth, where gains saturate and end.",
        "The share of answers that stay the same when the chain is changed, before and after.",
        "How often the answer changes under each of the interventions.",
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
        "The work agrees that the regions which move are much the same.",
        "Models that solve the complete problem often fail to see what the other one lacks.",
        "People labelled the responses of the model, and studied which it refused.",
        "Mostly not: leading models choose the right question in only half of the cases.",
        "“Outperform” is the title's word; the work says that it matches.",
        "Das Maß in zehn Klassen, für Modelle einer Familie.",
        "校准误差。",
    ],
)
def test_a_sentence_with_a_verb_or_in_another_language_is_none(sentence: str) -> None:
    assert not fragment(sentence)
