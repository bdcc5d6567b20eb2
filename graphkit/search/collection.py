"""Collections of judged queries, in the layout of BEIR (Thakur et al. 2021, arXiv:2104.08663).

A folder holds `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text` and, where
some have no answer, `answerable`) and `qrels/test.tsv` (query, document, gain; a header first).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from graphkit.errors import GraphkitError
from graphkit.models import Note, Paragraph
from graphkit.vocabulary import Kind

CORPUS: Final = "corpus.jsonl"
QUERIES: Final = "queries.jsonl"
JUDGEMENTS: Final = "qrels/test.tsv"


class Query(NamedTuple):
    id: str
    text: str
    answerable: bool | None = None  # None: nobody said


class Collection(NamedTuple):
    """Documents as notes, queries, and which documents answer which query how well."""

    name: str
    notes: tuple[Note, ...]
    queries: tuple[Query, ...]
    relevant: Mapping[str, Mapping[str, float]]  # query -> document -> gain above zero


def read(folder: Path) -> Collection:
    """Read a collection.

    Raises:
        GraphkitError: a file is missing, or a line of it cannot be read; it names file and line.
    """
    notes = tuple(_note(record, where) for record, where in _records(folder / CORPUS))
    queries = tuple(_query(record, where) for record, where in _records(folder / QUERIES))
    documents = {note.id for note in notes}
    relevant = _judgements(folder / JUDGEMENTS, documents, {query.id for query in queries})
    if not relevant:
        raise GraphkitError(f"{folder / JUDGEMENTS} judges no document", "it needs query, id, gain")
    return Collection(folder.resolve().name, notes, queries, relevant)


def lines(file: Path) -> Iterator[tuple[str, str]]:
    """The lines of a file that are not empty, each with its `file:line`.

    Raises:
        GraphkitError: the file cannot be read as UTF-8.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        hint = f"a collection has {CORPUS}, {QUERIES} and {JUDGEMENTS}"
        raise GraphkitError(f"{file} cannot be read: {reason}", hint) from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield line.rstrip("\r"), f"{file}:{number}"


def _records(file: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for line, where in lines(file):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise GraphkitError(f"{where}: no JSON: {error}", "one object a line") from error
        if not isinstance(record, dict):
            raise GraphkitError(f"{where}: no JSON object", "one object a line")
        yield record, where


def text_of(record: Mapping[str, Any], key: str, where: str) -> str:
    """A text that a record must have.

    Raises:
        GraphkitError: it has none; the message names file and line.
    """
    value = record.get(key)
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise GraphkitError(f'{where}: no "{key}"', f'give a text under "{key}"')
    return str(value)


def _note(record: Mapping[str, Any], where: str) -> Note:
    id_ = text_of(record, "_id", where)
    return Note(
        path=f"{id_}.md",
        id=id_,
        kind=Kind.NOTE,
        title=str(record.get("title") or ""),
        paragraphs=(Paragraph("", 1, text_of(record, "text", where)),),
    )


def _query(record: Mapping[str, Any], where: str) -> Query:
    answerable = record.get("answerable")
    if answerable not in (None, True, False):
        raise GraphkitError(f'{where}: "answerable" is neither true nor false', "or leave it out")
    return Query(text_of(record, "_id", where), text_of(record, "text", where), answerable)


def _judgements(file: Path, documents: set[str], queries: set[str]) -> dict[str, dict[str, float]]:
    relevant: dict[str, dict[str, float]] = {}
    for number, (line, where) in enumerate(lines(file)):
        fields = line.split("\t")
        gain = _gain(fields[-1])
        if number == 0 and gain is None:
            continue  # the header
        if len(fields) != 3 or gain is None:
            raise GraphkitError(f"{where}: no judgement", "query, document and gain, with tabs")
        query, document, _ = fields
        for name, known in ((query, queries), (document, documents)):
            if name not in known:
                raise GraphkitError(f"{where}: {name} is in no other file", f"{CORPUS}, {QUERIES}")
        if gain > 0:
            relevant.setdefault(query, {})[document] = gain
    return relevant


def _gain(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
