"""The rule of track B: the same order of cases as for our own runs, over released contrasts.

The rows below were written when the released tables were known, so they are no pre-registration:
what they fix is which contrast speaks for which claim, and that nothing is left out. A claim
about training is not settled by data about prompts; such a row names its `limit`, which allows
*partly reproduced* at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from graphkit.experiment.released.record import FOLDER, Finding, StudyRecord
from graphkit.experiment.rule import decide
from graphkit.experiment.trials import TESTS
from graphkit.models import RELEASED_PROFILE, Verdict


class Part(NamedTuple):
    """A further contrast that the claim implies: its mean, times `sign`, must reach `least`."""

    finding: str
    sign: int
    least: float


class ReleasedTest(NamedTuple):
    """Which contrast speaks for a claim test, and what else must hold."""

    test: str
    title: str  # what the contrast would show, in one line
    finding: str  # "study/contrast"
    sign: int  # 1 where the claim says that the quantity rises
    smallest: float  # smallest effect of interest, in its unit
    parts: tuple[Part, ...] = ()
    limit: str = ""  # why these data can bear on a part of the claim only
    remark: str = ""  # what a reader must know beside the figures


TESTED: Final = (
    ReleasedTest(
        "reasoning-removes-abstention",
        "Models tuned to reason recall fewer of the questions that they should decline",
        "abstentionbench/reasoning-tunes",
        -1,
        5.0,
        (
            Part("abstentionbench/distilled-70b", -1, 5.0),
            Part("abstentionbench/s1-32b", -1, 5.0),
            Part("abstentionbench/rlvf-70b", -1, 5.0),
            Part("abstentionbench/rlvf-8b", -1, 5.0),
        ),
        remark="that these two pairs are the published 24 points, and that both are tuned on "
        "written-out reasoning, is inferred",
    ),
    ReleasedTest(
        "objective-sets-direction",
        "Safety makes models refuse what is safe; reasoning makes them answer what they should not",
        "xstest/both-safe",
        1,
        5.0,
        (
            Part("xstest/llama-2-safe", 1, 5.0),
            Part("xstest/mistral-safe", 1, 5.0),
            Part("abstentionbench/reasoning-tunes", -1, 5.0),
        ),
        "the labels compare system prompts, the claim is about training",
    ),
    ReleasedTest(
        "binary-hurts-calibration",
        "Training with a binary reward raises ECE; a proper scoring reward lowers it",
        "rlcr/binary-ece",
        1,
        0.03,
        (
            Part("rlcr/binary-auroc", -1, 0.03),
            Part("rlcr/proper-ece", -1, 0.03),
            Part("rlcr/proper-accuracy", 1, -0.02),
        ),
        remark="the sixteen cells share evaluation sets, so the interval is too narrow",
    ),
)


def verdicts(records: Iterable[StudyRecord]) -> tuple[Verdict, ...]:
    """A verdict of track B for each claim test whose main contrast is among the records."""
    held = {record.study: record for record in records}
    findings = {
        f"{record.study}/{finding.name}": finding
        for record in held.values()
        for finding in record.findings
    }
    return tuple(_judged(row, held, findings) for row in TESTED if row.finding in findings)


def _judged(
    row: ReleasedTest, records: Mapping[str, StudyRecord], findings: Mapping[str, Finding]
) -> Verdict:
    main = findings[row.finding]
    low, high = sorted((row.sign * main.low, row.sign * main.high))
    missed = [said for part in row.parts if (said := _missed(part, findings))]
    whole = not missed and not row.limit
    named = (row.finding, *(part.finding for part in row.parts))
    studies = dict.fromkeys(name.split("/")[0] for name in named)
    sources = [records[study] for study in studies if study in records]
    return Verdict(
        test=row.test,
        title=row.title,
        outcome=decide(row.sign * main.mean, (low, high), row.smallest, met=whole),
        track="B",
        profile=RELEASED_PROFILE,
        quantity=f"{_way(row.sign)} of {_told(main)} ({main.count} {sources[0].resampled})",
        unit=main.unit,
        effect=row.sign * main.mean,
        interval=(low, high),
        cited=TESTS[row.test].cited,
        reasons=tuple(filter(None, (*missed, row.limit, row.remark))),
        measures=tuple(
            (_told(found), found.mean) for name in named if (found := findings.get(name))
        ),
        records=tuple(f"{FOLDER}/{source.name}" for source in sources),
    )


def _missed(part: Part, findings: Mapping[str, Finding]) -> str:
    """What a part of the claim lacks, in words; empty when it holds."""
    finding = findings.get(part.finding)
    if finding is None:
        return f"{part.finding} was not recomputed"
    mean = part.sign * finding.mean
    if mean >= part.least:
        return ""
    asked = f"asked for a {_way(part.sign)} of {part.least:g} or more"
    return f"{_told(finding)}: {finding.mean:+.3g}, {asked}"


def _way(sign: int) -> str:
    return "rise" if sign > 0 else "fall"


def _told(finding: Finding) -> str:
    return f"{finding.quantity}, {finding.says}"
