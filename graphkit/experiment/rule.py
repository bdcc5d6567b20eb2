"""The rule of verdicts: what a claim test declares, and how its records are judged.

The rule is fixed before a run and the same for every test and profile. First match wins: more than
a quarter of the seeds failed a gate -> inconclusive; interval inside plus/minus the smallest effect
of interest -> not reproduced; below zero -> contradicted; above zero with an effect of interest,
every component and every guard -> reproduced; above zero -> partly; else inconclusive.

A seed that fails a gate is named and left out; a quarter is what may be lost that way. A gate looks
at the start, or asks whether an arm learnt anything at all, never at what the claim is about.

A component or guard is held to its mean over seeds. Where one is met by its mean alone, its
interval reaching past what was asked, the verdict says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.experiment import statistics
from graphkit.experiment.arms import Arm
from graphkit.experiment.statistics import Estimate
from graphkit.models import Verdict
from graphkit.vocabulary import Outcome

if TYPE_CHECKING:
    from graphkit.experiment.record import Record

Seed = Mapping[str, "Record"]  # the records of one seed by arm
MOST_LOST: Final = 0.25  # share of the seeds that may fail a gate


class Gate(NamedTuple):
    """What a starting policy must be able to do, or the comparison says nothing."""

    arm: str
    metric: str
    low: float = float("-inf")
    high: float = float("inf")


class Bound(NamedTuple):
    """A further difference of a test, in its unit: the mean over seeds must reach `least`."""

    name: str
    least: float


class Panel(NamedTuple):
    """The figure beside the effect: bars of some metrics for some arms, seeds as dots."""

    title: str
    metrics: tuple[tuple[str, str], ...]  # metric of the records, its name in the legend
    arms: tuple[tuple[str, str], ...]  # arm, its name on the axis
    lines: tuple[tuple[float, str], ...] = ()  # reference lines: a rate, what it marks
    unit: str = "per cent of items"
    scale: float = 100.0  # of the metrics, to the unit
    name: str = ""  # of a further figure of the same test


class Thresholds(NamedTuple):
    """A further figure: the share declined by how sure the start was, beside what a reward asks.

    A reward's optimum declines below its threshold; the start gives the numbers `sure`.
    """

    name: str
    title: str
    world: str
    start: str
    arms: tuple[tuple[str, str, float], ...]  # arm, its name in the legend, its threshold


class Reading(NamedTuple):
    """What one seed says. Differences are per item, positive where the claim points."""

    effect: Sequence[float]
    checks: Mapping[str, Sequence[float]] = {}  # by the name of their Bound
    measures: Mapping[str, float] = {}  # shown, never judged


@dataclass(frozen=True, slots=True)
class ClaimTest:
    """A claim of the corpus and how it is put to the test."""

    name: str
    title: str  # the hypothesis in one line
    cited: str  # the source's own figure, in words
    quantity: str = ""
    unit: str = "points"
    smallest: float = 0.0  # smallest effect of interest, in the unit
    arms: tuple[Arm, ...] = ()
    optional: tuple[Arm, ...] = ()  # arms that only add to the figure
    gates: tuple[Gate, ...] = ()
    components: tuple[Bound, ...] = ()  # parts of the claim beside its main effect
    guards: tuple[Bound, ...] = ()  # what it must not cost
    read: Callable[[Seed], Reading] | None = None
    panel: Panel | None = None
    more: tuple[Panel | Thresholds, ...] = ()  # further figures, without an effect beside them
    primary: bool = False  # one of the six whose p-values are adjusted together
    not_testable: str = ""  # why a model of this size cannot test it
    protocol: str = ""  # how one would

    @property
    def scale(self) -> float:
        return 100.0 if self.unit == "points" else 1.0

    @property
    def required(self) -> frozenset[str]:
        """The names of the arms without which a seed says nothing."""
        return frozenset({arm.name for arm in self.arms} | {gate.arm for gate in self.gates})


def judge(test: ClaimTest, records: Sequence[Record]) -> Verdict:
    """The verdict of one test on the records of one profile. Pure; needs no torch."""
    if test.not_testable:
        return _verdict(test, Outcome.NOT_TESTABLE, test.not_testable)
    used = [record for record in records if record.arm in test.required]
    own = {arm.name for arm in test.arms}
    if test.read is None:
        return _verdict(test, Outcome.NOT_RUN, "its arms are not built yet")
    if not any(record.arm in own for record in used):
        return _verdict(test, Outcome.NOT_RUN, "no record of its arms")
    unfit = _unfit(test, used)
    obstacle = (*_refusal(used), *_failures(used))
    said = (*obstacle, *(unfit[seed] for seed in sorted(unfit)))
    fit = [record for record in used if record.seed not in unfit]
    seeds = complete(fit, test.required)
    begun = {record.seed for record in used}
    if obstacle or len(unfit) > MOST_LOST * len(begun):
        return _verdict(test, Outcome.INCONCLUSIVE, *said, records=used)
    if len(seeds) < 2:
        counted = f"{len(seeds)} seed with every arm, at least 2 are needed"
        return _verdict(test, Outcome.INCONCLUSIVE, *said, counted, records=used)
    try:
        return _weigh(test, test.read, seeds, fit, said)
    except KeyError as error:
        lacked = f"its records, made by another protocol, lack the {error.args[0]}"
        return _verdict(test, Outcome.INCONCLUSIVE, *said, lacked, records=used)


def complete(records: Sequence[Record], arms: AbstractSet[str]) -> dict[int, Seed]:
    """The seeds for which every one of these arms has a record."""
    seeds: dict[int, dict[str, Record]] = {}
    for record in records:
        seeds.setdefault(record.seed, {})[record.arm] = record
    return {seed: held for seed, held in sorted(seeds.items()) if arms <= set(held)}


def _absent(records: Sequence[Record], seeds: Mapping[int, Seed]) -> tuple[str, ...]:
    """Seeds that are left out because an arm of theirs has not run."""
    return tuple(
        f"seed {seed} is left out: not all its arms have run"
        for seed in sorted({record.seed for record in records} - set(seeds))
    )


def _refusal(records: Sequence[Record]) -> tuple[str, ...]:
    """Why these records are no sample: one seed counted twice under two numbers or names."""
    said: list[str] = []
    owners: dict[tuple[str, ...], Record] = {}
    for record in records:
        key = (record.arm, *sorted(items.digest for items in record.items.values()))
        first = owners.setdefault(key, record)
        if first is not record and record.items:
            said.append(f"seeds {first.seed} and {record.seed} of {record.arm} are one sample")
    return tuple(said)


def _failures(records: Sequence[Record]) -> tuple[str, ...]:
    """Jobs without a result. Leaving their seeds out could favour an arm, so they end the trial."""
    return tuple(f"{r.arm} seed {r.seed} failed: {r.failure}" for r in records if r.failure)


def _unfit(test: ClaimTest, records: Sequence[Record]) -> dict[int, str]:
    """The seeds that fail a gate, each with its first reason."""
    return {
        record.seed: f"gate failed: {record.arm} seed {record.seed}: {found[0]}"
        for record in reversed(records)
        if not record.failure and (found := faults(test.gates, record))
    }


def faults(gates: Sequence[Gate], record: Record) -> tuple[str, ...]:
    """Which of these gates a record fails, in words."""
    found = [(gate, record.metrics.get(gate.metric, math.nan)) for gate in gates]
    return tuple(
        f"{gate.metric} {value:.3f} is {_missed(gate)}"
        for gate, value in found
        if gate.arm == record.arm and not gate.low <= value <= gate.high
    )


def _missed(gate: Gate) -> str:
    if math.isinf(gate.high):
        return f"below {gate.low:g}"
    return (
        f"above {gate.high:g}" if math.isinf(gate.low) else f"outside {gate.low:g} to {gate.high:g}"
    )


def _weigh(
    test: ClaimTest,
    read: Callable[[Seed], Reading],
    seeds: Mapping[int, Seed],
    used: Sequence[Record],
    said: tuple[str, ...],
) -> Verdict:
    bounds = (*test.components, *test.guards)
    readings = [read(seed) for seed in seeds.values()]
    effect = _estimate(test, [reading.effect for reading in readings])
    checks = {
        bound.name: _estimate(test, [reading.checks[bound.name] for reading in readings])
        for bound in bounds
    }
    missed = _shortfalls(bounds, checks)
    outcome = decide(effect.mean, effect.interval, test.smallest, met=not missed)
    return _verdict(
        test,
        outcome,
        *_remarks(outcome, effect, test, missed),
        *_barely(bounds, checks),
        *said,
        *_absent(used, seeds),
        records=used,
        effect=effect,
        seeds=tuple(seeds),
        measures=tuple(_measures(effect, checks, readings)),
    )


def _shortfalls(bounds: Sequence[Bound], checks: Mapping[str, Estimate]) -> tuple[str, ...]:
    return tuple(
        f"{name}: {_signed(checks[name].mean)}, asked for {_signed(least)} or more"
        for name, least in bounds
        if checks[name].mean < least
    )


def _barely(bounds: Sequence[Bound], checks: Mapping[str, Estimate]) -> tuple[str, ...]:
    """The bounds that the mean meets and the interval does not."""
    return tuple(
        f"{name}: {_signed(checks[name].mean)} meets {_signed(least)} by its mean alone, "
        f"its interval begins at {_signed(checks[name].interval.low)}"
        for name, least in bounds
        if checks[name].interval.low < least <= checks[name].mean
    )


def _signed(value: float) -> str:
    """Three digits, not decimals: a Brier score missed by .004 must not read as zero."""
    return f"{value:+.3g}".replace("-", "\N{MINUS SIGN}") if value else "0"


def _estimate(test: ClaimTest, samples: Sequence[Sequence[float]]) -> Estimate:
    return statistics.estimate([[test.scale * value for value in values] for values in samples])


def decide(mean: float, interval: tuple[float, float], smallest: float, *, met: bool) -> Outcome:
    """The outcome for an effect whose gates passed; `met`: every component and guard held."""
    low, high = interval
    if -smallest < low and high < smallest:
        return Outcome.NOT_REPRODUCED
    if high < 0:
        return Outcome.CONTRADICTED
    if low > 0:
        whole = mean >= smallest and met
        return Outcome.REPRODUCED if whole else Outcome.PARTLY
    return Outcome.INCONCLUSIVE


def _remarks(
    outcome: Outcome, effect: Estimate, test: ClaimTest, missed: tuple[str, ...]
) -> tuple[str, ...]:
    said = list(missed)
    if outcome is Outcome.PARTLY and effect.mean < test.smallest:
        said.append(f"the effect is below the smallest of interest, {test.smallest:g}")
    if outcome is Outcome.INCONCLUSIVE:
        needed = statistics.seeds_needed(effect.by_seed, test.smallest)
        said.append(
            f"about {needed} seeds would settle it" if needed else "no number of seeds would"
        )
    return tuple(said)


def _measures(
    effect: Estimate, checks: Mapping[str, Estimate], readings: Sequence[Reading]
) -> list[tuple[str, float]]:
    shown = [
        ("bootstrap low", effect.bootstrap.low),
        ("bootstrap high", effect.bootstrap.high),
        ("t low", effect.student.low),
        ("t high", effect.student.high),
        ("sign-flip p", effect.p_value),
    ]
    for name, check in checks.items():
        low, high = check.interval
        shown += [(name, check.mean), (f"{name}, low", low), (f"{name}, high", high)]
    for name in readings[0].measures:
        shown.append((name, sum(r.measures[name] for r in readings) / len(readings)))
    return shown


def _verdict(
    test: ClaimTest,
    outcome: Outcome,
    *reasons: str,
    records: Sequence[Record] = (),
    effect: Estimate | None = None,
    seeds: tuple[int, ...] = (),
    measures: tuple[tuple[str, float], ...] = (),
) -> Verdict:
    profile = records[0].profile if records else ""
    return Verdict(
        test=test.name,
        title=test.title,
        outcome=outcome,
        profile=profile,
        quantity=test.quantity,
        unit=test.unit,
        effect=effect.mean if effect else None,
        interval=(effect.interval.low, effect.interval.high) if effect else None,
        seeds=seeds or tuple(sorted({record.seed for record in records})),
        cited=test.cited,
        reasons=reasons,
        measures=measures,
        records=tuple(record.name for record in records),
        figure=f"{test.name}.svg" if effect and test.panel else "",
        protocol=test.protocol,
    )
