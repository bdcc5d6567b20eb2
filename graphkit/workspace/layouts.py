"""The vault's own templates of summaries: the `[summaries]` table, one key a kind of note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from graphkit import codes
from graphkit.models import Problem, Span
from graphkit.vocabulary import Kind

CODE: Final = "bad-template"


class Layouts(NamedTuple):
    """The templates that can be used, by kind, and what is wrong with the others."""

    templates: Mapping[Kind, str]
    problems: tuple[Problem, ...] = ()


def read(table: Mapping[str, str], file: str, text: str) -> Layouts:
    """The templates of a table that stands in the settings file called `file`, whose `text` it is.

    Placeholders are replaced and nothing is run. A template that names what no summary has, or
    that could end a managed block, is not used, and its Problem says where.
    """
    problems = tuple(
        codes.problem(CODE, message, Span(file, line), "mend it; until then nothing is regenerated")
        for name, template in table.items()
        for message, line in _faults(name, template, text)
    )
    good = {} if problems else {Kind(name): template for name, template in table.items()}
    return Layouts(good, problems)


def _faults(name: str, template: str, text: str) -> Iterator[tuple[str, int]]:
    """What is wrong with one template, each with its line in the file, from 1."""
    from graphkit.render.summaries import templates
    from graphkit.render.summary import PARTS

    kinds = [kind.value for kind in PARTS]
    if name not in kinds:
        message = f'no kind is called "{name}": there are {", ".join(kinds)}'
        yield message, _line(name, "", text)
        return
    for fault in templates.faults(template, PARTS[Kind(name)]):
        yield f"the template of {name}: {fault.message}", _line(name, template, text) + fault.line


def _line(name: str, template: str, text: str) -> int:
    """The line of the file on which a key's value begins, or its key where that is not found."""
    table = text.find("[summaries]")
    key = re.compile(rf"^[ \t\"']*{re.escape(name)}[\"' \t]*=", re.MULTILINE).search(
        text, max(table, 0)
    )
    start = key.start() if key else max(table, 0)
    value = text.find(template, start) if template else -1
    return text.count("\n", 0, value if value >= 0 else start) + 1
