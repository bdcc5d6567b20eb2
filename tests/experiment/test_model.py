import pytest
import torch

from graphkit.experiment import train
from graphkit.experiment.model import GPT, complete
from graphkit.experiment.world import words


@pytest.fixture
def model() -> GPT:
    torch.manual_seed(0)
    return GPT(width=16, heads=2)


def test_reading_on_from_a_past_equals_reading_at_once(model: GPT) -> None:
    tokens = torch.randint(len(words.WORDS), (3, 12))
    whole, _ = model(tokens)
    _, past = model(tokens[:, :7])
    rest, _ = model(tokens[:, 7:], past)
    torch.testing.assert_close(rest, whole[:, 7:])


def test_a_token_cannot_see_what_comes_after_it(model: GPT) -> None:
    tokens = torch.randint(len(words.WORDS), (2, 10))
    changed = tokens.clone()
    changed[:, 6:] = 5
    torch.testing.assert_close(model(tokens)[0][:, :6], model(changed)[0][:, :6])


def test_samples_of_one_prompt_stand_together_and_end_in_padding(model: GPT) -> None:
    prompts = torch.randint(len(words.WORDS), (4, 5))
    greedy = complete(model, prompts, 6, greedy=True)
    repeated = complete(model, prompts, 6, samples=3, greedy=True)
    assert torch.equal(repeated, greedy.repeat_interleave(3, 0))
    for row in complete(model, prompts, 8, samples=50).tolist():
        if words.EOS in row:
            assert set(row[row.index(words.EOS) + 1 :]) <= {words.PAD}


def test_sampling_follows_the_distribution(model: GPT) -> None:
    prompts = torch.randint(len(words.WORDS), (1, 5))
    chance = model.head(model(prompts)[0][:, -1]).softmax(1)[0]
    drawn = complete(model, prompts, 1, samples=40_000)[:, 0]
    seen = torch.bincount(drawn, minlength=len(words.WORDS)) / len(drawn)
    assert (seen - chance).abs().max() < 0.01


def test_a_loss_that_is_no_number_stops_training_with_its_reason(model: GPT) -> None:
    adam = train.optimiser(model, decay=0.0)
    with pytest.raises(FloatingPointError, match="the loss is nan"):
        train.step(model, adam, torch.tensor(float("nan"), requires_grad=True), 1e-3)
