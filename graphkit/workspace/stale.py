"""Which summaries other runs make stale, and why, told from the facts that they were made from.

No summary is written for that. In most notes that other runs reach, nothing changes but how a
neighbour stands; for the few whose own node is another now, their facts are gathered again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from graphkit.models import Edge, Graph, Standing
from graphkit.render import summary
from graphkit.render.summaries.causes import causes
from graphkit.render.summaries.claim import risk
from graphkit.render.summaries.inputs import Input, amended, facts
from graphkit.render.summaries.scene import stood
from graphkit.rules import LEANING
from graphkit.workspace.regeneration import Known, Plan, Progress, Stale, planned

if TYPE_CHECKING:
    from graphkit.graph import Rejudged


def rechecked(
    known: Known, plan: Plan, told: Rejudged, before: Mapping[str, Standing], progress: Progress
) -> Stale:
    """The stale summaries, from a plan of all of them that was made when nodes stood as `before`.

    Only a note that was to change anyway, or whose summary comes or goes, is planned again.
    """
    own, tied = _reached(plan, told, before)
    settled = {path: plan.summaries[path] for path in own | tied if path in plan.summaries}
    for change in plan.changes:
        settled.pop(change.path, None)
    stands = ((id_, stood(told.graph.nodes[id_], told.standings)) for id_ in told.turned)
    turned = {each[:2]: each for id_, now in stands for each in facts(id_, {"standing": now})}
    now = {
        path: _facts(known, path, made) if path in own else amended(made.inputs, turned)
        for path, made in settled.items()
        if made.inputs and not made.written
    }
    unsure = {path for path in own | tied if not now.get(path)}
    again = planned(known, unsure, progress).stale if unsure else {}
    kept = {path: why for path, why in plan.stale.items() if path not in unsure}
    moved = {path: causes(settled[path].inputs, inputs) for path, inputs in now.items()
             if inputs and inputs != settled[path].inputs}  # fmt: skip
    return dict(sorted({**kept, **again, **moved}.items()))


def _facts(known: Known, path: str, made: summary.Summary) -> tuple[Input, ...]:
    """What the summary of a note would be made from now, its own words being the same."""
    return summary.inputs(
        known.pages[path],
        known.graph,
        known.standings,
        made.lasting,
        pages=known.pages,
        own=known.templates,
    )


def _reached(
    plan: Plan, told: Rejudged, before: Mapping[str, Standing]
) -> tuple[set[str], set[str]]:
    """The notes whose facts may come and go, and those tied to a node that stands otherwise.

    The former are the notes of the changed nodes, and what may lean on one that puts it at risk
    now, does so no longer, or for another reason: a claim's summary names those.
    """
    shaken = {id_ for id_ in told.turned if risk(before[id_]) != risk(told.standings[id_])}
    leaning = (edge for edge in _edges(told.graph, shaken) if _rests(told.graph, edge))
    own, tied = told.changed | _ends(leaning), _ends(_edges(told.graph, told.turned))
    return _paths(plan, own), _paths(plan, tied)


def _edges(graph: Graph, ids: Iterable[str]) -> Iterator[Edge]:
    for id_ in ids:
        yield from graph.incoming.get(id_, ())
        yield from graph.outgoing.get(id_, ())


def _ends(edges: Iterable[Edge]) -> set[str]:
    return {end for edge in edges for end in (edge.source, edge.target)}


def _rests(graph: Graph, edge: Edge) -> bool:
    """Whether how one end stands may put the other at risk."""
    row = graph.vocabulary.by_name.get(edge.relation)
    return edge.relation == LEANING or (row is not None and row.sign > 0)


def _paths(plan: Plan, nodes: Iterable[str]) -> set[str]:
    """The paths of the notes of some nodes."""
    return {path for node in nodes for path in plan.paths.get(node, ())}
