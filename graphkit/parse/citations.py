"""Works named in text: `[@key; @other, p. 3]`, `@key2020`, arXiv ids, DOIs, web addresses."""

from __future__ import annotations

import re
from typing import Final

from graphkit.parse import addresses, identifiers
from graphkit.parse.pieces import Mark, Piece

_GROUP = re.compile(r"\[(?!:)(?=[^\[\]\n@]*@)[^\[\]\n]+\](?![(\[:])")
_KEY = re.compile(r"(?<![\w.@])-?@(?:\{[^{}\n]+\}|[A-Za-z0-9_][\w:.#$%&+?<>~/-]*)")
# A bare `@name` is mostly a person's; keys of works have a year in them.
_BARE_KEY = re.compile(
    r"(?<![\w.@/-])@(?:\{[^{}\n]+\}|[A-Za-z_][\w:.+-]*?(?:1[5-9]|20)\d\d\w*)(?![\w/@])"
)
_ARXIV = re.compile(
    r"(?<![\w./-])arxiv(?::|\.|\s)\s?"
    r"(?:\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?![\w/])",
    re.IGNORECASE,
)
_ENDS: Final = (
    r"\s<>\"`|\[\]{}“”‘’。，、；：！？（）【】「」『』《》"  # no address goes on over these
)
_DOI = re.compile(rf"(?<![\w./-])(?:doi:\s?)?10\.\d{{4,9}}/[^{_ENDS}]+", re.IGNORECASE)
_WEB = re.compile(rf"(?<![A-Za-z0-9_/])https?://[^{_ENDS}]+", re.IGNORECASE)
_TRAILING = ".,;:!?'*_~"


def read_group(source: str, start: int) -> Piece | None:
    """A bracket with at least one `@key`: one mark for each, the whole bracket for only one."""
    match = _GROUP.match(source, start)
    if match is None:
        return None
    keys = list(_KEY.finditer(source, start, match.end()))
    if len(keys) == 1:
        return Piece(match.end(), match[0], (_citation(keys[0], *match.span()),))
    marks = tuple(_citation(key, *key.span()) for key in keys)
    return Piece(match.end(), match[0], marks) if marks else None


def read_key(source: str, start: int) -> Piece | None:
    """A key in running text, as in "@smith2020 finds"."""
    match = _BARE_KEY.match(source, start)
    return match and Piece(match.end(), match[0], (_citation(match, *match.span()),))


def _citation(match: re.Match[str], start: int, end: int) -> Mark:
    key = match[0].lstrip("-@").strip("{}").rstrip(".,:;?")
    return Mark(start, end, "citation", f"@{key}")


def read_arxiv(source: str, start: int) -> Piece | None:
    """An arXiv id in running text, announced by the word."""
    match = _ARXIV.match(source, start)
    return match and _work(match[0], start)


def read_doi(source: str, start: int) -> Piece | None:
    match = _DOI.match(source, start)
    return match and _work(_trimmed(match[0]), start)


def _work(text: str, start: int) -> Piece | None:
    name = identifiers.normalise(text)
    if name is None:
        return None
    end = start + len(text)
    return Piece(end, text, (Mark(start, end, "identifier", name),))


def read_address(source: str, start: int) -> Piece | None:
    """A bare web address; one of arXiv or of a DOI names the work."""
    match = _WEB.match(source, start)
    if match is None:
        return None
    text = _trimmed(match[0])
    end = start + len(text)
    return Piece(end, text, (addresses.mark(text, "url", start, end),))


def _trimmed(text: str) -> str:
    """Without the punctuation of the sentence, and brackets that were opened before it."""
    end = len(text)
    surplus = text.count(")") - text.count("(")
    while end and (text[end - 1] in _TRAILING or (text[end - 1] == ")" and surplus > 0)):
        end -= 1
        surplus -= text[end] == ")"
    return text[:end]
