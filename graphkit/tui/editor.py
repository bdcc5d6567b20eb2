"""The reader's own editor, opened on a file at a line."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

_FALLBACK: Final = "vi"

# How an editor takes a line, by the name of its program; all others know the `+LINE` of vi.
_FORMS: Final = {
    "code": ("--wait", "--goto", "{file}:{line}"),
    "codium": ("--wait", "--goto", "{file}:{line}"),
    "subl": ("--wait", "{file}:{line}"),
    "zed": ("--wait", "{file}:{line}"),
    "hx": ("{file}:{line}",),
    "helix": ("{file}:{line}",),
    "micro": ("+{line}", "{file}"),
    "mate": ("--wait", "--line", "{line}", "{file}"),
}
_VI: Final = ("+{line}", "{file}")


def command(file: Path, line: int, environment: Mapping[str, str]) -> list[str]:
    """The arguments to run: `$VISUAL`, else `$EDITOR`, else vi, at the line of the file.

    Raises:
        ValueError: the editor's command line has an open quote.
    """
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or _FALLBACK
    program, *options = shlex.split(chosen) or [_FALLBACK]
    form = _FORMS.get(Path(program).name, _VI)
    return [program, *options, *(part.format(file=file, line=line) for part in form)]


def run(arguments: Sequence[str]) -> str:
    """Run an editor to its end; what went wrong, empty where nothing did.

    It raises nothing for an editor that is not there: the terminal was lent, and only a normal
    end gives it back.
    """
    program = arguments[0]
    try:
        # The editor is the user's own choice, from their environment.
        status = subprocess.run(arguments, check=False).returncode  # noqa: S603
    except OSError as error:
        return f"No editor opened: {program}: {error.strerror}. Set EDITOR to another program."
    return f"{Path(program).name} ended with status {status}." if status else ""
