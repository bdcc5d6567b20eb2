"""How a node stands, and the tree of reasons behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.models import Node, Reason, Standing, hedge
from graphkit.render import marks
from graphkit.render.cards import heading
from graphkit.render.escape import line
from graphkit.render.layout import Facts, Hang, stack
from graphkit.render.walks import called
from graphkit.rules import FLAGS
from graphkit.vocabulary import VOCABULARY, Flag, Kind, Vocabulary

_FLAGS: Final = {rule.flag: rule.when for rule in FLAGS}
_NONE: Final[Mapping[str, Node]] = MappingProxyType({})


def standing(shown: Node, stands: Standing, nodes: Mapping[str, Node]) -> RenderableType:
    """How one node stands: the word, the works and runs on either side, the test, the flags."""
    word = Text(str(stands), style=marks.STANDS[stands.word].style)
    return stack(
        heading(shown),
        Hang(marks.lead(stands), word),
        *_side("for", stands.supports, nodes),
        *_side("against", stands.opposes, nodes),
        *(_tests(stands) if shown.kind is Kind.CLAIM else ()),
        *(_field("but", _flag(flag)) for flag in stands.flags),
    )


def _field(name: str, value: Text) -> Hang:
    return Hang(Text(f"  {name:<7}  ", style=marks.FAINT), value)


def _side(word: str, ids: tuple[str, ...], nodes: Mapping[str, Node]) -> Iterator[RenderableType]:
    for number, id_ in enumerate(ids):
        node = nodes.get(id_)
        about = (marks.name(node), marks.place(node.path, node.line)) if node else ()
        lead = Text(f"  {'' if number else word:<7}  ", style=marks.FAINT)
        yield Facts(lead, (called(id_, nodes), *about))


def _tests(stands: Standing) -> Iterator[RenderableType]:
    """The worst outcome with its reason; the state of each track where there are several."""
    yield _field("test", marks.outcome(stands.test, stands.hedge))
    if stands.test_reason:
        yield _field("", Text(line(stands.test_reason), style=marks.FAINT))
    for each in stands.tracks if len(stands.tracks) > 1 else ():
        remarks = (hedge(each.outcome, each.profile), "stale" if each.stale else "")
        state = marks.outcome(each.outcome, "; ".join(filter(None, remarks)))
        yield _field(f"track {each.track}", state)


def _flag(flag: Flag) -> Text:
    return Text.assemble((flag.value, "yellow"), (f": {_FLAGS[flag]}", marks.FAINT))


def why(
    reason: Reason,
    vocabulary: Vocabulary = VOCABULARY,
    nodes: Mapping[str, Node] = _NONE,
) -> Group:
    """The tree behind a standing: each statement, the edge that carries it, and its line.

    An inferred edge hangs on a dotted branch: it is shown and does not count.
    """
    return Group(*_branches(reason, Text(), Text(), nodes, vocabulary))


def _branches(
    reason: Reason, lead: Text, later: Text, nodes: Mapping[str, Node], vocabulary: Vocabulary
) -> Iterator[RenderableType]:
    bar = Text("│ " if reason.children else "  ", style=marks.FAINT)
    under = Text.assemble(later, bar)
    yield Hang(lead, _statement(reason, vocabulary), under)
    yield Facts(under, tuple(_sources(reason, nodes)), under)
    for number, child in enumerate(reason.children, start=1):
        last = number == len(reason.children)
        inferred = child.edge is not None and child.edge.inferred
        branch = ("└" if last else "├") + ("╌ " if inferred else "─ ")
        yield from _branches(
            child,
            Text.assemble(later, (branch, marks.FAINT)),
            Text.assemble(later, ("   " if last else "│  ", marks.FAINT)),
            nodes,
            vocabulary,
        )


def _statement(reason: Reason, vocabulary: Vocabulary) -> Text:
    if reason.edge is None:
        return Text(line(reason.says), style=marks.TITLE)
    glyph = marks.relation_glyph(reason.edge.relation, vocabulary)
    return Text.assemble((f"{glyph} ", marks.FAINT), line(reason.says))


def _sources(reason: Reason, nodes: Mapping[str, Node]) -> Iterator[Text]:
    yield Text(line(reason.id), style=marks.FAINT)
    if reason.edge:
        yield marks.span(reason.edge.span)
        notes = (marks.measurement(reason.edge), marks.inference(reason.edge))
        yield from (each for each in notes if each)
    elif reason.id in nodes:
        yield marks.place(nodes[reason.id].path, nodes[reason.id].line)
