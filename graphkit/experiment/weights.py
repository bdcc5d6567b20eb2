"""What training did to the weights: how many changed, at which rank, alike in two runs or not."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Final

import torch
from torch import Tensor

from graphkit.experiment.model import GPT

TOLERANCE: Final = 1e-5
ENERGY: Final = 0.99  # of an update's squared singular values, for its rank
TOP: Final = 0.1  # density at which the changes of two runs are compared


def _matrices(model: GPT, *, embeddings: bool = False) -> Iterator[Tensor]:
    """The matrices of the blocks, or those with a row for each word or position."""
    for name, weight in model.named_parameters():
        if weight.ndim == 2 and name.startswith("blocks.") is not embeddings:
            yield weight.detach()


def described(start: GPT, trained: GPT, name: str) -> dict[str, float]:
    """Shares of weights unchanged by both measures, rank and norm of the update."""
    pairs = [*zip(_matrices(start), _matrices(trained), strict=True)]
    gaps = [after - before for before, after in pairs]
    whole = torch.cat([gap.flatten() for gap in gaps])
    return {
        f"unchanged in bf16, {name}": unchanged(start, trained),
        f"embeddings unchanged in bf16, {name}": unchanged(start, trained, embeddings=True),
        f"unchanged within 1e-5, {name}": float((whole.abs() <= TOLERANCE).float().mean()),
        f"rank of the update, {name}": sum(map(rank, gaps)) / len(gaps),
        f"norm of the update, {name}": float(whole.norm()),
    }


def unchanged(start: GPT, trained: GPT, *, embeddings: bool = False) -> float:
    """The share of weights that are equal once both are rounded to bf16."""
    pairs = zip(
        _matrices(start, embeddings=embeddings),
        _matrices(trained, embeddings=embeddings),
        strict=True,
    )
    equal = torch.cat([(a.bfloat16() == b.bfloat16()).flatten() for a, b in pairs])
    return float(equal.float().mean())


def rank(update: Tensor) -> float:
    """Singular values that hold the energy of an update, as a share of the most there could be."""
    energy = torch.linalg.svdvals(update.double()).square()
    if not energy.sum():
        return 0.0
    held = int((energy.cumsum(0) < ENERGY * energy.sum()).sum()) + 1
    return held / min(update.shape)


def scaled(start: GPT, trained: GPT, norm: float) -> GPT:
    """The trained policy with its update of the blocks scaled to a norm."""
    gaps = [b - a for a, b in zip(_matrices(start), _matrices(trained), strict=True)]
    factor = norm / float(torch.cat([gap.flatten() for gap in gaps]).norm().clamp_min(1e-12))
    changed = copy.deepcopy(start)
    for weight, gap in zip(_matrices(changed), gaps, strict=True):
        weight.add_(factor * gap)
    return changed


def overlap(start: GPT, one: GPT, other: GPT) -> float:
    """How far the most changed tenths of each matrix coincide in two runs, above chance.

    Matrix by matrix, because some change more than others in any run.
    """
    weights = zip(_matrices(start), _matrices(one), _matrices(other), strict=True)
    common = []
    for before, *after in weights:
        count = max(1, int(TOP * before.numel()))
        first, second = ((w - before).abs().flatten().topk(count).indices for w in after)
        common.append(float(torch.isin(first, second).float().mean()))
    return sum(common) / len(common) - TOP


def mass_by_layer(start: GPT, trained: GPT) -> list[float]:
    """Each layer's share of the squared norm of the update of the blocks."""
    masses = [
        sum(
            float((after - before).detach().square().sum())
            for before, after in zip(old.parameters(), new.parameters(), strict=True)
        )
        for old, new in zip(start.blocks, trained.blocks, strict=True)
    ]
    return [mass / (sum(masses) or 1.0) for mass in masses]


def grafted(start: GPT, trained: GPT, places: Sequence[int]) -> GPT:
    """The start with these layers of the trained policy in place of its own."""
    mixed = copy.deepcopy(start)
    for place in places:
        mixed.blocks[place].load_state_dict(trained.blocks[place].state_dict())
    return mixed
