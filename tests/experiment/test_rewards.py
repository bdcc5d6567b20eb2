import pytest

from graphkit.experiment.rewards import REWARDS, names, outcome, stated

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


def test_a_stated_confidence_is_the_middle_of_its_tenth_and_may_be_absent() -> None:
    assert [stated(text) for text in ("7 A x", "0 A x", "9", "A x", "")] == [
        0.75,
        0.05,
        0.95,
        None,
        None,
    ]


def test_a_proper_score_is_best_for_an_honest_confidence() -> None:
    def expected(digit: int, chance: float) -> float:
        right, wrong = scores("brier", [f"{digit} A 7", f"{digit} A 8"], answer=["7"] * 2)
        assert right is not None
        assert wrong is not None
        return chance * right + (1 - chance) * wrong

    for digit in range(10):
        chance = (digit + 0.5) / 10
        assert max(range(10), key=lambda said: expected(said, chance)) == digit
    assert scores("brier", ["A 7", "A 8"], answer=["7"] * 2) == [0, -1]


@pytest.mark.parametrize(
    ("reward", "expected"),
    [
        ("positive", [1, 0, 0]),
        ("negative", [0, -1, -1]),
        ("negative_weighted", [0.1, -1, -1]),
        ("negative_answers", [0, -1, 0]),
    ],
)
def test_one_sided_rewards_count_one_side(reward: str, expected: list[float]) -> None:
    assert scores(reward, [RIGHT, WRONG, DECLINED], answer=["7"] * 3) == pytest.approx(expected)


def test_the_majority_of_each_prompt_is_its_own_and_needs_no_answer() -> None:
    prompts, completions = ["p", "p", "p", "q", "q", "q"], ["7", "7", "8", "A 8", "8", "7"]
    assert REWARDS["majority"](prompts=prompts, completions=completions) == [1, 1, 0, 1, 1, 0]


def test_declining_can_win_a_vote_or_be_none() -> None:
    said = {"prompts": ["p"] * 4, "completions": [DECLINED, DECLINED, DECLINED, "7"]}
    assert REWARDS["majority"](**said) == [1, 1, 1, 0]
    assert REWARDS["majority_of_answers"](**said) == [0, 0, 0, 1]
    silent = {"prompts": ["p"] * 2, "completions": [DECLINED] * 2}
    assert REWARDS["majority_of_answers"](**silent) == [0, 0]


def test_own_confidence_is_the_reward() -> None:
    assert scores("own_confidence", [RIGHT, WRONG], confidence=[0.2, 0.9]) == [0.2, 0.9]
