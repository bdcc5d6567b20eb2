"""Where the ternary reward works: a map over the start, what holds a policy to it, and t.

How it is read was fixed before it was run (nine of the 36 cells had run before). A cell *never
declines* where it declines fewer than one in twenty of the questions that its start does not know,
*declines too much* where it declines more than half of those that its start knows, and *tells them
apart* otherwise. What is expected: it works where the start declines sometimes and something holds
the policy near it; a start that hardly declines, or nothing that holds, lets t alone decide between
never and always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphkit.experiment.arms import Arm, Pretrain
from graphkit.experiment.trials import starts
from graphkit.experiment.trials.readings import mean, values

if TYPE_CHECKING:
    from graphkit.experiment.record import Record

REWARDING: Final = starts.knowledge("k-ternary-reward", "ternary_rewarding")
COSTING: Final = starts.knowledge("k-ternary-cost", "ternary_costing")


def elsewhere(name: str, mix: str) -> Arm:
    """A base of another mix of documents."""
    return replace(starts.K_BASE, name=f"k-base-{name}", plan=Pretrain(mix, 700, 256, 4e-3))


def moved(arm: Arm, base: Arm, held: str = "") -> Arm:
    """The arm from another base, or held to it otherwise; itself, where nothing is other.

    Raises:
        TypeError: it starts from no base.
    """
    if not isinstance(base.plan, Pretrain):
        raise TypeError(f"{base.name} is no base")
    plan = replace(starts.recipe(arm), world=base.plan.world, **HELD[held])
    end = base.name.removeprefix(starts.K_BASE.name)
    return replace(arm, name=f"{arm.name}{end}{held}", plan=plan, needs=(base,))


HELD: Final[Mapping[str, Mapping[str, Any]]] = {  # by what is taken away
    "": {},
    "-rehearsal": {"beta": 0.0},
    "-divergence": {"rehearsal": 0.0},
    "-free": {"beta": 0.0, "rehearsal": 0.0},
}
NAMES: Final = {
    "": "both",
    "-rehearsal": "rehearsal",
    "-divergence": "divergence",
    "-free": "neither",
}
BASES: Final = {  # by the share of late documents that decline
    "5 %": elsewhere("few", "K few declines"),
    "20 %": starts.K_BASE,
    "50 %": elsewhere("many", "K many declines"),
}
PAID: Final = {"-0.3": COSTING, "0": starts.K_TERNARY, "+0.3": REWARDING}  # by t
MAP: Final = {
    (declines, NAMES[held], t): moved(arm, base, held)
    for declines, base in BASES.items()
    for held in HELD
    for t, arm in PAID.items()
}
OTHERS: Final = tuple(arm for arm in MAP.values() if arm not in {*PAID.values()})


TRADED: Final = {  # the trade-off: the start, then what the arms pay for abstaining
    "k-base": "start",
    "k-signed": "t = -1 (binary)",
    **{arm.name: f"t = {t}" for t, arm in PAID.items()},
}


class Cell(NamedTuple):
    """One regime: its truthfulness, and what it declines of what its start knows or does not.

    Per cent, means over the seeds that ran.
    """

    declines: str  # share of declines in the documents of the start
    held: str
    t: str
    truthfulness: float
    known: float  # declined, of what the start knows
    unknown: float

    @property
    def word(self) -> str:
        if self.unknown < 5:
            return "never"
        return "too much" if self.known > 50 else "apart"


def cells(records: Iterable[Record], profile: str) -> tuple[Cell, ...]:
    """The map's regimes of which a record of this profile, and one of its start, exists."""
    held = {(r.arm, r.seed): r for r in records if r.profile == profile and not r.failure}
    found = []
    for place, arm in MAP.items():
        pairs = [
            (record, held[start, seed])
            for (name, seed), record in held.items()
            if name == arm.name and (start := arm.needs[0].name, seed) in held
        ]
        if pairs:
            found.append(Cell(*place, *(100 * mean(each) for each in _shares(pairs))))
    return tuple(found)


def _shares(pairs: list[tuple[Record, Record]]) -> tuple[list[float], list[float], list[float]]:
    """By seed: truthfulness, and the shares declined of what was known and of what was not."""
    truthful = [r.metrics["accuracy"] - r.metrics["hallucination"] for r, _ in pairs]
    known, unknown = (
        [
            mean([d for d, k in zip(values(r, "K", "a"), _label(start), strict=True) if k is flag])
            for r, start in pairs
        ]
        for flag in (True, False)
    )
    return truthful, known, unknown


def _label(start: Record) -> list[bool]:
    return start.items["K"].flags("known", "1")
