"""Which node a person means by a name typed at a prompt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from graphkit.errors import NodeNotFound
from graphkit.graph.names import folded, identity, without_suffix
from graphkit.models import Graph, Node
from graphkit.vocabulary import Kind

SHOWN: Final = 8  # candidates in a hint
CLOSE: Final = 70  # of 100: below it names share letters and no words

Names = Callable[[Node], Iterable[str]]


def find(graph: Graph, name: str) -> Node:
    """The node of this id, path, file name, title, alias or identifier, else of this prefix.

    Levels are asked in that order and the first that knows the name decides. A ghost is meant
    only where no note is.

    Raises:
        NodeNotFound: nothing has this name, or several nodes have; the hint lists candidates.
    """
    if name in graph.nodes:
        return graph.nodes[name]
    wanted = folded(name)
    if not wanted:
        raise NodeNotFound("no name was given", "give an id, a title or the start of one")
    notes, ghosts = _notes_and_ghosts(graph)
    for nodes in (notes, ghosts):
        for names, key in _LEVELS:
            exact = key(name)
            if found := [node for node in nodes if exact in names(node)]:
                return _only(found, name)
    for nodes in (notes, ghosts):
        if found := [node for node in nodes if _starts(node, wanted)]:
            return _only(found, name)
    raise NodeNotFound(f'nothing is called "{name}"', _near(notes, wanted))


def _notes_and_ghosts(graph: Graph) -> tuple[list[Node], list[Node]]:
    nodes = graph.nodes.values()
    return (
        [node for node in nodes if node.kind is not Kind.GHOST],
        [node for node in nodes if node.kind is Kind.GHOST],
    )


def _by_id(node: Node) -> Iterable[str]:
    return (folded(node.id),)


def _by_path(node: Node) -> Iterable[str]:
    path = folded(node.path)
    return (path, without_suffix(path)) if path else ()


def _by_file_name(node: Node) -> Iterable[str]:
    return (without_suffix(folded(node.path)).rpartition("/")[2],) if node.path else ()


def _by_title(node: Node) -> Iterable[str]:
    return (folded(node.title),)


def _by_alias(node: Node) -> Iterable[str]:
    return map(folded, node.aliases)


def _by_identifier(node: Node) -> Iterable[str]:
    return map(identity, node.identifiers)


_LEVELS: Final[tuple[tuple[Names, Callable[[str], str]], ...]] = (
    (_by_id, folded),
    (_by_path, folded),
    (_by_file_name, folded),
    (_by_title, folded),
    (_by_alias, folded),
    (_by_identifier, identity),
)


def _starts(node: Node, wanted: str) -> bool:
    return any(name.startswith(wanted) for names, _ in _LEVELS for name in names(node))


def _only(found: Sequence[Node], name: str) -> Node:
    if len(found) == 1:
        return found[0]
    rest = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    shown = "; ".join(f'{node.id} "{node.title}"' for node in found[:SHOWN])
    raise NodeNotFound(f'"{name}" fits {len(found)} nodes', f"it may be {shown}{rest}")


def _near(nodes: Iterable[Node], wanted: str) -> str:
    from rapidfuzz import fuzz, process

    titles = {node.title: folded(node.title) for node in nodes}
    near = process.extract(wanted, titles, scorer=fuzz.WRatio, limit=3, score_cutoff=CLOSE)
    shown = ", ".join(f'"{title}"' for _, _, title in near)
    return f"did you mean {shown}?" if near else "graphkit list shows every name"
