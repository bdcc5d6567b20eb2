"""`[[Target#heading|alias]]`, `[[Target#^block]]`, `![[embedded]]`.

Where the vault says so, as Dendron's do, the text stands first: `[[alias|Target#heading]]`.
"""

from __future__ import annotations

import re

from graphkit.parse.pieces import Mark, Piece

# One level of brackets inside, for titles such as "[[CLM]] - Claim" and "array[0]".
_WIKILINK = re.compile(
    r"(?P<embed>!?)\[\[(?P<inner>(?>[^\[\]\n]+|\[\[[^\[\]\n]*\]\]|\[[^\[\]\n]*\](?!\]))+)\]\]"
)


def read(source: str, start: int) -> Piece | None:
    match = _WIKILINK.match(source, start)
    return match and _piece(match, *_parts(match)[::2])


def read_text_first(source: str, start: int) -> Piece | None:
    match = _WIKILINK.match(source, start)
    if match is None:
        return None
    alias, bar, name = _parts(match)
    return _piece(match, name, alias) if bar else _piece(match, alias, "")


def _parts(match: re.Match[str]) -> tuple[str, str, str]:
    return match["inner"].replace("\\|", "|").partition("|")


def _piece(match: re.Match[str], name: str, alias: str) -> Piece | None:
    target, heading, block = anchor(name.strip())
    if not (target or heading or block):
        return None
    mark = Mark(
        *match.span(),
        "embed" if match["embed"] else "wikilink",
        target,
        alias.strip(),
        heading,
        block,
    )
    shown = "" if match["embed"] else mark.alias or target or heading
    return Piece(match.end(), shown, (mark,))


def anchor(name: str) -> tuple[str, str, str]:
    """Split "T#heading" or "T#^block" into target, heading and block id."""
    target, _, rest = name.partition("#")
    if rest.startswith("^"):
        return target.strip(), "", rest[1:].strip()
    return target.strip(), rest.strip(), ""
