"""What other programs on this machine are asked for: a browser, and the clipboard of tmux."""

from __future__ import annotations

import contextlib
import subprocess
from typing import Final

_ON_THE_TERMINAL: Final = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})


def browsed(address: str) -> bool:
    """Whether a browser took a web address; it waits until that is known.

    One that would draw on this terminal is not asked: the explorer is drawn there.
    """
    import webbrowser  # after the first paint

    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return False
    return browser.name not in _ON_THE_TERMINAL and browser.open(address)


def tell_tmux(words: str) -> None:
    """Put words into the buffer of tmux, and by it on the terminal's clipboard.

    By default tmux keeps to itself what a program writes to the clipboard by an escape sequence.
    """
    with contextlib.suppress(OSError):
        command = ("tmux", "load-buffer", "-w", "-")
        subprocess.run(command, input=words.encode(), capture_output=True, check=False)  # noqa: S603
