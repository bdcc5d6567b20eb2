"""From markdown-it's tokens to runs of inline text, each with its marks and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from graphkit.parse import addresses, titles
from graphkit.parse.pieces import Mark, Piece, Run

_CELLS: Final = frozenset({"th_open", "td_open"})
_WHOLE: Final = {"item": ("item", 0, 1)} | {f"h{n}": ("heading", n, 0) for n in range(1, 7)}
_SPOKEN: Final = frozenset({"text", "text_special"})
_HIDDEN: Final = frozenset({"image", "html_inline"})


def read(tokens: Iterable[Token], lines: Sequence[str]) -> Iterator[Run]:
    """Every run of the note, in order."""
    depth = level = cursor = 0
    role, heading, row = "paragraph", "", ""
    for token in tokens:
        kind = token.type
        if kind == "inline":
            run = _run(token, role, depth, level, heading)
            if run.role == "heading":
                heading = run.text
            elif run.role == "cell":
                cursor = run.offset = max(row.find(run.source, cursor), cursor)
            yield run
            role, level = "paragraph", 0
        elif kind == "list_item_open":
            depth, role = depth + 1, "item"
        elif kind == "list_item_close":
            depth, role = depth - 1, "paragraph"
        elif kind == "heading_open":
            role, level = "heading", int(token.tag[1:])
        elif kind in _CELLS:
            role = "cell"
        elif kind == "tr_open" and token.map:
            row, cursor = lines[token.map[0]].replace("\\|", "|"), 0


def _run(token: Token, role: str, depth: int, level: int, heading: str) -> Run:
    line = token.map[0] if token.map else 0
    if token.info:  # a heading or an item of a flat list, taken whole
        role, level, under = _WHOLE[token.info]
        depth += under
    run = Run(role, line, token.content, depth, level, heading)
    if token.children:
        _fill(run, token.children)
    elif found := token.meta.get("quick"):
        run.text, run.prose, run.marks, run.fields = found
    else:
        run.text = token.content
    if role == "heading" and run.marks:
        run.marks = titles.without_prefix(run.marks, run.source)
    return run


def _fill(run: Run, children: Iterable[Token]) -> None:
    """Collect the run's plain text, and its marks with where they stand in it.

    The text keeps every line break of the source, so that its lines can be counted.
    """
    parts: list[str] = []
    at, run.prose = 0, False
    opened: tuple[Token, int, int] | None = None  # a link; its place in marks, its text's in parts
    for token in children:
        kind = token.type
        shown = _shown(run.source, token)
        if kind == "piece":
            _take(run, token.meta["piece"], at, linked=opened is not None)
        elif kind == "link_open":
            opened = token, len(run.marks), len(parts)
            run.marks.append(_mark(run.source, token, at))
        elif kind == "link_close" and opened is not None:
            link, place, first = opened
            label = "".join(parts[first:])
            alias = "" if link.markup == "autolink" else " ".join(label.split())
            run.marks[place] = run.marks[place]._replace(alias=alias)
            shown = _lost_breaks(run.source, link, label)
            opened = None
        elif kind == "image":
            run.marks.append(_mark(run.source, token, at)._replace(alias=token.content))
        if shown:
            run.prose = run.prose or bool(run.marks) or _speaks(token)
            parts.append(shown)
            at += len(shown)
    run.text = "".join(parts)


def _shown(source: str, token: Token) -> str:
    """What a reader sees of a token."""
    kind = token.type
    if kind == "text" or kind == "link_open":  # noqa: PLR1714  the hot path
        return token.content
    if kind == "hardbreak":
        return "\n"
    shown = "" if kind in _HIDDEN else token.content
    return shown + _lost_breaks(source, token, shown) if token.meta else shown


def _speaks(token: Token) -> bool:
    return token.type in _SPOKEN and not token.content.isspace()


def _lost_breaks(source: str, token: Token, shown: str) -> str:
    return "\n" * (source.count("\n", *token.meta["span"]) - shown.count("\n"))


def _take(run: Run, piece: Piece, at: int, *, linked: bool) -> None:
    if piece.field is not None:
        run.fields.append(piece.field)
    if not linked:
        run.marks.extend(mark._replace(at=at) for mark in piece.marks)


def _mark(source: str, token: Token, at: int) -> Mark:
    start, end = token.meta["span"]
    if token.type == "image":
        href, form = token.attrs["src"], "embed"
    else:
        href, form = token.attrs["href"], "markdown" if source[end - 1] == ")" else "reference"
    return addresses.mark(str(href), form, start, end)._replace(at=at)
