"""What a claim test promises before it is run, in words."""

from __future__ import annotations

import math
from itertools import compress

from graphkit.experiment.rule import Bound, ClaimTest, Gate


def promise(test: ClaimTest) -> tuple[str, ...]:
    """The rule of one test: its smallest effect of interest, components, guards and gates."""
    if test.read is None:
        return ()
    return (
        (
            f"reproduced: {test.quantity} of {test.smallest:g} {test.unit} or more, "
            "its interval above zero"
        ),
        *(f"and: {_bound(bound, test.unit)}" for bound in test.components),
        *(f"at no more cost than: {_bound(bound, test.unit)}" for bound in test.guards),
        *(f"only where: {_gate(gate)}" for gate in test.gates),
    )


def _bound(bound: Bound, unit: str) -> str:
    return f"{bound.name}, {bound.least:+g} {unit} or more".replace("  ", " ")


def _gate(gate: Gate) -> str:
    ends = (f"at least {gate.low:g}", f"at most {gate.high:g}")
    finite = (math.isfinite(gate.low), math.isfinite(gate.high))
    return f"{gate.metric} of {gate.arm} is {' and '.join(compress(ends, finite))}"
