from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_vault import WordEncoder, note

from graphkit.models import Note
from graphkit.search import abstain, evidence, questions, redacted, words
from graphkit.search.abstain import Calibration, ask, calibrate, judge, logistic
from graphkit.search.passage import passages
from graphkit.search.store import Store

SUBJECTS = (
    ("Do otters hold hands?", "Otters sleep in rafts and hold paws, so that none drifts away."),
    ("Can rewards teach abstention?", "A ternary reward makes abstaining learnable."),
    ("Why is the sea salty?", "Rivers carry dissolved minerals, and evaporation leaves them."),
    ("How do bees find flowers?", "Bees dance to tell the hive direction and distance."),
    ("Are tides caused by the moon?", "Lunar gravity raises two bulges of water."),
    ("Does yeast need oxygen?", "Fermentation works without air; growth is faster with it."),
    ("What makes glass transparent?", "No electron of silica absorbs visible light."),
    ("Is basalt an igneous rock?", "Lava that cools at the surface becomes basalt."),
    ("Can crows use tools?", "New Caledonian crows bend twigs into hooks."),
    ("Where do eels spawn?", "European eels cross the Atlantic to the Sargasso."),
    ("How old is the pyramid of Giza?", "Masons finished Khufu's tomb about 4500 years ago."),
    ("Which metal is liquid?", "Mercury melts at minus thirty-nine degrees."),
)
VAULT = tuple(note(title, prose) for title, prose in SUBJECTS)
strengths = st.lists(st.floats(-1, 2), max_size=40).map(tuple)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("cache") / "index.sqlite") as opened:
        opened.sync(VAULT)
        yield opened


def made(
    removed: tuple[float, ...], beyond: tuple[float, ...] = (), trimmed: tuple[float, ...] = ()
) -> Calibration:
    near, gap, cut = (tuple(sorted(kind)) for kind in (beyond, removed, trimmed))
    return Calibration(abstain.VERSION, (), "", (), near, gap, cut, 10.0, -5.0)


@pytest.mark.parametrize("encoder", [None, WordEncoder()])
def test_what_a_vault_says_is_answered_and_the_rest_declined(
    store: Store, encoder: WordEncoder | None
) -> None:
    held = ask(store, "Do crows bend twigs into hooks?", encoder=encoder)
    assert held.hits[0].title == "Can crows use tools?"
    assert held.judgement.answerable
    assert held.close
    foreign = ask(store, "Recipe for sourdough bread", encoder=encoder).judgement
    assert not foreign.answerable
    assert foreign.missing == ("recipe", "sourdough", "bread")
    assert foreign.confidence < 0.5 < held.judgement.confidence


def test_the_first_of_hits_that_are_all_far_away_is_not_called_close(store: Store) -> None:
    assert ask(store, "How do bees tell the hive where flowers are?").close
    assert not ask(store, "Recipe for sourdough bread").close


ODD = (
    "", " ", "?!…", "AND OR NOT NEAR(", "\0", "🙂🙃", "\ud800", "не знаю", "知",
    "x" * 100_000, "wordless " * 12_000,
)  # fmt: skip


@pytest.mark.parametrize("question", ODD, ids=range(len(ODD)))
def test_no_question_raises_and_none_that_shares_no_word_is_answered(
    store: Store, question: str
) -> None:
    assert not ask(store, question).judgement.answerable
    assert 0 <= ask(store, question, encoder=WordEncoder()).judgement.confidence <= 1


@pytest.mark.parametrize("count", [0, 1, 3, 9])
@pytest.mark.parametrize("encoder", [None, WordEncoder()])
def test_a_vault_too_small_to_judge_itself_is_judged_by_what_others_taught(
    tmp_path: Path, count: int, encoder: WordEncoder | None
) -> None:
    with Store(tmp_path / "index.sqlite") as small:
        small.sync(VAULT[:count])
        found = calibrate(small, encoder)
        assert not found.present
        assert not found.absent
        assert found.threshold(0.1) == found.threshold(0.01) == abstain.SMALL_THRESHOLD
        assert found.confidence(abstain.SMALL_THRESHOLD) == pytest.approx(0.5)
        assert not ask(small, "Recipe for sourdough bread", encoder=encoder).judgement.answerable


def test_questions_with_their_note_are_stronger_than_those_without(store: Store) -> None:
    found = calibrate(store, WordEncoder())
    assert len(found.present) == len(found.removed) == len(found.beyond) == len(VAULT)
    assert np.mean(found.present) > np.mean(found.removed)
    assert found.slope > 0


def test_a_calibration_is_kept_until_the_vault_has_changed_enough(tmp_path: Path) -> None:
    encoder = WordEncoder()
    many = tuple(note(f"Is {word} blue?", f"It is {word}.") for word in map(str, range(100, 140)))
    with Store(tmp_path / "index.sqlite") as store:
        store.sync(many)
        first = calibrate(store, encoder)
        encoder.encoded.clear()
        assert calibrate(store, encoder) == first
        assert not encoder.encoded
        store.sync((*many[1:], note("Is 100 green?", "It is 100.")))
        assert calibrate(store, encoder) == first
        store.sync(many[8:])
        assert calibrate(store, encoder).ground != first.ground


