"""Numbers that a sentence states of something: "cuts hallucination by 28.9 %".

Counts, years and versions are no figures: a number needs a unit, a change, or a measure that is
named beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from graphkit.models import Figure, Paragraph, Span
from graphkit.parse import phrases, prose

_NUMBER: Final = r"(?:(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d+)?|\.\d+)"
_DECIMAL: Final = r"\d{0,15}\.\d+"
_UNIT: Final = (
    r"(?:(?:%|per ?cent\b)(?! ?(?:CIs?|confidence|credible|intervals?)\b)"  # how sure, not what
    r"|percentage points?\b|points?\b|pp\b|[x×](?![\w-])|-?fold\b(?! cross)"
    r"|times(?= (?:as|their|its|the|larger|smaller|more|fewer|less|higher|lower|bigger)\b))"
)
_ALONE: Final = r"(?<![\w.,/@^-])(?<!ersion )"  # not inside a word or number, nor a version
_MEASURE: Final = (
    r"(?:(?!(?:in|of|on|an?|the|with|at)\b)[\w-]+ ){0,2}?"
    r"(?:[Aa]ccuracy|[Rr]ecall|[Pp]recision|F1|ECE|AUROC|AUC|Brier(?: score)?|[Ss]cores?"
    r"|(?:[Pp]ass|maj|avg)@\w+|[Pp]erplexity|[Ee]rror(?: rate)?|(?<!learning )rate|correlation)"
)
_BENCHMARK: Final = r"[A-Z][\w-]*[A-Z0-9][\w-]*"  # AIME26, LiveCodeBench

_HINT = re.compile(r"\d\s?(?:%|->|[-→x×pft])|\.\d")  # without it, no rule finds anything
_CHANGE = re.compile(
    rf"(?P<from>\bfrom )?{_ALONE}(?P<a>{_NUMBER})\s?(?P<first>{_UNIT})?"
    rf"(?:(?(from)(?: (?!to\b)[\w-]+){{0,4}}?) (?:down |up )?to |\s?(?P<arrow>->|→)\s?)"
    rf"(?P<b>{_NUMBER})(?:\s?(?P<unit>{_UNIT}))?(?!\.?\w)"
)
_RANGE = re.compile(
    rf"{_ALONE}(?P<a>{_NUMBER})\s?%?(?: to | ?[-–—] ?)(?P<b>{_NUMBER})\s?(?P<unit>{_UNIT})"
)
_MEASURED = re.compile(rf"{_ALONE}(?P<sign>[-−+])?(?P<a>{_NUMBER})\s?(?P<unit>{_UNIT})")
_SCORED = re.compile(
    rf"\b(?P<metric>{_MEASURE})(?: of| is| was| at|:| =)? (?P<a>{_DECIMAL})(?!\.?\w)"
    rf"(?: on (?P<on>{_BENCHMARK}))?",
)
_BEFORE = re.compile(rf"\b(?P<metric>{_MEASURE}) $")
_AFTER = re.compile(rf" (?P<metric>{_MEASURE})\b")
_NAMED = re.compile(rf"{_ALONE}(?P<a>{_DECIMAL}) (?:on |in |at )?(?P<metric>{_BENCHMARK})")

_LONGEST: Final = 2_000  # characters of a sentence; what is longer is no prose

_UNITS: Final = (
    ("points", re.compile("percentage|point|pp")),
    ("%", re.compile("%|per ?cent")),
    ("x", re.compile("x|×|-?fold|times")),
)


class _Said(NamedTuple):
    """A figure in a sentence: where its words begin and end, and what they say themselves."""

    start: int
    end: int
    number: str
    unit: str
    direction: str = ""
    metric: str = ""
    baseline: str = ""


def figures(paragraphs: Iterable[Paragraph], lines: Sequence[str], path: str) -> Iterator[Figure]:
    """The figures of a note's prose, in order; `lines` are the lines of its file."""
    for paragraph in paragraphs:
        if _HINT.search(paragraph.text):
            yield from _of_paragraph(paragraph, lines, path)


