"""What notes say too strongly, or still say of a work that was withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from graphkit.codes import problem
from graphkit.graph.resolve import resolve
from graphkit.graph.standing import word
from graphkit.graph.works import RETRACTING
from graphkit.models import Note, Problem, Span
from graphkit.rules import argues
from graphkit.vocabulary import Kind, Stand, Vocabulary

if TYPE_CHECKING:
    from graphkit.graph.check import Vault

_WEAK: Final = frozenset({Stand.UNSUPPORTED, Stand.CONTESTED, Stand.REFUTED})
_ADVERB: Final = r"(?:conclusively|definitively|irrefutably|undeniably|unequivocally)"
_SHOW: Final = r"(?:shows?|showed|shown|proves?|proved|proven|establish(?:es|ed)?|demonstrate[sd]?)"
_PROVED: Final = (  # "proves difficult", "a proven method", "hopes to prove" say nothing of a claim
    r"(?<!\bto )(?:proves?|proved|proven)\s+(?:that|the|this|these|its|our|both|how|why)\b"
    r"|(?<!\bto )(?:proves?|proved)\s+(?:\[\[|[“\"]|(?-i:[A-Z]))"
    r"|(?:is|are|was|were|been|being|stands)\s+(?:\w+ly\s+|now\s+|thus\s+)?prove[nd]\b"
    r"(?!\s+(?:wrong|false|untrue|incorrect)\b)"
)
_STRONG = re.compile(
    rf"\b(?:{_PROVED}|{_ADVERB}\s+{_SHOW}\b|{_SHOW}\s+{_ADVERB}\b"
    r"|beyond\s+(?:any\s+|all\s+)?(?:reasonable\s+)?doubt\b"
    r"|(?:undoubtedly|indisputabl[ey]|undeniable|irrefutable|without\s+(?:any\s+|a\s+)?doubt)\b"
    r"|well[- ]established\b|(?:established|settled)\s+fact\b|once\s+and\s+for\s+all\b)",
    re.IGNORECASE,
)
_HINTS: Final = ("prov", "doubt", "disput", "refutab", "deniab", "ively", "vocally", "establish",
                 "fact", "once and")  # fmt: skip
"""Without any of these none of the above is found; much faster to look for."""

_HEDGED = re.compile(
    r"\b(?:not|no|never|nothing|none|neither|nor|hardly|cannot|without|whether|if|unless|until"
    r"|would|could|might|may|whoever|claimed)\b|n't\b|\?\s*$"
    r"|(?<!\bthe\s)(?<!\bthis\s)(?<!\bour\s)(?<!\bits\s)(?<!\ba\s)"  # then it is a noun
    r"\bclaims?\s+(?:that|to|it|they|he|she)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)", re.DOTALL)


def overstatements(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Sentences that call settled what is unsupported, refuted or contested.

    Of a claim's own note every sentence is read, of all others those that link to such a claim:
    each link of theirs, for the graph has an edge for the first one alone.
    """
    claims = [node for node in vault.graph.nodes.values() if node.kind is Kind.CLAIM]
    words = {node.path: (node.title, word(node.id, vault.ledger)) for node in claims}
    weak = {path: said for path, said in words.items() if path and said[1] in _WEAK}
    for note, links, _ in vault.parsed:
        if note.path in weak:
            yield from _of_note(note, weak[note.path][1])
            continue
        said = " ".join(link.context for link in links).casefold()
        for link in links if any(hint in said for hint in _HINTS) else ():
            if (strong := _strong(link.context)) and (
                found := weak.get(resolve(vault.names, link, note.path).path)
            ):
                yield _overstated(strong, link.span, f"{found[0]} is {found[1]}")


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


def retractions(vault: Vault, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Links with a work that was retracted, whatever they say of it.

    In its own note only those by which a claim leans on it; a notice of retraction is none.
    """
    nodes, rows = vault.graph.nodes, vocabulary.by_name
    gone = {key: node for key, node in nodes.items() if node.retracted}
    for edge in vault.graph.edges if gone else ():
        work = gone.get(edge.source) or gone.get(edge.target)
        if work is None or edge.relation == RETRACTING:
            continue
        leans = edge.relation in rows and argues(rows[edge.relation])
        if leans or edge.span.path != work.path:
            message = f"{work.title} was {work.retracted}"
            hint = "it counts for nothing now: name another work, or say what is left of the claim"
            yield problem("retracted-source", message, edge.span, hint)
