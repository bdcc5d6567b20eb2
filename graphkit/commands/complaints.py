"""A wrong call, told in one line in plain words, with the next step under it."""

from __future__ import annotations

import difflib
import re
from typing import Any, Final

import typer

# typer names the base of its usage errors nowhere in public.
UsageError: Final[type[Exception]] = typer.BadParameter.__bases__[0]

_WORDS: Final = {
    r"Value error, ": "",
    r"Input should be greater than or equal to (\S+)": r"it must be \1 or more",
    r"Input should be less than or equal to (\S+)": r"it must be \1 or less",
    r"Input should be a valid integer.*": "it must be a whole number",
    r"Input should be a valid number.*": "it must be a number",
    r"'[^']*' is not a valid int.*": "it must be a whole number",
    r"'[^']*' is not a valid float.*": "it must be a number",
    r"\S+ is not in the range x>=(\S+)\.": r"it must be \1 or more",
    r"\S+ is not in the range (\S+)<=x<=(\S+)\.": r"it must be \1 or more and \2 or less",
    r"Invalid value for (.+?): ": r"\1: ",
    r"Invalid value: ": "",
    r"Missing argument '(\S+?)'\.": r"\1 is missing",
}
_CHOICE: Final = re.compile(r"'(?P<said>[^']*)' is not one of (?P<choices>.*?)\.?$")


def told(error: Any) -> tuple[str, str]:
    """What is wrong with a call, and what to do about it."""
    message = error.format_message()
    for pattern, words in _WORDS.items():
        message = re.sub(pattern, words, message)
    return f"{message}{_meant(message)}", f"{_command(error)} --help shows how"


def _meant(message: str) -> str:
    """The choice that is spelt most like the one that there is none of."""
    found = _CHOICE.search(message)
    choices = re.findall(r"'([^']*)'", found["choices"]) if found else []
    likely = difflib.get_close_matches(found["said"], choices, 1) if found else []
    return f" Did you mean '{likely[0]}'?" if likely else ""


def _command(error: Any) -> str:
    return error.ctx.command_path if getattr(error, "ctx", None) else "graphkit"
