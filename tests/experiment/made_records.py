"""Made records: what a run would have written, with the numbers that a test needs."""

from typing import Any

from graphkit.experiment import protocol
from graphkit.experiment.claims import TESTS
from graphkit.experiment.record import Items, Record

GOOD = {
    "k-base": {
        "accuracy on many": 0.99,
        "accuracy on never over prior": 0.01,
        "mass on decline": 0.25,
        "decline auroc": 0.55,
    },
    "r-base": {"accuracy before decay": 0.9},
    "r-sft": {
        "abstention recall": 0.7,
        "accuracy on answerable": 0.8,
        "false refusals": 0.1,
    },
}
ALIVE = {"groups without variance at the start": 0.3}
SIZE = 100


def outcomes(right: int, wrong: int, shift: int = 0) -> str:
    """Outcomes of SIZE items: so many right, so many wrong, the rest declined; then rotated."""
    line = "c" * right + "w" * wrong + "a" * (SIZE - right - wrong)
    return line[shift:] + line[:shift]


def made(arm: str, seed: int, line: str, **changes: Any) -> Record:
    """A record of the K world under the quick profile, of the present protocol."""
    columns = {"outcome": line, "known": "1" * 50 + "0" * 50}
    fields: dict[str, Any] = {
        "profile": "quick",
        "arm": arm,
        "stage": protocol.ARMS[arm].stage if arm in protocol.ARMS else "rl",
        "seed": seed,
        "fingerprint": protocol.fingerprint("quick", arm) if arm in protocol.ARMS else "0" * 16,
        "config": {},
        "metrics": GOOD.get(arm, ALIVE),
        "items": {"K": Items(digest=f"test items of seed {seed}", columns=columns)},
    }
    return Record.model_validate(fields | changes)


def ternary(
    binary: str = outcomes(60, 40), ternary: str = outcomes(59, 5), seeds: int = 3
) -> list[Record]:
    """Records of `ternary-reward`: unless said otherwise, ternary declines what was wrong."""
    lines = {"k-base": outcomes(50, 25), "k-binary": binary, "k-ternary": ternary}
    arms = TESTS["ternary-reward"].arms
    return [made(arm, seed, lines[arm]) for seed in range(1, seeds + 1) for arm in arms]