def test_a_calibration_follows_the_links(tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite") as store:
        store.sync((*VAULT, note("Otters", "Do otters hold hands? Otters hold paws in rafts.")))
        alone = calibrate(store)
        path = VAULT[0].path
        linked = calibrate(store, links=lambda: {path: {"otters.md"}, "otters.md": {path}})
        assert max(linked.removed) < max(alone.removed)


def test_a_calibration_of_another_version_is_made_anew(tmp_path: Path) -> None:
    with Store(tmp_path / "index.sqlite") as store:
        store.sync(VAULT)
        first = calibrate(store)
        store.remember("calibration ", json.dumps({"version": abstain.VERSION + 1}))
        assert calibrate(store) == first


@given(strengths, strengths, st.floats(0, 1), st.floats(0, 1))
def test_who_bears_more_risk_gets_no_fewer_answers(
    removed: tuple[float, ...], beyond: tuple[float, ...], one: float, other: float
) -> None:
    calibration = made(removed, beyond)
    assert calibration.threshold(max(one, other)) <= calibration.threshold(min(one, other))


@given(strengths, st.floats(-1, 2))
def test_a_declined_question_is_answered_at_its_level_and_no_lower(
    removed: tuple[float, ...], strength: float
) -> None:
    calibration = made(removed)
    level = calibration.level(strength)
    risks = [hundredth / 100 for hundredth in range(1, 50)]
    answered = [risk for risk in risks if judge(calibration, strength, risk=risk).answerable]
    assert level == min(answered, default=None)


sixty = st.lists(st.floats(0, 1), min_size=60, max_size=60).map(tuple)


@given(sixty, sixty, sixty, st.floats(0.02, 0.5))
def test_no_more_of_its_own_questions_than_promised_are_answered_wrongly(
    beyond: tuple[float, ...], removed: tuple[float, ...], trimmed: tuple[float, ...], risk: float
) -> None:
    calibration = made(removed, beyond, trimmed)
    for kind in calibration.absent:  # whichever way the answer is absent
        wrong = sum(judge(calibration, score, risk=risk).answerable for score in kind)
        assert wrong / len(kind) * abstain.UNANSWERED <= risk


@pytest.mark.parametrize("count", [20, 60, 300])
@pytest.mark.parametrize("risk", [0.1, 0.2])
def test_the_promise_holds_for_fresh_questions_in_nine_vaults_of_ten(
    count: int, risk: float
) -> None:
    vaults = np.sort(np.random.default_rng(count).random((2_000, count)), axis=1)
    thresholds = [abstain.exceeded(vault.tolist(), risk / abstain.UNANSWERED) for vault in vaults]
    wrong = (1 - np.minimum(thresholds, 1)) * abstain.UNANSWERED  # of uniform scores, exactly
    kept = np.mean(wrong <= risk)
    assert kept >= 1 - abstain.DOUBT - 0.02
    assert np.mean(wrong) > risk / 4  # and not by declining everything


def invented(seed: int) -> Note:
    """A note of one of twelve subjects, in words of the subject."""
    chance = np.random.default_rng(seed)
    subject = int(chance.integers(12))
    said = [f"s{subject}w{word}" for word in chance.integers(40, size=24)]
    parts = [" ".join(said[at : at + 6]) for at in range(0, len(said), 6)]
    prose = ". ".join(f"The {part[:12].strip()} is {part}" for part in parts)
    return note(f"Does {' '.join(said[:3])} hold {seed}?", f"{prose}.")


def test_questions_of_notes_that_the_vault_never_had_are_declined_as_promised(
    tmp_path: Path,
) -> None:
    encoder = WordEncoder()
    with Store(tmp_path / "index.sqlite") as store:
        store.sync(invented(seed) for seed in range(80))
        fresh = [ask(store, invented(seed).title, encoder=encoder) for seed in range(80, 160)]
        wrong = sum(each.judgement.answerable for each in fresh) / len(fresh)
        assert wrong * abstain.UNANSWERED <= abstain.RISK
        held = [ask(store, invented(seed).title, encoder=encoder) for seed in range(0, 80, 4)]
        assert np.mean([each.judgement.answerable for each in held]) > 0.3


def test_a_sentence_taken_out_of_its_note_is_harder_to_miss_than_a_whole_note(
    tmp_path: Path,
) -> None:
    with Store(tmp_path / "index.sqlite") as store:
        store.sync(invented(seed) for seed in range(40))
        found = calibrate(store, WordEncoder())
        assert np.mean(found.trimmed) > np.mean(found.beyond)
        assert found.threshold(0.1) >= abstain.exceeded(found.trimmed, 0.2)


def test_a_note_without_a_sentence_speaks_less_to_its_question() -> None:
    pieces = passages(note("Otters", "Otters are mammals. Paws can hold rafts together."))
    (_, (sentence, question)) = questions.stated(pieces)
    whole = redacted.untitled(question.text, pieces)
    left = redacted.without(sentence, question.text, pieces)
    assert not any("rafts" in piece.encoded for piece in left.pieces)
    for encoder in (None, WordEncoder()):
        before, after = redacted.strengths(encoder, [whole, left])
        assert after < before


def test_only_the_passages_that_lose_words_are_encoded_again() -> None:
    prose = " ".join(f"Otter {at} eats shellfish of kind {at}." for at in range(12))
    pieces = passages(note("Otters", f"{prose} Paws can hold rafts together."))
    ((sentence, question),) = questions.stated(pieces)
    left = redacted.without(sentence, question.text, pieces)
    encoder = WordEncoder()
    texts = [piece.encoded for piece in pieces]
    known = dict(zip(texts, encoder.encode(texts), strict=True))
    whole = redacted.strengths(encoder, [left])
    encoder.encoded.clear()
    assert redacted.strengths(encoder, [left], known) == pytest.approx(whole)
    changed = {piece.encoded for piece in left.pieces} - known.keys()
    assert {*encoder.encoded} == {*changed, question.text}
    assert len(changed) < len(left.pieces)


def test_a_promise_that_needs_more_questions_is_kept_by_declining() -> None:
    assert made((0.1,) * 10).threshold(0.01) == math.inf
    assert made((0.1,) * 10).threshold(1.0) == -math.inf


@given(
    st.lists(st.floats(-2, 2), min_size=1, max_size=20),
    st.lists(st.floats(-2, 2), min_size=1, max_size=20),
    st.tuples(st.floats(-3, 3), st.floats(-3, 3)),
)
def test_confidence_is_a_probability_that_never_falls_with_strength(
    positive: list[float], negative: list[float], pair: tuple[float, float]
) -> None:
    slope, intercept = logistic(positive, negative)
    fitted = Calibration(abstain.VERSION, (), "", (), (), (), (), slope, intercept)
    low, high = (fitted.confidence(score) for score in sorted(pair))
    assert 0 <= low <= high <= 1


def test_a_confidence_says_what_it_was_learnt_from() -> None:
    known = replace(made((0.3,), (0.1,), (0.4, 0.6)), present=(0.5, 0.7))
    assert known.basis(0.55) == (2, 4, 0.5, 0.75)
    assert known.basis(0.0) == (2, 4, 0.0, 0.0)
    assert known.basis(1.0) == (2, 4, 1.0, 1.0)
    assert made((0.3,)).basis(0.5) is None
    assert replace(made(()), present=(0.5,)).basis(0.5) is None


def test_a_logistic_finds_the_line_that_made_the_data() -> None:
    chance = np.random.default_rng(0)
    scores = chance.uniform(-1, 1, 4_000)
    true = chance.random(4_000) < 1 / (1 + np.exp(-4 * scores))
    slope, intercept = logistic(scores[true].tolist(), scores[~true].tolist())
    assert slope == pytest.approx(4, abs=0.4)
    assert intercept == pytest.approx(0, abs=0.2)


def test_words_count_where_a_note_says_them_and_not_in_its_title(tmp_path: Path) -> None:
    said, called = note("Chapter", "Joey became a baker."), note("Joey the baker", "It rained.")
    with Store(tmp_path / "index.sqlite") as store:
        store.sync((said, called))
        found = evidence.field(store, ["Did Joey become a baker?"], None, None)
        strength = {
            store.rows()[row].path: float(value)
            for row, value in zip(found.notes.tolist(), found.strength[0], strict=True)
        }
    assert strength[said.path] > strength[called.path] == 0


@pytest.mark.parametrize(
    ("title", "question"),
    [
        ("Does it work?", "Does it work?"),
        ("TruthRL", "What is TruthRL?"),
        ("Guardrails are biased by persona", "Are guardrails biased by persona?"),
        ("RL can update few weights.", "Can RL update few weights?"),
        ("More words and no verb", "More words and no verb?"),
    ],
)
def test_titles_are_asked_as_a_reader_would(title: str, question: str) -> None:
    assert questions.asked(title) == question


def test_a_note_is_asked_for_by_its_titles_and_its_question_sentences() -> None:
    asked = questions.own(passages(note("Why guess?", "Who pays for silence? Nobody does.")))
    assert [question.text for question in asked] == ["Who pays for silence?"]
    assert not questions.own(passages(note("Jan 27th, 2021")))
    asked = questions.own(passages(note("Guessing models", "Guessing is rewarded by accuracy.")))
    assert [(question.text, question.named) for question in asked] == [
        ("What is Guessing models?", True)
    ]


@given(st.text())
def test_any_statement_makes_a_question_or_none(text: str) -> None:
    turned = questions.turned(text)
    assert not turned or (turned.endswith("?") and words.terms(turned) is not None)
