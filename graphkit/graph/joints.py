"""Links with both ends known: the step between what an author wrote and an edge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from graphkit.graph.index import Index
from graphkit.graph.names import folded, identity, last, loose
from graphkit.graph.resolve import Fate, Resolution, asked_from, endings_asked, resolve
from graphkit.graph.works import work
from graphkit.models import Link, LinkCounts, Node, ParsedNote, derived_id
from graphkit.vocabulary import Kind


class Joint(NamedTuple):
    """A link that leads to a node, with the node of its page and that of its target."""

    page: str
    link: Link
    resolution: Resolution
    target: str


class Joined(NamedTuple):
    """The links of one page that lead to nodes, and how many of all of them came to what.

    It follows from the page and from what the other notes are called, so it stays true while
    these stay the same.
    """

    joints: tuple[Joint, ...]
    strangers: tuple[Node, ...]  # nodes without a note that the links name, as often as they do
    counts: LinkCounts


class United(NamedTuple):
    """The joints of each page, and the nodes that exist only because links name them."""

    pages: tuple[tuple[Joint, ...], ...]
    strangers: dict[str, Node]


Meaning = tuple[Resolution, str, Node | None]  # of a link: with its target, and it if a stranger


def joiner(names: Index, by_path: Mapping[str, str]) -> Callable[[ParsedNote], Joined]:
    """What joins the links of one page after another; links that mean the same are read once."""
    known: dict[tuple[str, ...], Meaning] = {}

    def join(parsed: ParsedNote) -> Joined:
        path = parsed.note.path
        page = by_path[path]
        joints, strangers = [], []
        fates: list[Fate] = []
        for link in parsed.links:
            key = (link.form, link.target, link.block, asked_from(link, path))
            meaning = known.get(key)
            if meaning is None:
                meaning = known[key] = _meaning(link, resolve(names, link, path), by_path)
            resolution, target, stranger = meaning
            fates.append(resolution.fate)
            if target:
                joints.append(Joint(page, link, resolution, target))
            if stranger:
                strangers.append(stranger)
        return Joined(tuple(joints), tuple(strangers), _counts(fates))

    return join


def asked(parsed: ParsedNote, joined: Joined) -> frozenset[str]:
    """What the names of a note must end in to have a part in what a page's links mean."""
    path = parsed.note.path
    found = {each for link in parsed.links for each in endings_asked(link, path)}
    fates = (joint.resolution for joint in joined.joints)
    missing = (each.name for each in fates if each.fate is Fate.MISSING)
    return frozenset(found.union(map(loose, map(last, missing))))


def united(pages: Sequence[Joined]) -> United:
    """All pages together: a work that they spell in several ways is the node of its first name."""
    strangers: dict[str, Node] = {}
    works: dict[str, str] = {}  # identity to node id
    other: dict[str, str] = {}  # id of a later spelling to that of the first
    for node in (node for page in pages for node in page.strangers):
        if node.id in strangers or node.id in other:
            continue
        if node.kind is Kind.SOURCE:
            first = works.setdefault(identity(node.title), node.id)
            if first != node.id:
                other[node.id] = first
                continue
        strangers[node.id] = node
    return United(tuple(_renamed(page.joints, other) for page in pages), strangers)


def _renamed(joints: tuple[Joint, ...], other: Mapping[str, str]) -> tuple[Joint, ...]:
    """The same tuple wherever nothing is called otherwise."""
    if not other or not any(joint.target in other for joint in joints):
        return joints
    return tuple(joint._replace(target=other.get(joint.target, joint.target)) for joint in joints)


def _counts(fates: list[Fate]) -> LinkCounts:
    """A work counts as resolved: its identifier says which it is."""
    return LinkCounts(
        resolved=fates.count(Fate.RESOLVED) + fates.count(Fate.WORK),
        ambiguous=fates.count(Fate.AMBIGUOUS),
        missing=fates.count(Fate.MISSING),
        external=fates.count(Fate.EXTERNAL),
    )


def _meaning(link: Link, found: Resolution, by_path: Mapping[str, str]) -> Meaning:
    resolution = _merged(found, by_path)
    if resolution.fate is Fate.RESOLVED:
        return resolution, by_path[resolution.path], None
    if resolution.fate is Fate.EXTERNAL:
        return resolution, "", None
    cited = resolution.fate is Fate.WORK
    node = work(link.target) if cited else _ghost(resolution.name or link.target)
    return resolution, node.id, node


def _merged(resolution: Resolution, by_path: Mapping[str, str]) -> Resolution:
    """Candidates that are notes of one work are no ambiguity."""
    if resolution.fate is not Fate.AMBIGUOUS:
        return resolution
    nodes = {by_path[path] for path in resolution.candidates}
    return resolution if len(nodes) > 1 else Resolution(Fate.RESOLVED, resolution.candidates[0])


def _ghost(name: str) -> Node:
    title = " ".join(name.split())
    return Node(derived_id(Kind.GHOST, folded(title)), Kind.GHOST, title)
