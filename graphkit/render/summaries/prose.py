"""Prose by a language model, taken into a summary only where the notes bear it out.

What a model writes is data from a stranger. Each of its sentences must end in nodes that it was
shown, and every number in it, every word of standing and every word of certainty must occur in
what those nodes say; else all of it is refused with the reason, and the extractive text stands
alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from graphkit.models import Node, Verdict
from graphkit.render.summaries.inputs import wording
from graphkit.render.summaries.markdown import Cell, code, slug, text
from graphkit.render.summaries.scene import Quote, Scene, Section, ties, verdicts_of
from graphkit.render.summaries.sentences import sentences
from graphkit.render.words import citing, effect, interval
from graphkit.vocabulary import Outcome, Stand

LONGEST: Final = 8  # sentences
INSTRUCTIONS: Final = (
    "You summarise one note of a research notebook in two to five plain English sentences, from "
    "the facts given as JSON: texts by node id. Use nothing else. End every sentence with the ids "
    "it rests on in square brackets before the full stop, as in: The effect is small [CLM-1, "
    "SRC-2]. Give a number only as it stands in the nodes that the sentence cites, and say that "
    "something is supported, refuted, contested, reproduced or proven only in their own words. "
    "No headings, no lists, no Markdown."
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
    "eighty", "ninety", "hundred", "thousand", "million", "billion", "dozens", "hundreds",
    "thousands", "millions", "billions",
)  # fmt: skip
_SCORE: Final = re.compile(r"\b(?:a score|scores) of (?!\d)\w+|\b\w+fold\b", re.IGNORECASE)
_SURE: Final = re.compile(
    r"\b(?:dis)?(?:prov(?:e[ns]?|ed|ing)|proof|confirm(?:s|ed|ing)?|establish(?:es|ed|ing)?|"
    r"debunk(?:s|ed)?|undisputed|definitive(?:ly)?|conclusive(?:ly)?|settle[sd]?|refutes?|reproduces?)\b",
    re.IGNORECASE,
)
_STATES: Final = re.compile(
    r"\b(?:(?:\w+n['’]t|not|never|hardly|partly|partially|fully|largely|no longer)"
    r"(?: \w+){0,2} )?(?:"
    + "|".join(sorted({word.value.split()[-1] for word in (*Stand, *Outcome)
                       if word not in {Stand.OPEN, Outcome.NOT_RUN, Outcome.NOT_TESTABLE}}))
    + r")\b", re.IGNORECASE,
)  # fmt: skip
"""Words that say how a node stands or what a run came to, with what turns them round."""
_ENDED: Final = re.compile(r"\]\s*[.!?…\"'”’)]*\Z")  # nothing is said after the last citation
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
    whole: bool  # whether all of it stands before its last citation


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
            interval(verdict), f"{citing(verdict)} {verdict.cited}")  # fmt: skip
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
            cites = tuple(dict.fromkeys(filter(None, ids)))
            yield Sentence(words, cites, bool(_ENDED.search(sentence)))


def _faults(sentence: Sentence, shown: Sheet) -> Iterator[str]:
    quoted = f"“{sentence.words}”"
    if not sentence.cites:
        yield f"it cites nothing: {quoted}"
    for id_ in sentence.cites:
        if id_ not in shown:
            yield f"it cites {id_}, which it was not shown: {quoted}"
    if sentence.cites and not sentence.whole:
        yield f"it goes on after what it cites: {quoted}"
    basis = " ".join(shown.get(id_, "") for id_ in sentence.cites)
    for told in (*_unsupported(sentence.words, basis), *_overstated(sentence.words, basis)):
        yield f"{told} is not in what it cites: {quoted}"


def _overstated(words: str, basis: str) -> Iterator[str]:
    """Words of standing, of certainty and of amount that its basis does not have just so."""
    for pattern in (_STATES, _SURE, _SCORE):
        known = {match[0].casefold() for match in pattern.finditer(basis)}
        yield from (found[0] for found in pattern.finditer(words)
                    if found[0].casefold() not in known)  # fmt: skip


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


def section(scene: Scene, found: tuple[Sentence, ...], model: str) -> Section:
    """The sentences as a quotation, each with links to what it cites, and who wrote it."""
    told = " ".join(f"{text(each.words)} ({_links(scene, each)})" for each in found)
    quotes = (quote for each in found for quote in _places(scene, each))
    return Section(f"> {told}\n>\n> Written by {text(model)} from the facts below.", (), (*quotes,))


def _links(scene: Scene, sentence: Sentence) -> Cell:
    return ", ".join(_link(scene, id_) for id_ in sentence.cites)


def _link(scene: Scene, id_: str) -> Cell:
    node = scene.graph.nodes.get(id_)
    if node is None:
        return code(id_)
    own = node.path == scene.note.path
    return f"[this note](#{slug(scene.note.title)})" if own else scene.link(node)


def _places(scene: Scene, sentence: Sentence) -> Iterator[Quote]:
    """Where what a sentence cites is said."""
    for id_ in sentence.cites:
        node = scene.graph.nodes.get(id_)
        page = scene.pages.get(node.path) if node else None
        if node and node.path:
            said = page.paragraphs[:1] if page else ()
            yield Quote(sentence.words, node.path, said[0].line if said else node.line, "")
