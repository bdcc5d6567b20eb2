"""Figures compared in one unit, and sentences that say more than the evidence."""

from __future__ import annotations

import pytest
from made_vaults import codes, written

from graphkit import graph
from graphkit.graph.amounts import amount
from graphkit.models import Figure, Problem, Span

SOURCE = "---\nkind: source\nidentifiers: [arXiv:2401.00001]\n---\n# Study\n\n"
CLAIM = "---\nkind: claim\n---\n# Tea\n\n"
REPORTED = "\n\n- is reported by [[Study]]\n"


def checked(**texts: str) -> tuple[Problem, ...]:
    pages = written({f"{name}.md": text for name, text in texts.items()})
    return graph.check(pages, graph.build(pages))


def about(code: str, problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.code == code]


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (("28.9", "%", "down", ""), ("relative change", -28.9)),
        (("24", "points", "down", ""), ("change in points", -24)),
        (("19.4", "%", "down", "43.5"), ("share", 19.4)),
        (("47", "%", "", ""), ("share", 47)),
        ((".47", "", "", ""), ("share", 47)),
        (("3.2", "", "", ""), ("number", 3.2)),
        (("10", "x", "up", ""), ("ratio", 10)),
    ],
)
def test_a_figure_in_one_unit(figure: tuple[str, str, str, str], told: tuple[str, float]) -> None:
    value, unit, direction, baseline = figure
    read = Figure(float(value), unit, direction, "recall", baseline, value, Span("a.md"))
    found = amount(read)
    assert found.measure == told[0]
    assert found.value == pytest.approx(told[1])


def test_a_fraction_and_its_percentage_are_one_figure() -> None:
    problems = checked(a=f"{CLAIM}Recall was 0.47 here.{REPORTED}", s=f"{SOURCE}Recall was 47 %.\n")
    assert not {"figure-differs", "figure-unit"} & {*codes(problems)}


def test_a_source_that_differs_is_named_with_both_figures() -> None:
    problems = checked(
        a=f"{CLAIM}It cuts hallucination by 28.9 %.{REPORTED}",
        s=f"{SOURCE}It cuts hallucination by 18.9 %.\n",
    )
    (found,) = about("figure-differs", problems)
    assert found.message == '"28.9 %" is "18.9 %" in Study'
    assert (found.span.path, found.span.line) == ("a.md", 6)


def test_a_difference_that_the_notes_already_tell_is_no_problem() -> None:
    problems = checked(
        a=f"{CLAIM}It cuts hallucination by 28.9 %.{REPORTED}",
        s=f"{SOURCE}It cuts hallucination by 18.9 %.\n\n- qualifies [[Tea]] (restated: 18.9 %)\n",
    )
    assert not {"figure-differs", "figure-unsupported"} & {
        *codes(about("figure-differs", problems))
    }


def test_points_are_not_per_cent() -> None:
    problems = checked(
        a=f"{CLAIM}Training lowers recall by 24 %.{REPORTED}",
        s=f"{SOURCE}Training lowers recall by 24 percentage points.\n",
    )
    (found,) = about("figure-unit", problems)
    assert found.message == '"24 %" is "24 percentage points" in Study'
    assert not about("figure-differs", problems)


def test_the_figure_in_the_brackets_of_a_link_counts() -> None:
    text = f"{CLAIM}It cuts hallucination by 28.9 %.\n\n- is reported by [[Study]] (28.9 %)\n"
    assert not about("figure-unsupported", checked(a=text, s=f"{SOURCE}Nothing in numbers.\n"))


def test_a_figure_that_nothing_states_is_told_once_there_is_a_source_note() -> None:
    text = f"{CLAIM}It cuts hallucination by 28.9 %.{REPORTED}"
    assert about("figure-unsupported", checked(a=text, s=f"{SOURCE}Nothing in numbers.\n"))
    bare = f"{CLAIM}It cuts hallucination by 28.9 %.\n\n- is reported by arXiv:2401.00001\n"
    assert not about("figure-unsupported", checked(a=bare))


STRONG = [
    "This proves that tea is bitter.",
    "It was shown conclusively.",
    "The study demonstrates definitively what happens.",
    "It holds beyond any reasonable doubt.",
    "Tea is undoubtedly bitter.",
]


@pytest.mark.parametrize("sentence", STRONG)
def test_strong_words_about_a_weak_claim(sentence: str) -> None:
    (found,) = about("overstated", checked(a=f"{CLAIM}Some prose.\n\n{sentence}\n"))
    assert (found.span.line, found.message.endswith("this claim is unsupported")) == (8, True)


@pytest.mark.parametrize("sentence", STRONG)
def test_strong_words_about_a_supported_claim_are_its_authors_choice(sentence: str) -> None:
    problems = checked(a=f"{CLAIM}{sentence}{REPORTED}", s=f"{SOURCE}Words.\n")
    assert not about("overstated", problems)


@pytest.mark.parametrize(
    "sentence",
    [
        "This does not prove that tea is bitter.",
        "Nothing proves that tea is bitter.",
        "Would it be proven that tea is bitter?",
        "Whether it is shown conclusively is open.",
        "Its authors claim that it proves that tea is bitter.",
        "It proves useful.",
        "The proof is left to the reader.",
    ],
)
def test_what_is_taken_back_in_the_same_sentence_is_no_overstatement(sentence: str) -> None:
    assert not about("overstated", checked(a=f"{CLAIM}{sentence}\n"))


def test_another_note_that_overstates_a_claim_by_its_link() -> None:
    problems = checked(a=f"{CLAIM}Prose.\n", m="# Map\n\nThis proves that [[Tea]] holds.\n")
    (found,) = about("overstated", problems)
    assert (found.span.path, "Tea is unsupported" in found.message) == ("m.md", True)


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("retracted: true", "Study was retracted"),
        ("retracted: 2024-05-01", "Study was retracted (2024-05-01)"),
        ("status: retracted", "Study was retracted"),
    ],
)
def test_a_claim_that_leans_on_a_retracted_work(front: str, said: str) -> None:
    text = SOURCE.replace("kind: source\n", f"kind: source\n{front}\n")
    (found,) = about("retracted-source", checked(a=f"{CLAIM}Prose.{REPORTED}", s=text))
    assert (found.message, found.span.path, found.span.line) == (said, "a.md", 8)


def test_a_notice_of_retraction_is_a_relation() -> None:
    notice = SOURCE.replace("Study", "Notice").replace("00001", "00002") + "- retracts [[Study]]\n"
    problems = checked(a=f"{CLAIM}Prose.{REPORTED}", s=SOURCE, n=notice)
    assert [each.message for each in about("retracted-source", problems)] == [
        "Study was retracted by Notice"
    ]


def test_a_work_that_was_not_retracted_is_nobodys_problem() -> None:
    text = SOURCE.replace("kind: source\n", "kind: source\nretracted: false\n")
    assert not about("retracted-source", checked(a=f"{CLAIM}Prose.{REPORTED}", s=text))
