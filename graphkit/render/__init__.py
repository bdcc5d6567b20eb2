"""Models in, text, tables and JSON out: one function per view, and none of them prints.

Views are Rich renderables that fit themselves to the width they are shown at; `to_text` sets one
for a terminal or a pipe. JSON documents are plain dicts (`documents`); managed summaries are
composed from values (`summary`) and set into the bytes of a note (`block`).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from graphkit.render import accounts, block, documents, escape, measurements, summary
    from graphkit.render.argument import standing, why
    from graphkit.render.cards import node, nodes
    from graphkit.render.counts import problems, status, tally
    from graphkit.render.diffs import changes, conflict, stale
    from graphkit.render.falls import fall
    from graphkit.render.faults import codes
    from graphkit.render.finds import answer, hits
    from graphkit.render.hunches import related, suggestions
    from graphkit.render.jobs import records
    from graphkit.render.layout import to_text
    from graphkit.render.models import model_run
    from graphkit.render.own import registered
    from graphkit.render.past import difference, log
    from graphkit.render.proofs import differences, turns
    from graphkit.render.reports import calibration, outcomes, retrieval, returned
    from graphkit.render.rulebook import rules
    from graphkit.render.studies import released
    from graphkit.render.table import relations
    from graphkit.render.trials import verdict, verdicts
    from graphkit.render.walks import links, path

__all__ = [
    "accounts",
    "answer",
    "block",
    "calibration",
    "changes",
    "codes",
    "conflict",
    "difference",
    "differences",
    "documents",
    "escape",
    "fall",
    "hits",
    "links",
    "log",
    "measurements",
    "model_run",
    "node",
    "nodes",
    "outcomes",
    "path",
    "problems",
    "records",
    "registered",
    "related",
    "relations",
    "released",
    "retrieval",
    "returned",
    "rules",
    "stale",
    "standing",
    "status",
    "suggestions",
    "summary",
    "tally",
    "to_text",
    "turns",
    "verdict",
    "verdicts",
    "why",
]

# What is not a view by itself; none of it is loaded before it is used.
_MODULES: Final = frozenset({"accounts", "block", "documents", "escape", "measurements", "summary"})

# Where each view lives. Its module brings Rich along, which `--json` has no use for.
_HOMES: Final = {
    "answer": "finds",
    "calibration": "reports",
    "changes": "diffs",
    "conflict": "diffs",
    "codes": "faults",
    "difference": "past",
    "differences": "proofs",
    "fall": "falls",
    "hits": "finds",
    "links": "walks",
    "log": "past",
    "model_run": "models",
    "node": "cards",
    "nodes": "cards",
    "outcomes": "reports",
    "path": "walks",
    "problems": "counts",
    "records": "jobs",
    "registered": "own",
    "related": "hunches",
    "relations": "table",
    "released": "studies",
    "retrieval": "reports",
    "returned": "reports",
    "rules": "rulebook",
    "stale": "diffs",
    "standing": "argument",
    "status": "counts",
    "suggestions": "hunches",
    "tally": "counts",
    "to_text": "layout",
    "turns": "proofs",
    "verdict": "trials",
    "verdicts": "trials",
    "why": "argument",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
