"""What the panes say to the screens, and the screens to the app: one small message an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

from graphkit.errors import GraphkitError
from graphkit.models import Span

if TYPE_CHECKING:
    from graphkit.tui.bowtie import Stop
    from graphkit.tui.desk import Desk
    from graphkit.tui.panes.listing import Listing
    from graphkit.tui.shelf import Shelf
    from graphkit.tui.state import Stay
    from graphkit.tui.trail import Trail
    from graphkit.workspace import Workspace


class _FromList(Message):
    def __init__(self, listing: Listing, value: Any) -> None:
        super().__init__()
        self.listing = listing
        self.value = value

    @property
    def control(self) -> Listing:
        return self.listing


class Moved(_FromList):
    """The cursor of a list stands on another row."""


class Chosen(_FromList):
    """A row of a list was chosen, by key or mouse."""


class Walk(Message):
    """Go to a node, and in its note to a line."""

    def __init__(self, id_: str, line: int = 1) -> None:
        super().__init__()
        self.id = id_
        self.line = line


class Stand(Message):
    """Go to where a trail stands."""

    def __init__(self, trail: Trail) -> None:
        super().__init__()
        self.trail = trail


class Remember(Message):
    """Have other bookmarks or trails kept; what to say of it."""

    def __init__(self, stay: Stay, words: str) -> None:
        super().__init__()
        self.stay = stay
        self.words = words


class Export(Message):
    """Write the trail to a file, as Markdown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Pointed(Message):
    """Another node of the map is selected."""

    def __init__(self, place: Stop) -> None:
        super().__init__()
        self.place = place


class Follow(Message):
    """Follow a link of the note being read: its target as the author wrote it."""

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target


class More(Message):
    """Read on in a note that is longer than what is shown of it."""


class Edit(Message):
    """Open the editor at a place of the vault."""

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


class Narrow(Message):
    """Add a term to the filter of the list."""

    def __init__(self, term: str) -> None:
        super().__init__()
        self.term = term


class Copy(Message):
    """Put words on the clipboard, and say which, or what they are."""

    def __init__(self, words: str, what: str = "") -> None:
        super().__init__()
        self.words = words
        self.what = what or words


class Written(Message):
    """Notes were written; what to say of it, and the note to go to, or to go on writing in."""

    def __init__(self, words: str, place: Span | None = None, *, edit: bool = False) -> None:
        super().__init__()
        self.words = words
        self.place = place
        self.edit = edit


class Visit(Message):
    """Open a web address in a browser."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address


class ShowTest(Message):
    """Show a claim test with its plot."""

    def __init__(self, test: str) -> None:
        super().__init__()
        self.test = test


class VaultMissing(Message):
    """The vault cannot be read; the error says why and what to do."""

    def __init__(self, error: GraphkitError) -> None:
        super().__init__()
        self.error = error


class VaultGlimpsed(Message):
    """What the vault was like last time: something to look at while it is opened."""

    def __init__(self, shelf: Shelf, stay: Stay) -> None:
        super().__init__()
        self.shelf = shelf
        self.stay = stay  # where the reader left it


class VaultLoaded(Message):
    """The vault was read, for the first time or again; `desk` takes questions to it."""

    def __init__(self, workspace: Workspace, desk: Desk, shelf: Shelf, stay: Stay) -> None:
        super().__init__()
        self.workspace = workspace
        self.desk = desk
        self.shelf = shelf  # its nodes, as the list shows them
        self.stay = stay  # where the reader left it, at the first start


class Working(Message):
    """Something that takes its time is being done, off the event loop."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class Ran(Message):
    """A line of a run of the claim tests."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
