"""Made records: what a run would have written, with the numbers that a test needs.

`FAVOURABLE` has, for every claim test, records that bear its claim out and the two arms (or the two
readings of one measurement) whose exchange must turn the verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from graphkit.experiment import protocol
from graphkit.experiment.record import Items, Record
from graphkit.experiment.rule import ClaimTest
from graphkit.experiment.trials import ARMS, JUDGED, TESTS
from graphkit.experiment.trials.deploys_not_creates import SHARES

SIZE = 100
HALF = SIZE // 2
COLUMNS = {
    "outcome": "c" * SIZE,
    "known": "1" * HALF + "0" * HALF,
    "kind": "a" * HALF + "u" * HALF,
    "group": "h" * 30 + "c" * 30 + "b" * 40,
    "named": "0" * SIZE,
    "solved": "1" * SIZE,
    "hops": "123" * (SIZE // 3) + "1",
    "forced": "1" * HALF + "0" * HALF,
}
NUMBERS = {"right": [0.5] * SIZE, "sure": [0.5] * SIZE}


def outcomes(right: int, wrong: int, size: int = SIZE) -> str:
    """Outcomes of so many items: so many right, so many wrong, the rest declined."""
    return "c" * right + "w" * wrong + "a" * (size - right - wrong)


@dataclass(frozen=True)
class Says:
    """What one arm's record says: its outcomes in every world, and whatever else is particular."""

    outcome: str = COLUMNS["outcome"]
    worlds: Mapping[str, str] = field(default_factory=dict)  # outcomes where they are others
    columns: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, list[float]] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)


class Case(NamedTuple):
    """Records that bear a claim out, and what to exchange so that they no longer do."""

    says: Mapping[str, Says]
    swap: tuple[str, str]  # two arms, two worlds, or two ends of a measurement's metric names


def _half(answerable: tuple[int, int], unanswerable: tuple[int, int]) -> str:
    return outcomes(*answerable, HALF) + outcomes(*unanswerable, HALF)


def _each(metrics: Mapping[str, tuple[float, float]], one: str, other: str) -> dict[str, float]:
    return {
        f"{name}{end}": value
        for name, pair in metrics.items()
        for end, value in zip((one, other), pair, strict=True)
    }


