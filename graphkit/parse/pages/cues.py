"""Relations read out of an annotation's words. The phrases stand in the vocabulary's rows."""

from __future__ import annotations

import re
from typing import Final

from graphkit.parse.pages import escape, names
from graphkit.parse.pages.entry import Tie
from graphkit.vocabulary import Relation, Vocabulary, fold

_DENIED: Final = re.compile(r"\b(?:no|not|never|neither|nor|without|lacks?)\s+(?:\w+\s+){0,2}$")
_BEFORE: Final = 60  # characters before a cue in which it can be denied


def infer(annotation: str, vocabulary: Vocabulary) -> Relation | None:
    """The relation whose cue comes first in the annotation, or None. A denied cue is none."""
    words = fold(annotation)
    found = (
        (match.start(), -len(cue), row.name)
        for row in vocabulary.rows
        for cue in row.cues
        for match in re.finditer(rf"\b{re.escape(fold(cue))}\b", words)
        if not _DENIED.search(words[max(0, match.start() - _BEFORE) : match.start()])
    )
    first = min(found, default=None)
    return None if first is None else vocabulary.by_name[first[2]]


def as_written(tie: Tie, vocabulary: Vocabulary) -> Tie:
    """The tie in the words and escapes of its list line.

    The subject of an annotation is the other concept, so that the line of the page's own claim
    starts with the relation's inverse label.
    """
    relation = None if tie.label else infer(tie.phrase, vocabulary)
    label = tie.label or (relation.inverse if relation else "relates to")
    return Tie(label, names.target(tie.target), escape.remark(tie.phrase))
