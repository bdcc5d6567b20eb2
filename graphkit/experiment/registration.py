"""The rules as they were fixed before a run: a digest for each test, kept beside its records.

The digest covers the hypothesis, the names of the arms, the gates and bounds, the reading, the
rule and its statistics. A change after the run shows as a difference from the file, and in its
history. How an arm is trained is not in it: the fingerprint of each record covers that recipe with
the code of world, training, reward and evaluation, and makes the verdict stale when it changes.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

from graphkit.errors import RecordError
from graphkit.experiment import claims, digest, record
from graphkit.experiment.rule import ClaimTest

SCHEMA: Final = "graphkit.registration.v1"
FILE: Final = "registration.json"


def rules() -> dict[str, str]:
    """The digest of each test that can be run, as it stands now."""
    return {test.name: _digest(test) for test in claims.BUILT}


def _digest(test: ClaimTest) -> str:
    row = {name: value for name, value in asdict(test).items() if name != "read"}
    reading = digest.definitions("claims", [test.read.__name__] if test.read else [])
    return digest.of([row, reading, digest.module("rule"), digest.module("statistics")])


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
