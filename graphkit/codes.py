"""What can be wrong in a vault: every code with its severity and meaning, in one table.

A code is stable: settings, scripts and people refer to it. `graphkit check --codes` prints these
rows, and a vault may change their severity in its `graphkit.toml`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from graphkit.models import Problem, Span
from graphkit.vocabulary import Severity


class Code(NamedTuple):
    """One row: how much the problem matters, and what it says in general."""

    severity: Severity
    meaning: str


_E: Final = Severity.ERROR
_W: Final = Severity.WARNING
_I: Final = Severity.INFO

CODES: Final = {
    # the vault
    "bad-settings": Code(_E, "A settings file of the vault cannot be read or says what none may."),
    "bad-experiment": Code(_E, "An experiment that the vault registers cannot be judged or run."),
    "unknown-claim": Code(
        _W, "A registered experiment names a claim that the vault does not have."
    ),
    "bad-template": Code(_E, "A template of summaries names what no summary has."),
    "no-index": Code(_W, "The index cannot be used, so every note is read on every command."),
    "index-rebuilt": Code(_W, "The search index was damaged and has been made anew."),
    "bad-record": Code(_E, "A run record cannot be read, so its run counts for nothing."),
    "bad-registration": Code(_E, "The rules of the experiment are not those registered for it."),
    "rule-changed": Code(_W, "A rule of the experiment changed after runs were judged by it."),
    "not-read": Code(_E, "A file or folder cannot be read; a note counts, as an empty one."),
    "not-followed": Code(_W, "A symbolic link or special file that is no note of this vault."),
    "not-a-note": Code(_I, "It is named like a note and is none, or leads to one listed anyway."),
    "unfinished-change": Code(_W, "A rename or move that was cut short could not be completed."),
    "finished-change": Code(_I, "A rename or move that was cut short has been completed."),
    # the text of a note
    "not-utf8": Code(_E, "Bytes that are no text; they are read as the replacement character."),
    "nul-character": Code(_W, "NUL characters, as UTF-16 without a byte order mark has them."),
    "long-line": Code(_W, "A line too long for a person to have written; it is left out."),
    "bad-front-matter": Code(_E, "The front matter, or a part of it, cannot be read."),
    "duplicate-key": Code(_W, "A key stands twice in the front matter; the first one counts."),
    "front-matter-type": Code(_E, "A property has a value of the wrong type."),
    "unknown-kind": Code(_E, "The front matter names a kind of note that does not exist."),
    "unknown-identifier": Code(_W, "An identifier of a note is none that names a work."),
    "unclosed-front-matter": Code(_W, "Front matter is opened and never closed."),
    "unclosed-fence": Code(_W, "A code block is opened and never closed, so the rest is code."),
    "unclosed-comment": Code(_W, "A comment is opened and never closed, so the rest is hidden."),
    "nested-summary": Code(_E, "A managed summary begins inside another."),
    "unopened-summary": Code(_E, "A managed summary ends that never began."),
    "unclosed-summary": Code(_E, "A managed summary begins and never ends."),
    "damaged-summary": Code(_E, "The first lines of a managed summary are damaged."),
    "second-summary": Code(_E, "A note has a second managed summary."),
    # links
    "missing-target": Code(_E, "A link names a note that the vault does not have."),
    "ambiguous-target": Code(_E, "A link names several notes; it joins none of them."),
    "missing-heading": Code(_W, "A link's note has no such heading."),
    "missing-block": Code(_W, "A link's note has no such block id."),
    "self-relation": Code(_W, "A typed link leads from a note to itself."),
    "unknown-relation": Code(_W, "A field names a relation that no row defines."),
    "relation-ends": Code(_W, "A relation joins kinds that it does not fit."),
    "cycle": Code(_E, "A chain of a hierarchical relation comes back to its start."),
    # names
    "duplicate-id": Code(_E, "Two notes state the same id."),
    "duplicate-name": Code(_W, "Two notes share a name, so no link can use it."),
    "duplicate-source": Code(_W, "Two source notes describe the same work."),
    "two-identifiers": Code(_W, "Notes cite one work under different identifiers."),
    "orphan": Code(_I, "A note that no link joins to another."),
    # claims, sources and runs
    "claim-without-evidence": Code(_I, "Nothing speaks for the claim or against it."),
    "evidence-without-source": Code(_I, "A claim that nothing supports is evidence."),
    "source-without-identifier": Code(_I, "A source without DOI, arXiv id or URL."),
    "figure-differs": Code(_I, "A claim's figure is not the one its source states."),
    "figure-unit": Code(_W, "A claim has per cent where its source has points, or the other way."),
    "figure-unsupported": Code(_I, "A figure that nothing behind its claim or sentence states."),
    "overstated": Code(_W, "A sentence calls settled what is contested, refuted or unsupported."),
    "retracted-source": Code(_W, "A note leans on, or links to, a work that was retracted."),
    "stale-summary": Code(_I, "A summary tells a title, standing or run that is another one now."),
    "stale-run": Code(_W, "A run is of another protocol, input or output than there is now."),
    "missing-input": Code(_W, "An input of a registered experiment is not in the vault."),
    "unknown-test": Code(_W, "A claim names a test that does not exist."),
    "unknown-run": Code(_W, "A result note names a run that no record holds."),
    # said by `import`
    "unknown-page-shape": Code(_W, "A saved page is of no known shape; it becomes a plain note."),
    "not-a-page": Code(_E, "A file cannot be read or is no text; nothing is imported from it."),
    "unidentified-source": Code(_W, "A saved paper page names no identifier of its paper."),
    "summary-mismatch": Code(_W, "A saved page has more or fewer summaries than it says."),
    "related-concept-parts": Code(_W, "A related concept has not the four parts that it should."),
    "kind-conflict": Code(_W, "Saved pages use one title for notes of two kinds."),
    "edited-since-import": Code(_W, "A note was edited since its import and is left alone."),
    "not-imported": Code(_W, "A note that no import wrote has the title, and is left alone."),
    # said by `regenerate`
    "edited-summary": Code(_W, "A person edited the managed summary; it is left alone."),
    "merged-summary": Code(_I, "A person edited the managed summary, and it is up to date."),
    "summary-conflict": Code(_W, "A managed summary must change where a person edited it."),
    "read-only": Code(_W, "A note whose summary is stale may not be written."),
    "no-place": Code(_W, "A summary written here could not be found again."),
}


def problem(code: str, message: str, span: Span, hint: str = "") -> Problem:
    """A Problem of this code, with the severity that the table gives it."""
    return Problem(code, CODES[code].severity, message, span, hint)
