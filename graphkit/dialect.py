"""What holds for a whole vault: how its application writes links and names its journal pages."""

from __future__ import annotations

from typing import Final, NamedTuple


class Dialect(NamedTuple):
    """The choices that no single note shows. Formats are those of Logseq, `journals.TOKENS`."""

    application: str = ""  # for people to read
    text_first: bool = False  # `[[text|target]]` instead of `[[target|text]]`
    outline: bool = False  # indented text hangs under what stands above it: it is never code
    journals: str = ""  # folder of pages named by their day; empty where there is none
    journal_file: str = "yyyy_MM_dd"
    journal_title: str = "MMM do, yyyy"
    routes: tuple[tuple[str, str], ...] = ()  # addresses of a site, each with the folder it means


PLAIN: Final = Dialect()
