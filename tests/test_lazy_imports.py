"""Heavy libraries stay behind the doors of the commands that need them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"torch", "transformers", "sentence_transformers", "textual"}
LISTING = """
import sys
from graphkit.commands.program import run
try:
    run()
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded(*arguments: str) -> set[str]:
    """The top-level modules in memory when a command ends."""
    done = subprocess.run(
        [sys.executable, "-c", LISTING, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 1}, done.stderr  # 1: `check` found something
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["list"],
        ["links", "Tannin study"],
        ["path", "Tannin study", "Why is my tea bitter?"],
        ["check"],
        ["search", "--mode", "keyword", "bitter"],
    ],
    ids=lambda command: command[0],
)
def test_a_reading_command_loads_no_model_and_no_screen(command: list[str], vault: Path) -> None:
    where = [] if command == ["--help"] else ["--vault", str(vault)]
    assert not loaded(*command, *where) & HEAVY


def test_help_loads_nothing_that_costs_time() -> None:
    assert not loaded("--help") & (HEAVY | {"networkx", "numpy", "pydantic", "rich", "markdown_it"})


def test_the_explorer_paints_before_it_loads_what_reads_notes() -> None:
    code = "import sys, graphkit.tui.app\nprint(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    late = {"markdown_it", "yaml", "numpy", "networkx", "pydantic", "sqlite3"}
    assert not set(done.stdout.split()) & (late | HEAVY - {"textual"})
