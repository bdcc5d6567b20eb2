"""What the words in brackets behind a typed link say of a measurement: p, n, place, figures."""

from __future__ import annotations

import re
from typing import Final

from graphkit.models import Paragraph, Reported

_P = re.compile(r"\b[pP]\s*(?P<bound>[=<>]|≤|≥)\s*(?P<p>\d?\.\d+(?:e-?\d+)?|\d+(?:\.\d+)?e-\d+)")
_N = re.compile(r"\b[nN]\s*=\s*(?P<n>\d{1,3}(?:,\d{3})+|\d+)")
_PLACE = re.compile(
    r"(?:\b(?:sections?|sec\.|chapters?|ch\.|tables?|tab\.|figures?|fig\.|appendix|equations?|eq\."
    r"|pages?|pp?\.)|§§?)\s?(?:[A-Z]|[A-Z]?\d+)(?:\.\d+)*[a-z]?(?:\s?[-–]\s?\d+)?(?!\w)",
    re.IGNORECASE,
)
_BOUNDS: Final = {"≤": "<", "≥": ">"}


def reported(words: str, path: str, line: int) -> Reported | None:
    """What is read out of these words, which stand on this line; None where it is nothing."""
    if not any(map(str.isdigit, words)):
        return None
    from graphkit.parse import figures  # its patterns take long to compile

    p, n, place = _P.search(words), _N.search(words), _PLACE.search(words)
    found = Reported(
        float(p["p"]) if p else None,
        _BOUNDS.get(p["bound"], p["bound"]) if p else "",
        int(n["n"].replace(",", "")) if n else None,
        " ".join(place[0].split()) if place else "",
        tuple(figures.figures([Paragraph("", line, words)], [""] * line, path)),
    )
    return found if found != Reported() else None
