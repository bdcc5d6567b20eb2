"""The commands, one file each. A file with an `app` in this folder is a command."""

from __future__ import annotations


def main() -> None:
    """Run the program on `sys.argv` and leave with its exit code."""
    from graphkit.commands.program import run

    run()
