"""The commands, one file each. A file with an `app` in this folder is a command.

Their annotations are no strings (no `from __future__ import annotations`): typer reads each one
at every start, and compiling them took a third of the time of `--help`.
"""

import gc


def main() -> None:
    """Run the program on `sys.argv` and leave with its exit code."""
    # A command builds much and frees little: at its usual pace the collector of cycles would
    # take a quarter of the time that a large graph needs, and look at all of it again at the end.
    gc.set_threshold(100_000, 20, 20)
    from graphkit.commands.program import run

    try:
        run()
    finally:
        gc.freeze()
