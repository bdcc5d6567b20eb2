"""What the explorer shows as rows: nodes, edges, hits, answers, reasons, problems.

Each function takes values of `graphkit.models` and gives rows; none knows a widget.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from graphkit.models import Edge, Graph, Node, RelationGroup, Span, Standing
from graphkit.render import marks, words
from graphkit.tui.rows import Line, Part, Row
from graphkit.tui.theme import KINDS, SIGNS, ink
from graphkit.vocabulary import Kind, Outcome, Stand, Vocabulary

Standings = Mapping[str, Standing]

QUIET: Final = "$quiet"
_DOT: Final = (" · ", "$faint")


def dotted(*lines: Line) -> Line:
    """The lines that are not empty as one, with a faint middle dot between them."""
    told = [line for line in lines if any(words for words, _ in line)]
    return tuple(part for at, line in enumerate(told) for part in ((_DOT, *line) if at else line))


def kind_mark(kind: Kind) -> Part:
    return KINDS[kind].glyph, KINDS[kind].style


def badge(standing: Standing | None) -> Line:
    """`[+3/-1]` for a claim, how it stands for a question; nothing for what cannot stand."""
    if standing is None:
        return ()
    glyph, style = marks.STANDS[standing.word]
    lead = (glyph, ink(style))
    if standing.word in {Stand.ANSWERED, Stand.OPEN} or not (standing.supports or standing.opposes):
        return (lead,)
    return (
        ("[", "$faint"),
        (f"+{len(standing.supports)}", _counted(len(standing.supports), +1)),
        ("/", "$faint"),
        (f"-{len(standing.opposes)}", _counted(len(standing.opposes), -1)),
        ("] ", "$faint"),
        lead,
    )


def _counted(amount: int, sign: int) -> str:
    return SIGNS[sign] if amount else "$faint"


def stands(standing: Standing) -> Line:
    """How a node stands, in words: the standing, the state of its tests, the flags."""
    glyph, style = marks.STANDS[standing.word]
    flags = tuple(((flag, "$doubt"),) for flag in words.flags(standing))
    test = () if standing.test is Outcome.NOT_RUN else outcome(standing.test, words.tried(standing))
    return dotted(((f"{glyph} {standing}", ink(style)),), test, *flags)


def outcome(state: Outcome, hedge: str = "") -> Line:
    """A verdict's glyph and word, with what must stand beside it where its run settles nothing."""
    mark = marks.outcome_mark(state)
    remark = ((f" ({hedge})", QUIET),) if hedge else ()
    return ((f"{mark.glyph} {state.value}", ink(mark.style)), *remark)


def where(span: Span) -> str:
    """`path:line`; nothing where no file stands behind it."""
    return f"{span.path}:{span.line}" if span.path else ""


def node_row(node: Node, standing: Standing | None = None, lines: int = 3) -> Row:
    """A node by its title, with its kind before it and its badge after it."""
    faded = "$ghost italic" if node.kind is Kind.GHOST else ""
    return Row(
        node.title, node.id, kind_mark(node.kind), style=faded, tail=badge(standing), lines=lines
    )


def link_rows(groups: Iterable[RelationGroup], graph: Graph, standings: Standings) -> Iterator[Row]:
    """The edges of one node: a heading for each relation and direction, then the other ends."""
    for number, group in enumerate(groups):
        if number:
            yield Row("")
        yield _heading(group, graph.vocabulary)
        for edge in group.edges:
            other = edge.target if group.outgoing else edge.source
            yield end_row(edge, graph.nodes[other], standings.get(other))


def relation_mark(words: str, vocabulary: Vocabulary) -> Part:
    """The glyph of a relation, in the colour of what it counts for."""
    match = vocabulary.find(words)
    return marks.relation_glyph(words, vocabulary), SIGNS[match.relation.sign if match else 0]


def _heading(group: RelationGroup, vocabulary: Vocabulary) -> Row:
    mark = relation_mark(group.label, vocabulary)
    arrow = "→" if group.outgoing else "←"
    return Row(
        group.label,
        mark=mark,
        style=f"bold {mark[1]}",
        tail=((f"{len(group.edges)} {arrow}", QUIET),),
        lines=1,
    )


def end_row(edge: Edge, node: Node, standing: Standing | None) -> Row:
    """The other end of an edge, with the words of the link and where they stand."""
    return node_row(node, standing)._replace(
        value=edge,
        style="$inferred italic" if edge.inferred else "",
        notes=tuple(note for note in (inference(edge), _context(edge)) if note),
        place=where(edge.span),
        lead="  ",
        under="  ",
    )


def inference(edge: Edge) -> Line:
    """That an edge was read out of prose: from which phrase, and how sure that is."""
    if not edge.inferred:
        return ()
    said = f"{marks.INFERRED.glyph} inferred from “{edge.phrase}” ({edge.confidence:.2f})"
    return ((said, "$inferred italic"),)


def _context(edge: Edge) -> Line:
    return ((edge.context, QUIET),) if edge.context and not edge.inferred else ()


def kept_rows(kept: Iterable[tuple[str, ...]], graph: Graph) -> Iterator[Row]:
    """The trails that were kept, the newest first; each gives its ids."""
    for number, ids in enumerate(reversed(list(kept))):
        if not number:
            yield from (Row(""), Row("Kept trails", style="bold $primary"))
        first, last = graph.nodes[ids[0]], graph.nodes[ids[-1]]
        yield Row(
            f"{first.title} › {last.title}",
            ids,
            kind_mark(first.kind),
            tail=((words.count(len(ids), "step"), QUIET),),
        )


def trail_rows(ids: Iterable[str], at: int, graph: Graph, standings: Standings) -> Iterator[Row]:
    """The steps of a trail, the newest first; each gives its position."""
    for number, id_ in reversed(list(enumerate(ids))):
        row = node_row(graph.nodes[id_], standings.get(id_))
        style = "bold $primary" if number == at else ""
        yield row._replace(value=number, style=style)
