"""The search index of a vault and the model that reads its passages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit.codes import problem
from graphkit.errors import ModelError, VaultError
from graphkit.models import Graph, Span
from graphkit.search.store import IN_MEMORY, Store, Wanted
from graphkit.workspace.index import Sync

if TYPE_CHECKING:
    from graphkit.search.encoder import Encoder

FILE: Final = "search.sqlite"

CHANGED: Final = (
    "the notes were encoded by another model than the one in force; "
    "graphkit index --reencode encodes them anew"
)

CALIBRATING: Final = "asking the notes their own questions (until a tenth of them changes)"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


class Model(NamedTuple):
    """The model to search with, or why there is none."""

    encoder: Encoder | None
    absence: str = ""


def opened(cache: Path | None, synced: Sync) -> Store:
    """The search index, brought up to date; in memory where no file can be written."""
    if cache is None:
        return _filled(Store(IN_MEMORY), synced)
    try:
        return _filled(Store(cache / FILE), synced)
    except VaultError as error:
        place = Span(str(cache / FILE))
        why = problem("no-index", error.message, place, error.hint)
        return _filled(Store(IN_MEMORY, (why,)), synced)


def _filled(store: Store, synced: Sync) -> Store:
    store.sync(Wanted(lambda: (each.note for each in synced.parsed), synced.note), synced.stamp)
    return store


def model(progress: Progress, named: str = "", device: str = "") -> Model:
    """The model that was named, by name or folder; else the packaged one.

    The first call of all exports the packaged one to the user's cache.
    """
    from platformdirs import user_cache_path

    from graphkit.search.encoder import load

    steps = "preparing the search model (once)"
    try:
        encoder = load(
            user_cache_path("graphkit") / "models",
            named,
            device=device or None,
            on_export=lambda: progress(steps, 0, 1),
        )
    except ModelError as error:
        return Model(None, str(error))
    progress(steps, 1, 1)
    return Model(encoder)


def unchanged(model: Model, store: Store) -> Model:
    """The model, or none where all vectors of the index are another one's: what to do about it."""
    if model.encoder is None or store.readable(model.encoder.fingerprint):
        return model
    return Model(None, CHANGED)


def linked(graph: Graph) -> dict[str, set[str]]:
    """The paths that each note's path is linked with, whichever way the link points."""
    near: dict[str, set[str]] = {}
    for edge in graph.edges:
        one, other = graph.nodes[edge.source].path, graph.nodes[edge.target].path
        if one and other:
            near.setdefault(one, set()).add(other)
            near.setdefault(other, set()).add(one)
    return near
