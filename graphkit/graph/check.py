"""The linter of a vault: every rule is one function, and `RULES` lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from graphkit.codes import problem
from graphkit.graph import amounts, wording
from graphkit.graph.argument import Argument, argument
from graphkit.graph.broken import HABIT, listed
from graphkit.graph.build import place
from graphkit.graph.edges import CITING_FORMS
from graphkit.graph.index import FOLDER_NOTES, Index, index
from graphkit.graph.lines import Ledger, course, ledger
from graphkit.graph.names import identity
from graphkit.graph.suggest import suggested
from graphkit.models import Edge, Graph, Node, ParsedNote, Problem, Span
from graphkit.vocabulary import VOCABULARY, Kind, Relation, Vocabulary

_UNSTATED: Final = frozenset({Kind.NOTE, Kind.GHOST})  # what has no kind that an author gave it


class Vault(NamedTuple):
    """What rules look at."""

    parsed: tuple[ParsedNote, ...]
    graph: Graph
    names: Index
    argued: Argument
    ledger: Ledger


def check(
    parsed: Iterable[ParsedNote], graph: Graph, vocabulary: Vocabulary = VOCABULARY
) -> tuple[Problem, ...]:
    """All problems of a vault in order of place: of parsing, of links, and of what they say.

    `vocabulary` is the table that relations are checked against; see `codes` for what each code
    means and how much it matters.
    """
    pages = tuple(sorted(parsed, key=lambda page: page.note.path))
    argued = argument(graph)
    names = index(page.note for page in pages)
    vault = Vault(pages, graph, names, argued, ledger(argued, course(argued)))
    linted = (each for rule in RULES for each in rule(vault, vocabulary))
    found = sorted({*graph.problems, *linted}, key=place)
    return suggested(found, pages, names)


def duplicate_names(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Names that notes share at one level, so that a link by them is ambiguous."""
    shared: dict[str, set[str]] = defaultdict(set)
    for names in (vault.names.titles, vault.names.stems, vault.names.aliases):
        for name, entries in names.items():
            paths = {entry.path for entry in entries}
            if len(paths) > 1 and name not in FOLDER_NOTES:
                shared[name] |= paths
    together: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, paths in shared.items():
        together[tuple(sorted(paths))].append(f'"{name}"')
    for (first, *others), found in together.items():
        verb = "names" if len(found) == 1 else "name"
        message = f"{listed(found)} also {verb} {listed(others)}"
        yield problem("duplicate-name", message, Span(first), "link to them by their paths")


