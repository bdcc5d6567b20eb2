"""Frozen values to JSON and back, by the types of their fields.

A general validator would do, but building one costs more than everything else that a short
command does; what is read here was written here, under a digest of these very types. Escaping all
but ASCII lets file names that are no Unicode through.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

_Value = TypeVar("_Value")
Reader = Callable[[Any], Any]


def dump(value: Any) -> str:
    """A value as JSON: a dataclass or named tuple is the list of its fields, in order."""
    return _ENCODER.encode(value)


def load(type_: type[_Value], text: str) -> _Value:
    """The value of this type that `dump` wrote."""
    read: Callable[[Any], _Value] = _reader(type_)  # type: ignore[arg-type]  # a class is hashable
    return read(_DECODER.raw_decode(text)[0])


def _listed(value: Any) -> tuple[Any, ...]:
    """The fields, two or more, of a dataclass; tuples, named or not, JSON knows by itself."""
    kind: Any = type(value)
    found: tuple[Any, ...] = _fields_of(kind)(value)
    return found


@cache
def _fields_of(type_: Any) -> attrgetter[Any]:
    return attrgetter(*(field.name for field in fields(type_)))


_DECODER = json.JSONDecoder()
_ENCODER = json.JSONEncoder(default=_listed, separators=(",", ":"), check_circular=False)


@cache
def _reader(type_: Any) -> Reader:
    """What turns plain JSON values into a value of this type."""
    arguments = get_args(type_)
    if get_origin(type_) is tuple:
        return _tuple_reader(arguments)
    if type(None) in arguments:
        inner = _reader(arguments[0])
        return lambda value: None if value is None else inner(value)
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return {str(member): member for member in type_}.__getitem__
    if is_dataclass(type_) or hasattr(type_, "_fields"):
        return _record_reader(type_)
    return _as_it_is


def _tuple_reader(arguments: tuple[Any, ...]) -> Reader:
    if arguments[-1] is Ellipsis:
        item = _reader(arguments[0])
        return tuple if item is _as_it_is else lambda values: tuple(map(item, values))
    return _values_reader(tuple, arguments)


def _record_reader(type_: Any) -> Reader:
    """Named tuples take their fields as one list, dataclasses one by one."""
    make: Reader = type_._make if hasattr(type_, "_make") else lambda values: type_(*values)
    return _values_reader(make, tuple(get_type_hints(type_).values()))


def _values_reader(make: Reader, types: tuple[Any, ...]) -> Reader:
    """Reads in place those values of a fresh list that JSON cannot give as they are."""
    readers = [(at, _reader(type_)) for at, type_ in enumerate(types)]
    needed = [(at, reader) for at, reader in readers if reader is not _as_it_is]

    def read(values: list[Any]) -> Any:
        for at, reader in needed:
            values[at] = reader(values[at])
        return make(values)

    return read if needed else make


def _as_it_is(value: Any) -> Any:
    return value
