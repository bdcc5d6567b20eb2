"""What has aged: summaries that tell what is so no longer, runs of what has changed since.

The whole truth about a summary is `regenerate --check`, which composes it anew. This reads only
what each managed block says it was made from, so that `check` may tell the worst at little cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphkit import disk
from graphkit.codes import problem
from graphkit.errors import VaultError
from graphkit.models import Graph, Node, Note, Problem, Span, Standing, Verdict
from graphkit.render import block
from graphkit.render.summaries.causes import causes
from graphkit.render.summaries.inputs import Facts, by_id, facts, wording
from graphkit.render.summaries.said import run_facts, run_key
from graphkit.render.summaries.scene import stood
from graphkit.workspace.settings import FILE, lines_of

if TYPE_CHECKING:
    from graphkit.experiment.own import Registered

_MARK: Final = b"graphkit:summary"


def problems(
    root: Path, notes: Iterable[Note], graph: Graph, standings: Mapping[str, Standing]
) -> Iterator[Problem]:
    """A problem for each block that tells a title, standing or run which is another one now."""
    runs = {run_key(verdict): verdict for verdict in graph.verdicts}
    for note in notes:
        found = _block(root, note.path)
        told = by_id(found.inputs) if found else {}
        stood = {key: said.get("standing", "") for key, said in told.items()}
        called = _called(told, graph.nodes)
        turned = [*called, *_turned(stood, graph.nodes, standings), *_reran(told, runs)]
        if found and turned:
            more = f" (and {len(turned) - 1} more)" if len(turned) > 1 else ""
            hint = "graphkit regenerate --diff shows the new one"
            yield problem("stale-summary", turned[0] + more, Span(note.path, found.line), hint)


def _called(told: Mapping[str, Facts], nodes: Mapping[str, Node]) -> Iterator[str]:
    """What a block tells of notes that have another title or place since, or are gone."""
    for key, said in told.items():
        title, node = said.get("title", ""), nodes.get(key)
        if not title or "verdict" in said:  # a run is told by its own facts
            continue
        if node is None:
            yield f"“{title}” is gone, or its note was moved"
        elif node.title != title:
            yield f"“{title}” is now called “{node.title}”"
        elif said.get("place") and said["place"] != wording(node.path):
            yield f"the note of “{title}” was moved"


def _turned(
    told: Mapping[str, str], nodes: Mapping[str, Node], standings: Mapping[str, Standing]
) -> Iterator[str]:
    for key, then in told.items():
        if then and key in standings:
            now = stood(nodes[key], standings)
            if now != then:
                yield f"{nodes[key].title} is {now}, no longer {then}"


def _reran(told: Mapping[str, Facts], runs: Mapping[str, Verdict]) -> Iterator[str]:
    """What a block tells of runs that came out otherwise since, or of records since replaced."""
    for key in filter(told.__contains__, runs):
        now = run_facts(runs[key])
        then = {name: value for name, value in told[key].items() if name in now}
        old, new = facts(key, then), facts(key, now)
        if then and {*old} != {*new}:
            yield from causes(old, new)


def runs(root: Path, graph: Graph, registered: Iterable[Registered]) -> Iterator[Problem]:
    """A problem for each run that speaks for another state of things, and each missing input.

    One of a registered experiment stands where the settings name it, any other at its note.
    """
    lines = lines_of(root) if (own := {each.name: each for each in registered}) else {}
    for name, experiment in own.items():
        for path in _missing(root, experiment):
            message = f"{name} lacks its input {path}"
            hint = "bring the file back, or take it out of the table"
            yield problem("missing-input", message, Span(FILE, lines.get(name, 1)), hint)
    for verdict in graph.verdicts:
        if not verdict.stale:
            continue
        if verdict.test in own:
            place = Span(FILE, lines.get(verdict.test, 1))
            why, again = "; ".join(verdict.reasons), f"own run {verdict.test}"
        else:
            place = _place(graph, verdict)
            why, again = "its protocol changed since", "run"
        message = f"the run of {verdict.test} is stale: {why}"
        yield problem("stale-run", message, place, f"graphkit experiment {again} makes it anew")


def _missing(root: Path, experiment: Registered) -> tuple[str, ...]:
    """The inputs that are not there; none of an experiment that cannot be judged at all."""
    from graphkit.workspace.registered import inputs  # pydantic waits there

    try:
        return inputs(root, experiment).missing
    except VaultError:
        return ()


def _place(graph: Graph, verdict: Verdict) -> Span:
    """The note of a run; where it has none, that of a claim which names its test."""
    ran = (node for node in graph.nodes.values() if node.path and node.verdict == verdict)
    claims = (graph.nodes[key] for key in verdict.claims if key in graph.nodes)
    node = next(chain(ran, claims), None)
    return Span(node.path, node.line) if node else Span(FILE)


def _block(root: Path, path: str) -> block.Managed | None:
    """The managed block of a note; None for a note that has none, or is gone meanwhile."""
    try:
        data = disk.read_inside(root, path)
    except VaultError:
        return None
    if _MARK not in data:
        return None
    from graphkit.parse import blocks  # and markdown-it, for a vault with summaries alone

    return block.held(data, blocks)
