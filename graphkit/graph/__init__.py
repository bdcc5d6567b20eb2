"""The graph room: links resolved into a graph, and what can be asked of it.

Every function takes the graph first; none opens a file or prints.
"""

from __future__ import annotations

from graphkit.graph.amounts import disagreements
from graphkit.graph.answer import answer, teller
from graphkit.graph.build import Draft, build, draft
from graphkit.graph.check import check
from graphkit.graph.export import export
from graphkit.graph.find import find
from graphkit.graph.queries import neighbourhood, path, relations, select
from graphkit.graph.rejudged import Rejudged, rejudged
from graphkit.graph.standing import Weighed, standing, standings, weigh
from graphkit.graph.suppose import impact, what_if
from graphkit.graph.supposed import supposition
from graphkit.graph.turns import difference
from graphkit.graph.why import why

__all__ = [
    "Draft",
    "Rejudged",
    "Weighed",
    "answer",
    "build",
    "check",
    "difference",
    "disagreements",
    "draft",
    "export",
    "find",
    "impact",
    "neighbourhood",
    "path",
    "rejudged",
    "relations",
    "select",
    "standing",
    "standings",
    "supposition",
    "teller",
    "weigh",
    "what_if",
    "why",
]