START = Says(
    _half((35, 10), (0, 15)),
    {"S": outcomes(15, 15, 30) + outcomes(28, 0, 30) + "c" * 40},
)
CORRECT = Says(_half((48, 2), (0, 45)), {"S": "c" * SIZE})
SHARP = {"calibration error of the answer's chance": 0.05, "AUROC of the answer's chance": 0.8}
SAID = ("calibration error of the stated confidence", "AUROC of the stated confidence")
FAVOURABLE: Mapping[str, Case] = {
    "ternary-reward": Case(
        {
            "k-base": Says(outcomes(50, 25)),
            "k-binary": Says(outcomes(60, 40)),
            "k-ternary": Says(outcomes(59, 5)),
        },
        ("k-binary", "k-ternary"),
    ),
    "reasoning-removes-abstention": Case(
        {"r-sft": START, "r-correct": CORRECT}, ("r-sft", "r-correct")
    ),
    "objective-sets-direction": Case(
        {
            "r-sft": START,
            "r-correct": CORRECT,
            "s-safety": Says(START.outcome, {"S": "a" * 60 + "c" * 40}),
            "s-correct": START,
        },
        ("r-correct", "s-safety"),
    ),
    "clarification-reward": Case(
        {
            "r-sft": START,
            "r-abstain": Says(_half((40, 10), (0, 5)), columns={"named": "0" * 90 + "1" * 10}),
            "r-clarify": Says(_half((41, 9), (0, 5)), columns={"named": "0" * 60 + "1" * 40}),
        },
        ("r-abstain", "r-clarify"),
    ),
    "binary-hurts-calibration": Case(
        {
            "c-sft": Says(metrics={**SHARP, SAID[0]: 0.2, SAID[1]: 0.7}),
            "c-binary": Says(
                metrics={**SHARP, next(iter(SHARP)): 0.25, SAID[0]: 0.3, SAID[1]: 0.55}
            ),
            "c-brier": Says(metrics={**SHARP, SAID[0]: 0.05, SAID[1]: 0.8}),
        },
        ("c-binary", "c-brier"),
    ),
    "brier-supervised": Case(
        {
            "c-brier": Says(metrics={SAID[0]: 0.16, SAID[1]: 0.8}),
            "c-supervised": Says(metrics={SAID[0]: 0.03, SAID[1]: 0.85}),
        },
        ("c-brier", "c-supervised"),
    ),
    "negative-reinforcement": Case(
        {
            "k-base": Says(numbers={"right": [0.3] * SIZE}),
            "k-positive": Says(numbers={"right": [0.9] * HALF + [0.0] * HALF}),
            "k-negative": Says(numbers={"right": [0.4] * SIZE}),
        },
        ("k-positive", "k-negative"),
    ),
    "external-anchor": Case(
        {
            "r-early-sft": START,
            "r-early-correct": CORRECT,
            "r-early-vote": Says(START.outcome),
            "r-early-vote-answers": Says(START.outcome),
            "r-agreement": Says(
                metrics={
                    "agreement with the majority, r-early-sft": 0.6,
                    "agreement with the majority, r-early-vote": 0.95,
                }
            ),
        },
        ("r-early-correct", "r-early-vote"),
    ),
    "deploys-not-creates": Case(
        {
            "r-routes": Says(
                metrics=_each({"recovered by 12% ": (0.9, 0.15)}, "most divergent", "random")
                | {f"tokens routed for {share:.0%}": share for share in SHARES}
                | {f"recovered by {share:.0%} random": 0.15 for share in SHARES}
            ),
            "k-base": Says(numbers={"right": [0.3] * SIZE}),
            "k-plain": Says(numbers={"right": [0.9] * HALF + [0.0] * HALF}),
        },
        ("most divergent", "random"),
    ),
    "sparse-updates": Case(
        {
            "r-updates": Says(
                metrics=_each(
                    {"unchanged in bf16, ": (0.8, 0.4)}, "r-correct", "r-imitate at equal norm"
                )
                | {"rank of the update, r-correct": 0.97, "overlap of two runs over chance": 0.3}
            )
        },
        ("r-correct", "r-imitate at equal norm"),
    ),
    "small-matches-large": Case(
        {
            "k-base": Says(outcomes(50, 25)),
            "k-binary": Says(outcomes(60, 40), numbers={"sure": [0.95] * SIZE}),
            "k-ternary": Says(outcomes(60, 5), numbers={"sure": [0.95] * SIZE}),
            "n-ternary": Says(outcomes(55, 5)),
        },
        ("k-binary", "n-ternary"),
    ),
    "hollow-reasoning": Case(
        {
            "h-grip": Says(
                metrics=_each(
                    {
                        "early termination, ": (0.8, 0.1),
                        "filler, ": (0.9, 0.05),
                        "mistake, ": (1.0, 0.6),
                        "information gain, ": (3.0, 0.5),
                        "accuracy with a chain, ": (0.95, 1.0),
                        "accuracy without a chain, ": (0.1, 1.0),
                    },
                    "r-base",
                    "h-sft",
                )
            )
        },
        ("r-base", "h-sft"),
    ),
    "knowledge-cost": Case(
        {
            "j-base": START,
            "j-reason": Says(CORRECT.outcome, columns={"forced": "1" * 30 + "0" * 70}),
            "j-layers": Says(metrics={"mean layer, chains": 2.4, "mean layer, facts": 1.1}),
        },
        ("j-base", "j-reason"),
    ),
    "domain-complexity": Case(
        {
            "j-base": Says(worlds={"K": outcomes(48, 0), "R": outcomes(30, 0)}),
            "j-answered": Says(
                metrics={"calibration error of chains": 0.2, "calibration error of facts": 0.05}
            ),
        },
        ("K", "R"),
    ),
    "confidence-as-reward": Case(
        {
            "r-sft": START,
            "r-sure": CORRECT,
            "r-certainty": Says(
                metrics={"calibration error of r-sft": 0.2, "calibration error of r-sure": 0.06}
            ),
        },
        ("r-sft", "r-sure"),
    ),
}


