"""Cosines of notes from the cosines of their passages. Loaded only where there are vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graphkit.search.passage import Form

if TYPE_CHECKING:
    import numpy.typing as npt

    from graphkit.search.encoder import Vectors

    Rows = npt.NDArray[np.int64]
    Cosines = npt.NDArray[np.float32]

WHOLE: Final = 0.5  # weight of the whole note's cosine beside its best passage's
ABSENT: Final = -2.0  # below any cosine: the note has no passage of that form


class Matrix(NamedTuple):
    """The vectors of an index for one model, passage by passage in the order of their notes."""

    vectors: Vectors  # (passages, dimensions), rows of length 1
    notes: Rows  # note row of each passage, ascending
    forms: npt.NDArray[np.str_]
    passages: Rows  # passage row of each


class NoteCosines(NamedTuple):
    """Cosines of queries with notes, by the form of passage; ABSENT where a note has none."""

    notes: Rows  # (notes,)
    title: Cosines  # (queries, notes)
    window: Cosines
    whole: Cosines

    def likeness(self) -> Cosines:
        """How close each note is: its best passage, title or window, mixed with the whole."""
        return _mixed(np.maximum(self.title, self.window), self.whole)

    def substance(self) -> Cosines:
        """As `likeness`, by what a note says and not by what it is called."""
        prose = np.where(self.window > ABSENT, self.window, self.title)
        return _mixed(prose, self.whole)


def by_note(matrix: Matrix, queries: Vectors) -> NoteCosines:
    """Cosines of each query (one a row) with each note of the matrix."""
    notes, starts = np.unique(matrix.notes, return_index=True)
    cosines = queries @ matrix.vectors.T
    return NoteCosines(notes, *(_greatest(cosines, matrix.forms == form, starts) for form in Form))


def best_passages(matrix: Matrix, query: Vectors) -> dict[int, int]:
    """For each note the row of the passage that is closest to a query: a window if it has any."""
    cosines = matrix.vectors @ query
    rank = np.where(matrix.forms == Form.WINDOW, cosines, cosines + 2 * ABSENT)
    order = np.lexsort((-rank, matrix.notes))
    notes, first = np.unique(matrix.notes[order], return_index=True)
    return dict(zip(notes.tolist(), matrix.passages[order[first]].tolist(), strict=True))


def _greatest(cosines: Cosines, wanted: npt.NDArray[np.bool_], starts: Rows) -> Cosines:
    """Greatest cosine among the wanted passages of each note."""
    if not len(starts):
        return cosines
    return np.maximum.reduceat(np.where(wanted, cosines, np.float32(ABSENT)), starts, axis=1)


def _mixed(best: Cosines, whole: Cosines) -> Cosines:
    return np.where(whole > ABSENT, (1 - WHOLE) * best + WHOLE * whole, best)
