"""The command that opens a file at a line, in the reader's own editor."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
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
