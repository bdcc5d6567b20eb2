"""Prose by a language model, taken into a summary only where the notes bear it out.

What a model writes is data from a stranger. Each of its sentences must cite nodes that it was
shown, and every number in it must occur in what those nodes say; else all of it is refused with
the reason, and the extractive text stands alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from graphkit.models import Node, Verdict
from graphkit.render.summaries.inputs import wording
from graphkit.render.summaries.markdown import Cell, code, text
from graphkit.render.summaries.scene import Scene, ties, verdicts_of
from graphkit.render.summaries.sentences import sentences
from graphkit.render.words import effect, interval

LONGEST: Final = 8  # sentences
INSTRUCTIONS: Final = (
    "You summarise one note of a research notebook in two to five plain English sentences, from "
    "the facts given as JSON: texts by node id. Use nothing else. End every sentence with the ids "
    "it rests on in square brackets before the full stop, as in: The effect is small [CLM-1, "
    "SRC-2]. Give a number only as it stands in the nodes that the sentence cites. No headings, "
    "no lists, no Markdown."
)

_CITED: Final = re.compile(r"\[([^\[\]]*)\]")
_LATE: Final = re.compile(r"([.!?])((?:\s*\[[^\[\]]*\])+)")  # ids after the full stop
_NUMBER: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*|(?<=[−-])\d+(?:[.,]\d+)*")
_NAMED: Final = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty"], start=2,
    )
}  # fmt: skip
_AMOUNTS: Final = (
    "half", "halves", "halved", "third", "quarter", "double", "doubled", "doubles", "twice",
    "triple", "tripled", "thrice", "dozen", "thirty", "forty", "fifty", "sixty", "seventy",
    "eighty", "ninety", "hundred", "thousand", "million", "billion",
)  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+")

Sheet = Mapping[str, str]
"""What a model is shown: for the id of each node, all that is said of it."""


class Refused(NamedTuple):
    """Why a text is not taken."""

    reason: str


class Sentence(NamedTuple):
    """A sentence without its brackets, and the nodes that it cites."""

    words: str
    cites: tuple[str, ...]


def sheet(scene: Scene) -> dict[str, str]:
    """The note's own node, what bears on it and what it bears on, and the runs of its tests."""
    told = {scene.node.id: _says(scene, scene.node, scene.note.summary)}
    for tie in ties(scene, lambda tie: tie.relation != "mentions" and not tie.inferred):
        said = f"{_says(scene, tie.other, tie.other.summary)} {tie.label}: {tie.context}"
        told[tie.other.id] = " ".join(filter(None, (told.get(tie.other.id), said)))
    return told | {verdict.test: _ran(verdict) for verdict in verdicts_of(scene)}


def _says(scene: Scene, node: Node, summary: str) -> str:
    said = (node.title, summary, scene.stand(node))
    return ". ".join(" ".join(part.split()).rstrip(".") for part in said if part) + "."


def _ran(verdict: Verdict) -> str:
    said = (verdict.title, verdict.outcome.value, verdict.quantity, effect(verdict),
            interval(verdict), f"the source says {verdict.cited}")  # fmt: skip
    return "; ".join(part for part in said if part) + "."


def digest(shown: Sheet) -> str:
    """By which a summary knows that its prose was written from other facts."""
    return wording(json.dumps(shown, sort_keys=True))


def question(shown: Sheet) -> str:
    """The user's message for a sheet."""
    return json.dumps(shown, ensure_ascii=False, indent=1)


def checked(answer: str, shown: Sheet) -> tuple[Sentence, ...] | Refused:
    """The sentences of an answer, if every one of them is borne out."""
    found = tuple(_sentences(answer))
    if not found:
        return Refused("the answer is empty")
    if len(found) > LONGEST:
        return Refused(f"the answer has {len(found)} sentences, {LONGEST} are allowed")
    faults = (fault for each in found for fault in _faults(each, shown))
    fault = next(faults, "")
    return Refused(fault) if fault else found


def _sentences(answer: str) -> Iterator[Sentence]:
    moved = _LATE.sub(lambda match: match[2] + match[1], " ".join(answer.split()))
    for sentence in sentences(moved):
        ids = (id_.strip() for group in _CITED.findall(sentence) for id_ in re.split("[,;]", group))
        words = re.sub(r"\s+([.!?,;:])", r"\1", _CITED.sub("", sentence)).strip()
        if words:
            yield Sentence(words, tuple(dict.fromkeys(filter(None, ids))))


def _faults(sentence: Sentence, shown: Sheet) -> Iterator[str]:
    quoted = f"“{sentence.words}”"
    if not sentence.cites:
        yield f"it cites nothing: {quoted}"
    for id_ in sentence.cites:
        if id_ not in shown:
            yield f"it cites {id_}, which it was not shown: {quoted}"
    basis = " ".join(shown.get(id_, "") for id_ in sentence.cites)
    for number in _unsupported(sentence.words, basis):
        yield f"{number} is not in what it cites: {quoted}"


def _unsupported(words: str, basis: str) -> Iterator[str]:
    """The numbers of a sentence, in digits or words, that its basis does not have."""
    known = {_value(found) for found in _NUMBER.findall(basis)}
    there = {word.casefold() for word in _WORD.findall(basis)}
    known |= {float(_NAMED[word]) for word in there & _NAMED.keys()}
    yield from (found for found in _NUMBER.findall(words) if _value(found) not in known)
    for word in map(str.casefold, _WORD.findall(words)):
        if (word in _NAMED and _NAMED[word] not in known) or (
            word in _AMOUNTS and word not in there
        ):
            yield word
    yield from (sign for sign in words if _odd(sign) and sign not in basis)


def _value(number: str) -> float:
    """A number however it is written: a comma before three digits parts thousands."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", number)
    try:
        return float(plain.replace(",", "."))
    except ValueError:  # 1.2.3: a version, compared as it stands
        return float(int.from_bytes(plain.encode(), "big"))


def _odd(sign: str) -> bool:
    """Whether a character is a number without being a digit: a fraction, a power, a numeral."""
    return unicodedata.category(sign) in {"No", "Nl"}


def markdown(scene: Scene, found: tuple[Sentence, ...], model: str) -> str:
    """The sentences as a quotation, each with links to what it cites, and who wrote it."""
    told = " ".join(f"{text(each.words)} ({_links(scene, each)})" for each in found)
    return f"> {told}\n>\n> Written by {text(model)} from the facts below."


def _links(scene: Scene, sentence: Sentence) -> Cell:
    nodes = scene.graph.nodes
    return ", ".join(scene.link(nodes[id_]) if id_ in nodes else code(id_)
                     for id_ in sentence.cites)  # fmt: skip
