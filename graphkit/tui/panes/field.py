"""Where words are typed. What enter does there is a row of the table, as everywhere else."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from graphkit.tui.actions import Place, bindings


class Field(Input, inherit_bindings=False):
    """One line of words to type, which keeps every key of its own but enter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in Input.BINDINGS
        if isinstance(binding, Binding) and binding.action != "submit"
    ]

    # Textual's own has the whole screen laid out anew for each letter.
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=False)


class FilterField(Field):
    """Where the filter of the list is typed."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.FILTER)
