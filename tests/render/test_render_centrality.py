"""Which sentences stand out: the same on every machine, never one that is already said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graphkit.render.summaries.centrality import picked, words

REWARD = "A ternary reward pays nothing for silence and takes something for a wrong answer."
AGAIN = "A ternary reward pays nothing for silence, and takes something for a wrong answer."
LIMIT = "Silence lowers accuracy where the model would have guessed the right answer by chance."
ASIDE = "Seventeen volunteers brewed four kinds of green tea in a kitchen near the lake."
TOPIC = "Does a ternary reward teach silence instead of a wrong answer?"


def test_what_is_central_and_on_topic_is_picked_in_its_own_order() -> None:
    assert picked([ASIDE, LIMIT, REWARD], [], TOPIC, 2) == [1, 2]


def test_what_is_said_already_is_not_said_again() -> None:
    assert picked([REWARD, LIMIT], [AGAIN], TOPIC, 1) == [1]
    assert picked([REWARD, AGAIN], [], TOPIC, 2) == [0]


def test_a_remark_of_few_words_is_not_picked() -> None:
    assert picked(["Ternary reward.", "Silence."], [], TOPIC, 2) == []


def test_numbers_and_common_words_do_not_tell_what_a_sentence_is_about() -> None:
    assert words("It falls by 28.9 % in 3 of the models") == ("fall", "model")


RESULT = "On four kinds of question the calibration error falls from 0.37 to 0.03 with the reward."


def test_a_result_comes_before_how_it_was_had() -> None:
    assert picked([REWARD, RESULT], [], "reward", 1) == [1]


def test_a_result_that_is_told_is_not_told_again_in_other_words() -> None:
    told = "expected calibration error 0.37 to 0.03"
    assert picked([RESULT, LIMIT], [told], TOPIC, 2) == [1]
    another = "expected calibration error 0.38 to 0.03"
    assert picked([RESULT, LIMIT], [another], TOPIC, 2) == [0, 1]


WORDS = ["reward", "model", "silence", "answer", "guess", "cost", "seed", "arm", "world"]
sentences = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join), max_size=8
)


@given(sentences, sentences, st.integers(0, 4))
def test_at_most_so_many_places_each_once(
    candidates: list[str], said: list[str], most: int
) -> None:
    found = picked(candidates, said, "reward silence", most)
    assert len(found) <= most
    assert found == sorted(set(found))


@given(sentences)
def test_the_order_of_what_is_said_does_not_matter(said: list[str]) -> None:
    candidates = [REWARD, LIMIT, ASIDE]
    turned = list(reversed(said))
    assert picked(candidates, said, TOPIC, 2) == picked(candidates, turned, TOPIC, 2)
