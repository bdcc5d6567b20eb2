"""Released files to records: each contrast's mean and interval, by a bootstrap of our own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from graphkit.experiment import statistics
from graphkit.experiment.released import abstentionbench, rlcr, xstest
from graphkit.experiment.released.contrast import Contrast, Study
from graphkit.experiment.released.record import Finding, StudyRecord
from graphkit.experiment.released.sheets import StudyError

STUDIES: Final = (abstentionbench.STUDY, rlcr.STUDY, xstest.STUDY)
_RESAMPLES: Final = 10_000


def recompute(data: Path) -> tuple[StudyRecord, ...]:
    """The record of each study whose files lie below `data`.

    Raises:
        StudyError: `data` holds none of the studies, or a file of one is not as released.
    """
    found = [(study, files) for study in STUDIES if (files := sorted(data.glob(study.files)))]
    if not found:
        asked = ", ".join(study.files for study in STUDIES)
        raise StudyError(f"{data} holds no released results", f"looked for {asked}")
    return tuple(_record(study, files, data) for study, files in found)


def _record(study: Study, files: Sequence[Path], data: Path) -> StudyRecord:
    differences = study.read(files)
    return StudyRecord(
        study=study.name,
        title=study.title,
        identifier=study.identifier,
        licence=study.licence,
        released_by=study.released_by,
        resampled=study.resampled,
        resamples=_RESAMPLES,
        files={
            path.relative_to(data).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
        },
        findings=tuple(_finding(each, differences[each.name]) for each in study.contrasts),
    )


def _finding(contrast: Contrast, differences: Sequence[float]) -> Finding:
    """The mean difference and its percentile interval over what is resampled.

    Raises:
        StudyError: fewer than two pairs, of which no interval can be made.
    """
    if len(differences) < 2:
        raise StudyError(f"{contrast.says}: {len(differences)} pairs, at least 2 are needed")
    interval = statistics.bootstrap([differences], _RESAMPLES)
    return Finding(
        **contrast._asdict(),
        count=len(differences),
        mean=sum(differences) / len(differences),
        low=interval.low,
        high=interval.high,
        rising=sum(value > 0 for value in differences),
    )
