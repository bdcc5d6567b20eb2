"""Lines no person wrote, such as embedded images: they are left out, with a Problem each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graphkit import codes
from graphkit.models import Problem, Span

LONGEST_LINE: Final = 100_000  # characters


def without_long_lines(lines: Sequence[str], path: str) -> tuple[list[str], tuple[Problem, ...]]:
    """The lines with the overlong ones emptied, so that all others keep their number."""
    long = [number for number, line in enumerate(lines) if len(line) > LONGEST_LINE]
    kept = list(lines)
    for number in long:
        kept[number] = ""
    return kept, tuple(_problem(len(lines[number]), Span(path, number + 1)) for number in long)


def _problem(length: int, span: Span) -> Problem:
    message = f"a line of {length:,} characters is not read"
    hint = f"break it into lines of at most {LONGEST_LINE:,}, or move it to a file of its own"
    return codes.problem("long-line", message, span, hint)
