"""The JSON documents of an argument in change: what falls, what turned when, by which rules.

As in `documents`, texts are as their authors wrote them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graphkit.change import Difference, Fall, Step, Turn
from graphkit.models import Node
from graphkit.render.documents import Document, edge_value, reason_value, standing_value
from graphkit.rules import CLAIMS, EFFECTS, EXCLUSIONS, FLAGS, QUESTIONS


def fall(shown: Fall, nodes: Mapping[str, Node]) -> Document:
    """graphkit.fall.v1: what would stand otherwise, and the edges by which it comes to that."""
    return {
        "schema": "graphkit.fall.v1",
        "changed": [
            {
                "id": each.id,
                "kind": nodes[each.id].kind.value,
                "title": nodes[each.id].title,
                "path": nodes[each.id].path,
                "line": nodes[each.id].line,
                "before": standing_value(each.before),
                "after": standing_value(each.after),
                "differences": list(each.differences),
            }
            for each in shown.changed
        ],
        "trees": [reason_value(tree) for tree in shown.trees],
    }


def log(node: Node, steps: Iterable[Step]) -> Document:
    """graphkit.log.v1: the commits that turned a node, newest first, with the edges that did it."""
    return {
        "schema": "graphkit.log.v1",
        "id": node.id,
        "title": node.title,
        "steps": [
            {
                **step.revision._asdict(),
                "turns": [_turn(turn) for turn in step.difference.turns],
            }
            for step in steps
        ],
    }


def difference(found: Difference) -> Document:
    """graphkit.difference.v1: two states of a vault compared in standings and typed edges."""
    return {
        "schema": "graphkit.difference.v1",
        "turns": [_turn(turn) for turn in found.turns],
        "gone": [edge_value(edge) for edge in found.gone],
        "added": [edge_value(edge) for edge in found.added],
        "titles": dict(found.titles),
    }


def rules() -> Document:
    """graphkit.rules.v1: the rules of standing, each with its reason."""
    return {
        "schema": "graphkit.rules.v1",
        "edges": [
            {"edge": rule.edge, "does": rule.does, "because": rule.because}
            for rule in (*EFFECTS, *EXCLUSIONS)
        ],
        **{
            kind: [
                {"word": str(rule[0]), "when": rule.when, "because": rule.because} for rule in rows
            ]
            for kind, rows in (("claims", CLAIMS), ("questions", QUESTIONS), ("flags", FLAGS))
        },
    }


def _turn(turn: Turn) -> Document:
    return {
        "id": turn.id,
        "title": turn.title,
        "before": standing_value(turn.before),
        "after": standing_value(turn.after),
        "differences": list(turn.differences),
        "gone": [edge_value(edge) for edge in turn.gone],
        "added": [edge_value(edge) for edge in turn.added],
    }
