"""A sentence quoted away from its title says what it says by itself, and no more than one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.models import Verdict
from graphkit.render.measures import measures
from graphkit.render.summaries.standalone import LONG, displayed, gist, shortened, unanswering
from graphkit.vocabulary import Outcome

CLAUSE = "a model that is rewarded for declining learns to decline what it cannot answer at all"


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("They can: small models learn it.", "small models learn it."),
        ("Mostly not: when in doubt, models guess.", "when in doubt, models guess."),
        ("It mostly deploys it: training teaches when.", "training teaches when."),
        ("Where it can be checked, they can: one scores 94.", None),  # that scope is part of it
        ("The recipe: three stages follow one another.", None),  # names, and answers nothing
        ("They can: it is learnt.", None),  # what is left would lean as well
        ("Not at 12:30: nobody was there.", None),
    ],
)
def test_what_only_answers_the_title_is_left_out(sentence: str, alone: str | None) -> None:
    assert unanswering(sentence) == (alone or sentence)


def test_a_sentence_that_leans_on_the_title_is_passed_over_for_one_that_does_not() -> None:
    free = "Models that are rewarded for declining refuse more than they should."
    assert gist(f"This shows a cost. {free}") == (free,)
    assert gist("This shows a cost. Much.") == ("This shows a cost.",)
    assert gist("This shows a cost.") == ("This shows a cost.",)
    assert gist("") == ()


def test_a_very_long_sentence_ends_where_a_clause_does() -> None:
    long = f"{CLAUSE}; {CLAUSE}; {CLAUSE}, by 12 %."
    assert len(long) > LONG
    assert shortened(long) == f"{CLAUSE}; {CLAUSE}"
    assert shortened(long, ["12 %"]) == long, "the figure that is compared is kept"
    assert shortened(long, ["13 %"]) == f"{CLAUSE}; {CLAUSE}", "one of another sentence is not"
    assert displayed(shortened(long)).endswith("at all …")
    assert displayed("it ends.") == "It ends."


@given(st.text(alphabet="ab ;:.,", max_size=400), st.text(alphabet="ab", max_size=3))
def test_what_is_left_is_a_stretch_of_the_sentence(sentence: str, figure: str) -> None:
    left = shortened(unanswering(sentence), [figure])
    assert left in sentence
    assert all(each in " ".join(sentence.split()) for each in gist(sentence, [figure]))


def test_only_differences_are_in_points() -> None:
    told = (
        ("known", 60.0), ("cost", 3.0), ("cost, low", 1.0), ("cost, high", 5.0),
        ("recall, start minus end", 4.0), ("accuracy on all", -7.0),
    )  # fmt: skip
    verdict = Verdict("t", "T", Outcome.PARTLY, profile="full", unit="points", measures=told)
    units = {each.name: each.unit for each in measures(verdict)}
    assert units == {
        "known": "", "cost": "points", "recall, start minus end": "points",
        "accuracy on all": "points",
    }  # fmt: skip
