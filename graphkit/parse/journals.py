"""Journal pages: `journals/2024_01_02.md` is called "Jan 2nd, 2024", and so links name it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from graphkit.dialect import Dialect

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


class Token(NamedTuple):
    """How a part of a date is written, and by which pattern it is read where that is possible."""

    write: Callable[[date], str]
    pattern: str = ""


TOKENS: Final = {
    "yyyy": Token(lambda day: f"{day.year:04}", r"(?P<year>\d{4})"),
    "MMMM": Token(lambda day: _MONTHS[day.month - 1]),
    "MMM": Token(lambda day: _MONTHS[day.month - 1][:3]),
    "MM": Token(lambda day: f"{day.month:02}", r"(?P<month>\d\d)"),
    "M": Token(lambda day: str(day.month), r"(?P<month>\d\d?)"),
    "do": Token(lambda day: f"{day.day}{_ENDINGS.get(day.day, 'th')}"),
    "dd": Token(lambda day: f"{day.day:02}", r"(?P<day>\d\d)"),
    "d": Token(lambda day: str(day.day), r"(?P<day>\d\d?)"),
    "EEEE": Token(lambda day: _DAYS[day.weekday()]),
    "EEE": Token(lambda day: _DAYS[day.weekday()][:3]),
    "E": Token(lambda day: _DAYS[day.weekday()][:3]),
    "yy": Token(lambda day: f"{day.year % 100:02}"),
}
"""The letters of a date format, longer ones before those that begin them."""

_LETTERS: Final = re.compile(f"{'|'.join(TOKENS)}|'(?P<quoted>[^']*)'|(?P<other>.)")


def title(path: str, dialect: Dialect) -> str:
    """What the journal page at `path` is called; empty for any other page."""
    folder, _, name = path.rpartition("/")
    if not dialect.journals or folder != dialect.journals:
        return ""
    day = _day(name.rpartition(".")[0], dialect.journal_file)
    return "".join(_written(dialect.journal_title, day)) if day else ""


def _day(stem: str, file_format: str) -> date | None:
    match = _reader(file_format).fullmatch(stem)
    parts = {name: int(text) for name, text in match.groupdict().items()} if match else {}
    if parts.keys() != {"year", "month", "day"}:
        return None
    try:
        return date(**parts)
    except ValueError:  # the 31st of February
        return None


@cache
def _reader(file_format: str) -> re.Pattern[str]:
    """The pattern of a file's name. A part that stands twice, or in letters, reads as itself."""
    seen: set[str] = set()
    parts = []
    for match in _LETTERS.finditer(file_format):
        token = TOKENS.get(match[0])
        fresh = token is not None and token.pattern and match[0][0] not in seen
        parts.append(token.pattern if token and fresh else re.escape(_literal(match)))
        seen.add(match[0][0])
    return re.compile("".join(parts))


def _written(title_format: str, day: date) -> Iterator[str]:
    for match in _LETTERS.finditer(title_format):
        token = TOKENS.get(match[0])
        yield token.write(day) if token else _literal(match)


def _literal(match: re.Match[str]) -> str:
    return match[0] if match["quoted"] is None else match["quoted"]
