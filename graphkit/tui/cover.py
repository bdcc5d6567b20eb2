"""The head of a note in the reader: what it is, how it stands, where it is written."""

from __future__ import annotations

from collections.abc import Iterator

from graphkit.models import Node, Span, Standing, Verdict
from graphkit.render import marks, plot, words
from graphkit.tui.blocks import Block, Where, Words
from graphkit.tui.entries import QUIET, dotted, kind_mark, outcome, stands, where
from graphkit.tui.rows import Line, content
from graphkit.tui.theme import ink
from graphkit.vocabulary import Kind

_NOTHING_WRITTEN = {
    Kind.GHOST: "Notes link here, but no note of this name exists yet.",
    Kind.SOURCE: "Notes cite this work; no note describes it yet.",
}


def blocks(node: Node, standing: Standing | None) -> Iterator[Block]:
    """Kind, title, standing, identifiers and place of a node, as far as it has them."""
    glyph, style = kind_mark(node.kind)
    yield _words(((f"{glyph} {node.kind}", style), (f"  {node.id}", QUIET)))
    yield _words(((node.title, "bold"),))
    if standing is not None:
        yield _words(stands(standing))
    if node.identifiers:
        yield _words(((", ".join(node.identifiers), "$source"),))
    if node.path:
        yield Where(where(Span(node.path, node.line)))
    yield _words(())
    if node.verdict is not None:
        yield from _measured(node.verdict)
    if not node.path and node.verdict is None:
        yield _words(((node.summary or _NOTHING_WRITTEN.get(node.kind, ""), QUIET),))


def _measured(verdict: Verdict) -> Iterator[Block]:
    """What a run came to: verdict, effect on its scale, what the source cites, why not more."""
    yield _words(dotted(outcome(verdict.outcome), ((words.caveat(verdict), QUIET),)))
    figure = " ".join(part for part in (words.effect(verdict), words.interval(verdict)) if part)
    bar = plot.bar(verdict, plot.limit([verdict]))
    fields = {
        "test": verdict.test,
        "asks": verdict.title,
        "ours": f"{figure} {verdict.quantity}".strip(),
        "": bar,
        words.cited_as(verdict): verdict.cited,
        "seeds": ", ".join(map(str, verdict.seeds)),
        "why": "; ".join(verdict.reasons),
        "records": ", ".join(verdict.records),
    }
    for name, value in fields.items():
        if value:
            style = marks.outcome_mark(verdict.outcome).style if value is bar else ""
            yield Words(
                content(((value, ink(style)),)),
                first=content(((f"{name:<7} ", QUIET),)),
                rest=content((("        ", ""),)),
            )
    yield _words(())


def _words(line: Line) -> Words:
    return Words(content(line))
