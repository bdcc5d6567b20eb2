"""Notes that a missing target may mean, by the likeness of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from graphkit.graph.index import Index
from graphkit.graph.names import decoded, folded, without_suffix
from graphkit.models import ParsedNote, Problem

LIKENESS: Final = 86  # of 100: one letter wrong in eight, or less
ELSE: Final = "write that note, or correct the name"
PATIENCE: Final = 300  # names looked at: 2 ms each on 20,000 names


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
    hints = {
        each: f"did you mean {alike[name]}?"
        for each in bare
        if (name := asked.get(each.span)) in alike
    }
    hints = {each: hints.get(each, ELSE) for each in bare}
    return tuple(replace(each, hint=hints.get(each, each.hint)) for each in problems)


def _last_name(target: str) -> str:
    return folded(without_suffix(decoded(target).rpartition("/")[2]))


def _is_bare(problem: Problem) -> bool:
    return problem.code == "missing-target" and not problem.hint


def _alike(asked: Iterable[str], names: Index) -> dict[str, str]:
    """For each of these names that has one: the path of the note called most like it."""
    from rapidfuzz import fuzz, process

    choices = {
        key: group[0].path for each in (names.titles, names.stems) for key, group in each.items()
    }
    found = {
        name: process.extractOne(name, choices.keys(), scorer=fuzz.ratio, score_cutoff=LIKENESS)
        for name in asked
    }
    return {name: choices[match[0]] for name, match in found.items() if match}
