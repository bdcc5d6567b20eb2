"""How close two notes are: by what they say, and by the rare words that they share.

`closeness = MEANING * cosine + (1 - MEANING) * words`, where `cosine` is the mean of the cosine
of the whole notes and that of their closest passages, and `words` is the cosine of their word
sets, each word weighted by its inverse document frequency (Salton and Buckley 1988). Without
vectors `closeness = words`. `graphkit bench links` measures which links it brings back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graphkit.search import words
from graphkit.search.lexicon import Lexicon, lexicon
from graphkit.search.passage import Form

if TYPE_CHECKING:
    from graphkit.models import Note
    from graphkit.search.cosine import Matrix
    from graphkit.search.encoder import Vectors
    from graphkit.search.store import Store

MEANING: Final = 0.75  # weight of the cosine; from 0.5 to 0.75 little changes on the bundled notes
CANDIDATES: Final = 30  # notes that each note is compared with in full
BLOCK: Final = 256  # notes compared at a time: bounds the memory on large vaults
POSTINGS: Final = 100  # without vectors, a word in more notes than these leads to none of them

Progress = Callable[[int, int], None]


class Bond(NamedTuple):
    """How close two notes are, 0 to 1, and the parts of that."""

    score: float
    cosine: float | None  # None where a note has no vector
    words: float


Bonds = Mapping[str, Mapping[str, Bond]]  # by path, then by path of the other note


class Passages(NamedTuple):
    """The vectors of all notes, so laid out that a note's own are one slice."""

    matrix: Matrix
    slices: Mapping[str, slice]  # rows of the matrix by path
    wholes: Vectors  # (notes, dimensions), in the order of the space's paths
    parts: Mapping[str, slice]  # of these, the rows that are a piece of the note, not the whole


@dataclass(frozen=True)
class Space:
    """All that notes are compared by."""

    places: Mapping[str, int]  # number of each note, by path
    lexicon: Lexicon
    passages: Passages | None  # None where nothing is encoded

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(self.places)


def space(store: Store, notes: Sequence[Note]) -> Space:
    """The space of these notes, by the vectors that the index holds."""
    row = {each.path: each.row for each in store.rows().values()}
    known = {words.clean(note.path): note for note in notes if words.clean(note.path) in row}
    places = {path: number for number, path in enumerate(known)}
    matrix = store.matrix(store.model()) if store.model() else None
    passages = _passages(matrix, {path: row[path] for path in known}) if matrix else None
    return Space(places, lexicon(known), passages)


def _passages(matrix: Matrix, rows: Mapping[str, int]) -> Passages | None:
    if not len(matrix.notes):
        return None
    wanted = list(rows.values())
    starts = np.searchsorted(matrix.notes, wanted, "left").tolist()
    ends = np.searchsorted(matrix.notes, wanted, "right").tolist()
    slices = [slice(*pair) for pair in zip(starts, ends, strict=True)]
    wholes = np.stack([_whole(matrix, each) for each in slices])
    parts = [_parts(matrix, each) for each in slices]
    own, pieces = (dict(zip(rows, each, strict=True)) for each in (slices, parts))
    return Passages(matrix, own, wholes, pieces)


def _parts(matrix: Matrix, own: slice) -> slice:
    """A note's passages but for the whole, which is the last of them."""
    ends_whole = own.stop > own.start and matrix.forms[own.stop - 1] == Form.WHOLE
    return slice(own.start, own.stop - ends_whole)


def _whole(matrix: Matrix, own: slice) -> Vectors:
    """The vector of a note as a whole, else of its title, else zeros."""
    mine = range(own.start, own.stop)
    if not mine:
        return np.zeros(matrix.vectors.shape[1], dtype=np.float32)
    whole = next((at for at in mine if matrix.forms[at] == Form.WHOLE), own.start)
    return np.asarray(matrix.vectors[whole])


class Pair(NamedTuple):
    """The two passages by which two notes come closest: rows of the index, and their cosine."""

    one: int
    other: int
    cosine: float


def nearest_passages(within: Passages, one: str, other: str) -> Pair | None:
    """The closest pair of passages of two notes, titles among them; None where one has none."""
    mine, theirs = within.parts[one], within.parts[other]
    vectors, rows = within.matrix.vectors, within.matrix.passages
    cosines = vectors[mine] @ vectors[theirs].T
    if not cosines.size:
        return None
    at, to = divmod(int(cosines.argmax()), cosines.shape[1])
    return Pair(int(rows[mine.start + at]), int(rows[theirs.start + to]), float(cosines[at, to]))


def bond(within: Space, one: str, other: str) -> Bond:
    """How close two notes are."""
    spoken = within.lexicon.likeness(one, other)
    pair = nearest_passages(within.passages, one, other) if within.passages else None
    if pair is None or within.passages is None:
        return Bond(spoken, None, spoken)
    wholes = within.passages.wholes
    whole = float(wholes[within.places[one]] @ wholes[within.places[other]])
    cosine = (whole + pair.cosine) / 2
    return Bond(MEANING * cosine + (1 - MEANING) * spoken, cosine, spoken)


def bonds(
    within: Space,
    wanted: Collection[str],
    linked: Mapping[str, Collection[str]],
    on_progress: Progress | None = None,
) -> Bonds:
    """The bonds of each wanted note with the notes closest to it, and with those linked to it."""
    paths = [path for path in wanted if path in within.places]
    found: dict[str, dict[str, Bond]] = {}
    for done, (path, near) in enumerate(_near(within, paths), 1):
        others = {*near, *linked.get(path, ())} & within.places.keys() - {path}
        found[path] = {
            other: found.get(other, {}).get(path) or bond(within, path, other)
            for other in sorted(others)
        }
        if on_progress and (done % BLOCK == 0 or done == len(paths)):
            on_progress(done, len(paths))
    return found


def _near(within: Space, paths: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The few notes with which each of these is worth comparing in full."""
    if within.passages is None:
        yield from _near_by_words(within, paths)
        return
    everyone, wholes = within.paths, within.passages.wholes
    for start in range(0, len(paths), BLOCK):
        block = paths[start : start + BLOCK]
        cosines = wholes[[within.places[path] for path in block]] @ wholes.T
        few = min(CANDIDATES + 1, len(everyone))
        best = np.argpartition(-cosines, few - 1, axis=1)[:, :few].tolist()
        yield from (
            (path, [everyone[at] for at in row]) for path, row in zip(block, best, strict=True)
        )


def _near_by_words(within: Space, paths: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    said = within.lexicon
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for path, stems in said.stems.items():
        for each in stems:
            holders[each].append(path)
    for path in paths:
        shared: defaultdict[str, float] = defaultdict(float)
        for each in said.stems[path]:
            for other in holders[each] if len(holders[each]) <= POSTINGS else ():
                shared[other] += said.rarity[each] ** 2 / (said.norms[other] or 1.0)
        yield path, sorted(shared, key=lambda other: (-shared[other], other))[: CANDIDATES + 1]


def titles(within: Space, one: str, other: str) -> float:
    """The cosine of two notes' closest titles; without vectors, how far their words agree."""
    if within.passages is None:
        return within.lexicon.likeness(one, other)
    vectors, forms = within.passages.matrix.vectors, within.passages.matrix.forms
    named = [
        np.arange(own.start, own.stop)[forms[own] == Form.TITLE]
        for own in (within.passages.slices[one], within.passages.slices[other])
    ]
    cosines = vectors[named[0]] @ vectors[named[1]].T
    return float(cosines.max(initial=0.0))
