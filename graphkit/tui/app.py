"""The application: it opens and follows the vault, lends its terminal, and remembers."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, work
from textual.app import App, SuspendNotSupported
from textual.binding import BindingType
from textual.command import Provider
from textual.theme import Theme

from graphkit.errors import GraphkitError
from graphkit.tui import ahead, editor, garbage, keymap, outside
from graphkit.tui.actions import Place, bindings, written
from graphkit.tui.ahead import Ahead
from graphkit.tui.desk import Desk
from graphkit.tui.dialogs.help import Help
from graphkit.tui.lull import Lull
from graphkit.tui.memory import Memory
from graphkit.tui.messages import (
    Copy,
    Edit,
    Export,
    VaultGlimpsed,
    VaultLoaded,
    VaultMissing,
    Visit,
    Working,
    Written,
)
from graphkit.tui.painted import painted, settled
from graphkit.tui.palette import Actions, Nodes, Palette
from graphkit.tui.screens.explore import Explore
from graphkit.tui.state import State, Stay
from graphkit.tui.stylesheet import OnceParsed
from graphkit.tui.theme import DARK, LIGHT
from graphkit.tui.trial import Trial

if TYPE_CHECKING:
    from graphkit.tui.live import Live
    from graphkit.tui.shelf import Shelf
    from graphkit.workspace import Workspace
    from graphkit.workspace.glimpse import Glimpse

_TELL_EVERY: Final = 0.1  # seconds
_SHOWING: Final = frozenset({"sift", "reader"})  # groups of work that bring a list and a note
_SWEEP_EVERY: Final = 1.0  # seconds
_KEEP_EVERY: Final = 5.0  # seconds after which a lost terminal loses no more of the trail


class Explorer(App[None]):
    """GraphKit in a terminal.

    `keys` are the user's own, as `keymap.checked` gives them. With `memory`, a folder, it is there
    again where it was left; `live`, it shows what other programs write while it is open.
    """

    TITLE = "GraphKit"
    CSS_PATH = "explorer.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.ANYWHERE)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Actions, Nodes}

    def __init__(
        self,
        path: Path | None,
        state: State | None = None,
        *,
        memory: Path | None = None,
        live: bool = False,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.stylesheet = self._looks = OnceParsed(self.get_css_variables())
        self._path = path
        self.state = state or State()
        self._memory = Memory(memory)
        self._keys = dict(keys or {})
        self.keys_in_force: Mapping[str, str] = self._keys  # with those of the vault
        self.set_keymap(self._keys)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = self.state.theme
        self.workspace: Workspace | None = None
        self._main = Explore()
        self._desk: Desk | None = None
        self._live: Live | None = None
        self._is_live = live
        self.trial = Trial(self)
        self._ahead = Ahead(self)
        self.lull = Lull()
        self._broom = garbage.Broom(self.lull)
        self._told = 0.0  # when progress was last told

    def get_default_screen(self) -> Explore:
        return self._main

    def on_mount(self) -> None:
        self.set_interval(_KEEP_EVERY, self._keep_aside)
        self.set_interval(_SWEEP_EVERY, self._broom.sweep)

    # -- the vault -------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="vault")
    def load(self) -> None:
        """Read the vault, off the event loop, and tell every screen."""
        opening = self.workspace is None
        if opening:  # then the skeleton is painted first: what is loaded here would delay it
            self.call_from_thread(settled, self._main.call_after_refresh)  # type: ignore[arg-type]
            garbage.begin()
        from graphkit.workspace import Workspace, glimpse

        try:
            if opening and (last := glimpse.last(self._path)):
                self._show(last)
            known = self.workspace
            self._prepare(
                known.refreshed() if known else Workspace.open(self._path, self._progress)
            )
        except GraphkitError as error:
            self.call_from_thread(self._missing, error)

    def _show(self, last: Glimpse) -> None:
        """Show what the vault was like last time, and go on when that is seen."""
        from graphkit.tui.shelf import recalled

        stay, shelf = self._memory.recall(last.root), recalled(last)
        self.call_from_thread(self._bind, last.root)
        self._main.post_message(VaultGlimpsed(shelf, stay))
        self.call_from_thread(painted, self._main, _SHOWING)  # type: ignore[arg-type]  # either
        if self.is_running:
            self.call_from_thread(self._press_ahead, ahead.WITH_A_LIST)

    def _prepare(self, workspace: Workspace) -> None:
        """Compute what the screens need, in a thread, so that none of them waits for it."""
        from graphkit.tui import deeds  # noqa: F401 - or the first key would wait for this
        from graphkit.tui.shelf import shelved
        from graphkit.workspace import glimpse

        stay = self._memory.recall(workspace.root) if self.workspace is None else Stay()
        shelf = shelved(workspace)
        gc.freeze()  # or each search for garbage would walk over the vault, while all keys wait
        if self.is_running:
            self.call_from_thread(self._loaded, workspace, shelf, stay)
            glimpse.keep(workspace, (node for node, _ in shelf.rows))

    def _progress(self, what: str, done: int, total: int) -> None:
        """Tell the screen in front what a thread is busy with; end that when all is over."""
        if not self.is_running:
            raise GraphkitError("left before it was done")
        if monotonic() - self._told > _TELL_EVERY or done == total:
            self._told = monotonic()
            told = f"{what} {done} of {total}" if total > 1 else what
            self.screen.post_message(Working("" if done == total else told))

    def _loaded(self, workspace: Workspace, shelf: Shelf, stay: Stay) -> None:
        self._path = workspace.root
        self.workspace = workspace
        self._close_desk()
        self._desk = Desk(workspace)
        self._bind(workspace.root)
        for screen in self.screen_stack:
            screen.post_message(VaultLoaded(workspace, self._desk, shelf, stay))
        self._follow(workspace)
        self._press_ahead(None)

    @work(group="ahead", description="pressing the keys that waited")
    async def _press_ahead(self, actions: frozenset[str] | None) -> None:
        await self._ahead.press(super().on_event, actions)

    async def on_event(self, event: events.Event) -> None:
        """As Textual does, but for keys that wait until the vault is open."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            self.lull.end()
            if self._ahead.takes(event):
                return
        await super().on_event(event)

    def _bind(self, root: Path) -> None:
        """Bind the vault's own keys over the user's."""
        try:
            own = keymap.of_folder(root)
            keys = keymap.checked({**self._keys, **own}, keymap.FILE)
        except keymap.KeysError as error:
            self.notify(str(error), severity="warning", markup=False)
        else:
            self.keys_in_force = keys
            self.set_keymap(dict(keys))

    def _follow(self, workspace: Workspace) -> None:
        if self._is_live and self._live is None:
            from graphkit.tui.live import Live  # after the notes have been painted

            self._live = Live(workspace, self._changed)

    def _changed(self, workspace: Workspace) -> None:
        """In the thread that follows the vault: it is not as it was."""
        shown = self.workspace
        if self.is_running and shown and workspace.synced.stamp != shown.synced.stamp:
            self._prepare(workspace)

    def _missing(self, error: GraphkitError) -> None:
        self._ahead.forget()
        self._press_ahead(None)
        for screen in self.screen_stack:
            screen.post_message(VaultMissing(error))

    def _close_desk(self) -> None:
        if self._desk is not None:
            self._desk.close()

    def on_unmount(self) -> None:
        self._close_desk()
        if self._live is not None:
            self._live.stop()

    # -- what is remembered ----------------------------------------------------------------

    async def _keep_aside(self) -> None:
        """Remember where the reader is, off the event loop, when that has changed."""
        await asyncio.to_thread(self.remember)

    def remember(self) -> None:
        """Write where the reader is, when there is a memory and it changed."""
        root = self.workspace.root if self.workspace else None
        self._memory.keep(self.state, root, self._main.stay)

    # -- the editor ------------------------------------------------------------------------

    def on_edit(self, message: Edit) -> None:
        """Lend the terminal to the reader's editor, then read the vault again."""
        if self.workspace is None:
            return
        file = self.workspace.root / message.span.path
        try:
            arguments = editor.command(file, message.span.line, os.environ)
            with self.suspend():
                fault = editor.run(arguments)
        except ValueError as error:
            fault = f"No editor opened: EDITOR cannot be read: {error}."
        except SuspendNotSupported:
            fault = "An editor needs the terminal: it cannot be opened from a browser."
        if fault:
            self.notify(fault, severity="warning", markup=False)
        self.load()

    # -- what any screen may ask for -------------------------------------------------------

    def on_copy(self, message: Copy) -> None:
        self.copy_to_clipboard(message.words)
        self.notify(f"Copied {message.what}", markup=False)

    def on_export(self, message: Export) -> None:
        file = self._memory.export(message.text, datetime.now().astimezone())
        said = f"The trail is written to {file}" if file else "There is no folder to write it to."
        self.notify(said, markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        super().copy_to_clipboard(text)
        if os.environ.get("TMUX"):
            self.run_worker(partial(outside.tell_tmux, text), group="tmux", thread=True)

    @work(group="visit", description="opening a browser")
    async def on_visit(self, message: Visit) -> None:
        """Open an address in a browser; where there is none, copy it."""
        address = message.address
        if self.is_web:
            self.open_url(address)
        elif not await asyncio.to_thread(outside.browsed, address):
            self.copy_to_clipboard(address)
            self.notify(f"No browser opens here. Copied {address}", markup=False)
            return
        self.notify(f"Opened {address}", markup=False)

    def on_written(self, message: Written) -> None:
        self.notify(message.words, markup=False)
        if message.edit and message.place:
            self.on_edit(Edit(message.place))
        else:
            self.load()

    def dismiss_notices(self) -> bool:
        """Send the notices away; whether there were any."""
        shown = bool(self._notifications)
        self.clear_notifications()
        return shown

    # -- what works on every screen --------------------------------------------------------

    def action_help(self) -> None:
        if not isinstance(self.screen, Help):
            self.push_screen(Help())

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def action_theme(self) -> None:
        theme = LIGHT if self.state.theme == DARK.name else DARK
        self.state = replace(self.state, theme=theme.name)
        self._dye(theme)

    @work(exclusive=True, group="theme", description="changing the colours")
    async def _dye(self, theme: Theme) -> None:
        """Show everything in other colours, once the rules for them are parsed.

        It is painted in a turn of its own: a key may come between.
        """
        colours = theme.to_color_system().generate() | theme.variables
        every = self.get_theme_variable_defaults() | colours
        await asyncio.to_thread(self._looks.prepare, every)
        with self.batch_update():
            self.theme = theme.name
            await settled(self.call_later)
            await asyncio.sleep(0)
        self.screen.refresh()

    def action_help_quit(self) -> None:
        """Ctrl-C copies where words are typed; elsewhere it says how one leaves."""
        rows = keymap.rebound(self.keys_in_force)
        *_, key = next(written(row.keys).split() for row in rows if row.name == "leave")
        self.notify(f"Press {key} to leave GraphKit.", markup=False)

    def action_leave(self) -> None:
        self.exit()
