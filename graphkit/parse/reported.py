"""What the words in brackets behind a typed link say of a measurement: p, n, place, figures."""

from __future__ import annotations

import re

from graphkit.models import Paragraph, Reported

_P = re.compile(r"\b[pP]\s*(?P<bound>[=<>]|≤|≥)\s*(?P<p>0?\.\d+(?:e-?\d+)?|\d+(?:\.\d+)?e-\d+)")
_N = re.compile(  # not the first figure of "1.2k" or "12-15"
    r"\b[nN]\s*=\s*(?P<n>\d{1,3}(?:[,\s]\d{3})+|\d+)(?![,.]?\d|[^\W\d]|\s?[-–]\s?\d)"
)
_NO_DIGIT = re.compile(r"\D")
_PLACE = re.compile(
    r"(?:\b(?:sections?|sec\.|chapters?|ch\.|tables?|tab\.|figures?|fig\.|appendix|equations?|eq\."
    r"|pages?|pp?\.)|§§?)\s?(?:[A-Z]|[A-Z]?\d+)(?:\.\d+)*[a-z]?(?:\s?[-–]\s?\d+)?(?!\w)",
    re.IGNORECASE,
)


def reported(words: str, path: str, line: int) -> Reported | None:
    """What is read out of these words, which stand on this line; None where it is nothing."""
    if not any(map(str.isdigit, words)):
        return None
    from graphkit.parse import figures  # its patterns take long to compile

    p, n, place = _P.search(words), _N.search(words), _PLACE.search(words)
    found = Reported(
        float(p["p"]) if p else None,
        p["bound"] if p else "",
        int(_NO_DIGIT.sub("", n["n"])) if n else None,
        " ".join(place[0].split()) if place else "",
        tuple(figures.figures([Paragraph("", line, words)], [""] * line, path)),
    )
    return found if found != Reported() else None
