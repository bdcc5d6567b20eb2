"""The bundled experiment: a tiny transformer, post-trained under different rewards.

Read it in this order: `world`, `model`, `arms`, `train` and `reinforce`, `rewards`, `evaluate`;
then `statistics`, `rule`, one of `trials` (a file for each claim test), `claims`, `report`. What
only one test needs can wait: `supervise`, `precision`, `weights`, `routing`, `grip`, `maps`.
`protocol` says what a profile runs, `runner` runs it, one `job` at a time, into a `record` each.
Nothing here loads torch before a job starts: verdicts need only records.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkit.experiment.runner import run
    from graphkit.experiment.trials import TESTS

__all__ = ["TESTS", "run"]


def __getattr__(name: str) -> Any:
    # Records are pydantic models; whoever only names the room should not wait for pydantic.
    match name:
        case "TESTS":
            from graphkit.experiment.trials import TESTS

            return TESTS
        case "run":
            from graphkit.experiment.runner import run

            return run
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
