"""What the reader has in front of them, as the deeds of the explorer are told it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphkit.models import Node, Span
from graphkit.tui.state import Stay

if TYPE_CHECKING:
    from graphkit.graph.filters import Filter
    from graphkit.tui.desk import Desk
    from graphkit.workspace import Workspace


class Here(NamedTuple):
    """An open vault, and where the reader is in it."""

    workspace: Workspace
    desk: Desk
    stay: Stay
    terms: Filter  # of the list
    node: Node | None  # the one in the reader; None in an empty vault
    span: Span  # the place that is looked at; without a path where no file stands behind it
