"""How strongly a note speaks to a question once some of its words are taken away.

Passages that lose words are encoded anew: nothing of what was hidden is left in them. Those that
lose none keep their vector.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from graphkit.search import cosine, evidence, words
from graphkit.search.passage import Form, Passage

if TYPE_CHECKING:
    from graphkit.search.encoder import Encoder, Vectors

_NONE: Final[Mapping[str, Vectors]] = MappingProxyType({})


class Redacted(NamedTuple):
    """A question, and what a note is left with to answer it."""

    question: str
    pieces: tuple[Passage, ...]


def untitled(question: str, passages: Sequence[Passage]) -> Redacted:
    """The prose of a note alone: its title, which the question was made from, is nowhere in it."""
    prose = (piece for piece in passages if piece.form != Form.TITLE)
    return Redacted(question, tuple(Passage(p.form, p.line, "", "", p.text) for p in prose))


def without(sentence: str, question: str, passages: Sequence[Passage]) -> Redacted:
    """A note without the sentence that the question was made from; its title stays."""
    prose = (piece for piece in passages if piece.form != Form.TITLE)
    left = ((piece, " ".join(piece.text.replace(sentence, " ").split())) for piece in prose)
    return Redacted(
        question, tuple(Passage(p.form, p.line, p.heading, p.lead, text) for p, text in left)
    )


def strengths(
    encoder: Encoder | None, redacted: Sequence[Redacted], known: Mapping[str, Vectors] = _NONE
) -> list[float]:
    """The strength of each note for its question, as `evidence` measures whole ones.

    `known` are vectors of texts, which need not be encoded again.
    """
    spoken = [_share_left(each) for each in redacted]
    if encoder is None:
        return spoken
    close = _cosines(encoder, redacted, known)
    return [own + evidence.WORDS * said for own, said in zip(close, spoken, strict=True)]


def _cosines(
    encoder: Encoder, redacted: Sequence[Redacted], known: Mapping[str, Vectors]
) -> list[float]:
    """Cosine of each question with what is left of its note; 0 where nothing is."""
    pieces = [(at, piece) for at, each in enumerate(redacted) for piece in each.pieces]
    if not pieces:
        return [0.0] * len(redacted)
    new = list(dict.fromkeys(piece.encoded for _, piece in pieces if piece.encoded not in known))
    vectors = {**known, **dict(zip(new, encoder.encode(new), strict=True))}
    matrix = cosine.Matrix(
        np.stack([vectors[piece.encoded] for _, piece in pieces]),
        np.array([at for at, _ in pieces], dtype=np.int64),
        np.array([piece.form for _, piece in pieces], dtype=np.str_),
        np.arange(len(pieces), dtype=np.int64),
    )
    found = cosine.by_note(matrix, encoder.encode([each.question for each in redacted]))
    own = dict(zip(found.notes.tolist(), found.substance()[found.notes].diagonal(), strict=True))
    return [float(own.get(at, 0.0)) for at in range(len(redacted))]


def _share_left(redacted: Redacted) -> float:
    """Root of the share of a question's words that are left, by their beginnings."""
    asked = [word[:5] for word in words.content(redacted.question)]
    said = " ".join(piece.text for piece in redacted.pieces).casefold()
    return math.sqrt(sum(word in said for word in asked) / len(asked)) if asked else 0.0
