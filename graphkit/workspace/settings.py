"""The settings of a vault: what `graphkit.toml` may say."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graphkit.models import Problem, Span
from graphkit.vocabulary import ANY, RELATIONS, VOCABULARY, Kind, Relation, Severity, Vocabulary

FILE: Final = "graphkit.toml"
_STRICT: Final = ConfigDict(extra="forbid", frozen=True)


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
    """What `graphkit check` leaves out."""

    model_config = _STRICT

    ignore: frozenset[str] = frozenset()


class Settings(BaseModel):
    """All of `graphkit.toml`; every part has a default."""

    model_config = _STRICT

    name: str = ""
    check: Check = Check()
    relation: tuple[RelationRow, ...] = ()

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


def read(root: Path) -> Read:
    """The settings of the vault at `root`; defaults, and a Problem, where they cannot be read."""
    file = root / FILE
    if not file.is_file():
        return Read(Settings())
    try:
        return Read(Settings.model_validate(tomllib.loads(file.read_text(encoding="utf-8"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        return Read(Settings(), (_problem(f"the settings cannot be read: {error}"),))
    except ValidationError as error:
        return Read(Settings(), tuple(_problem(_complaint(dict(each))) for each in error.errors()))


def _complaint(error: dict[str, object]) -> str:
    place = error["loc"]
    where = ".".join(str(part) for part in place) if isinstance(place, tuple) else ""
    return f"{where}: {error['msg']}"


def _problem(message: str) -> Problem:
    hint = "mend the file; until then the defaults are used"
    return Problem("bad-settings", Severity.ERROR, message, Span(FILE), hint)
