"""The run records of a vault and the verdicts they give."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.errors import VaultError
from graphkit.models import Problem, Verdict
from graphkit.workspace import judging

if TYPE_CHECKING:
    from graphkit.experiment.own import Registered
    from graphkit.experiment.record import Record

RECORDS: Final = judging.RECORDS
RELEASED: Final = judging.RELEASED
FIGURES: Final = "figures"


class Runs(NamedTuple):
    """What a vault's experiments came to."""

    folder: Path
    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]


def load(folder: Path, index_file: Path | None) -> Runs:
    """The verdicts of the records below `folder`, which name no claims yet: the graph knows them.

    What was judged before is remembered.
    """
    found = judging.judged(folder, index_file)
    return Runs(folder, found.verdicts, found.problems)


def with_own(root: Path, runs: Runs, own: Iterable[Registered], settings: str) -> Runs:
    """The verdicts with those of the experiments that the vault itself registers."""
    from graphkit.workspace import registered

    taken = [verdict.test for verdict in runs.verdicts]
    found = registered.judged(root, runs.folder, own, taken, settings)
    return runs._replace(
        verdicts=(*runs.verdicts, *found.verdicts), problems=(*runs.problems, *found.problems)
    )


def records(folder: Path) -> tuple[Record, ...]:
    """The run records below a folder of experiments."""
    from graphkit.experiment import record

    return record.load(folder / RECORDS)[0]


def around(path: Path) -> Path:
    """The folder of experiments that a path names: itself, that of a vault, or of its records.

    Raises:
        VaultError: no records lie there.
    """
    for folder in (path, path / "experiments", path.parent):
        if (folder / RECORDS).is_dir():
            return folder
    raise VaultError(f"{path} holds no records", "name a vault or a folder of records")


def draw(folder: Path) -> tuple[Path, ...]:
    """Draw the figures of all tests, and of the rows beside them; the files written."""
    from graphkit.experiment import claims, report

    held = records(folder)
    judged = (*claims.verdicts(held), *claims.beside(held))
    return report.figures(held, judged, folder / FIGURES)
