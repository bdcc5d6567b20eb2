"""The graph of a vault: every note a node, every link that means something an edge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

from graphkit.graph import broken, runs
from graphkit.graph.edges import UNTYPED, edges
from graphkit.graph.index import Index, endings, index, renewed
from graphkit.graph.joints import Joined, Joint, asked, joiner, united
from graphkit.graph.names import ending
from graphkit.graph.works import Census, census, taken_back
from graphkit.models import Edge, Graph, Link, LinkCounts, Node, Note, ParsedNote, Problem, Verdict
from graphkit.vocabulary import VOCABULARY, Vocabulary


@dataclass(frozen=True)
class Page:
    """A note with what became of its links."""

    parsed: ParsedNote
    joined: Joined
    joints: tuple[Joint, ...]  # those of `joined`, their works under the ids that the vault uses
    edges: tuple[Edge, ...]
    problems: tuple[Problem, ...]  # of its links, each by itself
    odd: tuple[Link, ...]  # whose words name no relation

    @cached_property
    def asked(self) -> frozenset[str]:
        """What the names of a note must end in to have a part in what the links mean."""
        return asked(self.parsed, self.joined)

    @cached_property
    def places(self) -> frozenset[str]:
        """The notes of which the links name a heading or block."""
        named = filter(broken.names_place, self.joints)
        return frozenset(joint.resolution.path for joint in named)


@dataclass(frozen=True)
class Draft:
    """A graph, and what of its making serves again when a few of its notes have changed."""

    graph: Graph
    pages: Mapping[str, Page]  # by path
    names: Index
    census: Census


class _Kept(NamedTuple):
    """What is still true of an earlier draft."""

    pages: Mapping[str, Page]  # by path: those of notes that are the very values they were
    nodes: Mapping[str, Node]  # of these notes alone, by path
    names: Index  # of all notes as they are now
    endings: frozenset[str] = frozenset()  # of the names that came or went

    def holds(self, page: Page) -> bool:
        """Whether the links of a page mean what they did."""
        return not self.endings or self.endings.isdisjoint(page.asked)

    def draws(self, page: Page, joints: tuple[Joint, ...], turned: Collection[str]) -> bool:
        """Whether a page has the edges and problems it had, now that it has these joints."""
        return (
            page.joints is joints
            and page.places <= self.pages.keys()
            and not (turned and any(joint.target in turned for joint in joints))
        )


_CALLED: Final = attrgetter("path", "id", "kind", "title", "aliases", "identifiers", "blocks")
"""What of a note other notes' links go by."""


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
    return draft(parsed, verdicts, vocabulary).graph


def draft(
    parsed: Iterable[ParsedNote],
    verdicts: Iterable[Verdict] = (),
    vocabulary: Vocabulary = VOCABULARY,
    before: Draft | None = None,
) -> Draft:
    """The same graph as `build`, sooner where it can lean on the one `before`.

    Links are resolved again that stand in notes which are not the very values they were, and
    those that ask for a name which came or went; what spans notes is gathered anew.
    """
    sheets = sorted(parsed, key=lambda sheet: sheet.note.path)
    notes = [sheet.note for sheet in sheets]
    kept = _kept(before, sheets, vocabulary) if before else _Kept({}, {}, index(notes))
    counted = census(notes, kept.nodes)
    join = joiner(kept.names, counted.by_path)
    old = kept.pages if before and _stay(kept.pages, before.census, counted) else {}
    joined = [
        page.joined if (page := old.get(sheet.note.path)) and kept.holds(page) else join(sheet)
        for sheet in sheets
    ]
    per_page, strangers = united(joined)
    nodes = {**strangers, **counted.nodes}
    spoken = runs.with_claims(verdicts, nodes)
    nodes |= runs.tested(spoken, nodes)
    results = runs.results(spoken, notes, counted.by_path)
    nodes |= {key: runs.result_node(key, each, nodes.get(key)) for key, each in results.items()}
    outcomes = tuple(runs.verdict_edges(results, nodes))
    turned = _turned(before.graph.nodes if before else {}, nodes)
    texts = {note.path: note for note in notes}
    pages = [
        page
        if (page := old.get(sheet.note.path))
        and page.joined is links
        and kept.draws(page, joints, turned)
        else _page(sheet, links, joints, nodes, texts, vocabulary)
        for sheet, links, joints in zip(sheets, joined, per_page, strict=True)
    ]
    drawn = (*_beside(outcomes, chain.from_iterable(page.edges for page in pages)), *outcomes)
    nodes |= taken_back(nodes, drawn)
    graph = Graph(
        nodes={key: nodes[key] for key in sorted(nodes)},
        edges=drawn,
        problems=_sorted(
            *(problem for page in pages for problem in (*page.parsed.problems, *page.problems)),
            *counted.problems,
            *broken.unknown_relations((link for page in pages for link in page.odd), vocabulary),
            *runs.problems(spoken, notes, nodes),
        ),
        links=LinkCounts(*(sum(page.counts[at] for page in joined) for at in range(4))),
        verdicts=spoken,
        vocabulary=vocabulary,
    )
    return Draft(graph, {page.parsed.note.path: page for page in pages}, kept.names, counted)


