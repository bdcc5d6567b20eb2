"""The map of a node's neighbourhood: what points to it on the left, what it points to on the right.

A tidy tree on either side: neighbours hang on their relation, relations on the node. Every edge
of the node is one unbroken line that crosses no other, which general graph layouts of the same
neighbourhoods do not give.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from textual.content import Content
from textual.geometry import Region

from graphkit.models import Edge, Graph, Node, RelationGroup
from graphkit.render import escape
from graphkit.tui.entries import Standings, badge, kind_mark, relation_mark
from graphkit.tui.rows import content, wrapped

MOST: Final = 24  # neighbours; of a hub the first ones, in the order of the relation table
_BOX: Final = (22, 40)  # cells of the node in the middle, at least and at most
_WORDS: Final = (16, 56)  # cells of a neighbour's title
_TITLE: Final = 4  # lines of it
_STEM: Final = 4  # cells between a neighbour and its relation: the joint and a line to it
_ARROW: Final = 2
_LANE: Final = _STEM + 1 + 1 + _ARROW  # and the end of the label, the trunk, the arrow

# Box-drawing characters by the sides on which a line leaves the cell: left, right, up, down.
_CORNERS: Final = {
    "": " ", "l": "─", "r": "─", "lr": "─", "u": "│", "d": "│", "ud": "│",
    "rd": "╭", "ld": "╮", "ru": "╰", "lu": "╯",
    "lud": "┤", "rud": "├", "lrd": "┬", "lru": "┴", "lrud": "┼",
}  # fmt: skip


class Stop(NamedTuple):
    """A node on the map: the edge that joins it to the middle, and the cells that it takes."""

    id: str
    edge: Edge | None
    region: Region


class Drawing(NamedTuple):
    """A drawn map, all its lines equally wide; the first stop is the node in the middle."""

    lines: tuple[Content, ...]
    stops: tuple[Stop, ...]
    left_out: int  # neighbours that are not drawn

    @property
    def width(self) -> int:
        return self.lines[0].cell_length


class _Wing(NamedTuple):
    """The relations of one side, each with what is said of it."""

    groups: tuple[RelationGroup, ...]
    labels: tuple[Content, ...]

    @property
    def label(self) -> int:
        """Cells of the longest label."""
        return max((each.cell_length for each in self.labels), default=0)

    @property
    def lane(self) -> int:
        """Cells between the neighbours and the node."""
        return self.label + _LANE if self.groups else 0


class _Leaf(NamedTuple):
    edge: Edge
    id: str
    lines: list[Content]


class _Branch(NamedTuple):
    """A relation with its neighbours, and the lines on which they begin."""

    label: Content
    leaves: list[_Leaf]
    starts: list[int]

    @property
    def middle(self) -> int:
        return self.starts[len(self.starts) // 2]


class _Side(NamedTuple):
    """One wing of the map."""

    branches: list[_Branch]
    height: int
    words: int  # cells of a neighbour's title
    label: int  # cells of the longest label

    @property
    def width(self) -> int:
        return self.words + self.label + _LANE if self.branches else 0


def bowtie(
    graph: Graph, node: Node, groups: Sequence[RelationGroup], standings: Standings, width: int
) -> Drawing:
    """Draw a node between its neighbours, in `width` cells or as many as it takes.

    Where there is no room for the names of the relations, their marks stand for them.
    """
    drawn, left_out = _limited(groups)
    middle = _within(_BOX, width // 5)
    for brief in (False, True):
        wings = [_wing_of(drawn, graph, outgoing=out, brief=brief) for out in (False, True)]
        sides = sum(bool(wing.groups) for wing in wings) or 1
        room = (width - middle - sum(wing.lane for wing in wings)) // sides
        if room >= _WORDS[0]:
            break
    left, right = (_side(wing, graph, standings, _within(_WORDS, room)) for wing in wings)
    box = _box(node, standings, middle)
    height = max(left.height, right.height, len(box))
    return _joined(node, left, right, box, height, left_out)


def _within(bounds: tuple[int, int], cells: int) -> int:
    return max(bounds[0], min(bounds[1], cells))


def _limited(groups: Sequence[RelationGroup]) -> tuple[list[RelationGroup], int]:
    """The groups with the first neighbours only, and how many were left out."""
    room, kept = MOST, []
    for group in groups:
        if room > 0:
            kept.append(group._replace(edges=group.edges[:room]))
        room -= len(group.edges)
    return kept, max(0, -room)


def _wing_of(drawn: Iterable[RelationGroup], graph: Graph, *, outgoing: bool, brief: bool) -> _Wing:
    groups = tuple(group for group in drawn if group.outgoing is outgoing)
    return _Wing(groups, tuple(_label(group, graph, brief=brief) for group in groups))


def _label(group: RelationGroup, graph: Graph, *, brief: bool) -> Content:
    glyph, style = relation_mark(group.label, graph.vocabulary)
    said = group.label if group.outgoing else group.edges[0].relation
    return content(((f" {glyph} " if brief else f" {glyph} {said} ", style),))


# -- the wings ----------------------------------------------------------------------------------


def _side(wing: _Wing, graph: Graph, standings: Standings, words: int) -> _Side:
    branches, line = [], 0
    for group, label in zip(*wing, strict=True):
        leaves, starts = [], []
        for edge in group.edges:
            leaf = _leaf(edge, graph.nodes[_other(edge, group)], standings, words)
            leaves.append(leaf)
            starts.append(line)
            line += len(leaf.lines)
        branches.append(_Branch(label, leaves, starts))
        line += 1
    return _Side(branches, max(0, line - 1), words, wing.label)


def _other(edge: Edge, group: RelationGroup) -> str:
    return edge.target if group.outgoing else edge.source


def _leaf(edge: Edge, node: Node, standings: Standings, width: int) -> _Leaf:
    style = "$inferred italic" if edge.inferred else ""
    mark = content((kind_mark(node.kind), (" ", "")))
    title = wrapped(Content(escape.line(node.title)), width - 3, width - 3, _TITLE)
    lines = [
        (Content("  ") if number else mark) + line.stylize_before(style)
        for number, line in enumerate(title)
    ]
    return _Leaf(edge, node.id, _with_badge(lines, content(badge(standings.get(node.id))), width))


def _with_badge(lines: list[Content], shown: Content, width: int) -> list[Content]:
    """The badge after the last line's words, or on a line of its own where it does not fit."""
    if not shown:
        return lines
    if len(lines) > 1 and lines[-1].cell_length + 1 + shown.cell_length <= width:
        return [*lines[:-1], lines[-1] + " " + shown]
    return [*lines, Content("  ") + shown]