def relation_ends(vault: Vault, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Relations an author wrote between kinds that do not go with them.

    Between notes of no kind it is, from some uses on, the vault's own way with the word: said
    once, for there is one thing to decide and not one for each link.
    """
    nodes = vault.graph.nodes
    unstated: dict[Relation, list[Problem]] = defaultdict(list)
    for edge in vault.graph.edges:
        row = vocabulary.by_name.get(edge.relation)
        kinds = nodes[edge.source].kind, nodes[edge.target].kind
        if row and not edge.inferred and not row.fits(*kinds):
            message = f'"{row.name}" does not lead from {kinds[0]} to {kinds[1]}'
            hint = f"it leads from {_kinds(row.subjects)} to {_kinds(row.objects)}"
            found = problem("relation-ends", message, edge.span, hint)
            if _UNSTATED.issuperset(kinds):
                unstated[row].append(found)
            else:
                yield found
    for row, group in unstated.items():
        yield from group if len(group) < HABIT else (_habit(row, group),)


def _habit(row: Relation, group: Sequence[Problem]) -> Problem:
    message = f'"{row.name}" does not join notes of no kind, {len(group)} times'
    hint = f"{group[0].hint}; give them kinds, or the relation a row in graphkit.toml"
    return replace(group[0], message=message, hint=hint)


def cycles(vault: Vault, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Chains of a hierarchical relation that come back to their start, one for each ring."""
    for row in vocabulary.rows:
        edges = [edge for edge in vault.graph.edges if edge.relation == row.name]
        if row.hierarchical and edges:
            yield from _rings(vault.graph.nodes, row, edges)


def orphans(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Notes that no link joins to another node of the vault."""
    graph = vault.graph
    joined = {
        end
        for edge in graph.edges
        if Kind.GHOST not in (graph.nodes[edge.source].kind, graph.nodes[edge.target].kind)
        for end in (edge.source, edge.target)
    }
    for node in _written(graph):
        if node.id not in joined:
            hint = "link it with a note that it belongs to"
            yield problem("orphan", "no link joins this note to another", _top(node), hint)


def claims_without_evidence(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Claims that no source, run or other claim speaks for or against."""
    argued = vault.argued
    spoken = {*argued.supporters, *argued.attackers, *argued.direct_for, *argued.direct_against}
    for node in _written(vault.graph, Kind.CLAIM):
        if node.id not in spoken:
            message = "nothing speaks for this claim or against it"
            hint = "- is reported by [[a source]]"
            yield problem("claim-without-evidence", message, _top(node), hint)


def evidence_without_source(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Claims that stand as evidence for others and have no line of evidence themselves."""
    used = {claim for claims in vault.argued.supporters.values() for claim in claims}
    for node in _written(vault.graph, Kind.CLAIM):
        if node.id in used and not vault.ledger.supports.get(node.id):
            message = "this claim is evidence for another, and nothing supports it"
            hint = "name what it rests on: - is reported by [[a source]]"
            yield problem("evidence-without-source", message, _top(node), hint)


def sources_without_identifier(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Source notes that name no arXiv id, DOI, citation key or address."""
    for node in _written(vault.graph, Kind.SOURCE):
        if not node.identifiers:
            message = "this source has no identifier"
            hint = "add `identifiers: [arXiv:…]` to its front matter"
            yield problem("source-without-identifier", message, _top(node), hint)


def two_identifiers(vault: Vault, _vocabulary: Vocabulary) -> Iterator[Problem]:
    """Works that some notes cite by one identifier and others by another."""
    cited: dict[str, dict[str, Span]] = defaultdict(dict)
    for _, links, _ in vault.parsed:
        for link in links:
            known = vault.names.works.get(identity(link.target), ())
            if link.form in CITING_FORMS and known:
                cited[known[0].path].setdefault(identity(link.target), link.span)
    for path, spans in cited.items():
        for span in [*spans.values()][1:]:
            message = f"{path} is cited here under another identifier than elsewhere"
            yield problem("two-identifiers", message, span, f"it is cited as {listed(spans)}")


Rule = Callable[[Vault, Vocabulary], Iterator[Problem]]

RULES: Final[tuple[Rule, ...]] = (
    duplicate_names,
    relation_ends,
    cycles,
    orphans,
    claims_without_evidence,
    evidence_without_source,
    sources_without_identifier,
    two_identifiers,
    amounts.differing_figures,
    amounts.confused_units,
    amounts.unsupported_figures,
    amounts.unsupported_numbers,
    wording.overstatements,
    wording.retractions,
)


def _written(graph: Graph, *kinds: Kind) -> Iterator[Node]:
    """Nodes that have a note, of these kinds where any are named."""
    return (n for n in graph.nodes.values() if n.path and (not kinds or n.kind in kinds))


def _top(node: Node) -> Span:
    return Span(node.path, node.line)


def _kinds(kinds: Iterable[Kind]) -> str:
    named = sorted(kind.value for kind in kinds)
    return "any node" if len(named) == len(Kind) else " or ".join(named)


def _rings(nodes: Mapping[str, Node], row: Relation, edges: Iterable[Edge]) -> Iterator[Problem]:
    import networkx

    spans = {(edge.source, edge.target): edge.span for edge in edges}
    graph = networkx.DiGraph(list(spans))
    for ring in networkx.strongly_connected_components(graph):
        if len(ring) > 1:
            steps = networkx.find_cycle(graph.subgraph(sorted(ring)), min(ring))
            titles = [nodes[start].title for start, _ in steps] + [nodes[steps[0][0]].title]
            message = f" {row.name} ".join(titles)
            yield problem("cycle", message, spans[steps[0]], "leave out one of these links")