def _kept(before: Draft, sheets: Iterable[ParsedNote], vocabulary: Vocabulary) -> _Kept:
    now = {sheet.note.path: sheet for sheet in sheets}
    same = {path for path, page in before.pages.items() if now.get(path) is page.parsed}
    was = [page.parsed.note for path, page in before.pages.items() if path not in same]
    new = [sheet.note for path, sheet in now.items() if path not in same]
    called = {*map(_CALLED, was)} & {*map(_CALLED, new)}
    gone, come = ([note for note in group if _CALLED(note) not in called] for group in (was, new))
    names = renewed(before.names, gone, come) if gone or come else before.names
    folders = names.directories ^ before.names.directories if gone or come else ()
    alike = before.graph.vocabulary.rows == vocabulary.rows
    return _Kept(
        {path: page for path, page in before.pages.items() if path in same} if alike else {},
        {path: node for path, node in before.census.own.items() if path in same},
        names,
        frozenset({*endings((*gone, *come)), *map(ending, folders)}),
    )


def _stay(paths: Iterable[str], before: Census, after: Census) -> bool:
    """Whether the notes at these paths have the nodes they had."""
    return all(before.by_path[path] == after.by_path[path] for path in paths)


def _turned(before: Mapping[str, Node], after: Mapping[str, Node]) -> set[str]:
    """The nodes that are of another kind now."""
    both = ((key, before[key].kind, node.kind) for key, node in after.items() if key in before)
    return {key for key, was, kind in both if was is not kind}


def _page(
    sheet: ParsedNote,
    joined: Joined,
    joints: tuple[Joint, ...],
    nodes: Mapping[str, Node],
    notes: Mapping[str, Note],
    vocabulary: Vocabulary,
) -> Page:
    links = (joint.link for joint in joints)
    return Page(
        sheet,
        joined,
        joints,
        edges(joints, nodes, vocabulary),
        tuple(broken.problems(joints, notes, vocabulary)),
        tuple(link for link in links if broken.is_odd(link, vocabulary)),
    )


def _beside(outcomes: Iterable[Edge], written: Iterable[Edge]) -> Iterable[Edge]:
    """The edges of notes, without a result note's bare links to the claims that its run tests."""
    told = {(edge.source, edge.target) for edge in outcomes}

    def adds(edge: Edge) -> bool:
        return edge.relation != UNTYPED or (edge.source, edge.target) not in told

    return filter(adds, written) if told else written


def _sorted(*problems: Problem) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=place))


def place(problem: Problem) -> tuple[str, int, int, str, str]:
    """Where a problem stands in a list: by file, line, column, then code and words."""
    span = problem.span
    return span.path, span.line, span.column, problem.code, problem.message