# -- putting it together ------------------------------------------------------------------------


def _box(node: Node, standings: Standings, width: int) -> list[Content]:
    glyph, style = kind_mark(node.kind)
    inside = [
        content(((f"{glyph} {node.kind}", style),)),
        *(
            line.stylize("bold")
            for line in wrapped(Content(escape.line(node.title)), width - 4, width - 4, 6)
        ),
    ]
    if shown := content(badge(standings.get(node.id))):
        inside.append(shown)
    edge = "─" * (width - 2)
    side = Content.styled("│", style)
    return [
        Content.styled(f"╭{edge}╮", style),
        *(
            side + (Content(" ") + line).pad_right(width - 3 - line.cell_length) + side
            for line in inside
        ),
        Content.styled(f"╰{edge}╯", style),
    ]


def _joined(
    node: Node, left: _Side, right: _Side, box: list[Content], height: int, left_out: int
) -> Drawing:
    middle, across = height // 2, box[0].cell_length
    blank = Content(" " * across)
    top = middle - len(box) // 2
    columns = [
        _wing(left, height, middle, outgoing=False),
        [blank] * top + box + [blank] * (height - top - len(box)),
        _wing(right, height, middle, outgoing=True),
    ]
    lines = tuple(Content("").join(parts) for parts in zip(*columns, strict=True))
    stops = (
        Stop(node.id, None, Region(left.width, top, across, len(box))),
        *_stops(left, 0, height),
        *_stops(right, left.width + across + right.width - right.words, height),
    )
    return Drawing(lines, stops, left_out)


