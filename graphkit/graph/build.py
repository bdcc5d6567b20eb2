"""The graph of a vault: every note a node, every link that means something an edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from graphkit.graph import broken, runs
from graphkit.graph.edges import UNTYPED, edges
from graphkit.graph.index import index
from graphkit.graph.joints import Joint, join
from graphkit.graph.resolve import Fate
from graphkit.graph.works import census
from graphkit.models import Edge, Graph, LinkCounts, ParsedNote, Problem, Verdict
from graphkit.vocabulary import VOCABULARY, Vocabulary


def build(
    parsed: Iterable[ParsedNote],
    verdicts: Iterable[Verdict] = (),
    vocabulary: Vocabulary = VOCABULARY,
) -> Graph:
    """Resolve the links of these notes and join them to the runs that test their claims.

    The graph does not depend on the order of notes or verdicts. Its `problems` are those of
    parsing and of resolving, in order of place; `check` adds what a linter finds. Its `verdicts`
    name the claims they speak for.
    """
    pages = sorted(parsed, key=lambda page: page.note.path)
    notes = [page.note for page in pages]
    names = index(notes)
    nodes, by_path, duplicates = census(notes)
    joints, strangers, external = join(pages, names, by_path)
    nodes = {**strangers, **nodes}
    spoken = runs.with_claims(verdicts, nodes)
    nodes |= runs.tested(spoken, nodes)
    results = runs.results(spoken, notes, by_path)
    nodes |= {key: runs.result_node(key, each, nodes.get(key)) for key, each in results.items()}
    outcomes = tuple(runs.verdict_edges(results, nodes))
    return Graph(
        nodes={key: nodes[key] for key in sorted(nodes)},
        edges=(*_beside(outcomes, edges(joints, nodes, vocabulary)), *outcomes),
        problems=_sorted(
            *(problem for page in pages for problem in page.problems),
            *duplicates,
            *broken.problems(joints, names.notes, vocabulary),
            *runs.problems(spoken, notes, nodes),
        ),
        links=_counts(joints, external),
        verdicts=spoken,
        vocabulary=vocabulary,
    )


def _beside(outcomes: Iterable[Edge], written: Iterable[Edge]) -> Iterator[Edge]:
    """The edges of notes, without a result note's bare links to the claims that its run tests."""
    told = {(edge.source, edge.target) for edge in outcomes}
    for edge in written:
        if edge.relation != UNTYPED or (edge.source, edge.target) not in told:
            yield edge


def _sorted(*problems: Problem) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=place))


def place(problem: Problem) -> tuple[str, int, int, str, str]:
    """Where a problem stands in a list: by file, line, column, then code and words."""
    span = problem.span
    return span.path, span.line, span.column, problem.code, problem.message


def _counts(joints: Sequence[Joint], external: int) -> LinkCounts:
    ambiguous = sum(joint.resolution.fate is Fate.AMBIGUOUS for joint in joints)
    missing = sum(joint.resolution.fate is Fate.MISSING for joint in joints)
    return LinkCounts(len(joints) - ambiguous - missing, ambiguous, missing, external)
