"""Problems of links: what does not resolve, and words that name no relation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from graphkit.codes import problem
from graphkit.graph.edges import named
from graphkit.graph.joints import Joint
from graphkit.graph.names import decoded, loose, without_suffix
from graphkit.graph.resolve import Fate, Resolution, shared_steps
from graphkit.models import Heading, Link, Note, Problem
from graphkit.vocabulary import Vocabulary, fold

SHOWN: Final = 5  # candidates named in a hint
SURE: Final = 3  # last steps that an address and a path share by more than chance
HABIT: Final = 5  # uses from which on a word is the author's own and no slip of the pen

_NUMBERED: Final = re.compile(r"-(\d+)$")  # how renderers tell anchors of equal headings apart


def problems(
    joints: Iterable[Joint], notes: Mapping[str, Note], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """The problems of links that each has by itself."""
    for joint in joints:
        link, resolution = joint.link, joint.resolution
        if resolution.fate in (Fate.AMBIGUOUS, Fate.MISSING):
            yield _target(link, resolution)
        elif names_place(joint):
            yield from _place(link, notes[resolution.path])
        if joint.target == joint.page and named(link, vocabulary):
            message = f'"{link.relation}" leads from this note to itself'
            yield problem("self-relation", message, link.span, "link to another note")


def names_place(joint: Joint) -> bool:
    """Whether a link names a heading or block of the one note that it leads to."""
    link, resolution = joint.link, joint.resolution
    return bool(link.heading or link.block) and resolution.fate is Fate.RESOLVED


def is_odd(link: Link, vocabulary: Vocabulary) -> bool:
    """Whether the words that a field has for a link name no relation."""
    return link.explicit and bool(link.relation) and named(link, vocabulary) is None


def listed(names: Iterable[str]) -> str:
    """Some of these names, and how many more there are."""
    every = list(names)
    rest = f" and {len(every) - SHOWN} more" if len(every) > SHOWN else ""
    return ", ".join(every[:SHOWN]) + rest


def _target(link: Link, resolution: Resolution) -> Problem:
    if resolution.fate is Fate.AMBIGUOUS:
        message = f'"{link.target}" names {len(resolution.candidates)} notes'
        return problem(
            "ambiguous-target", message, link.span, f"write one of {listed(resolution.candidates)}"
        )
    if not link.target:
        hint = "its note may lie in another vault; copy it here, or take the reference out"
        return problem("missing-target", f"no block has the id {link.block}", link.span, hint)
    message = f'no note is called "{resolution.name}"'
    others = [path for path in resolution.candidates if path != link.span.path]
    hint = f"did you mean {listed(others)}?" if others else ""
    site = _site(resolution.name, others) if link.target.startswith("/") else ""
    return problem("missing-target", message, link.span, f"{hint} {site}".strip())


def _site(name: str, paths: Sequence[str]) -> str:
    """What to do where an address of a site ends as the one note it may mean, in several steps."""
    shared = shared_steps(without_suffix(paths[0]), name) if len(paths) == 1 else 0
    if shared < SURE:
        return ""
    address, folder = ("/".join(each.split("/")[:-shared]) for each in (name, paths[0]))
    row = f'routes = {{ "/{address}" = "{folder}" }}'
    return f"if /{address}/ is a site made of these notes, say {row} in [dialect] of graphkit.toml"


def _place(link: Link, note: Note) -> Iterator[Problem]:
    """A heading or block that the note does not have; the link still leads to the note."""
    if link.heading and not heading_called(note, link.heading):
        message = f'{note.path} has no heading "{link.heading}"'
        have = listed(f'"{heading.text}"' for heading in note.headings)
        hint = f"it has {have}" if have else "it has none; link to the note itself"
        yield problem("missing-heading", message, link.span, hint)
    if link.block and link.form != "block" and link.block not in dict(note.blocks):
        have = listed(f"^{block}" for block, _ in note.blocks)
        hint = f"it has {have}" if have else f"end a paragraph there with ^{link.block}"
        message = f"{note.path} has no block ^{link.block}"
        yield problem("missing-block", message, link.span, hint)


def heading_called(note: Note, asked: str) -> Heading | None:
    """By its words or its anchor; of nested headings `a#b` the last one counts."""
    wanted = decoded(asked.rpartition("#")[2])
    have = _anchors(note.headings)
    if found := have.get(loose(wanted)):
        return found[0]
    if numbered := _NUMBERED.search(wanted):
        alike = have.get(loose(wanted[: numbered.start()]), [])
        return next(iter(alike[int(numbered[1]) :]), None)
    return None


@lru_cache(maxsize=1024)
def _anchors(headings: tuple[Heading, ...]) -> dict[str, list[Heading]]:
    """The headings of a note by their anchors; asked once for each link to it."""
    found: dict[str, list[Heading]] = {}
    for heading in headings:
        found.setdefault(loose(heading.text), []).append(heading)
    return found


def unknown_relations(odd: Iterable[Link], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Of all odd links of a vault: a rare word close to a relation is likely a slip of the pen
    and reported where it stands, a vault's own word once.
    """
    uses: dict[str, list[Link]] = {}
    for link in odd:
        uses.setdefault(fold(link.relation), []).append(link)
    for words, links in uses.items():
        near = _nearest(words, vocabulary)
        slips = links if near and len(links) < HABIT else links[:1]
        count = f", used {len(links)} times" if len(slips) < len(links) else ""
        hint = f'did you mean "{near}"?' if near else "a row in graphkit.toml would define it"
        for link in slips:
            message = f'unknown relation "{link.relation}"{count}'
            yield problem("unknown-relation", message, link.span, hint)


@lru_cache(maxsize=1024)
def _nearest(words: str, vocabulary: Vocabulary) -> str:
    """The relation words closest to these, or nothing where none is close."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(words, vocabulary.words(), scorer=fuzz.ratio, score_cutoff=80)
    return found[0] if found else ""
