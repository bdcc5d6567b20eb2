"""The rules as they were fixed before a run: kept beside its records, in words and by digest.

Each test is written out with its hypothesis, quantity, bounds, gates and arms, the recipes of all
arms stand beside them, and so do the profiles that report. A digest covers all that a test needs of
these and the code that applies them:
the reading, the rule and its statistics; that of the tuning its grid and how it chooses, that of
the map how a regime is named. Arms that only add to a figure, and what a figure shows, are free to
grow. A change after the run shows as a Problem, and in the history of the file. The code behind the
recipes (world, training, reward, evaluation) is in the fingerprint of each record, and makes the
verdict stale when it changes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from graphkit.errors import RecordError
from graphkit.experiment import digest, record
from graphkit.experiment.arms import Arm, closure, settings
from graphkit.experiment.protocol import PROFILES
from graphkit.experiment.rule import Bound, ClaimTest, Gate
from graphkit.experiment.trials import BESIDE, BUILT, TUNED
from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity

SCHEMA: Final = "graphkit.registration.v3"
FILE: Final = "registration.json"
REPORTING: Final = ("quick", "full")  # profiles whose seeds and sizes are fixed with the rules
_SIZE: Final = ("seeds", "tests", "others", "extras", "items", "gated")

Row = dict[str, Any]


def rules() -> dict[str, Row]:
    """Each rule as it stands now, by name: in words, and the digest of all that decides it."""
    tests = {
        test.name: _fixed(_stated(test), _recipes(test.arms), *_applied(test))
        for test in (*BUILT, *BESIDE)
    }
    chosen = digest.definitions("trials/tuning", ["tuned"])
    named = digest.definitions("trials/ternary_regimes", ["Cell", "cells"])
    return {
        **tests,
        "tuning": _fixed({"arms": [arm.name for arm in TUNED]}, _recipes(TUNED), chosen),
        "map of regimes": _fixed({}, named),
        **{f"profile {name}": _fixed(_size(name)) for name in REPORTING},
    }


def _fixed(said: Row, *besides: Row | str) -> Row:
    """What a rule says, and its digest: of that, of the recipes it needs, of the code it is."""
    return {**said, "digest": digest.of([said, *besides])}


def _applied(test: ClaimTest) -> tuple[str, ...]:
    reading = digest.function(test.read) if test.read else ""
    return (reading, *map(digest.module, ("trials/readings", "rule", "statistics")))


def _stated(test: ClaimTest) -> Row:
    return {
        "hypothesis": test.title,
        "quantity": test.quantity,
        "unit": test.unit,
        "smallest effect of interest": test.smallest,
        "gates": [_gate(gate) for gate in test.gates],
        "components": _bounds(test.components),
        "guards": _bounds(test.guards),
        "primary": test.primary,
        "arms": [arm.name for arm in test.arms],
    }


def _gate(gate: Gate) -> Row:
    ends = {name: end for name in ("low", "high") if math.isfinite(end := getattr(gate, name))}
    return {"arm": gate.arm, "metric": gate.metric, **ends}


def _bounds(bounds: Iterable[Bound]) -> dict[str, float]:
    return {bound.name: bound.least for bound in bounds}


def _recipes(arms: Iterable[Arm]) -> dict[str, Row]:
    return {
        arm.name: {"from": [needed.name for needed in arm.needs], **settings(arm.plan)}
        for arm in closure(arms)
    }


def _size(profile: str) -> Row:
    size = asdict(PROFILES[profile])
    return {name: size[name] for name in _SIZE}


def write(folder: Path) -> Path:
    """Fix the rules as they stand now, beside the records folder.

    Raises:
        RecordError: the folder cannot be written.
    """
    needed = (*(arm for test in (*BUILT, *BESIDE) for arm in test.arms), *TUNED)
    fixed = {"schema": SCHEMA, "rules": rules(), "recipes": _recipes(needed)}
    text = json.dumps(fixed, indent=2, sort_keys=True) + "\n"
    return record.store(folder / FILE, text.encode(), "the registration")


def changed(folder: Path) -> tuple[str, ...]:
    """The names of the rules that differ from those that were fixed, or were never fixed.

    Raises:
        RecordError: there is no readable registration in the folder.
    """
    try:
        fixed = dict(json.loads((folder / FILE).read_text(encoding="utf-8"))["rules"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"no registration in {folder}: {error}") from error
    return tuple(
        name for name, found in rules().items() if _digest(fixed.get(name)) != found["digest"]
    )


def _digest(row: object) -> object:
    return row.get("digest") if isinstance(row, Mapping) else None


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
