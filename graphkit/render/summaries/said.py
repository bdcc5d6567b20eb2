"""Sections that several kinds share: what stands out, its ties as a table, its runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from graphkit.models import (
    DECISIVE_PROFILE,
    RELEASED_PROFILE,
    Standing,
    TrackState,
    Verdict,
    hedge,
)
from graphkit.render.measures import measures
from graphkit.render.summaries.causes import paired
from graphkit.render.summaries.inputs import Input, facts, wording
from graphkit.render.summaries.markdown import Cell, code, link, table, text
from graphkit.render.summaries.scene import Scene, Section, Tie, shown
from graphkit.render.words import (
    LEVEL,
    caveat,
    citing,
    effect,
    interval,
    listing,
    signed,
    small,
    track,
)
from graphkit.vocabulary import Kind, Outcome

_OWN_TRACK: Final = "A"
_RUNS: Final = ("Test", "The source says", f"Measured here [{LEVEL}]", "Seeds", "Verdict")
_UNTRIED: Final = frozenset({Outcome.NOT_RUN, Outcome.NOT_TESTABLE})
RESERVED: Final = "reservation"  # what the reasons of a verdict are that went well
OPEN: Final = frozenset(
    {Outcome.PARTLY, Outcome.NOT_REPRODUCED, Outcome.CONTRADICTED, Outcome.INCONCLUSIVE}
)
"""Outcomes that leave a claim open: the reasons stand among what is."""


def stands(scene: Scene, sentence: Callable[[], str]) -> Section:
    """The sentence that says how the note's node stands, with all that it was made from."""
    standing = scene.standing
    if standing is None:
        return Section(sentence)
    told = {"title": scene.node.title, "standing": scene.stand(scene.node)}
    lines: tuple[Input, ...] = ()
    if scene.node.kind is Kind.CLAIM:
        named = (*standing.supports, *standing.opposes)
        lines = tuple(each for id_ in named for each in _lent(scene, id_))
        told |= {
            "for": ",".join(standing.supports),
            "against": ",".join(standing.opposes),
            "test": tests(standing),
            "flags": ", ".join(standing.flags),
        }
    return Section(sentence, (*facts(scene.node.id, told), *lines))


def _lent(scene: Scene, id_: str) -> tuple[Input, ...]:
    """What a sentence has of a work or run that it only names."""
    node = scene.graph.nodes.get(id_)
    path = node.path if node else ""
    return facts(id_, {"title": scene.title(id_), "place": wording(path) if path else ""})


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
    return scene.prose


def tied(
    scene: Scene,
    what: str,
    groups: Iterable[Sequence[Tie]],
    below: Callable[[], Mapping[str, Iterable[Sequence[Cell]]]] = dict,
) -> Section:
    """A table of ties: relation, node with its standing, and the words it is stated in.

    `what` heads the column of nodes; each group of ties to one node is a row, and the rows
    `below` a node follow the first of its own.
    """
    held = [tuple(group) for group in groups]

    def rows() -> Iterator[Sequence[Cell]]:
        left = {**below()}
        for group in held:
            other = group[0].other
            relations = ", ".join(_relation(tie) for tie in group)
            yield relations, scene.called(other), in_words(scene, group)
            yield from left.pop(other.id, ())

    inputs = shown(tie for group in held for tie in group)
    return Section(lambda: table(("Relation", what, "In these words"), rows()), inputs)


def by_node(found: Iterable[Tie]) -> tuple[tuple[Tie, ...], ...]:
    """Ties to one node together, in the order of the first of each."""
    groups: dict[str, list[Tie]] = {}
    for tie in found:
        groups.setdefault(tie.other.id, []).append(tie)
    return tuple(map(tuple, groups.values()))


def in_words(scene: Scene, group: Sequence[Tie]) -> Cell:
    """The words in which ties to one node are stated, each with its relation where they differ."""
    if len(group) == 1:
        return _words(scene, group[0])
    return "; ".join(f"{_relation(tie)}: {_words(scene, tie)}".rstrip(": ") for tie in group)


def _relation(tie: Tie) -> Cell:
    return text(tie.label) + (" (inferred)" if tie.inferred else "")


def _words(scene: Scene, tie: Tie) -> Cell:
    elsewhere = scene.places(edge for edge in tie.edges if edge.span.path != tie.other.path)
    return " ".join(filter(None, (tie.context, f"(in {elsewhere})" if elsewhere else "")))


def runs(scene: Scene, verdicts: Sequence[Verdict]) -> Section:
    """The cited figure beside the measured one, for every verdict with a run behind it."""
    inputs = tuple(each for verdict in verdicts for each in verdict_inputs(scene, verdict))
    return Section(lambda: table(_RUNS, (_run(scene, each) for each in verdicts)), inputs)


def _run(scene: Scene, verdict: Verdict) -> tuple[Cell, ...]:
    result = scene.result(verdict)
    name = link(verdict.test, result.path if result else "", scene.note.path) + source(verdict)
    why = "" if verdict.outcome in OPEN else reasons(verdict)
    return (
        f"{name} ({plot_link(scene, verdict)})" if verdict.figure else name,
        (f"{citing(verdict)} " if verdict.own else "") + text(signed(verdict.cited)),
        ": ".join(part for part in (text(verdict.quantity), here(verdict)) if part),
        str(len(verdict.seeds) or ""),
        _because(verdict).join(part for part in (came_out(verdict), why) if part),
    )


def _because(verdict: Verdict) -> str:
    return f"; {RESERVED}: " if verdict.outcome is Outcome.REPRODUCED else ": "


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
    return text(signed("; ".join(told)))


def source(verdict: Verdict) -> Cell:
    """Whose runs they are, where they are not ours."""
    return " (released results)" if verdict.profile == RELEASED_PROFILE else ""


def here(verdict: Verdict) -> Cell:
    """What was measured. The brackets of an interval hold only numbers and need no escape."""
    return " ".join(part for part in (text(effect(verdict)), interval(verdict)) if part)


def plot_link(scene: Scene, verdict: Verdict) -> Cell:
    """A link to the plot of a verdict."""
    return link("figure", f"{scene.figures}/{verdict.figure}", scene.note.path)


def verdict_inputs(scene: Scene, verdict: Verdict, told: bool = False) -> tuple[Input, ...]:  # noqa: FBT001, FBT002
    """What a row about a run was made from; with its measures where they are `told`."""
    result = scene.result(verdict)
    facts_ = {
        **run_facts(verdict),
        "measures": paired(_measured(verdict)) if told else "",
        "words": wording(
            *(verdict.title, verdict.cited, verdict.figure, verdict.quantity, verdict.protocol),
            *verdict.reasons,
            str(len(verdict.records)),
            result.path if result else "",
        ),
    }
    return facts(run_key(verdict), facts_)


def _measured(verdict: Verdict) -> Iterator[tuple[str, str]]:
    return ((each.name, f"{each.value} {each.interval}".strip()) for each in measures(verdict))


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
        "why": signed("; ".join(verdict.reasons)) if verdict.outcome in OPEN else "",
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
    name = code(verdict.test) + source(verdict)
    if verdict.outcome is Outcome.NOT_RUN:
        why = reasons(verdict)
        yield f"The test {name} has not been run{why and f': {why}'}."
    if verdict.stale:
        yield f"Run {name} again: what it was made from has changed since."
    elif small(verdict):
        yield f"Run {name} with the profile `{DECISIVE_PROFILE}`: so far it shows a direction only."
