"""Figures compared in one unit, and sentences that say more than the evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_vaults import codes, written

from graphkit import graph
from graphkit.compared import amount
from graphkit.models import Figure, Problem, Span, Verdict
from graphkit.vocabulary import Kind, Outcome

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


@pytest.mark.parametrize(
    ("effect", "unit", "says"),
    [
        (-0.2, "%", ['"28.9 %" is "-0.2 %" in hallucination cut']),
        (28.9, "%", ['"28.9 %" is "28.9 %" in hallucination cut']),
        (-28.7, "%", []),
        (-0.2, "mg", []),
    ],
)
def test_the_value_of_an_own_experiment_is_compared_with_the_figure_of_its_claim(
    effect: float, unit: str, says: list[str]
) -> None:
    pages = written({"a.md": f"{CLAIM}It cuts hallucination by 28.9 %.\n"})
    run = Verdict(
        test="cut", title="hallucination cut", outcome=Outcome.REPRODUCED, profile="full",
        quantity="rate.difference", unit=unit, effect=effect, records=("own/cut.json",),
        claims=("Tea",),
    )  # fmt: skip
    problems = graph.check(pages, graph.build(pages, [run]))
    assert [each.message for each in about("figure-differs", problems)] == says
    bundled = replace(run, records=("base.json",))
    assert not about("figure-differs", graph.check(pages, graph.build(pages, [bundled])))


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("It rose by 45 % in [[Tea]].", '"45 %"'),
        ("It rose by 45 % in [[Study]].", '"45 %"'),
        ("It rose threefold, 3.5x, in [[Study]].", '"3.5x"'),
        ("It rose by 28.9 % in [[Tea]].", ""),
        ("It rose by .289 % in [[Tea]].", '".289 %"'),
        ("Of [[Tea]]. It rose by 45 % in [[Tea]].", '"45 %"'),
        ("It rose by 28.9 % in [[Study]].", ""),
        ("In 1998 there were 45 of [[Study]].", ""),
        ("Its 95 % confidence interval is wide in [[Study]].", ""),
        ("It rose by 45 %.", ""),
        ("It rose by 45 % in [[Another page]].", ""),
    ],
)
def test_a_share_in_another_note_is_stated_by_what_its_sentence_links_to(
    sentence: str, told: str
) -> None:
    problems = checked(
        a=f"{CLAIM}It cuts hallucination by 28.9 %.{REPORTED}",
        s=f"{SOURCE}It cuts hallucination by 28.9 %.\n",
        p=f"# A page\n\n{sentence}\n",
        q="# Another page\n",
    )
    found = about("figure-unsupported", problems)
    assert [(each.span.path, told in each.message) for each in found] == [("p.md", True)] * bool(
        told
    )


@pytest.mark.parametrize(
    ("brackets", "code"),
    [
        ("28.9 percentage points", "figure-unit"),
        ("+28.9 %, p = 0.03", "figure-differs"),
        ("-28.9 %, p = 0.03", ""),
        ("28.9 %", ""),
        ("28.9 percentage points of 28.9 %", ""),
    ],
)
def test_unit_and_direction_of_a_number_alone_in_brackets_are_those_of_the_claim(
    brackets: str, code: str
) -> None:
    text = f"{CLAIM}It cuts hallucination by 28.9 %.\n\n- is reported by [[Study]] ({brackets})\n"
    found = codes(checked(a=text, s=f"{SOURCE}Nothing in numbers.\n"))
    assert {"figure-unit", "figure-differs"} & {*found} == {code} - {""}


@pytest.mark.parametrize(("mine", "theirs"), [("47 %", "0.47"), ("0.47", "47 %")])
def test_a_figure_is_stated_also_where_it_is_a_fraction(mine: str, theirs: str) -> None:
    text = f"{CLAIM}It has a recall of {mine}.\n\n- is reported by [[Study]] ({theirs})\n"
    assert not about("figure-unsupported", checked(a=text, s=f"{SOURCE}Nothing in numbers.\n"))


@pytest.mark.parametrize(
    ("brackets", "differs"),
    [("accuracy 85 %", False), ("85 % accuracy", False), ("accuracy 75 %", True)],
)
def test_a_measure_beside_a_number_names_what_it_is_of(brackets: str, differs: bool) -> None:
    text = f"{CLAIM}Accuracy is 0.85.\n\n- is reported by [[Study]] ({brackets})\n"
    found = codes(checked(a=text, s=f"{SOURCE}Nothing in numbers.\n"))
    assert ("figure-differs" in found) == differs


@pytest.mark.parametrize("level", ["95 % confidence interval", "95% CI", "95 % interval"])
def test_how_sure_one_is_is_no_figure(level: str) -> None:
    text = f"{CLAIM}Its {level} is wide.{REPORTED}"
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
    "This proves the effect.",
    "Our study proved its bitterness.",
    "That tea is bitter is proven beyond doubt.",
    "This claim is proven.",
    "The claim that tea is bitter has been finally proven.",
    "It is well established that tea is bitter.",
    "That tea is bitter is a settled fact.",
    "This decides it once and for all.",
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
        "It proves to be hard.",
        "A proven way to cool it is milk.",
        "It was proven wrong.",
        "She claims it proves the effect.",
        "The proof is left to the reader.",
        "We hope to prove that tea is bitter.",
    ],
)
def test_what_is_taken_back_in_the_same_sentence_is_no_overstatement(sentence: str) -> None:
    assert not about("overstated", checked(a=f"{CLAIM}{sentence}\n"))


@pytest.mark.parametrize(
    "sentence",
    ["This proves that [[Tea]] holds.", "[[Tea]] is proven.", "This proves [[Tea]] true."],
)
def test_another_note_that_overstates_a_claim_by_its_link(sentence: str) -> None:
    problems = checked(a=f"{CLAIM}Prose.\n", m=f"# Map\n\n{sentence}\n")
    (found,) = about("overstated", problems)
    assert (found.span.path, "Tea is unsupported" in found.message) == ("m.md", True)


@pytest.mark.parametrize("first", ["Of [[Tea]].", "- relates to [[Tea]]"])
def test_every_link_to_a_claim_is_read_and_not_the_first_alone(first: str) -> None:
    problems = checked(a=f"{CLAIM}Prose.\n", m=f"# Map\n\n{first}\n\n[[a|Tea]] is proven.\n")
    (found,) = about("overstated", problems)
    assert (found.span.path, found.span.line) == ("m.md", 5)


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("retracted: true", "Study was retracted"),
        ("retracted: 2024-05-01", "Study was retracted 2024-05-01"),
        ("status: retracted", "Study was retracted"),
    ],
)
def test_a_claim_that_leans_on_a_retracted_work(front: str, said: str) -> None:
    text = SOURCE.replace("kind: source\n", f"kind: source\n{front}\n")
    (found,) = about("retracted-source", checked(a=f"{CLAIM}Prose.{REPORTED}", s=text))
    assert (found.message, found.span.path, found.span.line) == (said, "a.md", 8)


RETRACTED = SOURCE.replace("kind: source\n", "kind: source\nretracted: 2024-05-01\n")


@pytest.mark.parametrize("said", ["See [[Study]].", "As arXiv:2401.00001 has it."])
def test_any_link_to_a_retracted_work_is_told(said: str) -> None:
    problems = checked(p=f"# A page\n\n{said}\n", s=RETRACTED + "See [[A page]].\n")
    assert [each.span.path for each in about("retracted-source", problems)] == ["p.md"]


def test_a_retraction_is_told_by_the_edges_that_it_takes_away() -> None:
    before, after = (weighed(a=f"{CLAIM}Prose.{REPORTED}", s=s) for s in (SOURCE, RETRACTED))
    (turn,) = graph.difference(before, after, {}).turns
    assert turn.differences == ("supported (1) → unsupported",)
    assert [edge.relation for edge in turn.gone] == ["reports"]
    assert not turn.added


def weighed(**texts: str) -> graph.Weighed:
    return graph.weigh(graph.build(written({f"{n}.md": text for n, text in texts.items()})))


@pytest.mark.parametrize("relation", ["is reported by", "contradicts", "is qualified by"])
def test_a_retracted_work_counts_for_nothing(relation: str) -> None:
    text = f"{CLAIM}Prose.\n\n- {relation} [[Study]]\n"
    before, after = (weighed(a=text, s=study) for study in (SOURCE, RETRACTED))
    (claim,) = (node.id for node in after.graph.nodes.values() if node.kind is Kind.CLAIM)
    bare = weighed(a=f"{CLAIM}Prose.\n", s=SOURCE)
    assert before.standings[claim] != after.standings[claim] == bare.standings[claim]
    told = graph.why(after.graph, claim, after.standings)
    assert [child.says for child in told.children] == [
        f"{relation} Study (arXiv:2401.00001, retracted 2024-05-01) [retracted: not counted]"
    ]
    assert not graph.impact(after, graph.find(after.graph, "Study").id).changed


def test_what_a_notice_retracts_counts_for_nothing() -> None:
    notice = SOURCE.replace("Study", "Notice").replace("00001", "00002") + "- retracts [[Study]]\n"
    texts = {"a": f"{CLAIM}Prose.{REPORTED}", "s": SOURCE}
    for more, stands in (({}, "supported (1)"), ({"n": notice}, "unsupported")):
        found = weighed(**texts, **more)
        assert str(found.standings[graph.find(found.graph, "Tea").id]) == stands


def test_a_notice_of_retraction_is_a_relation() -> None:
    notice = SOURCE.replace("Study", "Notice").replace("00001", "00002") + "- retracts [[Study]]\n"
    problems = checked(a=f"{CLAIM}Prose.{REPORTED}", s=SOURCE, n=notice)
    assert [each.message for each in about("retracted-source", problems)] == [
        "Study was retracted by Notice"
    ]


def test_a_work_that_was_not_retracted_is_nobodys_problem() -> None:
    text = SOURCE.replace("kind: source\n", "kind: source\nretracted: false\n")
    assert not about("retracted-source", checked(a=f"{CLAIM}Prose.{REPORTED}", s=text))
