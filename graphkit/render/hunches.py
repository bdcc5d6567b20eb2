"""What may be missing between notes, and what related notes share: always with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from graphkit.found import Ground, Hit, Suggestion
from graphkit.models import Node
from graphkit.render import marks
from graphkit.render.escape import line
from graphkit.render.layout import Facts, Hang, paragraph, spaced, stack
from graphkit.vocabulary import Hunch

_MARKS = {
    Hunch.CONTRADICTION: marks.Mark("⚡", "red"),
    Hunch.DUPLICATE: marks.Mark("=", "yellow"),
    Hunch.ASKED_TWICE: marks.Mark("=", "yellow"),
    Hunch.MISSING_LINK: marks.Mark("+", "cyan"),
}


def suggestions(found: Iterable[Suggestion], nodes: Mapping[str, Node]) -> RenderableType:
    """Numbered suggestions, each with the line to paste, where it goes, and its reasons."""
    return spaced(_suggestion(number, each, nodes) for number, each in enumerate(found, 1))


def _suggestion(number: int, made: Suggestion, nodes: Mapping[str, Node]) -> Group:
    lead = f"{number:>2}  "
    by = len(lead)
    ends = (line(nodes[made.source].title), line(nodes[made.target].title))
    return stack(
        Facts(
            Text(lead, style=marks.FAINT),
            (marks.marked(_MARKS[made.hunch], made.hunch), Text(f"{made.score:.2f}")),
        ),
        paragraph(Text(ends[0], style=marks.TITLE), by),
        paragraph(Text(ends[1], style=marks.TITLE), by),
        paragraph(Text.assemble("paste at ", marks.place(made.span.path, made.span.line)), by),
        Hang(Text(" " * by), Text(line(made.line), style="green"), Text(" " * (by + 2))),
        *_grounds(made.grounds, by + 2),
    )


def related(found: Iterable[Hit]) -> RenderableType:
    """The notes closest to a note, closest first, each with what the two share."""
    return spaced(_related(hit) for hit in found)


def _related(hit: Hit) -> Group:
    score = Text(f"{hit.score:.3f}  ")
    parts = (
        Text(f"{line(name)} {part:.2f}", style=marks.FAINT) for name, part in hit.parts.items()
    )
    by = score.cell_len
    return stack(
        Hang(score, Text(line(hit.title), style=marks.TITLE)),
        Facts(
            Text(" " * by),
            (Text(line(hit.id), style=marks.FAINT), marks.place(hit.path, hit.line), *parts),
        ),
        *_grounds(hit.grounds, by + 2),
    )


def _grounds(grounds: Iterable[Ground], by: int) -> Iterable[RenderableType]:
    for ground in grounds:
        yield Hang(Text("· ".rjust(by), style=marks.FAINT), Text(line(ground.says)))
        if ground.places:
            places = dict.fromkeys((place.path, place.line) for place in ground.places)
            yield Facts(Text(" " * by), tuple(marks.place(*each) for each in places))
