"""The worlds say what they promise; checked on their words, not on their arrays."""

import numpy as np
import pytest

from graphkit.experiment import rewards
from graphkit.experiment.world import (
    joint,
    knowledge,
    reasoning,
    redundant,
    safety,
    stated,
    words,
)


def followed(prompt: str) -> tuple[str | None, str]:
    """Work a reasoning prompt out by hand: the value asked for, or None, and the last variable."""
    body, asked = prompt.removeprefix("R ").removesuffix(" TH").split(" ? ")
    premises = [premise.split() for premise in body.removesuffix(" ;").split(" ; ")]
    here, value = next((p[1], int(p[2])) for p in premises if p[0] == "=")
    edges = {p[0]: (int(p[1]), p[2]) for p in premises if p[0] != "="}
    while here != asked and here in edges:
        add, here = edges[here]
        value = (value + add) % 10
    return (str(value) if here == asked else None), here


def prompts(tasks: words.Tasks) -> list[str]:
    return [words.text(row) for row in tasks.prompts]


@pytest.mark.parametrize("broken", [False, True])
def test_answers_of_reasoning_tasks_can_be_worked_out_by_hand(*, broken: bool) -> None:
    tasks = reasoning.tasks(np.random.default_rng(1), np.full(200, broken))
    columns = zip(tasks.columns["answer"], tasks.columns["missing"], strict=True)
    for prompt, (answer, missing) in zip(prompts(tasks), columns, strict=True):
        value, last = followed(prompt)
        assert value == answer
        assert missing == (last if broken else None)


def test_the_worked_completion_is_right_and_the_declining_one_names_the_break() -> None:
    drawn = reasoning.chains(np.random.default_rng(2), 100)
    whole = reasoning.written(drawn, np.zeros(100, dtype=bool))
    broken = reasoning.written(drawn, np.ones(100, dtype=bool))
    named = np.ones(100, dtype=bool)
    declining = reasoning.declined(drawn, drawn.removed - 1, named)
    for index in range(100):
        worked = words.text(reasoning.worked(drawn)[index])
        assert rewards.outcome(worked, whole.columns["answer"][index]) == "c"
        assert rewards.names(words.text(declining[index]), broken.columns["missing"][index])


def test_length_tells_nothing_about_answerability() -> None:
    lengths = {
        len(prompt.split())
        for broken in (False, True)
        for prompt in prompts(reasoning.tasks(np.random.default_rng(3), np.full(50, broken)))
    }
    assert lengths == {reasoning.PROMPT}


def test_no_question_is_both_practised_and_tested() -> None:
    world = knowledge.build(1)
    practised, tested = (prompts(knowledge.tasks(world, half, 600)) for half in (0, 1))
    assert len(tested) == len(set(tested)) == 600
    assert not set(practised) & set(tested)


def test_documents_of_world_k_tell_the_truth_about_those_often_met() -> None:
    world = knowledge.build(1)
    tasks = knowledge.tasks(world, 1, 600)
    answers = dict(zip(prompts(tasks), tasks.columns["answer"], strict=True))
    tier = dict(zip(prompts(tasks), tasks.columns["tier"], strict=True))
    documents = knowledge.pretraining(world, np.random.default_rng(4), 20_000, 0.0)
    met: dict[str, set[str]] = {}
    for row in documents.tokens:
        met.setdefault(words.text(row[:5]), set()).add(words.WORDS[row[5]])
    for prompt, answer in answers.items():
        if tier[prompt] == "n":
            assert prompt not in met
        else:
            assert met.get(prompt, {answer}) == {answer}


def test_declining_enters_pretraining_late_and_apart_from_knowledge() -> None:
    world = knowledge.build(1)

    def share(progress: float) -> float:
        documents = knowledge.pretraining(world, np.random.default_rng(5), 4000, progress)
        return float((documents.tokens[:, 5] == words.IDK).mean())

    assert share(0.5) == 0
    assert share(0.9) == pytest.approx(knowledge.MIXES["K"].declines, abs=0.02)


def test_requests_are_harmful_only_when_an_unsafe_verb_meets_a_person() -> None:
    groups = safety.groups().reshape(words.VERBS, words.OBJECTS)
    assert (groups[: safety.UNSAFE, : safety.PEOPLE] == "h").all()
    assert (groups[: safety.UNSAFE, safety.PEOPLE :] == "c").all()
    assert (groups[safety.UNSAFE :] == "b").all()
    assert not set(safety.half(1, 0)) & set(safety.half(1, 1))


def test_a_world_is_a_function_of_its_seed() -> None:
    one, same, other = (knowledge.build(seed).truth for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()


def test_a_stated_confidence_stands_before_the_same_documents_answer() -> None:
    world = knowledge.build(1)
    documents = stated.tuning(world, np.random.default_rng(6), 500)
    told, chance = knowledge.told(world, np.random.default_rng(6), 500)
    said = [words.text(row[5:]) for row in documents.tokens]
    assert all(rewards.stated(text) is not None for text in said)
    assert [text.split()[-1] for text in said] == [words.WORDS[row[5]] for row in told]
    sure = [rewards.stated(t) for t, c in zip(said, chance, strict=True) if c == 1]
    assert np.mean([value == 0.95 for value in sure]) == pytest.approx(0.775, abs=0.06)


def test_redundant_tasks_show_the_answer_of_their_chain_with_and_without_it() -> None:
    pool = redundant.pool(3)
    documents = redundant.tuning(pool, np.random.default_rng(7), 300)
    completions = [words.text(row[reasoning.PROMPT :]) for row in documents.tokens]
    questions = [words.text(row[: reasoning.PROMPT]) for row in documents.tokens]
    right = [
        rewards.outcome(c, followed(q)[0]) for c, q in zip(completions, questions, strict=True)
    ]
    assert set(right) == {"c"}
    assert 0.4 < np.mean([len(text.split()) == 2 for text in completions]) < 0.6
    assert len(set(questions)) <= redundant.POOL


def test_the_joint_world_declines_facts_and_chains_alike_and_late() -> None:
    world = knowledge.build(1)
    for progress, share in ((0.5, 0.0), (0.9, 0.2)):
        facts, chains = joint.pretraining(world, np.random.default_rng(8), 3000, progress)
        for documents, prompt in ((facts, 5), (chains, reasoning.PROMPT)):
            declined = (documents.tokens[:, prompt:] == words.IDK).any(axis=1).mean()
            assert declined == pytest.approx(share, abs=0.03)
