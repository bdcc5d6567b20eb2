"""Every key, from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from graphkit.tui.actions import Action, Place, bindings, groups, written
from graphkit.tui.dialogs.dialog import Dialog
from graphkit.tui.keymap import rebound
from graphkit.tui.panes.keybar import KeyBar
from graphkit.tui.panes.listing import Listing
from graphkit.tui.rows import Row, content

if TYPE_CHECKING:
    from graphkit.tui.app import Explorer

_ABOUT = (
    "A row's mark says its kind: ■ claim, § source, ? question, ▲ result, ≡ note, ◌ a note that "
    "is missing. [+3/-1] counts the independent lines of evidence for a claim and against it. "
    "A link in italics was inferred from prose; it is shown and never counted. To bind a key of "
    "your own, name what stands at the end of its row under [keys] in graphkit.toml."
)


class Help(Dialog[None]):
    """What can be done, and how."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.DIALOG)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content((("Keys", "bold $primary"), ("   esc closes this", "$quiet"))))
            yield Listing(id="keys", opens=lambda _: False)
        yield KeyBar()

    def on_mount(self) -> None:
        keys = cast("Explorer", self.app).keys_in_force
        self.query_one(Listing).show(_rows(rebound(keys)))


def _rows(table: Iterable[Action]) -> Iterator[Row]:
    for place, actions in groups(table):
        yield Row(f"In {place}", style="bold $primary")
        for action in actions:
            yield Row(
                action.meaning,
                action,
                (f"{written(action.keys):<22}", "$source"),
                tail=((f"{action.id} ", "$faint"),),
                lead="  ",
                under="  ",
            )
        yield Row("")
    yield Row("What the marks mean", style="bold $primary")
    yield Row(_ABOUT, "marks", lines=8, lead="  ", under="  ")
