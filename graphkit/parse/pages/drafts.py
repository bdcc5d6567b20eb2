"""Pages become drafts of notes: one for each title, however many pages know it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from graphkit import codes
from graphkit.models import Problem, Span
from graphkit.parse.pages import canonical, cues, names
from graphkit.parse.pages.entry import Entry, join, key
from graphkit.vocabulary import VOCABULARY, Kind, Vocabulary


@dataclass(frozen=True, slots=True)
class Page:
    """What one saved page says. The first entry is the page's own note."""

    name: str
    sha256: str
    shape: str  # "inquiry page", "note page", "paper page", "plain page"
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A note to be written: its vault-relative path and its canonical Markdown."""

    path: str
    text: str
    entry: Entry
    problems: tuple[Problem, ...] = ()


def notes(pages: Iterable[Page], vocabulary: Vocabulary = VOCABULARY) -> tuple[Draft, ...]:
    """One draft for each title on these pages, by path. The order of the pages is irrelevant.

    A page's problems go with the draft of its own note.
    """
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    problems: defaultdict[str, set[Problem]] = defaultdict(set)
    for page in pages:
        problems[key(page.entries[0].title)].update(page.problems)
        for entry in page.entries:
            ties = frozenset(cues.as_written(tie, vocabulary) for tie in entry.ties)
            entries[key(entry.title)].append(replace(entry, ties=ties))
    joined = {title: reduce(join, same) for title, same in entries.items()}
    paths = _paths(joined)
    drafts = (
        Draft(
            path=paths[title],
            text=canonical.render(entry),
            entry=entry,
            problems=(
                *_ordered(problems[title]),
                *_two_kinds(paths[title], entry.kind, entries[title]),
            ),
        )
        for title, entry in joined.items()
    )
    return tuple(sorted(drafts, key=lambda draft: draft.path))


def _paths(titles: Mapping[str, Entry]) -> dict[str, str]:
    """A path for each title key; titles with equal slugs are told apart by their digests."""
    slugs = {title: (entry.kind, names.slug(title)) for title, entry in titles.items()}
    uses = Counter(slugs.values())
    return {
        title: names.path(kind, name if uses[kind, name] == 1 else names.marked(name, title))
        for title, (kind, name) in slugs.items()
    }


def _ordered(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: (problem.span, problem.code, problem.message))


def _two_kinds(path: str, kept: Kind, entries: Iterable[Entry]) -> Iterator[Problem]:
    """A title that is, say, a question on one page and a claim on another."""
    others = sorted({entry.kind.value for entry in entries} - {kept.value})
    if others:
        message = f"the pages use this title for a {kept} and for a {' and a '.join(others)}"
        hint = "rename one of them where the relations do not fit"
        yield codes.problem("kind-conflict", message, Span(path), hint)
