"""Where words are typed. What enter does there is a row of the table, as everywhere else."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from graphkit.tui.actions import Place, bindings


class Field(Input, inherit_bindings=False):
    """One line of words to type, which keeps every key of its own but enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in Input.BINDINGS
        if isinstance(binding, Binding) and binding.action != "submit"
    ]


class FilterField(Field):
    """Where the filter of the list is typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.FILTER)
