"""Notes that a missing target may mean, by the likeness of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from graphkit.graph.index import Index
from graphkit.graph.names import decoded, folded, without_suffix
from graphkit.models import ParsedNote, Problem

LIKENESS: Final = 86  # of 100: one letter wrong in eight, or less
ELSE: Final = "write that note, or correct the name"
CLOSEST: Final = 3  # of one note title and stem may be two names: the third is of another
PATIENCE: Final = 300  # names looked at: 2 ms each on 20,000 names

_NUMBER: Final = re.compile(r"\d+")  # of a day, a version: another number is no slip of the pen


def suggested(
    problems: Sequence[Problem], parsed: Iterable[ParsedNote], names: Index
) -> tuple[Problem, ...]:
    """The problems, the missing targets among them with a hint: a note that is called alike."""
    bare = [each for each in problems if _is_bare(each)]
    if not bare:
        return tuple(problems)
    places = {each.span for each in bare}
    asked = {
        link.span: _last_name(link.target)
        for _, links, _ in parsed
        for link in links
        if link.span in places
    }
    alike = _alike(list(dict.fromkeys(asked.values()))[:PATIENCE], names)
    hints = {each: _hint(alike.get(asked.get(each.span, ""), ()), each) for each in bare}
    return tuple(replace(each, hint=hints.get(each, each.hint)) for each in problems)


def _hint(paths: Iterable[str], problem: Problem) -> str:
    """The first of these notes that is not the one in which the link stands."""
    other = next((path for path in paths if path != problem.span.path), "")
    return f"did you mean {other}?" if other else ELSE


def _last_name(target: str) -> str:
    return folded(without_suffix(decoded(target).rpartition("/")[2]))


def _is_bare(problem: Problem) -> bool:
    return problem.code == "missing-target" and not problem.hint


def _alike(asked: Iterable[str], names: Index) -> dict[str, tuple[str, ...]]:
    """For each of these names: the paths of the notes called most like it, the likest first."""
    from rapidfuzz import fuzz, process

    choices = {key: group for each in (names.titles, names.stems) for key, group in each.items()}
    found = {
        name: process.extract(
            name, choices.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=CLOSEST
        )
        for name in asked
    }
    return {
        name: tuple(
            entry.path
            for key, *_ in matches
            if _NUMBER.findall(key) == _NUMBER.findall(name)
            for entry in choices[key]
        )
        for name, matches in found.items()
    }
