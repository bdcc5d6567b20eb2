"""Gathers the commands into one program and turns errors into one line and an exit code."""

import importlib
import io
import os
import pkgutil
import sys
from typing import Annotated

import typer

from graphkit import __version__, commands
from graphkit.commands import complaints
from graphkit.commands.options import VaultOption, mind_vault
from graphkit.commands.terminal import ERROR, INTERRUPTED
from graphkit.errors import GraphkitError


def program() -> typer.Typer:
    """The whole command line."""
    # Plain help: rich help would cost more time than everything else that `--help` does.
    app = typer.Typer(name="graphkit", rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True)(entrance)
    for module in pkgutil.iter_modules(commands.__path__):
        command = importlib.import_module(f"{commands.__name__}.{module.name}")
        if hasattr(command, "app"):
            app.add_typer(command.app)
    return app


def entrance(
    context: typer.Context,
    vault: VaultOption = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Explore research notes as claims, sources and questions, with what stands behind each.

    Without a command the explorer opens. Exit codes: queries 0 found, 1 nothing found or
    abstained, 2 error; checks 0 clean, 1 findings, 2 error; 130 on Ctrl-C.
    """
    if version:
        typer.echo(f"graphkit {__version__}")
    elif context.invoked_subcommand is None:
        from graphkit.commands.explore import explore

        explore(vault)
    else:
        mind_vault(context)


def run() -> None:
    """Run, and leave the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without our glyphs shows "?"
    try:
        # Not standalone: the code of a `typer.Exit` is what it returns.
        sys.exit(program()(standalone_mode=False, prog_name="graphkit"))
    except GraphkitError as error:
        _complain(error.message, error.hint)
    except complaints.UsageError as error:
        _complain(*complaints.told(error))
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe went away; Python must not try to flush to it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _complain(message: str, hint: str) -> None:
    typer.echo(f"graphkit: {message}", err=True)
    if hint:
        typer.echo(f"  {hint}", err=True)
    sys.exit(ERROR)
