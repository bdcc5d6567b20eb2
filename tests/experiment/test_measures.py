"""What is measured on trained policies: calibration, weights, routing, coverage, grip."""

import copy

import numpy as np
import pytest
import torch

from graphkit.experiment import calibration, evaluate, grip, routing, weights
from graphkit.experiment.model import GPT, complete
from graphkit.experiment.world import redundant, words


@pytest.fixture
def model() -> GPT:
    torch.manual_seed(0)
    return GPT(width=16, heads=2)


@pytest.fixture
def other() -> GPT:
    torch.manual_seed(1)
    return GPT(width=16, heads=2)


def test_calibration_error_is_the_gap_in_each_bin() -> None:
    sure = np.array([0.95] * 10 + [0.25] * 10)
    right = np.array([1] * 9 + [0] + [0] * 10)
    assert calibration.calibration_error(sure, right) == pytest.approx((0.05 + 0.25) / 2)
    assert calibration.brier(sure, right) == pytest.approx(
        (9 * 0.05**2 + 0.95**2 + 10 * 0.25**2) / 20
    )
    assert calibration.auroc(sure, right.astype(bool)) == pytest.approx((10 + 0.5) / 11)
    assert calibration.selective_accuracy(sure, right, 0.5) == pytest.approx(0.9)


def test_pass_at_k_of_one_word_is_exact_and_the_estimator_agrees(model: GPT) -> None:
    assert evaluate.passed(np.array([0.5]), 3)[0] == pytest.approx(0.875)
    _, _, tasks = evaluate.reasoning_tasks(1, 6)
    found = evaluate.coverage(model, tasks, 16)
    assert list(found) == [1, 4, 16]
    assert found[1] <= found[4] <= found[16]


def test_the_chance_of_an_answer_is_that_of_the_word_after_the_last_mark(model: GPT) -> None:
    prompts = torch.randint(len(words.WORDS), (2, 5))
    chain = torch.tensor([[20, words.A, 30, words.A, 40, words.EOS], [21, 22, 23, 24, 25, 26]])
    found, declining = evaluate.answer_chances(model, prompts, chain)
    for row, place in enumerate((4, 0)):  # the second never says what its answer is
        before = torch.cat([prompts[row], chain[row, :place]])[None]
        chances = model.head(model(before)[0][:, -1]).softmax(1)[0]
        assert found[row].item() == pytest.approx(chances[chain[row, place]].item(), rel=1e-4)
        assert declining[row].item() == pytest.approx(chances[words.IDK].item(), rel=1e-4)


def test_samples_of_one_prompt_stand_in_a_row(model: GPT) -> None:
    prompts = torch.randint(len(words.WORDS), (2, 5))
    written = complete(model, prompts, 4, samples=3)
    together, _ = evaluate.answer_chances(model, prompts, written, 3)
    apart, _ = evaluate.answer_chances(model, prompts.repeat_interleave(3, 0), written)
    assert together.tolist() == pytest.approx(apart.tolist())


def test_weights_that_did_not_move_are_unchanged(model: GPT) -> None:
    found = weights.described(model, model, "x")
    assert found["unchanged in bf16, x"] == found["unchanged within 1e-5, x"] == 1
    assert found["norm of the update, x"] == found["rank of the update, x"] == 0


def test_an_update_of_one_direction_has_the_lowest_rank_and_its_layer(model: GPT) -> None:
    trained = copy.deepcopy(model)
    with torch.no_grad():
        matrix = dict(trained.named_parameters())["blocks.1.widen.weight"]
        matrix.add_(torch.ones(matrix.shape[0], 1) @ torch.ones(1, matrix.shape[1]))
        update = matrix - dict(model.named_parameters())["blocks.1.widen.weight"]
    assert weights.rank(update) == 1 / 16
    assert weights.mass_by_layer(model, trained) == pytest.approx([0, 1])
    assert 0 < weights.unchanged(model, trained) < 1
    assert weights.unchanged(model, trained, embeddings=True) == 1


def test_a_scaled_update_has_the_norm_asked_for(model: GPT, other: GPT) -> None:
    scaled = weights.scaled(model, other, 2.5)
    assert weights.described(model, scaled, "x")["norm of the update, x"] == pytest.approx(2.5)


def _stirred(model: GPT, seed: int) -> GPT:
    torch.manual_seed(seed)
    changed = copy.deepcopy(model)
    with torch.no_grad():
        for weight in changed.parameters():
            weight.add_(torch.randn(weight.shape))
    return changed


def test_overlap_is_whole_for_one_run_and_near_chance_for_two(model: GPT) -> None:
    one, two = (_stirred(model, seed) for seed in (2, 3))
    assert weights.overlap(model, one, one) == pytest.approx(1 - weights.TOP)
    assert abs(weights.overlap(model, one, two)) < 0.05


def test_grafting_every_layer_gives_the_trained_blocks(model: GPT, other: GPT) -> None:
    assert weights.mass_by_layer(weights.grafted(model, other, (0, 1)), other) == [0, 0]
    assert weights.mass_by_layer(weights.grafted(model, other, (1,)), other)[1] == 0


def test_routing_never_and_always_write_as_either_policy(model: GPT, other: GPT) -> None:
    _, _, tasks = evaluate.reasoning_tasks(1, 4)
    for rule, share in ((routing.NEVER, 0.0), (routing.ALWAYS, 1.0)):
        assert routing.followed(model, other, tasks, rule)[1] == share
    torch.manual_seed(3)
    mixed, _, _ = routing.write(model, other, tasks, routing.ALWAYS)
    torch.manual_seed(3)
    alone, _, _ = routing.write(other, other, tasks, routing.NEVER)
    assert torch.equal(mixed, alone)


def test_the_threshold_of_a_share_routes_about_that_share(model: GPT, other: GPT) -> None:
    torch.manual_seed(4)
    _, _, tasks = evaluate.reasoning_tasks(1, 60)
    found = routing.thresholds(model, other, tasks, (0.1, 0.5))
    assert found[0.1] > found[0.5]
    _, really = routing.followed(model, other, tasks, routing.above(found[0.5]))
    assert really == pytest.approx(0.5, abs=0.1)


def test_a_policy_that_reads_no_chain_has_no_grip(model: GPT) -> None:
    with torch.no_grad():
        model.head.weight.zero_()
    found = grip.described(model, model, redundant.pool(1))
    assert found["early termination"] == found["filler"] == found["mistake"] == 0
    assert found["information gain"] == pytest.approx(0)
