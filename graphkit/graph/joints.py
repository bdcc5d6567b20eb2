"""Links with both ends known: the step between what an author wrote and an edge."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from graphkit.graph.index import Index
from graphkit.graph.names import folded, identity
from graphkit.graph.resolve import Fate, Resolution, asked_from, resolve
from graphkit.graph.works import work
from graphkit.models import Link, Node, ParsedNote, derived_id
from graphkit.vocabulary import Kind


class Joint(NamedTuple):
    """A link that leads to a node, with the node of its page and that of its target."""

    page: str
    link: Link
    resolution: Resolution
    target: str


class Joints(NamedTuple):
    """The links of a vault that lead to nodes, and the number of those that do not."""

    joints: tuple[Joint, ...]
    strangers: dict[str, Node]  # nodes that exist only because links name them
    external: int


def join(parsed: Iterable[ParsedNote], names: Index, by_path: dict[str, str]) -> Joints:
    """Resolve every link; unknown works and missing notes become nodes of their own."""
    strangers = _Strangers({}, {})
    known: dict[tuple[str, ...], tuple[Resolution, str]] = {}
    joints = []
    external = 0
    for note, links, _ in parsed:
        page = by_path[note.path]
        for link in links:
            key = (link.form, link.target, link.block, asked_from(link, note.path))
            if key not in known:
                resolution = _merged(resolve(names, link, note.path), by_path)
                known[key] = resolution, _target(link, resolution, by_path, strangers)
            resolution, target = known[key]
            if target:
                joints.append(Joint(page, link, resolution, target))
            else:
                external += 1
    return Joints(tuple(joints), strangers.nodes, external)


class _Strangers(NamedTuple):
    nodes: dict[str, Node]
    works: dict[str, str]  # identity to node id


def _merged(resolution: Resolution, by_path: dict[str, str]) -> Resolution:
    """Candidates that are notes of one work are no ambiguity."""
    nodes = {by_path[path] for path in resolution.candidates}
    if resolution.fate is Fate.AMBIGUOUS and len(nodes) == 1:
        return Resolution(Fate.RESOLVED, resolution.candidates[0])
    return resolution


def _target(
    link: Link, resolution: Resolution, by_path: dict[str, str], strangers: _Strangers
) -> str:
    if resolution.fate is Fate.RESOLVED:
        return by_path[resolution.path]
    if resolution.fate is Fate.WORK:
        return _work(link.target, strangers)
    if resolution.fate is Fate.EXTERNAL:
        return ""
    return _ghost(resolution.name or link.target, strangers.nodes)


def _work(identifier: str, strangers: _Strangers) -> str:
    node_id = strangers.works.get(identity(identifier))
    if node_id is None:
        node = work(identifier)
        node_id = strangers.works[identity(identifier)] = node.id
        strangers.nodes[node_id] = node
    return node_id


def _ghost(name: str, nodes: dict[str, Node]) -> str:
    title = " ".join(name.split())
    node_id = derived_id(Kind.GHOST, folded(title))
    nodes.setdefault(node_id, Node(node_id, Kind.GHOST, title))
    return node_id
