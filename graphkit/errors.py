"""What can go wrong in a way that stops a command. Everything else is a `Problem`, a value."""

from __future__ import annotations


class GraphkitError(Exception):
    """A command cannot go on. `message` says what and where, `hint` the next step."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class VaultError(GraphkitError):
    """The vault cannot be opened, read or written."""


class NodeNotFound(GraphkitError):
    """A name fits no node, or several; the hint lists candidates."""


class ModelError(GraphkitError):
    """A model is missing, does not load, or is not the one it should be."""


class RecordError(GraphkitError):
    """A run record cannot be read, or belongs to another schema or protocol."""


class FilterError(GraphkitError):
    """A filter names a field or a value that there is not."""
