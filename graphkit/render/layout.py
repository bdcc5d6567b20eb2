"""Two ways to set text: a hanging paragraph, and rows that become stacks when they do not fit.

Both adapt to the width they are printed at, so that one view serves 60 columns, a wide screen
and a pipe (which has no width: each record is then one line). Nothing is ever cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.text import Text

PIPE_WIDTH: Final = 1_000_000  # wider than any record: one record a line
_GAP: Final = "  "
_DOT: Final = (" · ", "dim")


@dataclass(frozen=True)
class Hang:
    """A paragraph whose later lines stand under the first word of its first line."""

    lead: Text
    body: Text
    later: Text | None = None  # what leads the later lines; blanks as wide as `lead` by default

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        later = self.later or Text(" " * self.lead.cell_len)
        room = max(_width(options) - self.lead.cell_len, 1)
        for number, text in enumerate(self.body.wrap(console, room, overflow="fold") or [Text()]):
            yield Text.assemble(later if number else self.lead, text)


@dataclass(frozen=True)
class Facts:
    """Short facts in a row with a faint dot between; lines break between facts where they can."""

    lead: Text
    parts: tuple[Text, ...]
    later: Text | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Hang]:
        room = _width(options) - self.lead.cell_len
        later = self.later or Text(" " * self.lead.cell_len)
        for number, text in enumerate(_filled(self.parts, room)):
            yield Hang(later if number else self.lead, text, later)


def _filled(parts: Iterable[Text], room: int) -> list[Text]:
    lines: list[Text] = []
    for part in parts:
        longer = Text.assemble(lines[-1], _DOT, part) if lines else part
        if lines and longer.cell_len <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


@dataclass(frozen=True)
class Rows:
    """Records as aligned columns where all of them fit, else each as its stack of lines."""

    rows: Sequence[Sequence[Text]]
    stacks: Callable[[], Iterable[RenderableType]]  # made only where they are shown
    right: frozenset[int] = field(default_factory=frozenset)  # columns set flush right

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType | Segment]:
        widths = [max(cell.cell_len for cell in column) for column in zip(*self.rows, strict=True)]
        fits = sum(widths) + len(_GAP) * (len(widths) - 1) <= _width(options)
        yield from self._set(console, widths) if fits else self.stacks()

    def _set(self, console: Console, widths: Sequence[int]) -> Iterator[Segment]:
        # As segments, since all of it fits: wrapping lines that need none takes most of the time.
        for row in self.rows:
            gap = ""
            for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
                blank = " " * (width - cell.cell_len)
                before, after = (blank, "") if number in self.right else ("", blank)
                yield Segment(gap + before)
                yield from _segments(console, cell)
                gap = after + _GAP
            yield Segment.line()


def _segments(console: Console, text: Text) -> Iterable[Segment]:
    # Rich leaves out the style of a text that has no other.
    plain = Segment(text.plain, console.get_style(text.style))
    return text.render(console) if text.spans else (plain,)


def _width(options: ConsoleOptions) -> int:
    # A console that prints with `soft_wrap` writes to a pipe: its width means nothing.
    return PIPE_WIDTH if options.no_wrap else options.max_width


def stack(*views: RenderableType) -> Group:
    """The views that are not empty text, one below the other."""
    return Group(*(view for view in views if not (isinstance(view, Text) and not view)))


def spaced(views: Iterable[RenderableType]) -> Group:
    """Views with an empty line between each two."""
    return Group(*[part for view in views for part in (Text(), view)][1:])


def paragraph(text: Text, by: int = 0) -> Hang:
    """A paragraph, set in from the left by so many cells."""
    return Hang(Text(" " * by), text)


def facts(*parts: Text, by: int = 0) -> Facts:
    """Those of the facts that say something, set in from the left by so many cells."""
    return Facts(Text(" " * by), tuple(part for part in parts if part))


def dotted(*parts: Text) -> Text:
    """As `facts`, as one piece of text for a cell of a row."""
    return Text(*_DOT).join(part for part in parts if part)


def to_text(view: RenderableType, *, width: int | None = None, colour: bool = False) -> str:
    """A view as it is to be written: plain by default, ANSI with `colour`.

    `width` is in terminal cells; None sets no limit, as for a pipe. Ends with a newline unless
    there is nothing to say.
    """
    out = StringIO()
    console = Console(
        file=out,
        width=max(width or PIPE_WIDTH, 1),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        legacy_windows=False,
        markup=False,
        highlight=False,
        emoji=False,
        _environ={},
    )
    console.print(view, crop=False)
    lines = (text.rstrip() for text in out.getvalue().split("\n"))
    text = "\n".join(lines).rstrip("\n")
    return f"{text}\n" if text else ""
