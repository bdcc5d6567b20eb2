"""What would stand otherwise: by which edges the change comes, and what it comes to."""

from __future__ import annotations

from collections import Counter

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.change import Fall
from graphkit.models import Graph
from graphkit.render import marks
from graphkit.render.argument import why
from graphkit.render.layout import paragraph, spaced
from graphkit.render.words import count, listing
from graphkit.vocabulary import Kind


def fall(shown: Fall, graph: Graph) -> RenderableType:
    """A tree for each thing supposed, each changed node with what it was and would be."""
    trees = [why(tree, graph.vocabulary, graph.nodes) for tree in shown.trees]
    return spaced((*trees, _tally(shown, graph)))


def _tally(shown: Fall, graph: Graph) -> Group:
    kinds = Counter(graph.nodes[each.id].kind for each in shown.changed)
    said = listing(tuple(count(kinds[kind], kind.value) for kind in Kind if kinds[kind]))
    words = f"{said} would stand otherwise" if said else "every standing would be as it is"
    return Group(paragraph(Text(words, style=marks.FAINT)))
