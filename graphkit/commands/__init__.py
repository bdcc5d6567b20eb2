"""The commands, one file each. A file with an `app` in this folder is a command.

Their annotations are no strings (no `from __future__ import annotations`): typer reads each one
at every start, and compiling them took a third of the time of `--help`.
"""


def main() -> None:
    """Run the program on `sys.argv` and leave with its exit code."""
    from graphkit.commands.program import run

    run()
