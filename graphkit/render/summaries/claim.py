"""The summary of a claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graphkit.models import Standing
from graphkit.render.summaries import extract, said
from graphkit.render.summaries.markdown import Cell, items, text
from graphkit.render.summaries.scene import Part, Scene, Section, Tie, ties, verdicts_of
from graphkit.render.summaries.sentences import gist
from graphkit.render.words import count, listing, measured
from graphkit.vocabulary import Flag, Kind, Outcome, Stand

_SHOWN: Final = 4  # names of works and runs in a sentence; the rest is counted
_NARROWING: Final = "qualifies"
_SHAKY: Final = frozenset({Stand.CONTESTED, Stand.REFUTED, Stand.UNSUPPORTED})
_FLAGS: Final = {
    Flag.STALE: "a run behind it is stale",
    Flag.AT_RISK: "it leans on something contested, refuted or stale",
    Flag.QUALIFIED: "its scope is qualified",
}


def _quote(scene: Scene) -> Section:
    """The note's own first sentence, and the first that states a figure."""
    note = scene.note
    found = gist(note.summary, (figure.text for figure in note.figures))
    return extract.quoted(scene, note.summary, found)


def _stands(scene: Scene) -> Section:
    return said.stands(scene, _sentence(scene, scene.standing) if scene.standing else "")


def _sentence(scene: Scene, standing: Standing) -> str:
    parts = [_word(scene, standing)]
    if standing.test not in {Outcome.NOT_RUN, Outcome.NOT_TESTABLE}:
        parts.append(f"its test came out as {text(standing.tested)}")
    parts += [_FLAGS[flag] for flag in standing.flags]
    return "; ".join(parts) + "."


def _word(scene: Scene, standing: Standing) -> str:
    """The standing with the works and runs it rests on, by name."""
    supports, opposes = standing.supports, standing.opposes
    match standing.word:
        case Stand.SUPPORTED:
            return f"**Supported** by {_lines(supports)} ({_named(scene, supports)})"
        case Stand.REFUTED:
            return f"**Refuted** by {_lines(opposes)} ({_named(scene, opposes)})"
        case Stand.CONTESTED:
            for_it = f"{_lines(supports)} for it ({_named(scene, supports)})"
            against = f"{len(opposes)} against it ({_named(scene, opposes)})"
            return f"**Contested**: {for_it}, {against}"
        case _:
            return "**Unsupported**: no work and no run counts for it or against it"


def _lines(ids: tuple[str, ...]) -> str:
    return count(len(ids), "independent line")


def _named(scene: Scene, ids: tuple[str, ...]) -> str:
    named = tuple(text(scene.title(id_)) for id_ in ids[:_SHOWN])
    more = (f"{len(ids) - _SHOWN} more",) if len(ids) > _SHOWN else ()
    return listing((*named, *more))


def _bears(tie: Tie) -> bool:
    """Whether a tie is evidence on the claim; runs have a table of their own."""
    telling = tie.sign != 0 or tie.relation == _NARROWING
    return tie.inward and telling and tie.other.kind is not Kind.RESULT


def _evidence(scene: Scene) -> Section:
    return said.tied(scene, "Evidence", ties(scene, _bears))


def _sentences(scene: Scene) -> Section:
    return extract.standing_out(scene, _bears)


def _runs(scene: Scene) -> Section:
    return said.runs(scene, [verdict for verdict in verdicts_of(scene) if measured(verdict)])


def _open(scene: Scene) -> Section:
    untried = [verdict for verdict in verdicts_of(scene) if not measured(verdict)]
    inputs = tuple(each for verdict in untried for each in said.verdict_inputs(scene, verdict))
    return Section(items("Open", _todo(scene)), inputs)


def _todo(scene: Scene) -> Iterator[Cell]:
    found = ties(scene, _bears)
    if scene.standing and scene.standing.word is Stand.UNSUPPORTED:
        yield "Name a source that reports it, or a test that could decide it."
    yield from said.unconfirmed(scene, found)
    for tie in found:
        standing = scene.standings.get(tie.other.id)
        if tie.sign > 0 and standing and standing.word in _SHAKY:
            yield f"{scene.link(tie.other)}, which it leans on, is {standing.word}."
        if tie.sign < 0 and not tie.inferred:
            yield f"{scene.link(tie.other)} speaks against it: where does each of the two hold?"
    for verdict in verdicts_of(scene):
        yield from said.unsettled(verdict)


PARTS: Final[Mapping[str, Part]] = {
    "standing": _stands,
    "quote": _quote,
    "sentences": _sentences,
    "evidence": _evidence,
    "runs": _runs,
    "open": _open,
}
