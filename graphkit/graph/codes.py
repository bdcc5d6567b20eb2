"""What can be wrong with a graph: every code with its severity and meaning, in one table."""

from __future__ import annotations

from typing import Final, NamedTuple

from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity


class Code(NamedTuple):
    """One row: how much the problem matters, and what it says in general."""

    severity: Severity
    meaning: str


CODES: Final = {
    "missing-target": Code(Severity.ERROR, "A link names a note that the vault does not have."),
    "ambiguous-target": Code(Severity.ERROR, "A link names several notes; it joins none of them."),
    "missing-heading": Code(Severity.WARNING, "A link's note has no such heading."),
    "missing-block": Code(Severity.WARNING, "A link's note has no such block id."),
    "self-relation": Code(Severity.WARNING, "A typed link leads from a note to itself."),
    "unknown-relation": Code(Severity.WARNING, "A field names a relation that no row defines."),
    "relation-ends": Code(Severity.WARNING, "A relation joins kinds that it does not fit."),
    "unknown-test": Code(Severity.WARNING, "A claim names a test that does not exist."),
    "unknown-run": Code(Severity.WARNING, "A result note names a run that no record holds."),
    "duplicate-id": Code(Severity.ERROR, "Two notes state the same id."),
    "duplicate-name": Code(Severity.WARNING, "Two notes share a name, so no link can use it."),
    "duplicate-source": Code(Severity.WARNING, "Two source notes describe the same work."),
    "two-identifiers": Code(Severity.WARNING, "Notes cite one work under different identifiers."),
    "cycle": Code(Severity.ERROR, "A chain of a hierarchical relation comes back to its start."),
    "orphan": Code(Severity.INFO, "A note that no link joins to another."),
    "claim-without-evidence": Code(Severity.INFO, "Nothing speaks for the claim or against it."),
    "evidence-without-source": Code(Severity.INFO, "A claim that nothing supports is evidence."),
    "source-without-identifier": Code(Severity.INFO, "A source without DOI, arXiv id or URL."),
    "figure-differs": Code(Severity.INFO, "A claim's figure is not the one its source states."),
}


def problem(code: str, message: str, span: Span, hint: str = "") -> Problem:
    """A Problem of this code, with the severity that the table gives it."""
    return Problem(code, CODES[code].severity, message, span, hint)