def under(profile: str, records: list[Record]) -> list[Record]:
    """These records as another profile would have made them: on its own seeds."""
    seeds = protocol.PROFILES[profile].seeds
    return [r.model_copy(update={"profile": profile, "seed": seeds[r.seed - 1]}) for r in records]


def made(arm: str, seed: int, line: str, **changes: Any) -> Record:
    """A record with these outcomes under the quick profile, of the present protocol."""
    return recorded(arm, seed, Says(line), **changes)


def recorded(arm: str, seed: int, says: Says, **changes: Any) -> Record:
    """A record that says this of each world and passes every gate on its arm."""
    known = arm in ARMS
    columns = {**COLUMNS, **says.columns, "outcome": says.outcome}
    items = {
        world: Items(
            digest=f"test items of seed {seed}",
            columns=columns | {"outcome": says.worlds.get(world, says.outcome)},
            numbers={**NUMBERS, **says.numbers},
        )
        for world in "KCRS"
    }
    fields: dict[str, Any] = {
        "profile": "quick",
        "arm": arm,
        "stage": ARMS[arm].stage if known else "rl",
        "seed": seed,
        "fingerprint": protocol.fingerprint("quick", arm) if known else "0" * 16,
        "config": {},
        "metrics": {**_passing(arm), **says.metrics},
        "items": {} if known and ARMS[arm].stage == "measure" else items,
    }
    return Record.model_validate(fields | changes)


def _passing(arm: str) -> dict[str, float]:
    """Metrics of an arm inside all gates, and whatever a reading or a panel asks of it."""
    gates = [gate for test in JUDGED.values() for gate in test.gates if gate.arm == arm]
    inside = {gate.metric: min(gate.high, max(gate.low, 0.5)) for gate in gates}
    return {**dict.fromkeys(ASKED, 0.5), **inside}


def trial(test: ClaimTest, says: Mapping[str, Says] | None = None, seeds: int = 3) -> list[Record]:
    """Records of every arm of a test on so many seeds, saying this (or nothing in particular)."""
    held = FAVOURABLE[test.name].says if says is None else says
    return [
        recorded(arm.name, seed, held.get(arm.name, Says()))
        for seed in range(1, seeds + 1)
        for arm in test.arms
    ]


def swapped(case: Case) -> dict[str, Says]:
    """What a case says, with its two arms (or the two ends of its metrics' names) exchanged."""
    turned = dict([case.swap, case.swap[::-1]])
    says = {turned.get(arm, arm): said for arm, said in case.says.items()}
    return {arm: _renamed(said, turned) for arm, said in says.items()}


def _renamed(says: Says, turned: Mapping[str, str]) -> Says:
    def renamed(name: str) -> str:
        return next(
            (name.removesuffix(end) + to for end, to in turned.items() if name.endswith(end)), name
        )

    return replace(
        says,
        metrics={renamed(name): value for name, value in says.metrics.items()},
        worlds={turned.get(world, world): line for world, line in says.worlds.items()},
    )


def ternary(
    binary: str = outcomes(60, 40), ternary: str = outcomes(59, 5), seeds: int = 3
) -> list[Record]:
    """Records of `ternary-reward`: unless said otherwise, ternary declines what was wrong."""
    lines = {
        "k-base": Says(outcomes(50, 25)),
        "k-binary": Says(binary),
        "k-ternary": Says(ternary),
    }
    return trial(TESTS["ternary-reward"], lines, seeds)


class _Noted(dict[str, float]):
    """Metrics that answer any name and remember it."""

    def __missing__(self, name: str) -> float:
        self[name] = 0.5
        return 0.5


def _asked() -> frozenset[str]:
    """Every metric that some reading asks of some record."""
    noted = _Noted()
    for test in JUDGED.values():
        if test.read is None:
            continue
        seed = {}
        for arm in test.arms:
            record = recorded(arm.name, 1, Says())
            record.__dict__["metrics"] = noted
            seed[arm.name] = record
        test.read(seed)
    return frozenset(noted)


ASKED: frozenset[str] = frozenset()
ASKED = _asked()
