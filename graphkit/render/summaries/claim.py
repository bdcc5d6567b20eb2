"""The summary of a claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from graphkit.models import Standing
from graphkit.render.summaries import extract, said
from graphkit.render.summaries.inputs import Input
from graphkit.render.summaries.markdown import Cell, items, text
from graphkit.render.summaries.scene import (
    Part,
    Scene,
    Section,
    Tie,
    shown,
    ties,
    verdicts_of,
)
from graphkit.render.summaries.sentences import gist
from graphkit.render.words import count, listing, measured
from graphkit.rules import LEANING, SHAKY
from graphkit.vocabulary import Flag, Kind, Outcome, Stand

_SHOWN: Final = 4  # names of works and runs in a sentence; the rest is counted
_NARROWING: Final = "qualifies"
_FLAGS: Final = {
    Flag.STALE: "a run behind it is stale",
    Flag.AT_RISK: "it leans, through others, on something contested, refuted or stale",
    Flag.QUALIFIED: "its scope is qualified",
}


def _quote(scene: Scene) -> Section:
    """The note's own first sentence, and the first that states a figure."""
    note = scene.note
    found = gist(note.summary, (figure.text for figure in note.figures))
    return extract.quoted(scene, note.summary, found)


def _stands(scene: Scene) -> Section:
    told = said.stands(scene, _sentence(scene, scene.standing) if scene.standing else "")
    inputs = (*told.inputs, *shown(scene, _unsafe(scene)), *_untried(scene))
    return told._replace(inputs=inputs)


def _sentence(scene: Scene, standing: Standing) -> str:
    parts = [_word(scene, standing)]
    if standing.test is Outcome.NOT_TESTABLE:
        parts.append(f"it cannot be tested here: {text(standing.test_reason)}")
    elif standing.test is not Outcome.NOT_RUN:
        parts.append(f"its test came out as {text(said.tests(standing))}")
    parts += [_flagged(scene, flag) for flag in standing.flags]
    return "; ".join(parts) + "."


def _flagged(scene: Scene, flag: Flag) -> str:
    """What a flag says, with the claims that put it at risk where they are next to it."""
    unsafe = tuple(dict.fromkeys(scene.called(tie.other) for tie in _unsafe(scene)))
    if flag is Flag.AT_RISK and unsafe:
        return f"it leans on {listing(unsafe)}"
    return _FLAGS[flag]


def _unsafe(scene: Scene) -> tuple[Tie, ...]:
    """The claims next to this one that put it at risk."""
    return ties(scene, lambda tie: _leans(tie) and _shaky(scene.standings.get(tie.other.id)))


def _leans(tie: Tie) -> bool:
    """Whether the note's claim leans on the other end."""
    return (tie.inward and tie.sign > 0) or (tie.outward and tie.relation == LEANING)


def _shaky(standing: Standing | None) -> bool:
    return standing is not None and (standing.word in SHAKY or Flag.STALE in standing.flags)


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
    ran = (each for verdict in verdicts_of(scene) for each in said.verdict_inputs(scene, verdict))
    return Section(items("Open", _todo(scene)), (*ran, *shown(scene, ties(scene, _bears))))


def _untried(scene: Scene) -> tuple[Input, ...]:
    """What is told of the tests that were not run."""
    untried = [verdict for verdict in verdicts_of(scene) if not measured(verdict)]
    return tuple(each for verdict in untried for each in said.verdict_inputs(scene, verdict))


def _todo(scene: Scene) -> Iterator[Cell]:
    found = ties(scene, _bears)
    if scene.standing and scene.standing.word is Stand.UNSUPPORTED:
        yield "Name a source that reports it, or a test that could decide it."
    yield from said.unconfirmed(scene, found)
    for tie in found:
        if tie.sign < 0 and not tie.context:
            yield f"Say where each of the two holds: {scene.link(tie.other)} speaks against it."
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
