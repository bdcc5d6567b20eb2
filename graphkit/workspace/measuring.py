"""What `graphkit bench` measures: the search on judged queries, and on a vault's own."""

from __future__ import annotations

import hashlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.errors import ModelError
from graphkit.measured import Outcome, RetrievalReport, Returned
from graphkit.search.store import Store
from graphkit.workspace import lookup, saved_questions

if TYPE_CHECKING:
    from graphkit.workspace import Workspace


def retrieval(folder: Path, progress: lookup.Progress) -> RetrievalReport:
    """Measure the search on a collection in BEIR layout.

    Raises:
        GraphkitError: the collection cannot be read, or there is no model.
    """
    from platformdirs import user_cache_path

    from graphkit.search import bench, collection

    found = collection.read(folder)
    model = lookup.model(progress)
    if model.encoder is None:
        raise ModelError(model.absence)
    key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    report = partial(progress, "encoding passages")
    with Store(user_cache_path("graphkit") / "collections" / f"{key}.sqlite") as store:
        return bench.report(bench.search(found, store, model.encoder, report))


def queries(workspace: Workspace, file: Path | None, risk: float) -> tuple[Outcome, ...]:
    """Ask the saved questions of a file, by default those of the vault.

    Raises:
        GraphkitError: there are none, or a line cannot be read.
    """
    saved = saved_questions.read(workspace, file)
    outcomes = []
    for done, each in enumerate(saved, 1):
        outcomes.append(saved_questions.put(workspace, each, risk))
        workspace.progress("asking", done, len(saved))
    return tuple(outcomes)


def links(workspace: Workspace) -> Returned | None:
    """Whether the vault's own links would be suggested; None when there are none."""
    from graphkit.search import held_out
    from graphkit.workspace import suggesting

    return held_out.returned(suggesting.observed(workspace))
