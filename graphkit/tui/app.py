"""The application: it opens the vault, lends its terminal to the editor, and pushes a screen."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import App, SuspendNotSupported
from textual.binding import BindingType
from textual.command import Provider

from graphkit.errors import GraphkitError
from graphkit.tui import editor
from graphkit.tui.actions import Place, bindings
from graphkit.tui.desk import Desk
from graphkit.tui.dialogs.help import Help
from graphkit.tui.messages import Edit, VaultLoaded, VaultMissing, Working
from graphkit.tui.palette import Actions, Nodes
from graphkit.tui.screens.explore import Explore
from graphkit.tui.state import State
from graphkit.tui.theme import DARK, LIGHT

if TYPE_CHECKING:
    from graphkit.workspace import Workspace

_TELL_EVERY: Final = 0.1  # seconds


class Explorer(App[None]):
    """GraphKit in a terminal. `state` is what the next start should remember."""

    TITLE = "GraphKit"
    CSS_PATH = "explorer.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.ANYWHERE)
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Actions, Nodes}

    def __init__(self, path: Path | None, state: State | None = None) -> None:
        super().__init__()
        self._path = path
        self.state = state or State()
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = self.state.theme
        self.workspace: Workspace | None = None
        self._desk: Desk | None = None
        self._told = 0.0  # when progress was last told

    def on_mount(self) -> None:
        self.push_screen(Explore())

    # -- the vault -------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="vault")
    def load(self) -> None:
        """Read the vault, off the event loop, and tell every screen."""
        from graphkit.workspace import Workspace  # the skeleton paints before this is imported

        try:
            workspace = Workspace.open(self._path, self._progress)
            _ = workspace.standings  # computed here, so that no screen waits for it
        except GraphkitError as error:
            self.call_from_thread(self._missing, error)
        else:
            self.call_from_thread(self._loaded, workspace)

    def _progress(self, what: str, done: int, total: int) -> None:
        """Tell the screen in front what a thread is busy with; end that when all is over."""
        if not self.is_running:
            raise GraphkitError("left before it was done")
        if monotonic() - self._told > _TELL_EVERY or done == total:
            self._told = monotonic()
            words = "" if done == total else f"{what} {done} of {total}"
            self.screen.post_message(Working(words))

    def _loaded(self, workspace: Workspace) -> None:
        self._path = workspace.root
        self.workspace = workspace
        self._close_desk()
        self._desk = Desk(workspace)
        for screen in self.screen_stack:
            screen.post_message(VaultLoaded(workspace, self._desk))

    def _close_desk(self) -> None:
        if self._desk is not None:
            self._desk.close()

    def on_unmount(self) -> None:
        self._close_desk()

    def _missing(self, error: GraphkitError) -> None:
        for screen in self.screen_stack:
            screen.post_message(VaultMissing(error))

    # -- the editor ------------------------------------------------------------------------

    def on_edit(self, message: Edit) -> None:
        """Lend the terminal to the reader's editor, then read the vault again."""
        if self.workspace is None:
            return
        file = self.workspace.root / message.span.path
        try:
            arguments = editor.command(file, message.span.line, os.environ)
            with self.suspend():
                # The editor is the user's own choice, from their environment.
                subprocess.run(arguments, check=False)  # noqa: S603
        except (OSError, ValueError, SuspendNotSupported) as error:
            advice = "Set EDITOR to a program that does."
            self.notify(f"No editor opened: {error}. {advice}", severity="warning", markup=False)
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

    def action_palette(self) -> None:
        self.action_command_palette()

    def action_theme(self) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
        self.state = replace(self.state, theme=self.theme)

    def action_leave(self) -> None:
        self.exit()
