"""What stands behind a typed link: its context, or the phrase its relation was read from."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from graphkit.parse.brackets import closing

INFERRED_CONFIDENCE: Final = 0.5  # of a relation read from prose, when its note does not say more

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BRACKET = re.compile(r"[ \t*_]*\(")
_DASH = re.compile(r"[*_]*(?:[ \t]+(?:-{1,3}|–|—)[ \t]+|:[ \t]+)(?!\[\[)(?P<words>[^\n]*\S)")
_INFERRED = re.compile(
    r"inferred:\s*\"(?P<phrase>.*)\"(?:,\s*(?:confidence\s+)?(?P<share>0?\.\d+|[01](?:\.0+)?))?",
    re.DOTALL,
)


class Remark(NamedTuple):
    """`end` is where the text goes on: behind the bracket, or where the remark would begin."""

    end: int
    context: str = ""
    phrase: str = ""
    confidence: float = 1.0


def remark(source: str, start: int) -> Remark:
    """The remark that begins at `start`, directly behind a link's mark-up."""
    opening = _BRACKET.match(source, start)
    if opening is None:
        dash = _DASH.match(source, start)
        return Remark(start, dash["words"] if dash else "")
    end = closing(source, opening.end(), len(source), "(")
    if end < 0:
        return Remark(start)
    words = _ESCAPE.sub(r"\1", source[opening.end() : end].strip())
    if inferred := _INFERRED.fullmatch(words):
        share = inferred["share"]
        confidence = float(share) if share else INFERRED_CONFIDENCE
        return Remark(end + 1, "", inferred["phrase"], confidence)
    return Remark(end + 1, words)
