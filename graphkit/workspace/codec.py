"""Frozen values to JSON and back, by the types of their fields.

A general validator would do, but building one costs more than everything else that a short
command does; what is read here was written here, under a digest of these very types.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

_Value = TypeVar("_Value")


def dump(value: Any) -> str:
    """A value as JSON: a dataclass or named tuple is the list of its fields, in order."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def load(type_: type[_Value], text: str) -> _Value:
    """The value of this type that `dump` wrote."""
    read: Callable[[Any], _Value] = _reader(type_)  # type: ignore[arg-type]  # a class is hashable
    return read(json.loads(text))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


@cache
def _reader(type_: Any) -> Callable[[Any], Any]:
    """What turns plain JSON values into a value of this type."""
    arguments = get_args(type_)
    if get_origin(type_) is tuple:
        return _tuple_reader(arguments)
    if type(None) in arguments:
        inner = _reader(arguments[0])
        return lambda value: None if value is None else inner(value)
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return type_
    if is_dataclass(type_) or hasattr(type_, "_fields"):
        readers = tuple(map(_reader, get_type_hints(type_).values()))
        return lambda value: type_(*(read(item) for read, item in zip(readers, value, strict=True)))
    return _as_it_is


def _tuple_reader(arguments: tuple[Any, ...]) -> Callable[[Any], Any]:
    if arguments[-1] is Ellipsis:
        item = _reader(arguments[0])
        return tuple if item is _as_it_is else lambda value: tuple(map(item, value))
    readers = tuple(map(_reader, arguments))
    return lambda value: tuple(read(item) for read, item in zip(readers, value, strict=True))


def _as_it_is(value: Any) -> Any:
    return value
