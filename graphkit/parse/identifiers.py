"""Names of works that hold across vaults: arXiv ids, DOIs, citation keys, web addresses."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit, urlunsplit

_ARXIV_ID = r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?"
_ARXIV = re.compile(
    rf"(?:arxiv\s*[:.]?\s*|(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|format)/"
    rf"|(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?10\.48550/arxiv\.)"
    rf"(?P<id>{_ARXIV_ID})(?:\.pdf)?(?:[?#].*)?/?",
    re.IGNORECASE,
)
_BARE_ARXIV = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?")
_DOI = re.compile(
    r"(?:doi:\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(?P<id>10\.\d{4,9}(?:\.\d+)*/\S+)",
    re.IGNORECASE,
)
_CITEKEY = re.compile(r"@[^\s@,;\[\](){}]+")
_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
_VERSION = re.compile(r"v\d+$")


def normalise(text: str) -> str | None:
    """The one spelling of an identifier, or None when the text is none.

    "arXiv:2509.25760" (the version dropped; also from a web address or the DOI that arXiv
    gives), "doi:10.1000/x" (lower case: DOIs ignore it), "@key", "https://example.org/x".
    """
    text = text.strip()
    if _CITEKEY.fullmatch(text):
        return text
    return work(text) or (_web_address(text) if _WEB.fullmatch(text) else None)


def work(text: str) -> str | None:
    """As `normalise`, for what names a published work itself: an arXiv id or a DOI."""
    if match := _ARXIV.fullmatch(text) or _BARE_ARXIV.fullmatch(text):
        number = match["id"] if "id" in match.re.groupindex else match[0]
        return f"arXiv:{_VERSION.sub('', number)}"
    if match := _DOI.fullmatch(text):
        return f"doi:{unquote(match['id']).rstrip('.,;').lower()}"
    return None


def _web_address(text: str) -> str | None:
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets that are no IPv6 address
        return None
    path = "" if parts.path == "/" else parts.path
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, parts.query, ""))
