"""Measurements as JSON: any measured value, by one function."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def document(name: str, value: object) -> dict[str, Any]:
    """graphkit.NAME.v1: a measured value, field by field under its own name."""
    return {"schema": f"graphkit.{name}.v1", **plain(value)}


def plain(value: Any) -> Any:
    """A value as JSON has it: named tuples and dataclasses as objects, the infinite as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
