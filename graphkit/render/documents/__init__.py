"""The JSON documents: plain dicts, each with the name and version of its schema.

`relation` is always the forward name of its row, or the author's own words. Texts are as their
authors wrote them: escaping them is the business of whoever shows them. A number that is not
finite becomes null, since JSON has no other word for it.
"""

from graphkit.render.documents.found import answer, hits, suggestions
from graphkit.render.documents.graph import (
    links,
    node,
    nodes,
    path,
    relations,
    standing,
    status,
    why,
)
from graphkit.render.documents.notes import changes, problems, regeneration
from graphkit.render.documents.runs import proof, records, registered, released, verdicts
from graphkit.render.documents.values import Document, edge_value, reason_value, standing_value

__all__ = [
    "Document",
    "answer",
    "changes",
    "edge_value",
    "hits",
    "links",
    "node",
    "nodes",
    "path",
    "problems",
    "proof",
    "reason_value",
    "records",
    "regeneration",
    "registered",
    "relations",
    "released",
    "standing",
    "standing_value",
    "status",
    "suggestions",
    "verdicts",
    "why",
]
