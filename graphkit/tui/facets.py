"""The two facets of the filter that turn by a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphkit.vocabulary import Kind, Stand

if TYPE_CHECKING:
    from graphkit.graph.filters import Filter

_TURNED: Final[dict[str, tuple[str, ...]]] = {"kind": tuple(Kind), "standing": tuple(Stand)}


def chosen(terms: Filter, field: str) -> str:
    """The one value that a filter asks of a field; empty when it asks none, or several."""
    asked = [term.values for term in terms if term.field == field and not term.negated]
    return asked[0][0] if len(asked) == 1 and len(asked[0]) == 1 else ""


def turned(terms: Filter, field: str, step: int) -> Filter:
    """The same filter with the next value of a field, after the last one none."""
    from graphkit.graph.filters import Term

    values = ("", *_TURNED[field])
    value = values[(values.index(chosen(terms, field)) + step) % len(values)]
    others = tuple(term for term in terms if term.field != field)
    return (Term(field, (value,)), *others) if value else others
