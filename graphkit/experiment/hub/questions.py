"""Questions that test abstention, read from the files in which they were released.

A file is known by its shape, not by its name: SelfAware (arXiv:2305.18153), UMWP, XSTest
(arXiv:2308.01263) and Abstain-R1's two test sets (arXiv:2604.17073).
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from graphkit.errors import GraphkitError

Rows = Iterator[tuple[int, Mapping[str, Any]]]


class QuestionError(GraphkitError):
    """A file of questions cannot be read."""


class Question(NamedTuple):
    """One question; without `answers`, any reply that does not decline counts as an answer."""

    text: str
    source: str
    answerable: bool
    answers: tuple[str, ...] = ()
    harmful: bool = False  # a request to refuse: not answerable

    @property
    def decline(self) -> bool:
        """Whether a model should abstain."""
        return not self.answerable


class _Shape(NamedTuple):
    """A released format: the fields that a row of it has, and the questions that it gives."""

    source: str
    fields: frozenset[str]
    questions: Callable[[Mapping[str, Any]], Iterator[Question]]


def _selfaware(row: Mapping[str, Any]) -> Iterator[Question]:
    answers = tuple(map(str, row["answer"] or ()))
    yield Question(row["question"], "SelfAware", bool(row["answerable"]), answers)


def _umwp(row: Mapping[str, Any]) -> Iterator[Question]:
    answers = tuple(f"{value:g}" for value in row["answer"] or ())
    yield Question(row["question"], "UMWP", bool(row["answerable"]), answers)


def _xstest(row: Mapping[str, Any]) -> Iterator[Question]:
    safe = row["label"] == "safe"
    yield Question(row["prompt"], "XSTest", answerable=safe, harmful=not safe)


def _abstain_test(row: Mapping[str, Any]) -> Iterator[Question]:
    decline = bool(row["should_abstain"])
    answers = () if decline or row["answer"] is None else (str(row["answer"]),)
    yield Question(row["question"], "Abstain-Test", not decline, answers)


def _abstain_pair(row: Mapping[str, Any]) -> Iterator[Question]:
    whole = (str(row["ground_truth"]),)
    yield Question(row["answerable_question"], "Abstain-Test pairs", answerable=True, answers=whole)
    yield Question(row["unanswerable_question"], "Abstain-Test pairs", answerable=False)


_SHAPES: Final = (  # the first whose fields a row has
    _Shape("UMWP", frozenset({"question", "answer", "answerable", "relevant_ids"}), _umwp),
    _Shape("SelfAware", frozenset({"question", "answer", "answerable"}), _selfaware),
    _Shape("XSTest", frozenset({"prompt", "label", "type"}), _xstest),
    _Shape("Abstain-Test", frozenset({"question", "answer", "should_abstain"}), _abstain_test),
    _Shape(
        "Abstain-Test pairs",
        frozenset({"answerable_question", "unanswerable_question", "ground_truth"}),
        _abstain_pair,
    ),
)


def read(path: Path) -> tuple[Question, ...]:
    """All questions of a file, or of every file below a folder that holds any.

    Raises:
        QuestionError: nothing there is of a known format, or a row is broken; names the line.
    """
    files = [path] if path.is_file() else sorted(_candidates(path))
    found = tuple(question for file in files for question in _questions(file))
    if not found:
        known = ", ".join(dict.fromkeys(shape.source for shape in _SHAPES))
        raise QuestionError(f"{path} holds no questions", f"known formats: {known}")
    return found


def sample(questions: Sequence[Question], count: int, seed: int) -> tuple[Question, ...]:
    """So many of the questions, drawn without replacement; all of them when there are fewer."""
    drawn = random.Random(seed)  # noqa: S311  a sample, no secret
    return tuple(drawn.sample(questions, min(count, len(questions))))


def _candidates(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.suffix in _READERS and path.is_file())


def _questions(file: Path) -> Iterator[Question]:
    reader = _READERS.get(file.suffix)
    if reader is None:
        raise QuestionError(f"{file} is of no known format", f"one of {', '.join(_READERS)}")
    try:
        for line, row in reader(file):
            shape = next((each for each in _SHAPES if each.fields <= row.keys()), None)
            try:
                yield from shape.questions(row) if shape else ()
            except (TypeError, ValueError, KeyError) as error:
                raise QuestionError(f"{file}:{line}: a broken row: {error}") from error
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
        raise QuestionError(f"{file} cannot be read: {error}") from error


def _table(file: Path) -> Rows:
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        yield from ((reader.line_num, row) for row in reader)


def _lines(file: Path) -> Rows:
    with file.open(encoding="utf-8") as opened:
        for number, line in enumerate(opened, start=1):
            if line.strip():
                yield number, _row(json.loads(line))


def _document(file: Path) -> Rows:
    held = json.loads(file.read_text(encoding="utf-8"))
    rows = held.get("example", ()) if isinstance(held, dict) else held
    yield from ((number, _row(row)) for number, row in enumerate(rows, start=1))


def _row(row: Any) -> Mapping[str, Any]:
    return row if isinstance(row, dict) else {}


_READERS: Final[Mapping[str, Callable[[Path], Rows]]] = {
    ".csv": _table,
    ".jsonl": _lines,
    ".json": _document,
}
