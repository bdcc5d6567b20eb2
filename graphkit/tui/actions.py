"""The one table of actions: keys, footer, command palette and help are made from it.

A key is one row. The method it calls is `action_` and the row's name, on the class that the
row's place names, or on the screen where the name says so; rows of `Place.LISTING` work wherever
a list has the focus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from typing import Final, NamedTuple

from textual.binding import Binding, BindingType

_WORD: Final = re.compile(r"\w+")


class Place(StrEnum):
    """Where an action works."""

    ANYWHERE = "all but dialogs"
    EXPLORE = "the notes"
    FILTER = "the filter"
    LISTING = "any list"
    READER = "the note"
    MAP = "the map"
    PAGE = "a page"
    DIALOG = "a dialog"
    TRAIL = "the trail"
    ASK = "the search"
    PICK = "the choice of a name"
    WORDS = "a question for words"
    DIFF = "a diff"
    TRIALS = "the experiment"


class Action(NamedTuple):
    """One thing a reader can do."""

    place: Place
    name: str
    keys: str  # comma-separated, the one to show first
    label: str  # a word or two, for the footer
    meaning: str  # a sentence, for help and palette
    footer: bool = False
    shown: str = ""  # how the key is written, where its name would not do

    @property
    def id(self) -> str:
        """What the `[keys]` of a configuration call it: "explore.copy-link"."""
        return f"{self.place.name}.{'-'.join(_WORD.findall(self.label))}".casefold()


_ANYWHERE: Final = (
    Action(Place.ANYWHERE, "help", "question_mark,f1", "Help",
           "Show every key.", footer=True, shown="?"),
    Action(Place.ANYWHERE, "command_palette", "colon,ctrl+p", "Commands",
           "Run any action, or go to a note, by a few letters of its name.", shown=":"),
    Action(Place.ANYWHERE, "theme", "T", "Light or dark", "Change between light and dark."),
    Action(Place.ANYWHERE, "leave", "q,ctrl+q", "Quit",
           "Leave GraphKit; where a page or a dialog is open, q closes that."),
)  # fmt: skip
_EXPLORE: Final = (
    Action(Place.EXPLORE, "do('ask')", "slash,a", "Search",
           "Search the notes, or ask them a question.", footer=True),
    Action(Place.EXPLORE, "do('back')", "b,backspace,H,alt+left", "Back",
           "Go back to the note you came from.", footer=True),
    Action(Place.EXPLORE, "do('forward')", "B,L,alt+right", "Forward", "Go forward again."),
    Action(Place.EXPLORE, "do('trail')", "t", "Trail",
           "List where you have been; jump there, keep the trail, or write it as Markdown."),
    Action(Place.EXPLORE, "do('mark')", "M", "Bookmark",
           "Set a bookmark on this note, or take it away."),
    Action(Place.EXPLORE, "do('bookmarks')", "apostrophe", "Bookmarks",
           "List the bookmarks, and go to one."),
    Action(Place.EXPLORE, "do('jump')", "J", "Jump",
           "Go to a note by a few letters of its name, or begin one called so."),
    Action(Place.EXPLORE, "do('contents')", "c", "Contents",
           "List the headings of this note, and go to one."),
    Action(Place.EXPLORE, "do('map')", "m", "Map", "Draw what is linked to this note.",
           footer=True),
    Action(Place.EXPLORE, "do('why')", "w", "Why",
           "Show what the standing of this claim or question rests on.", footer=True),
    Action(Place.EXPLORE, "do('impact')", "W", "Impact", "Show what would change if this fell."),
    Action(Place.EXPLORE, "do('against')", "x", "Against",
           "Go to what contradicts this, where it says so."),
    Action(Place.EXPLORE, "do('path')", "P", "Path", "Show how this is joined to another note."),
    Action(Place.EXPLORE, "do('unsettled')", "O", "Unsettled",
           "List the open questions and the contested or shaky claims."),
    Action(Place.EXPLORE, "do('suggest')", "u", "Suggest",
           "Show what may be missing between this note and others; write it after its diff."),
    Action(Place.EXPLORE, "do('edit')", "e", "Edit", "Open your editor at this line.",
           footer=True),
    Action(Place.EXPLORE, "filter", "f", "Filter",
           "Show only some notes, by words, kind:claim, standing:contested and more.",
           footer=True),
    Action(Place.EXPLORE, "do('facets')", "F", "Facets",
           "Count what the filter lets through, and choose what to filter by next."),
    Action(Place.EXPLORE, "facet('kind', 1)", "i", "Kind", "Show the next kind of node only."),
    Action(Place.EXPLORE, "facet('kind', -1)", "I", "Kind, backwards",
           "Show the previous kind of node only."),
    Action(Place.EXPLORE, "facet('standing', 1)", "s", "Standing", "Show the next standing only."),
    Action(Place.EXPLORE, "facet('standing', -1)", "S", "Standing, backwards",
           "Show the previous standing only."),
    Action(Place.EXPLORE, "do('problems')", "p", "Problems", "List what is wrong in the vault."),
    Action(Place.EXPLORE, "do('experiment')", "v", "Experiment",
           "Show the claim tests: cited, ours, verdict; run them, see their plots and records."),
    Action(Place.EXPLORE, "do('verdict')", "V", "Verdict",
           "Show the test of this claim, with its plot and its records."),
    Action(Place.EXPLORE, "do('regenerate')", "d", "Regenerate",
           "Bring the summary of this note up to date; the diff is shown first."),
    Action(Place.EXPLORE, "do('regenerate_all')", "D", "Regenerate all",
           "Bring all summaries up to date; the diff is shown first."),
    Action(Place.EXPLORE, "do('rename')", "R", "Rename",
           "Give this note another title, and every link to it; the diff is shown first."),
    Action(Place.EXPLORE, "do('move')", "E", "Move",
           "Put this note into another folder, links and all; the diff is shown first."),
    Action(Place.EXPLORE, "do('begin')", "A", "New note",
           "Begin a note, by itself or linked from this one; your editor opens on it."),
    Action(Place.EXPLORE, "do('copy_link')", "y", "Copy link", "Copy a link to this note."),
    Action(Place.EXPLORE, "do('copy_id')", "Y", "Copy id", "Copy the id of this note."),
    Action(Place.EXPLORE, "do('copy_citation')", "C", "Copy citation",
           "Copy the title with the identifiers of the work, or the note's place."),
    Action(Place.EXPLORE, "do('visit_source')", "o", "Open source",
           "Open the work that this node names in a browser."),
    Action(Place.EXPLORE, "reload", "r,f5", "Reload", "Read the vault again."),
    Action(Place.EXPLORE, "pane('notes')", "1", "List", "Go to the list of notes."),
    Action(Place.EXPLORE, "pane('reader')", "2", "Note", "Go to the note."),
    Action(Place.EXPLORE, "pane('links')", "3", "Links", "Go to the links of the note."),
    Action(Place.EXPLORE, "turn(1)", "l,right,tab", "Next pane", "Go to the pane on the right."),
    Action(Place.EXPLORE, "turn(-1)", "h,left,shift+tab", "Previous pane",
           "Go to the pane on the left."),
    Action(Place.EXPLORE, "back_out", "escape", "Back out",
           "Close what is open: a notice, the hint, a filter."),
)  # fmt: skip
_FILTER: Final = (
    Action(Place.FILTER, "screen.pane('notes')", "enter,down", "List",
           "Go to what the filter lets through.", footer=True),
    Action(Place.FILTER, "screen.back_out", "escape", "Clear",
           "Show every note again.", footer=True, shown="esc"),
)  # fmt: skip
_LISTING: Final = (
    Action(Place.LISTING, "move(1)", "j,down", "Down", "Move down."),
    Action(Place.LISTING, "move(-1)", "k,up", "Up", "Move up."),
    Action(Place.LISTING, "leap(1)", "ctrl+d,pagedown", "Page down", "Move down a page."),
    Action(Place.LISTING, "leap(-1)", "ctrl+u,pageup", "Page up", "Move up a page."),
    Action(Place.LISTING, "first", "g,home", "First", "Move to the first row."),
    Action(Place.LISTING, "last", "G,end", "Last", "Move to the last row."),
    Action(Place.LISTING, "choose", "enter", "Open", "Open what the cursor is on.", footer=True),
)  # fmt: skip
_READER: Final = (
    Action(Place.READER, "line(1)", "j,down", "Down", "Scroll down a line."),
    Action(Place.READER, "line(-1)", "k,up", "Up", "Scroll up a line."),
    Action(Place.READER, "leaf(1)", "ctrl+d,pagedown,space", "Page down", "Scroll down a page."),
    Action(Place.READER, "leaf(-1)", "ctrl+u,pageup", "Page up", "Scroll up a page."),
    Action(Place.READER, "first", "g,home", "Top", "Scroll to the top."),
    Action(Place.READER, "last", "G,end", "Bottom", "Scroll to the bottom."),
    Action(Place.READER, "link(1)", "n", "Link",
           "Go to the next link in the text.", footer=True),
    Action(Place.READER, "link(-1)", "N", "Previous link", "Go to the previous link."),
    Action(Place.READER, "follow", "enter", "Follow", "Follow the link.", footer=True),
    Action(Place.READER, "more", "plus", "More", "Read on in a long note.", shown="+"),
)  # fmt: skip
_MAP: Final = (
    Action(Place.MAP, "move('down')", "j,down", "Down", "Go to the node below."),
    Action(Place.MAP, "move('up')", "k,up", "Up", "Go to the node above."),
    Action(Place.MAP, "move('left')", "h,left", "Left", "Go to the node on the left."),
    Action(Place.MAP, "move('right')", "l,right", "Right", "Go to the node on the right."),
    Action(Place.MAP, "choose", "enter", "Walk there", "Put this node in the middle.", footer=True),
)  # fmt: skip
_PAGE: Final = (
    Action(Place.PAGE, "edit", "e", "Edit", "Open your editor at this line.", footer=True),
    Action(Place.PAGE, "close", "escape,q", "Back",
           "Go back to the notes.", footer=True, shown="esc"),
)  # fmt: skip

_DIALOG: Final = (
    Action(Place.DIALOG, "close", "escape,q", "Close",
           "Close the dialog.", footer=True, shown="esc"),
)  # fmt: skip
_TRAIL: Final = (
    Action(Place.TRAIL, "keep", "s", "Keep",
           "Keep this trail beside others, or keep it no more.", footer=True),
    Action(Place.TRAIL, "copy", "y", "Copy", "Copy this trail as Markdown.", footer=True),
    Action(Place.TRAIL, "export", "w", "Write",
           "Write this trail to a Markdown file of its own.", footer=True),
    Action(Place.TRAIL, "close", "escape,q", "Close",
           "Close the trail.", footer=True, shown="esc"),
)  # fmt: skip
_ASK: Final = (
    Action(Place.ASK, "ask", "enter,tab", "Ask", "Ask the notes what has been typed.", footer=True),
    Action(Place.ASK, "results", "down", "Results", "Go to the results.", footer=True),
    Action(Place.ASK, "question", "slash", "Question", "Go back to the question.", footer=True),
    Action(Place.ASK, "edit", "e", "Edit", "Open your editor at this line."),
    Action(Place.ASK, "close", "escape,q", "Close", "Close the search.", footer=True, shown="esc"),
)  # fmt: skip
_PICK: Final = (
    Action(Place.PICK, "step(1)", "down,ctrl+n", "Down", "Move down the list."),
    Action(Place.PICK, "step(-1)", "up,ctrl+p", "Up", "Move up the list."),
    Action(Place.PICK, "first", "enter", "Take", "Take the name under the cursor.", footer=True),
    Action(Place.PICK, "close", "escape", "Close", "Choose none.", footer=True, shown="esc"),
)  # fmt: skip
_WORDS: Final = (
    Action(Place.WORDS, "take", "enter", "Take", "Take these words.", footer=True),
    Action(Place.WORDS, "close", "escape", "Close",
           "Leave everything as it is.", footer=True, shown="esc"),
)  # fmt: skip
_DIFF: Final = (
    Action(Place.DIFF, "write", "w", "Write", "Write these changes.", footer=True),
    Action(Place.DIFF, "close", "escape,q", "Leave",
           "Leave everything as it is.", footer=True, shown="esc"),
)  # fmt: skip
_TRIALS: Final = (
    Action(Place.TRIALS, "run", "R", "Run",
           "Run every test in its smallest profile, which takes minutes.", footer=True),
    Action(Place.TRIALS, "cancel", "X", "Cancel",
           "Stop the run; what was recorded is kept.", footer=True),
    Action(Place.TRIALS, "close", "escape,q", "Back",
           "Go back to the notes; a run goes on.", footer=True, shown="esc"),
)  # fmt: skip

ACTIONS: Final = (
    *_ANYWHERE, *_EXPLORE, *_FILTER, *_LISTING, *_READER, *_MAP, *_PAGE, *_DIALOG, *_TRAIL, *_ASK,
    *_PICK, *_WORDS, *_DIFF, *_TRIALS,
)  # fmt: skip


def bindings(place: Place) -> list[BindingType]:
    """The keys of a place as Textual wants them."""
    return [
        Binding(
            action.keys, action.name, action.label, show=action.footer,
            key_display=action.shown or None, tooltip=action.meaning, id=action.id,
        )
        for action in ACTIONS
        if action.place is place
    ]  # fmt: skip


_NAMES: Final = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "plus": "+",
    "apostrophe": "'",
    "escape": "esc",
    "backspace": "⌫",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "pagedown": "page down",
    "pageup": "page up",
}


def written(keys: str) -> str:
    """Keys as a reader knows them: "j ↓"."""
    return "  ".join(_NAMES.get(key, key) for key in keys.split(","))


def groups(actions: Iterable[Action] = ACTIONS) -> Iterator[tuple[Place, tuple[Action, ...]]]:
    """The actions by place, in the order of the table."""
    for place, rows in groupby(actions, key=lambda action: action.place):
        yield place, tuple(rows)
