"""The nouns of track B: a study, the contrasts it is asked for, and what its files say of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Contrast(NamedTuple):
    """One comparison: treatment minus control, paired by what is resampled."""

    name: str  # unique within its study
    says: str  # what is compared with what
    quantity: str
    unit: str  # "points" or ""


Differences = Mapping[str, Sequence[float]]
"""By the name of a contrast: one difference for each data set, cell or prompt, in its unit."""


@dataclass(frozen=True, slots=True)
class Study:
    """Files that somebody released, and how to read the contrasts out of them."""

    name: str
    title: str
    identifier: str
    licence: str
    released_by: str  # the repository the files come from
    files: str  # where they lie below the folder given, as a glob
    resampled: str  # what the bootstrap draws: "data sets", "cells", "prompts"
    contrasts: tuple[Contrast, ...]
    read: Callable[[Sequence[Path]], Differences]  # raises StudyError
