"""The settings of a vault: what `graphkit.toml` may say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graphkit import codes
from graphkit.dialect import Dialect
from graphkit.models import Problem, Span
from graphkit.vocabulary import ANY, RELATIONS, VOCABULARY, Kind, Relation, Severity, Vocabulary
from graphkit.workspace import layouts
from graphkit.workspace.applications import APPLICATIONS

if TYPE_CHECKING:
    from graphkit.experiment.own import Registered

FILE: Final = "graphkit.toml"
_STRICT: Final = ConfigDict(
    extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-")
)


class RelationRow(BaseModel):
    """A relation of the vault's own: a `[[relation]]` table."""

    model_config = _STRICT

    name: str = Field(min_length=1)
    inverse: str = ""
    subjects: frozenset[Kind] = ANY
    objects: frozenset[Kind] = ANY
    sign: Literal[-1, 0, 1] = 0
    glyph: str = "⋯"
    iri: str = ""
    meaning: str = ""
    synonyms: tuple[str, ...] = ()
    hierarchical: bool = False

    def relation(self) -> Relation:
        return Relation(**{**dict(self), "inverse": self.inverse or self.name})


class Check(BaseModel):
    """How `graphkit check` treats each code: the `[check]` table."""

    model_config = _STRICT

    ignore: frozenset[str] = frozenset()
    fail_on: Severity = Severity.ERROR
    severity: Mapping[str, Severity] = {}
    skip: Mapping[str, tuple[str, ...]] = {}  # files left out, in the manner of .gitignore

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


class Writing(BaseModel):
    """How the notes are written: the `[dialect]` table. What it leaves out is detected."""

    model_config = _STRICT

    application: Literal[*APPLICATIONS, ""] = ""  # type: ignore[valid-type]  # from the table
    text_first: bool | None = None
    outline: bool | None = None
    journals: str | None = None
    journal_file: str | None = None
    journal_title: str | None = None

    def applied(self, dialect: Dialect) -> Dialect:
        """The dialect with what this table says of it."""
        said = self.model_dump(exclude={"application"}, exclude_none=True)
        return dialect._replace(**said)


class Search(BaseModel):
    """What reads the passages: a `[search]` table."""

    model_config = _STRICT

    model: str = ""  # name or folder of a sentence-transformers model; the packaged one if empty
    device: str = ""  # as torch calls it; the fastest there is if empty


class Settings(BaseModel):
    """All of `graphkit.toml`; every part has a default."""

    model_config = _STRICT

    name: str = ""
    check: Check = Check()
    dialect: Writing = Writing()
    relation: tuple[RelationRow, ...] = ()
    search: Search = Search()
    summaries: Mapping[str, str] = {}  # templates by kind; `layouts` reads them
    experiments: tuple[Mapping[str, Any], ...] = ()  # the vault's own; `registry` reads them
    keys: Mapping[str, Any] = {}  # of the explorer, which reads and checks them

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
        text = file.read_text(encoding="utf-8")
        found = Settings.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        return Read(Settings(), (_problem(f"the settings cannot be read: {error}"),))
    except ValidationError as error:
        return Read(Settings(), tuple(_problem(_complaint(dict(each))) for each in error.errors()))
    laid = layouts.read(found.summaries, FILE, text)
    registered, faults = registry(found.experiments)
    problems = (*_unknown_codes(found.check, text), *laid.problems, *faults)
    return Read(found, problems, laid.templates, registered)


def registry(
    tables: Iterable[Mapping[str, Any]],
) -> tuple[tuple[Registered, ...], tuple[Problem, ...]]:
    """The experiments that can be run, and what is wrong with the others."""
    good, problems = [], []
    for table in tables:
        from graphkit.experiment.own import Registered  # only vaults that have some pay for it

        try:
            good.append(Registered.model_validate(table))
        except ValidationError as error:
            said = "; ".join(_complaint(dict(each)) for each in error.errors())
            message = f"experiment {table.get('name', '')}: {said}"
            hint = "mend its table; until then it is not there"
            problems.append(codes.problem("bad-experiment", message, Span(FILE), hint))
    return tuple(good), tuple(problems)


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
    hint = "mend the file; until then the defaults are used"
    return codes.problem("bad-settings", message, Span(FILE), hint)
