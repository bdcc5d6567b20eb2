"""Results from verdicts: what the runs of a claim test say becomes a node and its edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from graphkit.codes import problem
from graphkit.models import Edge, Node, Note, Problem, Span, Verdict, derived_id
from graphkit.vocabulary import OUTCOME_RELATIONS, Kind

_OWN_TRACK: Final = "A"


def with_claims(verdicts: Iterable[Verdict], nodes: Mapping[str, Node]) -> tuple[Verdict, ...]:
    """The verdicts, in order of test and track, each with the ids of the claims it speaks for.

    Those are the claims that name its test, and those that a vault's own experiment names by id,
    title or path; a name that no claim has stays, for `problems` to tell.
    """
    claims: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for node in nodes.values():
        if node.kind is Kind.CLAIM:
            names |= dict.fromkeys((node.title, node.path, node.id), node.id)
            for test in node.tests:
                claims.setdefault(test, set()).add(node.id)
    ordered = sorted(verdicts, key=lambda verdict: (verdict.test, verdict.track))
    return tuple(
        replace(each, claims=tuple(sorted({names.get(c, c) for c in each.claims}
                                          | claims.get(each.test, set()))))
        for each in ordered
    )  # fmt: skip


def tested(verdicts: Iterable[Verdict], nodes: Mapping[str, Node]) -> dict[str, Node]:
    """The claims that an experiment names without their naming it, with its test among theirs."""
    found: dict[str, Node] = {}
    for verdict in verdicts:
        for claim in verdict.claims:
            node = found.get(claim) or nodes.get(claim)
            if node is not None and verdict.test not in node.tests:
                found[claim] = replace(node, tests=(*node.tests, verdict.test))
    return found


def results(
    verdicts: Iterable[Verdict], notes: Sequence[Note], by_path: Mapping[str, str]
) -> dict[str, Verdict]:
    """The verdicts that have a node, by its id: that of the note naming the run, or a new one."""
    named = {run: by_path[note.path] for note in reversed(notes) if (run := _run(note))}
    ran = [verdict for verdict in verdicts if verdict.outcome in OUTCOME_RELATIONS]
    return {named.get(_key(each)) or derived_id(Kind.RESULT, _key(each)): each for each in ran}


def result_node(node_id: str, verdict: Verdict, note: Node | None) -> Node:
    """The node of a verdict; a result note lends it path, title and text."""
    if note is None:
        title = verdict.title or verdict.test
        return Node(node_id, Kind.RESULT, title, aliases=(_key(verdict),), verdict=verdict)
    aliases = tuple(dict.fromkeys((*note.aliases, _key(verdict))))
    return replace(note, aliases=aliases, verdict=verdict)


def verdict_edges(results: Mapping[str, Verdict], nodes: Mapping[str, Node]) -> Iterator[Edge]:
    """From each result to the claims whose front matter names its test.

    Runs that are not decisive are shown but settle nothing: their edge is always `tests`.
    """
    for result, verdict in sorted(results.items()):
        relation = OUTCOME_RELATIONS[verdict.outcome] if verdict.decisive else "tests"
        for claim in (name for name in verdict.claims if name in nodes):
            node = nodes[claim]
            yield Edge(result, claim, relation, Span(node.path, node.line))


def problems(
    verdicts: tuple[Verdict, ...], notes: Iterable[Note], nodes: Mapping[str, Node]
) -> Iterator[Problem]:
    """Tests and runs that notes name and nothing knows; silent where no verdicts were given."""
    if not verdicts:
        return
    tests = sorted({verdict.test for verdict in verdicts})
    runs = {_key(verdict) for verdict in verdicts}
    hint = f"the tests are {', '.join(tests)}"
    for node in (node for node in nodes.values() if node.tests):
        for test in sorted({*node.tests} - {*tests}):
            yield problem(
                "unknown-test", f'no test is called "{test}"', Span(node.path, node.line), hint
            )
    for verdict in verdicts:
        for claim in (name for name in verdict.claims if name not in nodes):
            message = f'{verdict.test} tests the claim "{claim}", which no note holds'
            yield problem("unknown-claim", message, Span("graphkit.toml"))
    for note in notes:
        if (run := _run(note)) and run not in runs:
            yield problem("unknown-run", f'no run is called "{run}"', Span(note.path), hint)


def _key(verdict: Verdict) -> str:
    """What a result note's `run` must say: the test, and the track where it is not our own."""
    own = verdict.track == _OWN_TRACK
    return verdict.test if own else f"{verdict.test}/{verdict.track}"


def _run(note: Note) -> str:
    return dict(note.properties).get("run", "") if note.kind is Kind.RESULT else ""
