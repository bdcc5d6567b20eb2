"""Asks what is to stand where a person's edit of a summary and the new text cannot both."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from graphkit.commands.terminal import say, show

if TYPE_CHECKING:
    from graphkit.render.merge import Conflict

KEYS: Final = "o keep yours, t take the new text, e bring them together in your editor, n leave"
_MARKS: Final = ("<<<<<<< ", "||||||| ", ">>>>>>> ")


def asked(conflict: Conflict) -> Sequence[str] | None:
    """The lines that are to stand there; None where it is left, as at the end of the input."""
    from graphkit import render

    show(render.conflict(str(conflict)))
    while True:
        typer.echo("which is to stand? [o/t/e/n] ", err=True, nl=False)
        line = sys.stdin.readline()
        answer = line.strip().lower()[:1] if line else "n"
        edited = _edited(str(conflict)) if answer == "e" else None
        ways: dict[str, Sequence[str] | None] = {
            "o": conflict.ours, "t": conflict.theirs, "e": edited
        }  # fmt: skip
        chosen = ways.get(answer)
        if chosen is not None or answer == "n":
            return chosen
        say(KEYS)


def _edited(text: str) -> Sequence[str] | None:
    """The lines that a person makes of it; None where the editor fails or the marks are left."""
    from graphkit.tui.editor import command

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "conflict.md")
        file.write_text(f"{text}\n", encoding="utf-8")
        try:
            subprocess.run(command(file, 1, os.environ), check=True)  # noqa: S603  the user's editor
            lines = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        except subprocess.CalledProcessError as error:
            say(f"the editor ended with {error.returncode}, so nothing is settled")
            return None
        except (OSError, ValueError) as error:
            say(f"the editor failed: {error}")
            return None
    if any(line.startswith(_MARKS) for line in lines):
        say("the marks of the conflict still stand in it")
        return None
    return lines