def _stops(side: _Side, x: int, height: int) -> Iterable[Stop]:
    top = _top(side, height)
    for branch in side.branches:
        for leaf, start in zip(branch.leaves, branch.starts, strict=True):
            region = Region(x, top + start, side.words, len(leaf.lines))
            yield Stop(leaf.id, leaf.edge, region)


def _top(side: _Side, height: int) -> int:
    """The line on which a wing begins: it stands in the middle of the map."""
    return (height - side.height) // 2


def _wing(side: _Side, height: int, middle: int, *, outgoing: bool) -> list[Content]:
    """The lines of one wing, from the top of the map to its bottom."""
    if not side.branches:
        return [Content()] * height
    top = _top(side, height)
    joints = [top + branch.middle for branch in side.branches]
    trunk = range(min(*joints, middle), max(*joints, middle) + 1)
    lines = []
    for line in range(height):
        words, stem, label = _branch_line(side, line - top, outgoing=outgoing)
        near, far = ("l", "r") if outgoing else ("r", "l")
        sides = (near * (line == middle)) + (far * (line in joints))
        bus = _corner(sides, line, trunk)
        arrow = _arrow(line == middle, pointing=not outgoing)
        parts = (words, stem, label, bus, arrow)
        lines.append(Content("").join(reversed(parts) if outgoing else parts))
    return lines


def _branch_line(side: _Side, line: int, *, outgoing: bool) -> tuple[Content, Content, Content]:
    """One line of a wing: a neighbour's words, its stem, the label of its relation."""
    label = Content(" " * (side.label + 1))
    for branch in side.branches:
        last = branch.starts[-1] + len(branch.leaves[-1].lines)
        if not branch.starts[0] <= line < last:
            continue
        if line == branch.middle:
            label = _stretched(branch.label, side.label + 1, outgoing=outgoing)
        return _leaf_line(branch, line, side, label, outgoing=outgoing)
    return Content(" " * side.words), Content(" " * _STEM), label


def _leaf_line(
    branch: _Branch, line: int, side: _Side, label: Content, *, outgoing: bool
) -> tuple[Content, Content, Content]:
    at = max(number for number, start in enumerate(branch.starts) if start <= line)
    words = branch.leaves[at].lines[line - branch.starts[at]]
    begins = line == branch.starts[at]
    rule = "╌" if branch.leaves[at].edge.inferred else "─"
    sides = ("r" if outgoing else "l") * begins + ("l" if outgoing else "r") * (
        line == branch.middle
    )
    joint = _corner(sides, line, range(branch.starts[0], branch.starts[-1] + 1))
    if outgoing:
        tip = Content.styled(f"{rule}▸ " if begins else "   ", "$faint")
        return words.pad_right(side.words - words.cell_length), joint + tip, label
    gap = side.words - words.cell_length
    filler = (
        Content.styled(" " + rule * (gap - 1), "$faint") if begins and gap else Content(" " * gap)
    )
    tip = Content.styled(rule * (_STEM - 1) if begins else " " * (_STEM - 1), "$faint")
    return words + filler, tip + joint, label


def _stretched(label: Content, width: int, *, outgoing: bool) -> Content:
    """A label with a line through it, from the joint of the neighbours to the trunk."""
    gap = Content.styled("─" * (width - label.cell_length), "$faint")
    return gap + label if outgoing else label + gap


def _corner(sides: str, line: int, reach: range) -> Content:
    """The character where lines meet, on a vertical line from one end of `reach` to the other."""
    inside = line in reach
    up, down = inside and line > reach[0], inside and line < reach[-1]
    leaves = "".join(side for side in "lr" if side in sides) + "u" * up + "d" * down
    return Content.styled(_CORNERS[leaves], "$faint")


def _arrow(shown: bool, *, pointing: bool) -> Content:  # noqa: FBT001 - reads as a sentence
    if not shown:
        return Content(" " * _ARROW)
    return Content.styled("─▸" if pointing else "──", "$faint")
