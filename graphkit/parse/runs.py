"""From markdown-it's tokens to runs of inline text, each with its marks and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from graphkit.parse import addresses
from graphkit.parse.pieces import Mark, Piece, Run

_ROLES = {"heading_open": "heading", "th_open": "cell", "td_open": "cell"}


def read(tokens: Iterable[Token]) -> Iterator[Run]:
    """Every run of the note, in order."""
    depth = level = 0
    role, heading = "paragraph", ""
    for token in tokens:
        kind = token.type
        if kind == "inline":
            line = token.map[0] if token.map else 0
            run = Run(role, line, token.content, depth, level, heading)
            _fill(run, token.children or ())
            if role == "heading":
                heading = run.text
            role, level = "paragraph", 0
            yield run
        elif kind == "list_item_open":
            depth, role = depth + 1, "item"
        elif kind == "list_item_close":
            depth, role = depth - 1, "paragraph"
        elif kind in _ROLES:
            role = _ROLES[kind]
            level = int(token.tag[1:]) if role == "heading" else 0


def _fill(run: Run, children: Iterable[Token]) -> None:
    parts: list[str] = []
    at = 0
    opened: list[
        tuple[Mark, int, int]
    ] = []  # a link's mark, its place in marks, its text's in parts
    for token in children:
        kind = token.type
        shown = token.content
        if kind == "piece":
            _take(run, token.meta["piece"], at, linked=token.meta["linked"])
        elif kind == "link_open":
            mark = _mark(run.source, token)
            opened.append((mark._replace(at=at), len(run.marks), len(parts)))
            run.marks.append(mark)
        elif kind == "link_close" and opened:
            mark, place, first = opened.pop()
            run.marks[place] = mark._replace(alias="".join(parts[first:]))
        elif kind == "image":
            run.marks.append(_mark(run.source, token)._replace(alias=shown, at=at))
            shown = ""
        elif kind == "html_inline":
            shown = ""
        if shown:
            parts.append(shown)
            at += len(shown)
    run.text = "".join(parts)


def _take(run: Run, piece: Piece, at: int, *, linked: bool) -> None:
    if piece.field is not None:
        run.fields.append(piece.field)
    if not linked:
        run.marks.extend(mark._replace(at=at) for mark in piece.marks)


def _mark(source: str, token: Token) -> Mark:
    start, end = token.meta["span"]
    href = str(token.attrs.get("href", token.attrs.get("src", "")))
    form = (
        "embed" if token.type == "image" else "markdown" if source[end - 1] == ")" else "reference"
    )
    return addresses.mark(href, form, start, end)
