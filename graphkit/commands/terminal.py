"""How a command speaks: data to standard output, everything else to standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

NOTHING_FOUND = 1


def show(*views: RenderableType) -> None:
    """Print views to standard output; plain where it is not a terminal or `NO_COLOR` is set."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=not sys.stdout.isatty())
    for view in views:
        console.print(view)


def show_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def show_json_line(document: Mapping[str, Any]) -> None:
    """Print one JSON document on a line of its own."""
    typer.echo(json.dumps(document, ensure_ascii=False))


def say(message: str) -> None:
    """Tell the user something that is not data."""
    typer.echo(message, err=True)


def leave(*, found: bool) -> None:
    """End a query: nothing found is exit code 1, as `grep` has it."""
    if not found:
        raise typer.Exit(NOTHING_FOUND)
