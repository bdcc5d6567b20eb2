"""`[[Target#heading|alias]]`, `[[Target#^block]]`, `![[embedded]]`."""

from __future__ import annotations

import re

from graphkit.parse.pieces import Mark, Piece

# One level of brackets inside, for titles such as "[[CLM]] - Claim" and "array[0]".
_WIKILINK = re.compile(
    r"(?P<embed>!?)\[\[(?P<inner>(?>[^\[\]\n]+|\[\[[^\[\]\n]*\]\]|\[[^\[\]\n]*\](?!\]))+)\]\]"
)


def read(source: str, start: int) -> Piece | None:
    match = _WIKILINK.match(source, start)
    if match is None:
        return None
    name, _, alias = match["inner"].replace("\\|", "|").partition("|")
    target, heading, block = anchor(name.strip())
    if not (target or heading or block):
        return None
    mark = Mark(
        start,
        match.end(),
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
