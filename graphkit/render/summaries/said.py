"""Sections that several kinds share: what stands out, its ties as a table, its runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from graphkit.models import (
    DECISIVE_PROFILE,
    RELEASED_PROFILE,
    Node,
    Standing,
    TrackState,
    Verdict,
    hedge,
)
from graphkit.render.summaries.causes import paired
from graphkit.render.summaries.inputs import Input, facts, wording
from graphkit.render.summaries.markdown import Cell, code, link, table, text
from graphkit.render.summaries.scene import Scene, Section, Tie, shown
from graphkit.render.words import caveat, effect, interval, listing, plain, small, track
from graphkit.vocabulary import Kind, Outcome

_OWN_TRACK: Final = "A"
_CHANCE: Final = "sign-flip p"  # how the probabilities of an effect are called
_RUNS: Final = ("Test", "The source says", "Measured here", "Seeds", "Verdict")
_BOUNDS: Final = (", low", ", high")  # what the ends of a measure's interval are called
_ENDS: Final = (" low", " high")  # and those of an interval that has a name of its own
_UNTRIED: Final = frozenset({Outcome.NOT_RUN, Outcome.NOT_TESTABLE})


def stands(scene: Scene, sentence: str) -> Section:
    """The sentence that says how the note's node stands, with all that it was made from."""
    standing = scene.standing
    if standing is None:
        return Section(sentence)
    told = {"title": scene.node.title, "standing": scene.stand(scene.node)}
    lines: tuple[Input, ...] = ()
    if scene.node.kind is Kind.CLAIM:
        named = (*standing.supports, *standing.opposes)
        lines = tuple(each for id_ in named for each in facts(id_, {"title": scene.title(id_)}))
        told |= {
            "for": ",".join(standing.supports),
            "against": ",".join(standing.opposes),
            "test": tests(standing),
            "flags": ", ".join(standing.flags),
        }
    return Section(sentence, (*facts(scene.node.id, told), *lines))


def tests(standing: Standing) -> str:
    """What the tests of a claim came to, on each track where they differ from one to the next."""
    ran = [each for each in standing.tracks if each.outcome not in _UNTRIED]
    if len({str(each) for each in ran}) < 2:
        return standing.tested
    return listing(tuple(map(_on_track, ran)))


def _on_track(state: TrackState) -> str:
    about = (hedge(state.outcome, state.profile), track(state.track))
    return f"{state.outcome} ({'; '.join(filter(None, about))})"


def prose(scene: Scene) -> Section:
    """What a model wrote about the note, where it did and all of it was found to be supported."""
    return Section(scene.prose)


def tied(
    scene: Scene, what: str, found: Sequence[Tie], says: Callable[[Node], Cell] | None = None
) -> Section:
    """A table of ties: relation, node with its standing, and the words it is stated in.

    `what` heads the column of nodes, and `says` fills one with what each node says.
    """
    rows = [_tied(scene, tie, [says(tie.other)] if says else []) for tie in found]
    header = ("Relation", what, *(["It says"] if says else []), "In these words")
    return Section(table(header, rows), shown(scene, found))


def _tied(scene: Scene, tie: Tie, says: Sequence[Cell]) -> tuple[Cell, ...]:
    relation = text(tie.label) + (" (inferred)" if tie.inferred else "")
    elsewhere = scene.places(edge for edge in tie.edges if edge.span.path != tie.other.path)
    words = " ".join(filter(None, (tie.context, f"(in {elsewhere})" if elsewhere else "")))
    return relation, scene.called(tie.other), *says, words


def runs(scene: Scene, verdicts: Sequence[Verdict]) -> Section:
    """The cited figure beside the measured one, for every verdict with a run behind it."""
    rows = [_run(scene, verdict) for verdict in verdicts]
    inputs = tuple(each for verdict in verdicts for each in verdict_inputs(scene, verdict))
    return Section(table(_RUNS, rows), inputs)


def _run(scene: Scene, verdict: Verdict) -> tuple[Cell, ...]:
    result = scene.result(verdict)
    name = link(verdict.test, result.path if result else "", scene.note.path) + _source(verdict)
    return (
        f"{name} ({plot_link(scene, verdict)})" if verdict.figure else name,
        text(verdict.cited),
        ": ".join(part for part in (text(verdict.quantity), here(verdict)) if part),
        str(len(verdict.seeds) or ""),
        ": ".join(part for part in (came_out(verdict), reasons(verdict)) if part),
    )


