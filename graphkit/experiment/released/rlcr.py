"""Beyond Binary Rewards (arXiv:2507.16806): calibration of a base, binary-reward and RLCR models.

The released files hold one model family's metrics on one evaluation set each: sixteen cells. Eight
belong to models trained on one corpus and eight to another, and they share evaluation sets, so
the cells are not independent and the interval is narrower than sixteen independent ones would give.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from graphkit.experiment.released.contrast import Contrast, Differences, Study
from graphkit.experiment.released.sheets import StudyError, share


class _Metric(NamedTuple):
    key: str  # in the files
    quantity: str


class _Pair(NamedTuple):
    name: str
    treatment: str
    control: str


_METRICS: Final = {
    "ece": _Metric("ece", "ECE"),
    "brier": _Metric("brier_score", "Brier score"),
    "auroc": _Metric("auroc", "AUROC of the stated confidence"),
    "confidence": _Metric("confidence level", "mean stated confidence"),
    "accuracy": _Metric("accuracy", "accuracy"),
}
_PAIRS: Final = (_Pair("binary", "RLVR", "Base"), _Pair("proper", "RLCR", "RLVR"))


def _read(files: Sequence[Path]) -> Differences:
    cells = [_cell(path) for path in files]
    return {
        f"{pair.name}-{name}": [
            cell[pair.treatment][name] - cell[pair.control][name] for cell in cells
        ]
        for pair in _PAIRS
        for name in _METRICS
    }


def _cell(path: Path) -> Mapping[str, Mapping[str, float]]:
    """The metrics of one file by model and short name."""
    try:
        held = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise StudyError(f"{path} cannot be read: {error}") from error
    models = {end for pair in _PAIRS for end in (pair.treatment, pair.control)}
    return {model: _metrics(held, model, path) for model in models}


def _metrics(held: Any, model: str, path: Path) -> Mapping[str, float]:
    block = held.get(model) if isinstance(held, dict) else None
    if not isinstance(block, dict):
        raise StudyError(f"{path}: no metrics of {model}", "is it one of the released files?")
    return {
        name: share(block.get(metric.key), path, f"{model}/{metric.key}")
        for name, metric in _METRICS.items()
    }


STUDY: Final = Study(
    name="rlcr",
    title="Beyond Binary Rewards",
    identifier="arXiv:2507.16806",
    licence="MIT",
    released_by="damanimehul/RLCR",
    files="rlcr/*/*/metrics.json",
    resampled="cells",
    contrasts=tuple(
        Contrast(
            f"{pair.name}-{name}", f"{pair.treatment} against {pair.control}", metric.quantity, ""
        )
        for pair in _PAIRS
        for name, metric in _METRICS.items()
    ),
    read=_read,
)
