"""What makes a process answer keys at once is in force before Textual is loaded."""

from __future__ import annotations

import subprocess
import sys

from graphkit.tui import FRAMES


def test_screens_are_painted_as_often_as_it_says() -> None:
    code = (
        "from graphkit import tui; tui.quicken(); from textual import screen; "
        "print(round(1 / screen.UPDATE_PERIOD))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(told.stdout) == FRAMES
