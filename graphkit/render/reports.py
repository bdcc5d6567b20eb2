"""Measurements as tables: calibration, retrieval, saved questions, links that come back."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from graphkit.measured import (
    Answerability,
    Bin,
    CalibrationReport,
    Estimate,
    Outcome,
    Ranked,
    Reply,
    RetrievalReport,
    Returned,
    Tradeoff,
)
from graphkit.render import marks
from graphkit.render.escape import line
from graphkit.render.layout import Hang, Rows, facts, paragraph, spaced, stack
from graphkit.render.words import count

ROOM: Final = 24  # cells of the reliability curve, from 0 to 1
_REPLIES: Final = {
    Reply.RIGHT: marks.Mark("●", "green"),
    Reply.RIGHTLY_DECLINED: marks.Mark("●", "green"),
    Reply.NAMED: marks.Mark("○", "yellow"),
    Reply.DECLINED: marks.Mark("○", "yellow"),
    Reply.WRONG: marks.Mark("✗", "red"),
    Reply.IN_VAIN: marks.Mark("✗", "red"),
}


def calibration(report: CalibrationReport) -> RenderableType:
    """When it was made and on what, the reliability curve, and what each level of risk costs."""
    return spaced((_made(report), *_curve(report), *_tradeoffs(report.tradeoffs)))


def _made(report: CalibrationReport) -> RenderableType:
    share = f"{report.changed:.0%} of the notes"
    when = f"made {line(report.made)}; {share} changed since"
    if report.fresh:
        when = f"made just now; {share} had changed" if report.changed else "made just now"
    due = f"made anew by itself from {report.limit:.0%} on"
    measures = {
        "expected calibration error": report.ece,
        "Brier score": report.brier,
        "area under the ROC curve": report.auroc,
    }
    told = [_estimate(name, each) for name, each in measures.items() if each]
    return stack(
        paragraph(Text(f"Calibration {when}")),
        paragraph(Text(f"({due}; at once: graphkit calibrate --force)", style=marks.FAINT)),
        *(
            [
                paragraph(Text(_asked(report))),
                *told,
                _how(report.resamples, report.seed),
                paragraph(Text(_OWN, style=marks.FAINT)),
            ]
            if told
            else [paragraph(Text(_TOO_FEW, style="yellow"))]
        ),
    )


def _asked(report: CalibrationReport) -> str:
    absent = {name: n for name, n in report.questions.items() if name != _PRESENT}
    kinds = ", ".join(f"{amount} {line(name)}" for name, amount in absent.items())
    return (
        f"Questions made from the notes: {report.questions.get(_PRESENT, 0)} with their answer in "
        f"place, {sum(absent.values())} with it taken away ({kinds})"
    )


_PRESENT: Final = "present"
_OWN: Final = (
    "All of this holds for questions like these. Of others the confidence says which are likelier "
    "to be answered, not how often they are: on three collections of readers' own questions its "
    "calibration error was .10, .19 and .27."
)
_TOO_FEW: Final = (
    "Too few questions to judge these notes by: `ask` goes by a fixed threshold and promises "
    "nothing. Notes with more titles and question sentences give more."
)


def _estimate(name: str, estimate: Estimate) -> RenderableType:
    return Hang(Text(f"  {name:<28}"), Text(str(estimate)))


def _how(resamples: int, seed: int) -> RenderableType:
    says = f"in brackets: 95 % bootstrap intervals, n = {resamples}, seed {seed}"
    return paragraph(Text(says, style=marks.FAINT))


def _curve(report: CalibrationReport) -> Iterator[RenderableType]:
    if report.bins:
        yield stack(
            Text("Confidence that was stated, and share that was answered by the notes"),
            Text("  stated   held   questions   | stated, o held, @ both", style=marks.FAINT),
            *(_bin(each) for each in report.bins),
        )


def _bin(each: Bin) -> Text:
    cells = ["."] * (ROOM + 1)
    stated, held = round(each.stated * ROOM), round(each.held * ROOM)
    cells[stated] = "|"
    cells[held] = "@" if held == stated else "o"
    figures = f"{each.stated:<6.2f}   {each.held:<4.2f}   {each.questions:>9}"
    return Text(f"  {figures}   {''.join(cells)}")


def _tradeoffs(rates: Sequence[Tradeoff]) -> Iterator[RenderableType]:
    if rates:
        yield stack(
            Text("What a level of risk costs, measured on questions left out"),
            Text("  --risk   answered   wrong", style=marks.FAINT),
            *(_tradeoff(each) for each in rates),
            paragraph(Text(_RATES, style=marks.FAINT)),
        )


_SHARES: Final = (
    "answered: share of the questions with an answer that get one; wrong: share of all questions, "
    "were half of them without an answer, that get one all the same"
)
_RATES: Final = f"{_SHARES} (in the way of taking it away that is hardest to notice)"


def _tradeoff(each: Tradeoff) -> Text:
    never = "   too few questions: none" if math.isinf(each.threshold) else ""
    return Text(f"  {each.risk:<6.2f}   {each.coverage:<8.2f}   {each.wrong:<5.3f}{never}")


def retrieval(report: RetrievalReport) -> RenderableType:
    """A collection: every ranking by every measure, then how `ask` declines on it."""
    head = f"{count(report.documents, 'document')}, {report.queries} queries with relevant ones"
    return spaced(
        (
            stack(
                Text(line(report.collection), style=marks.TITLE),
                Text(head),
                _how(report.resamples, report.seed),
            ),
            _table(
                ("", "nDCG@10", "recall@10", "MRR", "hybrid above it", "AUROC"),
                [_ranked(each) for each in report.rankings],
            ),
            *(_answerability(each) for each in report.answerability),
        )
    )


def _ranked(each: Ranked) -> tuple[str, ...]:
    optional = (str(value) if value else "" for value in (each.gain, each.auroc))
    return (each.name, str(each.ndcg), str(each.recall), str(each.mrr), *optional)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    """A table with a head; where it does not fit, each row as lines under its first cell."""
    listed = [head, *rows]
    used = [at for at in range(len(head)) if any(row[at] for row in listed[1:])]
    cells = [[Text(line(row[at])) for at in used] for row in listed]
    for cell in cells[0]:
        cell.stylize(marks.FAINT)
    stacks = [_record([head[at] for at in used], row) for row in cells[1:]]
    return Rows(rows=cells, stacks=lambda: stacks)


def _record(head: Sequence[str], cells: Sequence[Text]) -> RenderableType:
    named = zip(head[1:], cells[1:], strict=True)
    return stack(
        cells[0], *(Hang(Text(f"  {name:<16}", marks.FAINT), cell) for name, cell in named if cell)
    )


def _answerability(each: Answerability) -> RenderableType:
    return stack(
        paragraph(
            Text(
                f"ask, {each.answerable} queries with an answer and {each.unanswerable} others: "
                f"{line(each.others)}"
            )
        ),
        _estimate("area under the ROC curve", each.auroc),
        _estimate("expected calibration error", each.ece),
        _table(
            ("--risk", "answered", "wrong"),
            [(f"{rate.risk:.2f}", str(rate.coverage), str(rate.wrong)) for rate in each.rates],
        ),
        paragraph(Text(_SHARES, style=marks.FAINT)),
    )


def outcomes(found: Iterable[Outcome]) -> RenderableType:
    """Saved questions, each with what became of it, and how many fared alike."""
    listed = tuple(found)
    tally = Counter(outcome.reply for outcome in listed)
    shares = (
        f"{tally[reply]} {reply} ({tally[reply] / len(listed):.0%})"
        for reply in Reply
        if tally[reply]
    )
    told = f"{count(len(listed), 'question')}: {', '.join(shares)}"
    return spaced((stack(*(_outcome(each) for each in listed)), paragraph(Text(told))))


def _outcome(each: Outcome) -> RenderableType:
    said = marks.marked(_REPLIES[each.reply], each.reply)
    wanted = Text(f"expected: {line(each.expects)}" if each.expects else "", marks.FAINT)
    got = Text(f"got: {line(each.got)}" if each.got else "", marks.FAINT)
    missed = () if each.as_expected else (part for part in (wanted, got) if part)
    confidence = Text(f"{each.confidence:.2f}")
    return stack(
        facts(said, confidence, marks.place(each.file, each.line), Text(line(each.question))),
        *(paragraph(part, by=4) for part in missed),
    )


def returned(report: Returned) -> RenderableType:
    """How often a link comes back, by how many of the closest notes are looked at."""
    return stack(
        paragraph(Text(f"{count(report.links, 'link')} between claims, questions and sources,")),
        paragraph(Text("each taken away in turn: is its other end among the k closest notes?")),
        _how(report.resamples, report.seed),
        _table(
            ("k", "from one end", "from either end", "by chance"),
            [
                (str(k), str(share), str(report.either[k]), f"{report.chance[k]:.3f}")
                for k, share in report.within.items()
            ],
        ),
    )
