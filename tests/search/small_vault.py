"""Notes made by hand and an encoder that needs no model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphkit.models import Heading, Note, Paragraph
from graphkit.search import words
from graphkit.search.encoder import Progress
from graphkit.vocabulary import Kind

if TYPE_CHECKING:
    from graphkit.search.encoder import Vectors


SIZE = 512  # dimensions: enough for words that differ to be nearly at right angles


class WordEncoder:
    """Each word a fixed random direction: texts that share words are close. No model needed."""

    fingerprint = "words"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        import numpy as np

        self.encoded.extend(texts)
        vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words.content(text) or ("",):
                seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
                vectors[row] += np.random.default_rng(seed).normal(size=SIZE)
        if on_progress:
            on_progress(len(texts), len(texts))
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def note(
    title: str,
    *prose: str,
    headings: Sequence[str] = (),
    kind: Kind = Kind.CLAIM,
    aliases: tuple[str, ...] = (),
) -> Note:
    """A note whose first paragraphs stand under the headings given."""
    path = f"{title.casefold().replace(' ', '-').strip('?')}.md"
    names = [*headings, *[""] * (len(prose) - len(headings))]
    paragraphs = tuple(
        Paragraph(name, 3 + 4 * at, text)
        for at, (name, text) in enumerate(zip(names, prose, strict=True))
    )
    heads = (Heading(title, 1, 1), *(Heading(name, 2, 2) for name in headings))
    return Note(
        path, f"CLM-{path}", kind, title, aliases=aliases, headings=heads, paragraphs=paragraphs
    )
