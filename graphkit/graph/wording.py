"""What notes say too strongly, or still say of a work that was withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from graphkit.codes import problem
from graphkit.graph.argument import counts
from graphkit.graph.standing import word
from graphkit.models import Note, Problem, Span
from graphkit.vocabulary import Kind, Stand, Vocabulary

if TYPE_CHECKING:
    from graphkit.graph.check import Vault

RETRACTING: Final = "retracts"

_WEAK: Final = frozenset({Stand.UNSUPPORTED, Stand.CONTESTED, Stand.REFUTED})
_ADVERB: Final = r"(?:conclusively|definitively|irrefutably|undeniably|unequivocally)"
_SHOW: Final = r"(?:shows?|showed|shown|proves?|proved|proven|establish(?:es|ed)?|demonstrate[sd]?)"
_STRONG = re.compile(
    rf"\b(?:(?:proves?|proved|proven)\s+that\b|{_ADVERB}\s+{_SHOW}\b|{_SHOW}\s+{_ADVERB}\b"
    r"|beyond\s+(?:any\s+|all\s+)?(?:reasonable\s+)?doubt\b"
    r"|(?:undoubtedly|indisputably|without\s+(?:any\s+|a\s+)?doubt)\b)",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:not|no|never|nothing|none|neither|nor|hardly|cannot|without|whether|if|unless|until"
    r"|would|could|might|may|whoever|claims?|claimed)\b|n't\b|\?\s*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)", re.DOTALL)
_KEPT: Final = frozenset({"", "false", "no", "0", "none", "null"})
"""Values of the property `retracted` that say that the work was not."""


def overstatements(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Sentences that call settled what is unsupported, refuted or contested.

    Of a claim's own note every sentence is read, of all others those that link to such a claim.
    """
    claims = (node.id for node in vault.graph.nodes.values() if node.kind is Kind.CLAIM)
    words = {claim: word(claim, vault.ledger) for claim in claims}
    weak = {claim: stand for claim, stand in words.items() if stand in _WEAK}
    own = {vault.graph.nodes[key].path: stand for key, stand in weak.items()}
    for page in vault.parsed:
        if page.note.path in own:
            yield from _of_note(page.note, own[page.note.path])
    for edge in vault.graph.edges:
        if edge.target not in weak or edge.span.path in own:
            continue
        if strong := _strong(edge.context):
            title = vault.graph.nodes[edge.target].title
            yield _overstated(strong, edge.span, f"{title} is {weak[edge.target]}")


def _of_note(note: Note, stand: Stand) -> Iterator[Problem]:
    for paragraph in note.paragraphs:
        for sentence in _SENTENCE.finditer(paragraph.text):
            if strong := _strong(sentence[0]):
                at = paragraph.text.index(strong, sentence.start())
                line = paragraph.line + paragraph.text.count("\n", 0, at)
                yield _overstated(strong, Span(note.path, line), f"this claim is {stand}")


def _strong(sentence: str) -> str:
    """The words that are too strong; empty where there are none, or something takes them back."""
    found = _STRONG.search(sentence)
    if found is None or _HEDGED.search(sentence.replace(found[0], " ")):
        return ""
    return found[0]


def _overstated(words: str, span: Span, because: str) -> Problem:
    said = " ".join(words.split())
    return problem("overstated", f'"{said}", but {because}', span, "graphkit why shows on what")


def retractions(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Links by which a claim leans on a work that was retracted."""
    gone = {**_by_note(vault), **_by_edge(vault)}
    for edge in vault.graph.edges:
        if edge.source in gone and counts(vault.graph, edge):
            work = vault.graph.nodes[edge.source]
            message = f"{work.title} was retracted{gone[edge.source]}"
            hint = f'graphkit impact "{work.title}" shows what falls with it'
            yield problem("retracted-source", message, edge.span, hint)


def _by_note(vault: Vault) -> Mapping[str, str]:
    """Works whose front matter says so, with what it says beyond that: " (2024-05-01)"."""
    paths = {node.path: node for node in vault.graph.nodes.values() if node.kind is Kind.SOURCE}
    found = {}
    for page in vault.parsed:
        said = {key.casefold(): value for key, value in page.note.properties}
        when = said.get("retracted", "").strip()
        retracted = when.casefold() not in _KEPT or said.get("status", "").casefold() == "retracted"
        if retracted and page.note.path in paths:
            date = f" ({when})" if when.casefold() not in {"", "true", "yes", "1"} else ""
            found[paths[page.note.path].id] = date
    return found


def _by_edge(vault: Vault) -> Mapping[str, str]:
    """Works that another node is said to retract."""
    nodes = vault.graph.nodes
    return {
        edge.target: f" by {nodes[edge.source].title}"
        for edge in vault.graph.edges
        if edge.relation == RETRACTING and nodes[edge.target].kind is Kind.SOURCE
    }
