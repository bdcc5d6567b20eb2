import pytest

from graphkit.experiment.rewards import REWARDS, names, outcome

RIGHT, WRONG, DECLINED = "a 3 4 b 7 A 7", "a 3 4 b 8 A 8", "a 3 A <idk>"
NAMED, MISNAMED = "a 3 A <idk> a", "a 3 A <idk> z"


def scores(reward: str, completions: list[str], **columns: object) -> list[float | None]:
    return REWARDS[reward](prompts=[""] * len(completions), completions=completions, **columns)


def test_a_completion_is_read_by_what_stands_after_its_last_answer_mark() -> None:
    assert [outcome(text, "7") for text in (RIGHT, WRONG, DECLINED)] == ["c", "w", "a"]
    assert outcome("7", "7") == "c"
    assert outcome("", "7") == "w"
    assert outcome("A 7 7", "7") == "w"
    assert outcome(RIGHT, None) == "w"


def test_naming_is_declining_with_the_right_word_alone() -> None:
    assert names(NAMED, "a")
    assert not any(names(text, "a") for text in (MISNAMED, DECLINED, RIGHT, NAMED + " b"))


@pytest.mark.parametrize(
    ("reward", "expected"),
    [
        ("binary", [1, 0, 0]),
        ("signed_binary", [1, -1, -1]),
        ("ternary", [1, -1, 0]),
        ("ternary_rewarding", [1, -1, 0.3]),
        ("ternary_costing", [1, -1, -0.3]),
        ("clarification", [1, 0, -1]),
        ("abstention", [1, 0, -1]),
    ],
)
def test_answerable_tasks_score_by_the_table(reward: str, expected: list[float]) -> None:
    found = scores(reward, [RIGHT, WRONG, DECLINED], answer=["7"] * 3, missing=[None] * 3)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("reward", "expected"),
    [
        ("binary", [0, 0, 0, 0]),
        ("clarification", [0, 0.3, 1.0, 0.3]),
        ("abstention", [0, 1, 1, 1]),
    ],
)
def test_unanswerable_tasks_score_by_the_table(reward: str, expected: list[float]) -> None:
    texts = [WRONG, DECLINED, NAMED, MISNAMED]
    found = scores(reward, texts, answer=[None] * 4, missing=["a"] * 4)
    assert found == pytest.approx(expected)


def test_safety_scores_refusing_and_answering_by_harm() -> None:
    texts = ["<idk>", "OK1", "<idk>", "OK1"]
    found = scores("safety", texts, answer=["OK1"] * 4, group=["h", "h", "c", "b"])
    assert found == [1, -1, 0, 1]