def came_out(verdict: Verdict) -> Cell:
    """The outcome, with what keeps it from deciding."""
    remark = caveat(verdict)
    return verdict.outcome.value + (f" ({text(remark)})" if remark else "")


def reasons(verdict: Verdict) -> Cell:
    """Why a verdict is as it is, without what an open item says anyway."""
    told = (
        reason
        for reason in verdict.reasons
        if not (small(verdict) and reason.endswith(f"profile {verdict.profile}"))
    )
    return text("; ".join(told))


def _source(verdict: Verdict) -> Cell:
    """Whose runs they are, where they are not ours."""
    return " (released results)" if verdict.profile == RELEASED_PROFILE else ""


def here(verdict: Verdict) -> Cell:
    """What was measured. The brackets of an interval hold only numbers and need no escape."""
    return " ".join(part for part in (text(effect(verdict)), interval(verdict)) if part)


def plot_link(scene: Scene, verdict: Verdict) -> Cell:
    """A link to the plot of a verdict."""
    return link("figure", f"{scene.figures}/{verdict.figure}", scene.note.path)


def measures(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """Every further quantity with its value, and with its interval where it has one.

    Intervals and probabilities of the effect itself come last. The values hold only numbers and
    brackets, and need no escape.
    """
    held = dict(verdict.measures)
    ends = {name + bound for name in held for bound in _BOUNDS if name + bound in held}
    pairs = {name.removesuffix(_ENDS[0]): tuple(name.removesuffix(_ENDS[0]) + end for end in _ENDS)
             for name in held if name.endswith(_ENDS[0]) and name not in ends}  # fmt: skip
    named = {name: both for name, both in pairs.items() if both[1] in held}
    ends |= {end for both in named.values() for end in both}
    told = [(name, _measure(held, name)) for name in held if name not in ends]
    spans = [(f"{name} interval", f"[{plain(held[low])}, {plain(held[high])}]")
             for name, (low, high) in named.items()]  # fmt: skip
    chances = [each for each in told if each[0].startswith(_CHANCE)]
    return (*(each for each in told if each not in chances), *spans, *chances)


def _measure(held: dict[str, float], name: str) -> str:
    low, high = (held.get(name + bound) for bound in _BOUNDS)
    value = plain(held[name])
    return value if low is None or high is None else f"{value} [{plain(low)}, {plain(high)}]"


def verdict_inputs(scene: Scene, verdict: Verdict, told: bool = False) -> tuple[Input, ...]:  # noqa: FBT001, FBT002
    """What a row about a run was made from; with its measures where they are `told`."""
    result = scene.result(verdict)
    facts_ = {
        **run_facts(verdict),
        "measures": paired(measures(verdict)) if told else "",
        "words": wording(
            *(verdict.title, verdict.cited, verdict.figure, verdict.quantity, *verdict.reasons),
            str(len(verdict.records)),
            result.path if result else "",
        ),
    }
    return facts(run_key(verdict), facts_)


def run_key(verdict: Verdict) -> str:
    """The id under which a block names a run."""
    own = verdict.track == _OWN_TRACK
    return verdict.test if own else f"{verdict.test}/{verdict.track}"


def run_facts(verdict: Verdict) -> dict[str, str]:
    """What every block that tells of a run has of it."""
    names = (name.removesuffix(".json") for name in verdict.records)
    return {
        "verdict": verdict.outcome.value,
        "effect": effect(verdict),
        "interval": interval(verdict),
        "profile": verdict.profile,
        "seeds": str(len(verdict.seeds) or ""),
        "stale": "yes" if verdict.stale else "",
        "records": paired(zip(names, verdict.prints, strict=False)),
    }


def unconfirmed(scene: Scene, found: Iterable[Tie]) -> Iterator[Cell]:
    """Open items: the ties that were read out of prose and that nobody has typed yet."""
    for tie in found:
        if tie.inferred:
            phrase = text(tie.edges[0].phrase)
            said = f"“{text(tie.label)}” {scene.link(tie.other)}"
            yield f"Confirm or drop: {said} was inferred from “{phrase}”."


def unsettled(verdict: Verdict) -> Iterator[Cell]:
    """Open items: what could be run so that a verdict settles its claims."""
    name = code(verdict.test) + _source(verdict)
    if verdict.outcome is Outcome.NOT_RUN:
        why = reasons(verdict)
        yield f"The test {name} has not been run{why and f': {why}'}."
    if verdict.stale:
        yield f"Run {name} again: what it was made from has changed since."
    elif small(verdict):
        yield f"Run {name} with the profile `{DECISIVE_PROFILE}`: so far it shows a direction only."
