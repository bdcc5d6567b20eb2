"""Summaries that say how something stands, and it stands so no longer.

The whole truth about a summary is `regenerate --check`, which composes it anew. This reads only
what each managed block says it was made from, so that `check` may tell the worst at little cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from graphkit import disk
from graphkit.codes import problem
from graphkit.errors import VaultError
from graphkit.models import Node, Note, Problem, Span, Standing
from graphkit.render import block
from graphkit.render.summaries.inputs import by_id
from graphkit.vocabulary import Kind

_MARK: Final = b"graphkit:summary"


def problems(
    root: Path, notes: Iterable[Note], nodes: Mapping[str, Node], standings: Mapping[str, Standing]
) -> Iterator[Problem]:
    """A problem for each block that tells a standing which is another now, at its first line."""
    for note in notes:
        found = _block(root, note.path)
        told = by_id(found.inputs) if found else {}
        stood = {key: said.get("standing", "") for key, said in told.items()}
        turned = [*_turned(stood, nodes, standings)]
        if found and turned:
            more = f" (and {len(turned) - 1} more)" if len(turned) > 1 else ""
            hint = "graphkit regenerate --diff shows the new one"
            yield problem("stale-summary", turned[0] + more, Span(note.path, found.line), hint)


def _turned(
    told: Mapping[str, str], nodes: Mapping[str, Node], standings: Mapping[str, Standing]
) -> Iterator[str]:
    for key, then in told.items():
        if then and key in standings:
            question = nodes[key].kind is Kind.QUESTION  # its lines are those of its claims
            now = standings[key].word.value if question else str(standings[key])
            if now != then:
                yield f"{nodes[key].title} is {now}, no longer {then}"


def _block(root: Path, path: str) -> block.Managed | None:
    """The managed block of a note; None for a note that has none, or is gone meanwhile."""
    try:
        data = disk.read_inside(root, path)
    except VaultError:
        return None
    if _MARK not in data:
        return None
    from graphkit.parse import blocks  # and markdown-it, for a vault with summaries alone

    return block.held(data, blocks)
