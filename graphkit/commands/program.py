"""Gathers the commands into one program and turns errors into one line and an exit code."""

import importlib
import io
import os
import pkgutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

import typer

from graphkit import __version__, commands
from graphkit.commands import complaints
from graphkit.commands.options import VaultOption, mind_vault
from graphkit.commands.terminal import ERROR, INTERRUPTED
from graphkit.errors import GraphkitError

NAME = "graphkit"


def program(word: str = "") -> typer.Typer:
    """The command line; of the commands only the one that `word` calls, if its file is so named."""
    # Plain help: rich help would cost more time than everything else that `--help` does.
    app = typer.Typer(name=NAME, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback(invoke_without_command=True)(entrance)
    files = [module.name for module in pkgutil.iter_modules(commands.__path__)]
    name = word.replace("-", "_")
    own = [file for file in files if file == name or file.startswith(f"{name}_")]
    # To load the others takes longer than most commands take.
    for command in list(_loaded(own)) or _loaded(files):
        app.add_typer(command)
    return app


def _loaded(files: Sequence[str]) -> Iterator[typer.Typer]:
    for file in files:
        module = importlib.import_module(f"{commands.__name__}.{file}")
        if hasattr(module, "app"):
            yield module.app


def wanted(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The word that may name a command; empty where a shell asks which there are."""
    if f"_{NAME.upper()}_COMPLETE" in environment:
        return ""
    return arguments[0] if arguments else "explore"


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
        called = program(wanted(sys.argv[1:], os.environ))
        sys.exit(called(standalone_mode=False, prog_name=NAME))
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
