"""A vault asks itself: its own questions, with their answer in place and with it taken away.

*Present*: the note of a question is there, but without the words that the question was made from,
since a reader's words are not the note's. The answer is taken away in three ways, the further the
easier to notice. *Beyond*: the half of the vault that is closest to the question is gone, so that
it is about another subject. *Removed*: the note is gone with all that is linked to it in two steps
(a claim, its sources, the other claims of its question), a gap inside a subject. *Trimmed*: only
the sentence that the question was made from is gone; the note is still there, about the very
thing, and so is every note that is not linked to it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graphkit.search import evidence, questions, redacted
from graphkit.search.passage import Form, Passage, fold_heading

if TYPE_CHECKING:
    from graphkit.search.cosine import Cosines, Rows
    from graphkit.search.encoder import Encoder, Progress, Vectors
    from graphkit.search.evidence import Field
    from graphkit.search.questions import Question
    from graphkit.search.redacted import Redacted
    from graphkit.search.store import Store

Links = Mapping[str, Collection[str]]  # path -> paths of the notes linked to it, either way

MOST: Final = 300  # questions: enough for a risk of one percent
MOST_PRESENT: Final = 30  # of them asked with the note in place, whose passages are encoded anew
MOST_TRIMMED: Final = 100  # asked with a sentence gone, likewise
FEWEST: Final = 11  # questions of a kind, below which they promise nothing at a risk of a tenth


class Trials(NamedTuple):
    """Greatest strengths that the questions reached, ascending; too few of a kind are none."""

    present: tuple[float, ...] = ()
    beyond: tuple[float, ...] = ()
    removed: tuple[float, ...] = ()
    trimmed: tuple[float, ...] = ()


class _Vault(NamedTuple):
    """What is asked: every note's passages, drawn in an order that is always the same."""

    store: Store
    encoder: Encoder | None
    pieces: Mapping[int, tuple[Passage, ...]]  # by note row
    around: Mapping[int, set[int]]  # rows of the notes at most two links away
    put: Callable[[], None]  # called for each question that is put to it


def run(
    store: Store, encoder: Encoder | None, links: Links, on_progress: Progress | None = None
) -> Trials:
    """Ask the vault its own questions; nothing when it has too few of them."""
    if encoder:
        store.encode(encoder)
    pieces = _drawn(store)
    asked = list(islice(_questions(pieces), MOST))
    if len(asked) < FEWEST:
        return Trials()
    put = _counting(on_progress, len(asked) + min(MOST_TRIMMED, len(pieces)))
    vault = _Vault(store, encoder, pieces, _around(store, links), put)
    field = _field(vault, [question.text for _, question in asked])
    beyond = [_greatest(row, np.argsort(-row)[: (len(row) + 1) // 2]) for row in field.strength]
    removed = _elsewhere(vault, field, [note for note, _ in asked])
    trimmed = _trimmed(vault)
    kinds = (_present(vault, asked, field), beyond, removed, trimmed)
    return Trials(*(tuple(sorted(kind)) if len(kind) >= FEWEST else () for kind in kinds))


def _drawn(store: Store) -> dict[int, tuple[Passage, ...]]:
    """The passages of notes in random order, of as many notes as there are questions to ask.

    A title that several notes have is left out: a question made of it asks for none of them.
    """
    rows = store.rows()
    held = Counter(fold_heading(row.title) for row in rows.values())
    notes = sorted(rows)
    random.Random(0).shuffle(notes)  # noqa: S311 - a sample, not a secret
    return {
        note: tuple(
            piece
            for _, piece in store.passages(note)
            if piece.form != Form.TITLE or held[fold_heading(piece.text)] <= 1
        )
        for note in notes[:MOST]
    }


def _questions(pieces: Mapping[int, tuple[Passage, ...]]) -> Iterable[tuple[int, Question]]:
    return ((note, question) for note, own in pieces.items() for question in questions.own(own))


def _counting(on_progress: Progress | None, most: int) -> Callable[[], None]:
    """Reports one more of at most so many."""
    done = count(1)
    return lambda: on_progress(next(done), most) if on_progress else None


def _field(vault: _Vault, texts: Sequence[str]) -> Field:
    encoder = vault.encoder
    each = _put(vault, texts)
    if encoder is None:
        return evidence.field(vault.store, each, None, None)
    matrix = vault.store.matrix(encoder.fingerprint)
    return evidence.field(vault.store, each, matrix, encoder.encode(texts))


def _put(vault: _Vault, texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        vault.put()
        yield text


def _around(store: Store, links: Links) -> dict[int, set[int]]:
    row = {note.path: note.row for note in store.rows().values()}
    near = {
        row[path]: {row[other] for other in others if other in row}
        for path, others in links.items()
        if path in row
    }
    return {
        note: set().union(one, *(near.get(step, ()) for step in one)) for note, one in near.items()
    }


def _elsewhere(vault: _Vault, field: Field, notes: Sequence[int]) -> list[float]:
    """The greatest strength of each question outside its note and what is linked to it."""
    place = {note: at for at, note in enumerate(field.notes.tolist())}
    return [
        _greatest(row, [place[near] for near in {note, *vault.around.get(note, ())}])
        for note, row in zip(notes, field.strength, strict=True)
    ]


def _greatest(strength: Cosines, without: Sequence[int] | Rows) -> float:
    left = np.delete(strength, without)
    return float(left.max()) if len(left) else 0.0


def _trimmed(vault: _Vault) -> list[float]:
    """Strengths of questions made from one sentence of a note, after it has been cut out.

    What is linked to the note is taken away too: it may say the same in its own words.
    """
    chance = random.Random(0)  # noqa: S311
    notes: list[int] = []
    left: list[Redacted] = []
    for note, pieces in vault.pieces.items():
        told = questions.stated(pieces)
        if len(notes) < MOST_TRIMMED and told:
            sentence, question = chance.choice(told)
            notes.append(note)
            left.append(redacted.without(sentence, question.text, pieces))
    if len(notes) < FEWEST:
        return []
    field = _field(vault, [each.question for each in left])
    own = redacted.strengths(vault.encoder, left, _known(vault))
    return list(map(max, own, _elsewhere(vault, field, notes)))


def _known(vault: _Vault) -> dict[str, Vectors]:
    """The vectors that the index holds of the passages drawn, by what the model read."""
    if vault.encoder is None:
        return {}
    matrix = vault.store.matrix(vault.encoder.fingerprint)
    at = {row: place for place, row in enumerate(matrix.passages.tolist())}
    drawn = (each for note in vault.pieces for each in vault.store.passages(note))
    return {piece.encoded: matrix.vectors[at[row]] for row, piece in drawn if row in at}


def _present(vault: _Vault, asked: Sequence[tuple[int, Question]], field: Field) -> list[float]:
    """Strengths with the own note in place, its words for the question hidden.

    Only titles can be hidden: a statement in the prose is the answer itself. A vault without
    telling titles is asked with nothing hidden.
    """
    named = [at for at, (_, question) in enumerate(asked) if question.named][:MOST_PRESENT]
    if len(named) < FEWEST:
        return [float(score) for score in field.strength[:MOST_PRESENT].max(axis=1)]
    left = [redacted.untitled(asked[at][1].text, vault.pieces[asked[at][0]]) for at in named]
    places = [int(np.searchsorted(field.notes, asked[at][0])) for at in named]
    others = [_greatest(field.strength[at], [own]) for at, own in zip(named, places, strict=True)]
    return list(map(max, redacted.strengths(vault.encoder, left), others))