def _of_paragraph(paragraph: Paragraph, lines: Sequence[str], path: str) -> Iterator[Figure]:
    starts = prose.sentences(paragraph.text)
    for start, end in zip(starts, [*starts[1:], len(paragraph.text)], strict=True):
        sentence = paragraph.text[start : min(end, start + _LONGEST)].replace("\n", " ")
        for said in _said(sentence) if _HINT.search(sentence) else ():
            before, after = sentence[: said.start], sentence[said.end :]
            text = " ".join(sentence[said.start : said.end].split())
            line = paragraph.line + paragraph.text.count("\n", 0, start + said.start)
            multiple = said.unit == "x"  # "10 times" says which way only by what follows
            yield Figure(
                _value(said.number),
                said.unit,
                said.direction or phrases.direction("" if multiple else before, after),
                said.metric
                or phrases.measured(before, after, moved=bool(said.baseline))
                or _beside(before, after),
                said.baseline or phrases.compared(before, after),
                text,
                Span(path, line, _column(lines[line - 1], text, said.number)),
            )


def _beside(before: str, after: str) -> str:
    """A measure that stands next to a number: "accuracy 85 %", "85 % accuracy"."""
    found = _BEFORE.search(before) or _AFTER.match(after)
    return phrases.bare(found["metric"].split()) if found else ""


def _column(line: str, *wanted: str) -> int:
    """Where a figure stands on its line; mark-up inside it can hide all but its number."""
    return next((found + 1 for words in wanted if (found := line.find(words)) >= 0), 1)


def _said(sentence: str) -> list[_Said]:
    """Every figure of a sentence; where two rules see one, the first rule has it."""
    found: list[_Said] = []
    for needed, rule, read in _RULES:
        if not _stands_free(needed, sentence, found):
            continue
        for match in rule.finditer(sentence):
            if not any(said.start < match.end() and match.start() < said.end for said in found):
                found.extend(read(match))
    return sorted(found, key=lambda said: said.start)


def _stands_free(needed: re.Pattern[str], sentence: str, found: Sequence[_Said]) -> bool:
    """Whether what a rule needs stands in the sentence, outside the figures found before."""
    return any(
        not any(said.start <= match.start() < said.end for said in found)
        for match in needed.finditer(sentence)
    )


def _change(match: re.Match[str]) -> Iterator[_Said]:
    """As "from 43.5 to 19.4 %"; without "from" or an arrow only downwards, else it is a range."""
    before, after = _value(match["a"]), _value(match["b"])
    unit = _unit(match["unit"] or match["first"])
    moves = before > after or (before < after and (match["from"] or match["arrow"]))
    if not (moves and (unit or "." in match["a"] + match["b"])):
        return
    direction = "down" if after < before else "up"
    yield _Said(*match.span(), match["b"], unit, direction, "", match["a"])


def _range(match: re.Match[str]) -> Iterator[_Said]:
    """As "5 to 30 %": two figures, its lower and its upper end."""
    for end in ("a", "b"):
        yield _Said(*match.span(), match[end], _unit(match["unit"]))


def _measured(match: re.Match[str]) -> Iterator[_Said]:
    direction = {"+": "up", "-": "down", "−": "down"}.get(match["sign"] or "", "")
    yield _Said(*match.span(), match["a"], _unit(match["unit"]), direction)


def _scored(match: re.Match[str]) -> Iterator[_Said]:
    metric, benchmark = phrases.bare(match["metric"].split()), match["on"]
    if benchmark:
        metric = benchmark if metric.lower().startswith("score") else f"{metric} on {benchmark}"
    yield _Said(*match.span(), match["a"], "", "", metric)


def _named(match: re.Match[str]) -> Iterator[_Said]:
    yield _Said(*match.span(), match["a"], "", "", match["metric"])


_TO = re.compile(r" to |->|→|\d ?[-–—]")
_RULES: Final = (  # what stands in every match, cheap to look for; the rule; how it is read
    (_TO, _CHANGE, _change),
    (_TO, _RANGE, _range),
    (re.compile(_UNIT), _MEASURED, _measured),
    (re.compile(r"\.\d"), _SCORED, _scored),
    (re.compile(r"\.\d"), _NAMED, _named),
)


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _unit(written: str | None) -> str:
    return next((unit for unit, words in _UNITS if words.match(written or "")), "")
