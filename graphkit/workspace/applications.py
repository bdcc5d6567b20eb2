"""Which application keeps a vault, by the files it leaves there, and what its settings say.

To know another application, add a row to `APPLICATIONS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from graphkit import codes, disk
from graphkit.dialect import PLAIN, Dialect
from graphkit.errors import VaultError
from graphkit.models import Problem, Span


class Application(NamedTuple):
    """One row: the files that show it, what it means for reading, and a file that says more."""

    markers: tuple[str, ...]
    dialect: Dialect
    settings: str = ""
    read: Callable[[Dialect, str], Dialect] = lambda dialect, _text: dialect
    copies: tuple[str, ...] = ()  # folders in which it keeps old states of notes
    layout: tuple[str, ...] = ()  # folders that show it together, where its own files were left out


_EDN: Final = re.compile(r';[^\n]*|:(?P<key>[\w/.-]+)\s+"(?P<text>[^"\\\n]*)"|"(?:\\.|[^"\\])*"')
_LOGSEQ: Final = {
    "journal/page-title-format": "journal_title",
    "journal/file-name-format": "journal_file",
    "journals-directory": "journals",
}


def _logseq(dialect: Dialect, text: str) -> Dialect:
    """What `config.edn` says of journals; its comments begin with `;`."""
    said = {match["key"]: match["text"] for match in _EDN.finditer(text) if match["key"]}
    journal = {_LOGSEQ[key]: said[key] for key in _LOGSEQ.keys() & said.keys()}
    return Dialect(**{**dialect._asdict(), **journal})


APPLICATIONS: Final = {
    "logseq": Application(
        ("logseq",),
        Dialect("logseq", outline=True, journals="journals"),
        "logseq/config.edn",
        _logseq,
        copies=("logseq/bak", "logseq/version-files"),
        layout=("journals", "pages"),
    ),
    "dendron": Application(("dendron.yml", "root.schema.yml"), Dialect("dendron", text_first=True)),
    "foam": Application((".foam",), Dialect("foam")),
    "obsidian": Application((".obsidian",), Dialect("obsidian")),
}
"""Where the marks of several are found the first row counts."""


COPIES: Final = frozenset(folder for each in APPLICATIONS.values() for folder in each.copies)
"""Folders of a vault that hold no notes of it."""


class Detected(NamedTuple):
    """How a vault is written, the file that shows it, and what could not be read."""

    dialect: Dialect = PLAIN
    marker: str = ""
    problems: tuple[Problem, ...] = ()


def detect(root: Path, named: str = "") -> Detected:
    """The dialect of the vault at `root`: of the application `named` there, else of its marks."""
    rows = (
        [APPLICATIONS[named]] if named in APPLICATIONS else [] if named else APPLICATIONS.values()
    )
    marked = [(each, mark) for each in rows for mark in each.markers if (root / mark).exists()]
    laid_out = [
        (each, " and ".join(each.layout))
        for each in rows
        if each.layout and all((root / folder).is_dir() for folder in each.layout)
    ]
    asked = [(each, "") for each in rows if named]
    return next((_settled(root, *found) for found in (*marked, *laid_out, *asked)), Detected())


def _settled(root: Path, application: Application, marker: str) -> Detected:
    file = application.settings
    if not file or not (root / file).is_file():
        return Detected(application.dialect, marker)
    try:
        text = disk.read_inside(root, file).decode("utf-8", "replace")
    except VaultError as error:
        hint = "until it can be read the defaults of the application are used"
        problem = codes.problem("bad-settings", error.message, Span(file), hint)
        return Detected(application.dialect, marker, (problem,))
    return Detected(application.read(application.dialect, text), marker)


def told(dialect: Dialect, marker: str) -> str:
    """In words, which settings of a dialect are in force and what shows them."""
    shown = f" ({marker})" if marker else ""
    said = [f"{dialect.application}{shown}" if dialect.application else "no application is known"]
    said.append("links are [[text|target]]" if dialect.text_first else "links are [[target|text]]")
    if dialect.journals:
        day = f'pages of {dialect.journals}/ are called as "{dialect.journal_title}" says'
        said.append(day)
    said += [f"{address}/ means {folder}/" for address, folder in dialect.routes]
    return "; ".join(said)
