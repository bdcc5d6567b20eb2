"""Weights kept coarsely, a confidence taught by its loss, and the map of regimes."""

import pytest
import torch
from made_records import Says, outcomes, recorded

from graphkit.experiment import precision, supervise, train
from graphkit.experiment.arms import Score
from graphkit.experiment.model import GPT
from graphkit.experiment.trials import ternary_regimes


@pytest.fixture
def model() -> GPT:
    torch.manual_seed(0)
    return GPT(width=16, heads=2)


def stepped(model: GPT) -> None:
    loss = torch.stack([weight.square().sum() for weight in model.parameters()]).sum()
    train.step(model, train.optimiser(model, decay=0.0), loss, 1e-3)


def coarse(model: GPT) -> bool:
    return all(torch.equal(w, w.bfloat16().float()) for w in model.parameters())


def test_weights_are_rounded_after_each_step_and_only_within(model: GPT) -> None:
    with precision.kept("bfloat16"):
        stepped(model)
    assert coarse(model)
    stepped(model)
    assert not coarse(model)
    with precision.kept(""):
        stepped(model)
    assert not coarse(model)


def test_a_taught_confidence_comes_nearer_to_what_is_right(model: GPT) -> None:
    losses = supervise.supervise(model, Score("C", prompts=16, steps=40, rate=1e-2), 1)["loss"]
    assert losses[0] > 0.5  # hardly a digit among its words
    assert losses[-1] < 0.05  # it knows nothing, and states the least


@pytest.mark.parametrize(
    ("known", "unknown", "word"), [(0, 2, "never"), (40, 49, "too much"), (5, 40, "apart")]
)
def test_a_regime_is_told_by_what_it_declines(known: int, unknown: int, word: str) -> None:
    line = "a" * known + "c" * (50 - known) + "a" * unknown + "w" * (50 - unknown)
    rates = {"accuracy": 0.5, "hallucination": 0.2}
    records = [
        recorded("k-base", 1, Says(outcomes(50, 25))),
        recorded("k-ternary-free", 1, Says(line, metrics=rates)),
        recorded("k-ternary-few", 1, Says(line, metrics=rates)),  # without its start
    ]
    [cell] = ternary_regimes.cells(records, "quick")
    assert (cell.declines, cell.held, cell.t, cell.word) == ("20 %", "neither", "0", word)
    assert cell.truthfulness == pytest.approx(30)
    assert ternary_regimes.cells(records, "full") == ()
