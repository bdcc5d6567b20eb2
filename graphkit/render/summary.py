"""Managed summaries: what is known about a note, composed from values and from nothing else.

A summary is extractive and deterministic: the note's own sentences, how it stands in one
sentence, the evidence, the runs beside the figures they test, and what is open. To summarise
another kind of note, write its parts in `summaries/` and add its row to `PARTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from graphkit.models import Graph, Node, Note, Standing
from graphkit.render.summaries import claim, page, question, result, source
from graphkit.render.summaries.inputs import Input, causes, merged
from graphkit.render.summaries.scene import FIGURES, Part, Scene
from graphkit.vocabulary import Kind

__all__ = ["PARTS", "Summary", "causes", "compose"]

PARTS: Final[Mapping[Kind, tuple[Part, ...]]] = MappingProxyType({
    Kind.CLAIM: claim.PARTS,
    Kind.QUESTION: question.PARTS,
    Kind.SOURCE: source.PARTS,
    Kind.RESULT: result.PARTS,
    Kind.NOTE: page.PARTS,
})  # fmt: skip


class Summary(NamedTuple):
    """The body of a managed block, and the facts it was made from."""

    inputs: tuple[Input, ...]
    body: str  # Markdown with plain line ends; empty when there is nothing to say


def compose(
    note: Note, graph: Graph, standings: Mapping[str, Standing], figures: str = FIGURES
) -> Summary:
    """The summary of a note, as the graph and its standings have it.

    `figures` is the folder of the plots, relative to the vault. The same values always give the
    same summary, whatever the order of files or edges, and writing it changes no input of it.
    """
    node = _node(note, graph)
    if node is None:
        return Summary((), "")
    scene = Scene(note, node, graph, standings, figures)
    sections = [part(scene) for part in PARTS[node.kind]]
    body = "\n\n".join(section.text for section in sections if section.text)
    told = merged(each for section in sections for each in section.inputs)
    return Summary(told, body)


def _node(note: Note, graph: Graph) -> Node | None:
    """The node of a note: by its id, unless another note has that, else by its work."""
    node = graph.nodes.get(note.id)
    if node is not None and node.path in {note.path, ""}:
        return node
    works = {*note.identifiers}
    others = graph.nodes.values()
    return next(
        (each for each in others if each.path == note.path or works & {*each.identifiers}), None
    )
