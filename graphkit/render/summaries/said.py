"""Sections that several kinds share: what a note says, its ties as a table, its runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graphkit.models import DECISIVE_PROFILE, Verdict
from graphkit.render.summaries.inputs import Input, facts, wording
from graphkit.render.summaries.markdown import Cell, code, link, table, text
from graphkit.render.summaries.scene import Scene, Section, Tie, tie_inputs
from graphkit.render.summaries.sentences import gist
from graphkit.render.words import caveat, effect, interval, small
from graphkit.vocabulary import Kind, Outcome

_OWN_TRACK: Final = "A"
_RUNS: Final = ("Test", "The source says", "Here", "Interval", "Seeds", "Verdict")


def says(scene: Scene) -> Section:
    """The note's own sentences, as a quotation."""
    note = scene.note
    found = gist(note.summary, (figure.text for figure in note.figures))
    quoted = "> " + text(" ".join(found)) if found else ""
    return Section(quoted, facts(scene.node.id, {"words": wording(*found)}))


def stands(scene: Scene, sentence: str) -> Section:
    """The sentence that says how the note's node stands, with all that it was made from."""
    standing = scene.standing
    if standing is None:
        return Section(sentence)
    told = {"standing": scene.stand(scene.node)}
    if scene.node.kind is Kind.CLAIM:
        told |= {
            "for": ",".join(standing.supports),
            "against": ",".join(standing.opposes),
            "test": standing.test.value,
            "flags": ",".join(standing.flags),
            "words": wording(*map(scene.title, (*standing.supports, *standing.opposes))),
        }
    return Section(sentence, facts(scene.node.id, told))


def tied(scene: Scene, what: str, found: Sequence[Tie]) -> Section:
    """A table of ties: relation, node, how it stands, where and in which words it is stated.

    `what` heads the column of nodes.
    """
    rows = [
        (
            text(tie.label) + (" (inferred)" if tie.inferred else ""),
            scene.link(tie.other),
            ", ".join(part for part in (tie.other.kind, scene.stand(tie.other)) if part),
            scene.places(tie.edges),
            tie.context,
        )
        for tie in found
    ]
    header = ("Relation", what, "Kind", "Stated in", "In these words")
    inputs = tuple(each for tie in found for each in tie_inputs(scene, tie))
    return Section(table(header, rows), inputs)


def runs(scene: Scene, verdicts: Sequence[Verdict]) -> Section:
    """The cited figure beside the measured one, for every verdict with a run behind it."""
    rows = [_run(scene, verdict) for verdict in verdicts]
    inputs = tuple(each for verdict in verdicts for each in verdict_inputs(scene, verdict))
    return Section(table(_RUNS, rows), inputs)


def _run(scene: Scene, verdict: Verdict) -> tuple[Cell, ...]:
    result = scene.result(verdict)
    name = link(verdict.test, result.path if result else "", scene.note.path)
    remark = caveat(verdict)
    return (
        f"{name} ({plot_link(scene, verdict)})" if verdict.figure else name,
        text(verdict.cited),
        text(effect(verdict)),
        interval(verdict),
        str(len(verdict.seeds)),
        verdict.outcome.value + (f" ({text(remark)})" if remark else ""),
    )


def here(verdict: Verdict) -> Cell:
    """What was measured. The brackets of an interval hold only numbers and need no escape."""
    return " ".join(part for part in (text(effect(verdict)), interval(verdict)) if part)


def plot_link(scene: Scene, verdict: Verdict) -> Cell:
    """A link to the plot of a verdict."""
    return link("figure", f"{scene.figures}/{verdict.figure}", scene.note.path)


def verdict_inputs(scene: Scene, verdict: Verdict) -> tuple[Input, ...]:
    """What a row about a run was made from."""
    result = scene.result(verdict)
    told = {
        "verdict": verdict.outcome.value,
        "effect": effect(verdict),
        "interval": interval(verdict),
        "profile": verdict.profile,
        "seeds": str(len(verdict.seeds) or ""),
        "stale": "yes" if verdict.stale else "",
        "words": wording(
            *(verdict.title, verdict.cited, verdict.figure, verdict.quantity, *verdict.reasons),
            *(f"{name} {value}" for name, value in verdict.measures),
            str(len(verdict.records)),
            result.path if result else "",
        ),
    }
    own = verdict.track == _OWN_TRACK
    return facts(verdict.test if own else f"{verdict.test}/{verdict.track}", told)


def unconfirmed(scene: Scene, found: Iterable[Tie]) -> Iterator[Cell]:
    """Open items: the ties that were read out of prose and that nobody has typed yet."""
    for tie in found:
        if tie.inferred:
            phrase = text(tie.edges[0].phrase)
            said = f"“{text(tie.label)}” {scene.link(tie.other)}"
            yield f"Confirm or drop: {said} was inferred from “{phrase}”."


_PENDING: Final = {
    Outcome.NOT_RUN: "The test {name} has not been run{why}.",
    Outcome.NOT_TESTABLE: "The test {name} cannot be run here{why}.",
    Outcome.INCONCLUSIVE: "The test {name} settled nothing{why}.",
    Outcome.PARTLY: "The test {name} came out in part{why}.",
}


def unsettled(verdict: Verdict) -> Iterator[Cell]:
    """Open items: what keeps a verdict from settling its claims."""
    name, why = code(verdict.test), text("; ".join(verdict.reasons))
    if verdict.outcome in _PENDING:
        yield _PENDING[verdict.outcome].format(name=name, why=f": {why}" if why else "")
    if verdict.stale:
        yield f"Run {name} again: its protocol has changed since."
    elif small(verdict):
        yield f"Run {name} with the profile `{DECISIVE_PROFILE}`: so far it shows a direction only."
