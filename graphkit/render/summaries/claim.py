"""The summary of a claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from graphkit.models import Standing
from graphkit.render.summaries import doubts, extract, lines, said
from graphkit.render.summaries.inputs import Input, facts
from graphkit.render.summaries.lines import Side
from graphkit.render.summaries.markdown import Cell, items, text
from graphkit.render.summaries.scene import Part, Scene, Section, Tie, shown, ties, verdicts_of
from graphkit.render.summaries.standalone import gist
from graphkit.render.words import count, listing, measured
from graphkit.rules import LEANING, QUALIFYING, SHAKY
from graphkit.vocabulary import Flag, Kind, Outcome, Stand


def _quote(scene: Scene) -> Section:
    """The note's own first sentence, and the first that states a figure."""
    note = scene.note
    found = gist(note.summary, (figure.text for figure in note.figures))
    return extract.quoted(scene, note.summary, found)


def _stands(scene: Scene) -> Section:
    told = said.stands(scene, partial(_sentence, scene))
    risky = _unsafe(scene) if scene.standing and Flag.AT_RISK in scene.standing.flags else ()
    risks = (each for tie in risky for each in facts(tie.other.id, {"risk": _risk(scene, tie)}))
    narrow = shown((*risky, *ties(scene, _narrows)))
    return replace(told, inputs=(*told.inputs, *narrow, *risks, *_untried(scene)))


def _sentence(scene: Scene) -> str:
    standing = scene.standing
    if standing is None:
        return ""
    parts = [_word(scene, standing)]
    if standing.test is Outcome.NOT_TESTABLE:
        parts.append(f"it cannot be tested here: {text(standing.test_reason)}")
    elif standing.test is not Outcome.NOT_RUN:
        parts.append(f"its test came out as {text(said.tests(standing))}")
    parts += [_flagged(scene, flag) for flag in standing.flags]
    return "; ".join(parts) + "."


def _flagged(scene: Scene, flag: Flag) -> str:
    """What a flag says, with the nodes that raise it where they are next to the claim."""
    if flag is Flag.STALE:
        return "a run behind it is stale"
    if flag is Flag.QUALIFIED:
        by = tuple(dict.fromkeys(scene.named(tie.other.id) for tie in ties(scene, _narrows)))
        return f"its scope is narrowed by {listing(by)}" if by else "its scope is narrowed"
    unsafe = tuple(dict.fromkeys(scene.called(tie.other) for tie in _unsafe(scene)))
    through = "through others, on something contested, refuted or stale"
    return f"it leans on {listing(unsafe)}" if unsafe else f"it leans, {through}"


def _narrows(tie: Tie) -> bool:
    """Whether the other end qualifies the claim."""
    return tie.inward and tie.relation == QUALIFYING and not tie.inferred


def _unsafe(scene: Scene) -> tuple[Tie, ...]:
    """The claims next to this one that put it at risk."""
    return ties(scene, lambda tie: _leans(tie) and bool(_risk(scene, tie)))


def _leans(tie: Tie) -> bool:
    """Whether the note's claim leans on the other end."""
    leans = (tie.inward and tie.sign > 0) or (tie.outward and tie.relation == LEANING)
    return leans and not tie.inferred


def _risk(scene: Scene, tie: Tie) -> str:
    standing = scene.standings.get(tie.other.id)
    return risk(standing) if standing else ""


def risk(standing: Standing) -> str:
    """What of a claim puts at risk all that leans on it, in words; empty where nothing does."""
    shaky = [standing.word.value] if standing.word in SHAKY else []
    aged = [Flag.STALE.value] if Flag.STALE in standing.flags else []
    return " and ".join((*shaky, *aged))


def _word(scene: Scene, standing: Standing) -> str:
    """The standing with the works and runs it rests on, by name."""
    supports, opposes = lines.sides(scene, standing)
    match standing.word:
        case Stand.SUPPORTED:
            return f"**Supported** by {_counted(scene, supports)}"
        case Stand.REFUTED:
            return f"**Refuted** by {_counted(scene, opposes)}"
        case Stand.CONTESTED:
            against = f"{len(opposes.ids)} against it ({lines.named(scene, opposes)})"
            return f"**Contested**: {_counted(scene, supports, ' for it')}, {against}"
        case _:
            return "**Unsupported**: no work and no run counts for it or against it"


def _counted(scene: Scene, side: Side, which: str = "") -> str:
    return f"{count(len(side.ids), 'independent line')}{which} ({lines.named(scene, side)})"


def _bears(tie: Tie) -> bool:
    """Whether a tie is evidence on the claim; runs have a table of their own."""
    telling = tie.sign != 0 or tie.relation == QUALIFYING
    return tie.inward and telling and tie.other.kind is not Kind.RESULT


def _evidence(scene: Scene) -> Section:
    """What bears on the claim, and below each claim the lines that reach this one through it."""
    groups = ((tie,) for tie in ties(scene, _bears))
    return said.tied(scene, "Evidence", groups, below=partial(lines.through, scene))


def _sentences(scene: Scene) -> Section:
    return extract.standing_out(scene, _bears)


def _runs(scene: Scene) -> Section:
    return said.runs(scene, [verdict for verdict in verdicts_of(scene) if measured(verdict)])


def _open(scene: Scene) -> Section:
    """What is to be done, and what the note itself says would settle it."""
    own = extract.remaining(scene)
    found = ties(scene, _bears)
    ran = (each for verdict in verdicts_of(scene) for each in said.verdict_inputs(scene, verdict))

    def cells() -> Iterator[Cell]:
        yield from doubts.about(scene, found)
        yield from (text(quote.text) for quote in own.quotes)

    otherwise = (
        each
        for work, figure, theirs in doubts.disagreeing(scene, found)
        for each in facts(work.id, {"otherwise": f"{theirs.text} for {figure.text}"})
    )
    inputs = (*own.inputs, *ran, *shown(found), *otherwise)
    return Section(lambda: items("Open", cells()), inputs, own.quotes)


def _untried(scene: Scene) -> Iterator[Input]:
    """What is told of the tests that were not run."""
    for verdict in verdicts_of(scene):
        if not measured(verdict):
            yield from said.verdict_inputs(scene, verdict)


PARTS: Final[Mapping[str, Part]] = {
    "standing": _stands,
    "quote": _quote,
    "sentences": _sentences,
    "evidence": _evidence,
    "runs": _runs,
    "open": _open,
}
