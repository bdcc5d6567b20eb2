"""A vault asks itself: its own questions, with their answer in place and with it taken away.

Each question is asked three times. *Present*: its own note is there, but without the words that
the question was made from, since a reader's words are not the note's. *Removed*: the note is gone
with all that is linked to it in two steps (a claim, its sources, the other claims of its
question), a gap inside the subject of the vault. *Beyond*: the half of the vault that is closest
to the question is gone, so that it is about another subject.
"""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graphkit.search import cosine, evidence, questions, words
from graphkit.search.passage import Form

if TYPE_CHECKING:
    from graphkit.search.cosine import Cosines, Rows
    from graphkit.search.encoder import Encoder
    from graphkit.search.evidence import Field
    from graphkit.search.questions import Question
    from graphkit.search.store import Store

Links = Mapping[str, Collection[str]]  # path -> paths of the notes linked to it, either way

MOST: Final = 300  # questions: enough for a risk of one percent
MOST_PRESENT: Final = 30  # of them asked with the note in place, whose passages are encoded anew
FEWEST: Final = 10  # questions, below which a vault cannot judge itself


class Trials(NamedTuple):
    """Greatest strengths that the questions reached, ascending."""

    present: tuple[float, ...] = ()
    removed: tuple[float, ...] = ()
    beyond: tuple[float, ...] = ()


def run(store: Store, encoder: Encoder | None, links: Links) -> Trials:
    """Ask the vault its own questions; nothing when it has too few of them."""
    asked = _questions(store)
    if len(asked) < FEWEST:
        return Trials()
    field = _field(store, encoder, [question.text for _, question in asked])
    place = {note: at for at, note in enumerate(field.notes.tolist())}
    around = _around(store, links)
    removed = [
        _greatest(row, [place[near] for near in {note, *around.get(note, ())}])
        for (note, _), row in zip(asked, field.strength, strict=True)
    ]
    beyond = [_greatest(row, np.argsort(-row)[: (len(row) + 1) // 2]) for row in field.strength]
    present = _present(store, encoder, asked, field)
    return Trials(*(tuple(sorted(scores)) for scores in (present, removed, beyond)))


def _questions(store: Store) -> list[tuple[int, Question]]:
    """Questions of notes drawn at random, the same ones every time."""
    notes = sorted(store.rows())
    random.Random(0).shuffle(notes)  # noqa: S311 - a sample, not a secret
    found: list[tuple[int, Question]] = []
    for note in notes:
        if len(found) >= MOST:
            break
        pieces = [piece for _, piece in store.passages(note)]
        found.extend((note, question) for question in questions.own(pieces))
    return found[:MOST]


def _field(store: Store, encoder: Encoder | None, texts: Sequence[str]) -> Field:
    if encoder is None:
        return evidence.field(store, texts, None, None)
    store.encode(encoder)
    return evidence.field(store, texts, store.matrix(encoder.fingerprint), encoder.encode(texts))


def _around(store: Store, links: Links) -> dict[int, set[int]]:
    """Rows of the notes at most two links away from each note."""
    row = {note.path: note.row for note in store.rows().values()}
    near = {
        row[path]: {row[other] for other in others if other in row}
        for path, others in links.items()
        if path in row
    }
    return {
        note: set().union(one, *(near.get(step, ()) for step in one)) for note, one in near.items()
    }


def _greatest(strength: Cosines, without: Sequence[int] | Rows) -> float:
    left = np.delete(strength, without)
    return float(left.max()) if len(left) else 0.0


def _present(
    store: Store,
    encoder: Encoder | None,
    asked: Sequence[tuple[int, Question]],
    field: Field,
) -> list[float]:
    """Strengths with the own note in place, its words for the question hidden.

    Only titles can be hidden: a statement in the prose is the answer itself. A vault without
    telling titles is asked with nothing hidden.
    """
    named = [at for at, (_, question) in enumerate(asked) if question.named][:MOST_PRESENT]
    if len(named) < FEWEST:
        return [float(score) for score in field.strength[:MOST_PRESENT].max(axis=1)]
    hidden = [_prose(store, asked[at][0]) for at in named]
    cosines = _cosines(encoder, [asked[at][1].text for at in named], hidden)
    scores = []
    for at, pieces, close in zip(named, hidden, cosines, strict=True):
        note, question = asked[at]
        left = _share_left(question.text, " ".join(text for _, text in pieces))
        own = close + (evidence.WORDS * left if encoder else left)
        others = _greatest(field.strength[at], [int(np.searchsorted(field.notes, note))])
        scores.append(max(own, others))
    return scores


def _prose(store: Store, note: int) -> list[tuple[Form, str]]:
    """The passages of a note's prose, without its title in front."""
    pieces = (piece for _, piece in store.passages(note) if piece.form != Form.TITLE)
    return [(piece.form, piece.text) for piece in pieces]


def _cosines(
    encoder: Encoder | None, texts: Sequence[str], notes: Sequence[Sequence[tuple[Form, str]]]
) -> list[float]:
    """Cosine of each question with its own note's passages; 0 where there are none."""
    pieces = [(at, form, text) for at, note in enumerate(notes) for form, text in note]
    if encoder is None or not pieces:
        return [0.0] * len(texts)
    distinct = list(dict.fromkeys(text for *_, text in pieces))
    row = {text: at for at, text in enumerate(distinct)}
    matrix = cosine.Matrix(
        encoder.encode(distinct)[[row[text] for *_, text in pieces]],
        np.array([at for at, *_ in pieces], dtype=np.int64),
        np.array([form for _, form, _ in pieces], dtype=np.str_),
        np.arange(len(pieces), dtype=np.int64),
    )
    found = cosine.by_note(matrix, encoder.encode(texts))
    own = dict(zip(found.notes.tolist(), found.substance()[found.notes].diagonal(), strict=True))
    return [float(own.get(at, 0.0)) for at in range(len(texts))]


def _share_left(question: str, prose: str) -> float:
    """Root of the share of a question's words that the prose holds, by their beginnings."""
    asked = [word[:5] for word in words.content(question)]
    said = prose.casefold()
    return math.sqrt(sum(word in said for word in asked) / len(asked)) if asked else 0.0
