"""AbstentionBench (arXiv:2506.09038): abstention recall of twenty models on 31 data sets.

The released table holds one row a model and data set; the positive class is "should abstain".
A contrast pairs two models by the data sets that both were run on and gives every data set one
vote, as the benchmark's own means do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from graphkit.experiment.released.contrast import Contrast, Differences, Study
from graphkit.experiment.released.sheets import StudyError, rows, share

_MODEL: Final = "model_name_formatted"
_SET: Final = "dataset_name_formatted"


class _Model(NamedTuple):
    """A model, by its name in the table and as it is known."""

    row: str
    shown: str


class _Pair(NamedTuple):
    """A contrast of two models."""

    name: str
    treatment: _Model
    control: _Model

    @property
    def says(self) -> str:
        return f"{self.treatment.shown} against {self.control.shown}"


_DISTILLED_70B: Final = _Model("DeepSeek R1 Distill Llama 70B", "R1-Distill-Llama-70B")
_S1_32B: Final = _Model("S1.1 32B", "s1.1-32B")
_QWEN_32B: Final = _Model("Qwen2.5 32B", "Qwen2.5-32B")
_BASE_70B: Final = _Model("Llama 3.1 70B Base", "Llama-3.1-70B")
_INSTRUCT_8B: Final = _Model("Llama 3.1 8B Instruct", "Llama-3.1-8B-Instruct")
_INSTRUCT_70B: Final = _Model("Llama 3.1 70B Instruct", "Llama-3.1-70B-Instruct")
_INSTRUCT_405B: Final = _Model("Llama 3.1 405B Instruct", "Llama-3.1-405B-Instruct")


def _tulu(size: str, stage: str, shown: str) -> _Model:
    return _Model(f"Llama 3.1 {size} Tulu 3 {stage}", f"Tulu-3-{size} {shown}")


_DISTILLED: Final = _Pair("distilled-70b", _DISTILLED_70B, _INSTRUCT_70B)
_S1: Final = _Pair("s1-32b", _S1_32B, _QWEN_32B)
_PAIRS: Final = (
    _DISTILLED,
    _S1,
    _Pair("rlvf-70b", _tulu("70B", "PPO RLVF", "RLVF"), _tulu("70B", "DPO", "DPO")),
    _Pair("rlvf-8b", _tulu("8B", "PPO RLVF", "RLVF"), _tulu("8B", "DPO", "DPO")),
    _Pair("dpo-70b", _tulu("70B", "DPO", "DPO"), _tulu("70B", "SFT", "SFT")),
    _Pair("dpo-8b", _tulu("8B", "DPO", "DPO"), _tulu("8B", "SFT", "SFT")),
    _Pair("instruct-70b", _INSTRUCT_70B, _BASE_70B),
    _Pair("scale-405b", _INSTRUCT_405B, _INSTRUCT_8B),
    _Pair("scale-70b", _INSTRUCT_70B, _INSTRUCT_8B),
)
_MEAN: Final = Contrast(
    "reasoning-tunes",
    f"mean of {_DISTILLED_70B.shown} and {_S1_32B.shown} against what they were tuned from",
    "abstention recall",
    "points",
)


def _read(files: Sequence[Path]) -> Differences:
    (path,) = files
    recall = _recall(path)
    found = {pair.name: _by_set(recall, pair, path) for pair in _PAIRS}
    first, second = found[_DISTILLED.name], found[_S1.name]
    means = {name: (first[name] + second[name]) / 2 for name in first if name in second}
    return {name: [*each.values()] for name, each in {_MEAN.name: means, **found}.items()}


def _recall(path: Path) -> Mapping[str, Mapping[str, float]]:
    """Recall by model and data set."""
    held: dict[str, dict[str, float]] = {}
    for line, row in rows(path, (_MODEL, _SET, "recall")):
        sets = held.setdefault(row[_MODEL], {})
        if row[_SET] in sets:
            raise StudyError(f"{path}:{line}: {row[_MODEL]} stands twice for {row[_SET]}")
        sets[row[_SET]] = share(row["recall"], path, str(line))
    return held


def _by_set(recall: Mapping[str, Mapping[str, float]], pair: _Pair, path: Path) -> dict[str, float]:
    """Percentage points of recall between the two models, by the data sets both were run on."""
    for model in (pair.treatment.row, pair.control.row):
        if model not in recall:
            raise StudyError(f"{path}: no row of {model}", "is it the whole released table?")
    treated, control = recall[pair.treatment.row], recall[pair.control.row]
    return {name: 100 * (treated[name] - control[name]) for name in sorted({*treated} & {*control})}


STUDY: Final = Study(
    name="abstentionbench",
    title="AbstentionBench",
    identifier="arXiv:2506.09038",
    licence="CC BY-NC 4.0",
    released_by="facebookresearch/AbstentionBench",
    files="abstentionbench/abstention_performance.csv",
    resampled="data sets",
    contrasts=(
        _MEAN,
        *(Contrast(pair.name, pair.says, "abstention recall", "points") for pair in _PAIRS),
    ),
    read=_read,
)
