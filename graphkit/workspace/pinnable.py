"""Which commands can be trusted by content: those that name nothing outside of the vault.

Trust covers the words of a command and the bytes of the files that it is given. A path out of the
vault, or a string handed to an interpreter, would name what no trust has looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Final

from graphkit.errors import VaultError

_ABSOLUTE = re.compile(r"^(?:-\w)?[/~]|[=,][/~]|:/(?!/)|\bfile:")
_UPWARD = re.compile(r"(?:^|[/=,:])\.\.(?:/|$)")
_GIVEN_STRINGS: Final = (
    (re.compile(r"(?:a|ba|c|da|fi|k|tc|z)?sh"), re.compile(r"-[A-Za-z]*c[A-Za-z]*|--command\b.*")),
    (re.compile(r"(?:python|pypy)[\d.]*"), re.compile(r"-[A-Za-z]*c.*")),
    (re.compile(r"(?:perl|ruby|lua|julia|R|Rscript)[\d.]*"), re.compile(r"-[A-Za-z]*[eE].*")),
    (re.compile(r"node|nodejs|bun|deno"), re.compile(r"-[ep].*|--(?:eval|print)\b.*|eval")),
    (re.compile(r"php[\d.]*"), re.compile(r"-[rBRE].*|--(?:run|process-)\b.*")),
)
"""Interpreters, and the options by which each takes a program as a string."""


def refuse_what_cannot_be(command: tuple[str, ...], files: Collection[str]) -> None:
    """Let a command through whose every word is either plain or one of these files of the vault.

    The program itself may be an interpreter at its place in the system.

    Raises:
        VaultError: a word leads out of the vault, or holds a program.
    """
    program, *words = command
    leading = list(takewhile(lambda word: word not in files and word != "-m", command))
    for word in words if _interpreted(program) else command:
        if word not in files and (_ABSOLUTE.search(word) or _UPWARD.search(word)):
            raise VaultError(
                f'"{word}" names what lies outside of the vault, where no trust covers it',
                "copy it into the vault and write its path from there",
            )
    for interpreter, option in _strings(leading):
        raise VaultError(
            f'"{interpreter} {option}" runs a string, which may name what no trust covers',
            f"write it into a file of the vault, and: {interpreter} FILE",
        )


def _strings(leading: list[str]) -> Iterator[tuple[str, str]]:
    """Interpreters with the option that gives each a string; of the words before a file."""
    for at, word in enumerate(leading):
        for option in _interpreted(word):
            yield from ((word, each) for each in leading[at + 1 :] if option.fullmatch(each))


def _interpreted(word: str) -> list[re.Pattern[str]]:
    """The options that give a program to this interpreter; none for another word."""
    name = PurePosixPath(word).name
    plain = ".." not in PurePosixPath(word).parts and not word.startswith("~")
    return [option for each, option in _GIVEN_STRINGS if plain and each.fullmatch(name)]
