"""The rules as they were fixed before a run: a digest for each test, kept beside its records.

The digest covers the hypothesis, the arms with the recipes of all that they need, the gates and
bounds, the reading, the rule and its statistics; that of the tuning its grid and how it chooses.
Arms that only add to a figure, and what a figure shows, are free to grow. A change after the run
shows as a Problem, and in the history of the file. The code behind the recipes (world, training,
reward, evaluation) is in the fingerprint of each record, and makes the verdict stale when it
changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from graphkit.errors import RecordError
from graphkit.experiment import digest, record
from graphkit.experiment.arms import Arm, closure, settings
from graphkit.experiment.rule import ClaimTest
from graphkit.experiment.trials import BESIDE, BUILT, TUNED
from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity

SCHEMA: Final = "graphkit.registration.v2"
FILE: Final = "registration.json"


def rules() -> dict[str, str]:
    """The digest of each test that can be run, and of the rule of tuning, as they stand now."""
    return {test.name: _digest(test) for test in (*BUILT, *BESIDE)} | {"tuning": _tuning()}


def _tuning() -> str:
    return digest.of([_recipes(TUNED), digest.definitions("trials/tuning", ["tuned"])])


def _digest(test: ClaimTest) -> str:
    reading = digest.function(test.read) if test.read else ""
    modules = map(digest.module, ("trials/readings", "rule", "statistics"))
    return digest.of([_row(test), reading, *modules])


def _row(test: ClaimTest) -> list[Any]:
    bounds = [test.gates, test.components, test.guards]
    words = [test.name, test.title, test.quantity, test.unit]
    return [words, test.smallest, bounds, _recipes(test.arms), test.primary]


def _recipes(arms: Iterable[Arm]) -> list[Any]:
    return [[arm.name, settings(arm.plan)] for arm in closure(arms)]


def write(folder: Path) -> Path:
    """Fix the rules as they stand now, beside the records folder.

    Raises:
        RecordError: the folder cannot be written.
    """
    text = json.dumps({"schema": SCHEMA, "tests": rules()}, indent=2, sort_keys=True) + "\n"
    return record.store(folder / FILE, text.encode(), "the registration")


def changed(folder: Path) -> tuple[str, ...]:
    """The tests whose rules differ from those that were fixed, or were never fixed.

    Raises:
        RecordError: there is no readable registration in the folder.
    """
    try:
        fixed = json.loads((folder / FILE).read_text(encoding="utf-8"))["tests"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"no registration in {folder}: {error}") from error
    return tuple(name for name, found in rules().items() if fixed.get(name) != found)


def problems(folder: Path) -> tuple[Problem, ...]:
    """A Problem for each test whose rules were changed after they had been fixed."""
    if not (folder / FILE).exists():
        return ()
    span = Span(f"{folder.name}/{FILE}")
    try:
        moved = changed(folder)
    except RecordError as error:
        return (Problem("bad-registration", Severity.ERROR, error.message, span, error.hint),)
    return tuple(
        Problem(
            "rule-changed",
            Severity.WARNING,
            f"the rules of {name} are not those fixed before its run",
            span,
            "run it again under rules fixed anew, or restore those of the run",
        )
        for name in moved
    )
