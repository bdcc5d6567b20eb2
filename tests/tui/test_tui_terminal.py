"""The program in a real terminal: it lends the terminal to an editor and takes it back."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import sys
import time
from pathlib import Path

from driving import tea

SECONDS = 20.0


def until(terminal: int, words: bytes, seen: bytearray) -> None:
    """Read from the terminal until the words were written to it."""
    end = time.monotonic() + SECONDS
    while words not in seen:
        assert time.monotonic() < end, bytes(seen[-2000:])
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 65536)


def ended(child: int, terminal: int) -> int:
    """The child's exit status; what it still writes is read, or it would wait for its reader."""
    end = time.monotonic() + SECONDS
    while (done := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
        if select.select([terminal], [], [], 0.1)[0]:
            with contextlib.suppress(OSError):  # the other end is closed
                os.read(terminal, 65536)
    return done[1]


def opened(vault: Path, editor: Path) -> tuple[int, int]:
    """The explorer in a process of its own, and its terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ |= {"COLUMNS": "120", "LINES": "36", "TERM": "xterm-256color"}
        os.environ["EDITOR"] = str(editor)
        code = "import sys; from graphkit import tui; tui.run(sys.argv[1])"
        os.execv(sys.executable, [sys.executable, "-c", code, str(vault)])  # noqa: S606 - as meant
    return child, terminal


def test_an_edit_opens_at_the_line_and_shows_when_it_is_done(tmp_path: Path) -> None:
    vault = tea(tmp_path)
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\necho "freshly brewed" >> "$2"\n')
    editor.chmod(0o755)
    child, terminal = opened(vault, editor)
    seen = bytearray()
    until(terminal, b"seventy", seen)
    os.write(terminal, b"3je")
    until(terminal, b"brewed", seen)
    os.write(terminal, b"q")
    assert ended(child, terminal) == 0
    told = (tmp_path / "told").read_text().strip()
    assert told.startswith("+")
    assert told.endswith(f"{vault}/claims/water.md")


def test_an_editor_that_fails_or_is_not_there_gives_the_terminal_back(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nrm "$0"\nexit 3\n')
    editor.chmod(0o755)
    child, terminal = opened(tea(tmp_path), editor)
    seen = bytearray()
    until(terminal, b"seventy", seen)
    os.write(terminal, b"e")
    until(terminal, b"ended", seen)
    os.write(terminal, b"e")
    until(terminal, b"opened", seen)
    os.write(terminal, b"q")
    assert ended(child, terminal) == 0
