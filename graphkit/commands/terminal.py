"""How a command speaks: data to standard output, everything else to standard error."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from graphkit.errors import GraphkitError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from graphkit.workspace import Workspace

NOTHING_FOUND = 1
FINDINGS = 1
ERROR = 2
INTERRUPTED = 130


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


def say_model(workspace: Workspace) -> None:
    """Tell why there is no model to search with, where there is none."""
    if workspace.no_model:
        say(f"by keywords alone: {workspace.no_model}")


def say_limits(workspace: Workspace, text: str, *, by_meaning: bool = True) -> None:
    """Tell what limits a search for `text`: no model, faults of the index, no word in it."""
    from graphkit.search.words import terms

    if by_meaning:
        say_model(workspace)
    for problem in workspace.store.problems:
        say(problem.message)
    if not terms(text):
        say("nothing found: there is no word in it to look for")


def leave(*, found: bool) -> None:
    """End a query: nothing found is exit code 1, as `grep` has it."""
    if not found:
        raise typer.Exit(NOTHING_FOUND)


def answer_batch(file: Path, answer: Callable[[str], Mapping[str, Any]]) -> None:
    """Print one JSON document a line for each query of a JSON Lines file, with its `_id`.

    A line that is no query is told and the rest goes on; the exit code is then 2.

    Raises:
        GraphkitError: the file cannot be read.
    """
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        hint = 'it holds one {"_id": "q1", "text": "…"} a line'
        raise GraphkitError(f"{file} cannot be read", hint) from error
    bad = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            query = json.loads(line)
            id_, text = str(query["_id"]), str(query["text"])
        except (ValueError, KeyError, TypeError):
            bad += 1
            say(f'{file}:{number}: no query; a line is {{"_id": "q1", "text": "…"}}')
        else:
            typer.echo(json.dumps({"_id": id_, **answer(text)}))
    if bad:
        raise typer.Exit(ERROR)


class Progress:
    """A bar on standard error for what takes its time; a line for each thing where that is no
    terminal, so that a pipe is not silent for as long as it takes.
    """

    def __init__(self) -> None:
        self._bars: Any = None
        self._task: Any = None
        self._told: set[str] = set()

    def __call__(self, what: str, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            if done < total and what not in self._told:
                self._told.add(what)
                say(f"{what} …")
            return
        if self._bars is None and done < total:
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
