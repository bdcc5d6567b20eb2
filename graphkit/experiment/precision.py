"""Weights kept as coarsely as large models keep them, whatever trains them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch.optim.optimizer import register_optimizer_step_post_hook


@contextmanager
def kept(dtype: str) -> Iterator[None]:
    """Round every weight to this type of torch after each step of any optimiser; "": do not.

    No finer copy of the weights is kept, so that an update below half a unit in the last place of
    a weight leaves it as it was, however often it comes.
    """
    if not dtype:
        yield
        return
    coarse = getattr(torch, dtype)

    def rounded(optimiser: torch.optim.Optimizer, *_: Any) -> None:
        for group in optimiser.param_groups:
            for weight in group["params"]:
                weight.data.copy_(weight.data.to(coarse))

    hook = register_optimizer_step_post_hook(rounded)
    try:
        yield
    finally:
        hook.remove()
