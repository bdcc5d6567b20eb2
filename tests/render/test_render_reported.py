"""What the brackets behind a link were read as is shown wherever the link is."""

from __future__ import annotations

from graphkit import graph as graphs
from graphkit import parse, render
from graphkit.graph import relations, why

NOTES = {
    "a.md": "---\nkind: claim\n---\n# Tea\n\n"
    "- is reported by [[S]] (p < 0.03, n = 412, section 4.2; recall falls by 24 points)\n",
    "s.md": "---\nkind: source\nidentifiers: [arXiv:2401.00001]\n---\n# S\n",
}
GRAPH = graphs.build([parse.note(text, path) for path, text in NOTES.items()])
READ = "read: p < 0.03, n = 412, recall 24 points down, section 4.2"


def test_links_and_reasons_and_the_node_itself_show_it() -> None:
    standings = graphs.standings(GRAPH)
    claim = next(node for node in GRAPH.nodes.values() if node.title == "Tea")
    (edge,) = GRAPH.edges
    views = (
        render.links(relations(GRAPH, claim.id), GRAPH.nodes, standings),
        render.why(why(GRAPH, claim.id, standings), nodes=GRAPH.nodes),
        render.node(claim, standings[claim.id], (), [(edge, GRAPH.nodes[edge.source])]),
    )
    for view in views:
        assert READ in " ".join(render.to_text(view, width=200).split())
