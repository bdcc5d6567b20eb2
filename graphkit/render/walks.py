"""Edges: the links of a node both ways, and the path between two nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.models import Edge, Node, RelationGroup, Standing
from graphkit.render import marks
from graphkit.render.cards import heading
from graphkit.render.escape import line
from graphkit.render.layout import Facts, Hang, facts, paragraph, spaced, stack
from graphkit.vocabulary import VOCABULARY, Vocabulary

_NONE: Final[Mapping[str, Standing]] = MappingProxyType({})


def links(
    groups: Iterable[RelationGroup],
    nodes: Mapping[str, Node],
    standings: Mapping[str, Standing] = _NONE,
    vocabulary: Vocabulary = VOCABULARY,
) -> RenderableType:
    """The edges of one node, both ways, under the labels that its reader would say."""
    return spaced(_group(group, nodes, standings, vocabulary) for group in groups)


def _group(
    group: RelationGroup,
    nodes: Mapping[str, Node],
    standings: Mapping[str, Standing],
    vocabulary: Vocabulary,
) -> Group:
    head = Text.assemble(
        (f"{marks.relation_glyph(group.label, vocabulary)} ", marks.FAINT),
        (line(group.label), marks.TITLE),
        (f"  {len(group.edges)}", marks.FAINT),
    )
    ends = ((edge, edge.target if group.outgoing else edge.source) for edge in group.edges)
    return stack(head, *(_end(edge, end, nodes, standings.get(end)) for edge, end in ends))


def _end(edge: Edge, end: str, nodes: Mapping[str, Node], standing: Standing | None) -> Group:
    node = nodes.get(end)
    return stack(
        Hang(Text.assemble("  ", marks.lead(standing)), called(end, nodes)),
        facts(
            *marks.states(standing)[:1],
            marks.name(node) if node else Text(),
            marks.span(edge.span),
            marks.measurement(edge),
            marks.inference(edge),
            by=4,
        ),
        *remark(edge, by=4),
    )


def called(id_: str, nodes: Mapping[str, Node]) -> Text:
    """A node by its title; by its bare id where the graph does not know it."""
    return Text(line(nodes[id_].title if id_ in nodes else id_))


def remark(edge: Edge, by: int) -> list[RenderableType]:
    """The words that stand around the link in its note, as a faint paragraph; none when bare."""
    words = line(edge.context)
    return [paragraph(Text(words, style=marks.FAINT), by)] if words else []


def path(
    start: str,
    edges: Sequence[Edge],
    nodes: Mapping[str, Node],
    vocabulary: Vocabulary = VOCABULARY,
) -> RenderableType:
    """The way from `start` along `edges`, each read in the direction it is walked."""
    here, steps = start, [_stop(start, nodes)]
    for edge in edges:
        forward = edge.source == here
        here = edge.target if forward else edge.source
        steps += [_step(edge, vocabulary, forward=forward), _stop(here, nodes)]
    return stack(*steps)


def _stop(id_: str, nodes: Mapping[str, Node]) -> RenderableType:
    return heading(nodes[id_]) if id_ in nodes else called(id_, nodes)


def _step(edge: Edge, vocabulary: Vocabulary, *, forward: bool) -> Group:
    bar = Text("  ┊ " if edge.inferred else "  │ ", style=marks.FAINT)
    said = Text(label(edge.relation, vocabulary, forward=forward))
    glyph = Text(f"{marks.relation_glyph(edge.relation, vocabulary)} ", style=marks.FAINT)
    parts = (Text.assemble(glyph, said), marks.span(edge.span), marks.inference(edge))
    return stack(Facts(bar, tuple(part for part in parts if part), bar), Text("  ↓", marks.FAINT))


def label(relation: str, vocabulary: Vocabulary, *, forward: bool) -> str:
    """A relation as one says it from the near end; backwards, the author's own words get `←`."""
    row = vocabulary.by_name.get(relation)
    if forward:
        return line(relation)
    return line(row.inverse) if row else f"← {line(relation)}"
