"""How a command speaks: data to standard output, everything else to standard error."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from graphkit.errors import GraphkitError

if TYPE_CHECKING:
    from rich.console import RenderableType
NOTHING_FOUND = 1
FINDINGS = 1
ERROR = 2


def show(view: RenderableType) -> None:
    """Print a view to standard output: coloured on a terminal unless `NO_COLOR` is set."""
    from graphkit import render

    on_screen = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_screen else None
    colour = on_screen and not os.environ.get("NO_COLOR")
    sys.stdout.write(render.to_text(view, width=width, colour=colour))


def show_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(document, indent=2))


def say(message: str) -> None:
    """Tell the user something that is not data."""
    typer.echo(message, err=True)


def leave(*, found: bool) -> None:
    """End a query: nothing found is exit code 1, as `grep` has it."""
    if not found:
        raise typer.Exit(NOTHING_FOUND)


def batch(file: Path) -> Iterator[tuple[str, str]]:
    """The queries of a JSON Lines file, each with its `_id` and `text`.

    Raises:
        GraphkitError: the file cannot be read, or a line is not such a query; it names the line.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GraphkitError(f"{file} cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _query(line, f"{file}:{number}")


def _query(line: str, place: str) -> tuple[str, str]:
    try:
        query = json.loads(line)
        return str(query["_id"]), str(query["text"])
    except (ValueError, KeyError, TypeError) as error:
        raise GraphkitError(
            f"{place}: not a query: {error!r}", 'a line is {"_id": "q1", "text": "…"}'
        ) from error


def show_lines(documents: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Print one JSON document a line, each with the `_id` of its query."""
    for id_, document in documents:
        typer.echo(json.dumps({"_id": id_, **document}))


class Progress:
    """A bar on standard error for what takes its time; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._bars: Any = None
        self._task: Any = None

    def __call__(self, what: str, done: int, total: int) -> None:
        if self._bars is None and done < total and sys.stderr.isatty():
            self._start(what, total)
        if self._bars is not None:
            self._bars.update(self._task, description=what, completed=done, total=total)
            if done >= total:
                self._bars.stop()
                self._bars = None

    def _start(self, what: str, total: int) -> None:
        from rich import progress
        from rich.console import Console

        self._bars = progress.Progress(
            *progress.Progress.get_default_columns(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bars.add_task(what, total=total)
        self._bars.start()
