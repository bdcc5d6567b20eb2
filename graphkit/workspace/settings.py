"""The settings of a vault: what `graphkit.toml` may say.

The tables are plain frozen values; pydantic checks a file against them, and is loaded only for one
that says more than the name of its vault, since it would be a fifth of a short command's time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeVar

from graphkit import codes, disk
from graphkit.dialect import Dialect
from graphkit.models import Problem, Span
from graphkit.vocabulary import ANY, RELATIONS, VOCABULARY, Kind, Relation, Severity, Vocabulary
from graphkit.workspace import layouts
from graphkit.workspace.applications import APPLICATIONS

if TYPE_CHECKING:
    from graphkit.experiment.own import Registered

FILE: Final = "graphkit.toml"
_NAMED: Final = re.compile(r"\s*name\s*=\s*[\"']([^\"']+)[\"']")
_STRICT: Final = {"extra": "forbid", "alias_generator": lambda name: name.replace("_", "-")}
_Table = TypeVar("_Table")


@dataclass(frozen=True)
class RelationRow:
    """A relation of the vault's own: a `[[relation]]` table."""

    __pydantic_config__ = _STRICT

    name: str
    inverse: str = ""
    subjects: frozenset[Kind] = ANY
    objects: frozenset[Kind] = ANY
    sign: Literal[-1, 0, 1] = 0
    glyph: str = "⋯"
    iri: str = ""
    meaning: str = ""
    synonyms: tuple[str, ...] = ()
    hierarchical: bool = False

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("a relation needs a name")

    def relation(self) -> Relation:
        return Relation(**{**vars(self), "inverse": self.inverse or self.name})


