"""Block ids, which links can point at: `^id` of Obsidian, the `id::` property of Logseq."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from graphkit.parse.pieces import Run

BLOCK_ID = re.compile(r"(?:^|\s)\^(?P<id>[A-Za-z0-9-]+)\s*$")


def block_ids(body: Iterable[Run]) -> Iterator[tuple[str, int]]:
    """Each id with the line of its block."""
    for run in body:
        if "^" in run.source and (match := BLOCK_ID.search(run.source)):
            yield match["id"], run.line + 1
        for field in run.fields:
            if field.key == "id" and not field.bracketed:
                yield run.source[field.value : field.end].strip(), run.line + 1