@dataclass(frozen=True)
class Check:
    """How `graphkit check` treats each code: the `[check]` table."""

    __pydantic_config__ = _STRICT

    ignore: frozenset[str] = frozenset()
    fail_on: Severity = Severity.ERROR
    severity: Mapping[str, Severity] = field(default_factory=dict)
    skip: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # files left out, in the manner of .gitignore

    def applied(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems that are to be shown, each with the severity that the vault gives it."""
        for problem in problems:
            code = problem.code
            if code in self.ignore or (code in self.skip and self._skips(problem)):
                continue
            changed = self.severity.get(code, problem.severity)
            same = changed is problem.severity
            yield problem if same else replace(problem, severity=changed)

    def named(self) -> tuple[str, ...]:
        """Every code that the table names."""
        return tuple(dict.fromkeys((*sorted(self.ignore), *self.severity, *self.skip)))

    def _skips(self, problem: Problem) -> bool:
        found: bool = self._patterns[problem.code].match_file(problem.span.path)
        return found

    @cached_property
    def _patterns(self) -> Mapping[str, Any]:
        from pathspec import GitIgnoreSpec  # only vaults that name files pay for it

        return {code: GitIgnoreSpec.from_lines(lines) for code, lines in self.skip.items()}


@dataclass(frozen=True)
class Writing:
    """How the notes are written: the `[dialect]` table. What it leaves out is detected."""

    __pydantic_config__ = _STRICT

    application: Literal[*APPLICATIONS, ""] = ""  # type: ignore[valid-type]  # from the table
    text_first: bool | None = None
    outline: bool | None = None
    journals: str | None = None
    journal_file: str | None = None
    journal_title: str | None = None
    routes: Mapping[str, str] | None = None  # addresses of a site, and the folders they mean

    def applied(self, dialect: Dialect) -> Dialect:
        """The dialect with what this table says of it."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        said.pop("application")
        said |= {"routes": tuple(self.routes.items())} if self.routes else {}
        return dialect._replace(**said)


@dataclass(frozen=True)
class Search:
    """What reads the passages: a `[search]` table."""

    __pydantic_config__ = _STRICT

    model: str = ""  # name or folder of a sentence-transformers model; the packaged one if empty
    device: str = ""  # as torch calls it; the fastest there is if empty


@dataclass(frozen=True)
class Settings:
    """All of `graphkit.toml`; every part has a default."""

    __pydantic_config__ = _STRICT

    name: str = ""
    check: Check = field(default_factory=Check)
    dialect: Writing = field(default_factory=Writing)
    relation: tuple[RelationRow, ...] = ()
    search: Search = field(default_factory=Search)
    summaries: Mapping[str, str] = field(
        default_factory=dict
    )  # templates by kind; `layouts` reads them
    experiments: tuple[Mapping[str, Any], ...] = ()  # the vault's own; `registry` reads them
    keys: Mapping[str, Any] = field(
        default_factory=dict
    )  # of the explorer, which reads and checks them

    def vocabulary(self) -> Vocabulary:
        """The relation table with the vault's own rows, which go before others of their name."""
        if not self.relation:
            return VOCABULARY
        own = {row.name: row.relation() for row in self.relation}
        return Vocabulary((*own.values(), *(row for row in RELATIONS if row.name not in own)))


class Read(NamedTuple):
    """The settings in force, and what is wrong in the file."""

    settings: Settings
    problems: tuple[Problem, ...] = ()
    templates: Mapping[Kind, str] = MappingProxyType({})
    registered: tuple[Registered, ...] = ()


def read(root: Path) -> Read:
    """The settings of the vault at `root`; defaults, and a Problem, where they cannot be read."""
    file = root / FILE
    if not file.is_file():
        return Read(Settings())
    try:
        return understood(file.read_bytes())
    except OSError as error:
        return Read(Settings(), (_problem(f"the settings cannot be read: {error}"),))


def understood(data: bytes) -> Read:
    """What the bytes of a settings file say, as `read` has it of the file."""
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Read(Settings(), (_problem(f"the settings cannot be read: {error}"),))
    name = tables.get("name", "")
    if not tables.keys() - {"name"} and isinstance(name, str):
        return Read(Settings(name))
    found, complaints = _checked(Settings, tables)
    if found is None:
        return Read(Settings(), tuple(map(_problem, complaints)))
    laid = layouts.read(found.summaries, FILE, text)
    registered, faults = registry(found.experiments, named_on(text))
    problems = (*_unknown_codes(found.check, text), *laid.problems, *faults)
    return Read(found, problems, laid.templates, registered)


def lines_of(root: Path) -> dict[str, int]:
    """As `named_on`, of the settings of the vault at `root`."""
    return named_on(disk.read_inside(root, FILE).decode("utf-8", "replace"))


def named_on(text: str) -> dict[str, int]:
    """The line of the settings on which each name is given."""
    named = (_NAMED.match(line) for line in text.splitlines())
    return {found[1]: at for at, found in enumerate(named, start=1) if found}


def registry(
    tables: Iterable[Mapping[str, Any]], lines: Mapping[str, int]
) -> tuple[tuple[Registered, ...], tuple[Problem, ...]]:
    """The experiments that can be run, and what is wrong with the others, by the line of each."""
    good: list[Registered] = []
    problems: list[Problem] = []
    for table in tables:
        from graphkit.experiment.own import Registered  # only vaults that have some pay for it

        made, complaints = _checked(Registered, table)
        if made is None:
            message = f"experiment {table.get('name', '')}: {'; '.join(complaints)}"
            hint = "mend its table; until then it is not there"
            span = Span(FILE, lines.get(table.get("name", ""), 1))
            problems.append(codes.problem("bad-experiment", message, span, hint))
        else:
            good.append(made)
    return tuple(good), tuple(problems)


def _checked(
    shape: type[_Table], table: Mapping[str, Any]
) -> tuple[_Table | None, tuple[str, ...]]:
    """A table as what it should be, or what is wrong in it."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(shape).validate_python(table), ()
    except ValidationError as error:
        return None, tuple(_complaint(dict(each)) for each in error.errors())


def _unknown_codes(check: Check, text: str) -> Iterator[Problem]:
    """A code that does not exist is likely a slip of the pen; the rest of the file is in force."""
    for code in check.named():
        if code not in codes.CODES:
            found = re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text)
            at = found.start() if found else 0
            span = Span(FILE, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
            near = _nearest(code)
            hint = f'did you mean "{near}"?' if near else "graphkit check --codes lists them"
            yield codes.problem("bad-settings", f'unknown code "{code}"', span, hint)


def _nearest(code: str) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(code, codes.CODES.keys(), scorer=fuzz.ratio, score_cutoff=70)
    return found[0] if found else ""


def _complaint(error: dict[str, object]) -> str:
    place = error["loc"]
    where = ".".join(str(part) for part in place) if isinstance(place, tuple) else ""
    return f"{where}: {error['msg']}"


def _problem(message: str) -> Problem:
    hint = "mend the file; until then the defaults are used, and nothing is regenerated"
    return codes.problem("bad-settings", message, Span(FILE), hint)
