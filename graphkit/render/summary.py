"""Managed summaries: what is known about a note, composed from values and from nothing else.

A summary is extractive and deterministic: how the note stands in one sentence, the sentences that
say most, the evidence, the runs beside the figures they test, and what is open. To summarise
another kind of note, write its parts in `summaries/`, add its row to `PARTS` and its template.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, NamedTuple

from graphkit.models import Graph, Node, Note, Standing
from graphkit.render.summaries import claim, page, prose, question, result, source, templates
from graphkit.render.summaries.causes import PROSE, TEMPLATE, causes
from graphkit.render.summaries.inputs import Input, facts, merged
from graphkit.render.summaries.scene import FIGURES, Part, Quote, Scene, Section
from graphkit.vocabulary import Kind

__all__ = ["NO_PAGES", "PARTS", "Prose", "Summary", "causes", "compose", "inputs", "sheet"]

PARTS: Final[Mapping[Kind, Mapping[str, Part]]] = MappingProxyType({
    Kind.CLAIM: claim.PARTS,
    Kind.QUESTION: question.PARTS,
    Kind.SOURCE: source.PARTS,
    Kind.RESULT: result.PARTS,
    Kind.NOTE: page.PARTS,
})  # fmt: skip

LASTING: Final = frozenset({"sentences"})
"""Parts that tell of the notes' own words alone, whatever runs came to."""

NO_PAGES: Final[Mapping[str, Note]] = MappingProxyType({})


class Prose(NamedTuple):
    """What a model wrote about a note, as its block keeps it."""

    model: str
    facts: str  # the digest of what the model was shown
    text: str


class Summary(NamedTuple):
    """The body of a managed block, the facts it was made from, and where its sentences stand."""

    inputs: tuple[Input, ...]
    body: str  # Markdown with plain line ends; empty when there is nothing to say
    node: str = ""  # the id of that of the note; empty where the graph does not know it
    quotes: tuple[Quote, ...] = ()
    written: bool = False  # whether it holds the prose of a model
    lasting: Mapping[str, Section] = MappingProxyType({})  # parts that other runs leave as they are


def compose(
    note: Note,
    graph: Graph,
    standings: Mapping[str, Standing],
    figures: str = FIGURES,
    *,
    pages: Mapping[str, Note] = NO_PAGES,
    own: Mapping[Kind, str] = templates.BUILT_IN,
    kept: Prose | None = None,
) -> Summary:
    """The summary of a note, as the graph and its standings have it.

    `figures` is the folder of the plots, relative to the vault; `pages` are the notes by their
    paths, of which the sentences are taken; `own` are the templates, the built-in ones where it
    has none for a kind; `kept` is what a model wrote, which is left out where it no longer
    holds. The same values always give the same summary, whatever the order of files or edges, and
    writing it changes no input of it.
    """
    scene = _scene(note, graph, standings, figures, pages)
    if scene is None:
        return Summary((), "")
    written = _written(scene, kept)
    if written.text:
        scene = replace(scene, prose=written)
    template = _template(scene, own)
    sections = templates.evaluated(scene, template, PARTS[scene.node.kind])
    told = _inputs(
        template, sections, facts(PROSE, kept._asdict()) if kept and written.text else ()
    )
    if not told:
        return Summary((), "", scene.node.id)
    quotes = tuple(quote for section in sections.values() for quote in section.quotes)
    body = templates.filled(template, sections.__getitem__)
    lasting = {name: sections[name] for name in sections.keys() & LASTING}
    return Summary(told, body, scene.node.id, quotes, bool(written.text), lasting)


def inputs(
    note: Note,
    graph: Graph,
    standings: Mapping[str, Standing],
    known: Mapping[str, Section],
    *,
    pages: Mapping[str, Note] = NO_PAGES,
    own: Mapping[Kind, str] = templates.BUILT_IN,
) -> tuple[Input, ...]:
    """What the summary of a note, without prose, would be made from; nothing of it is written.

    `known` are the `lasting` parts of a summary made from the same notes, with other runs.
    """
    scene = _scene(note, graph, standings, pages=pages)
    if scene is None:
        return ()
    template = _template(scene, own)
    return _inputs(template, templates.evaluated(scene, template, PARTS[scene.node.kind], known))


def _template(scene: Scene, own: Mapping[Kind, str]) -> str:
    return own.get(scene.node.kind, templates.BUILT_IN[scene.node.kind])


def _inputs(
    template: str, sections: Mapping[str, Section], more: Iterable[Input] = ()
) -> tuple[Input, ...]:
    """The facts of a summary; none where no part of it has anything to say."""
    if not any(sections[name].text for name in sections if name not in templates.COMMON):
        return ()
    told = (each for section in sections.values() for each in section.inputs)
    return merged((*facts(TEMPLATE, {"digest": templates.digest(template)}), *told, *more))


def _written(scene: Scene, kept: Prose | None) -> Section:
    """The prose as Markdown; nothing where it was written from other facts than there are now."""
    if kept is None:
        return Section("")
    shown = prose.sheet(scene)
    found = prose.checked(kept.text, shown)
    if isinstance(found, prose.Refused) or kept.facts != prose.digest(shown):
        return Section("")
    return prose.section(scene, found, kept.model)


def sheet(note: Note, graph: Graph, standings: Mapping[str, Standing]) -> Mapping[str, str] | None:
    """What a model that is to write about a note would be shown; None where there is nothing."""
    scene = _scene(note, graph, standings)
    return None if scene is None else prose.sheet(scene)


def _scene(
    note: Note,
    graph: Graph,
    standings: Mapping[str, Standing],
    figures: str = FIGURES,
    pages: Mapping[str, Note] = NO_PAGES,
) -> Scene | None:
    """A note as its summary sees it, without prose; None where the graph does not know it."""
    node = _node(note, graph)
    return (
        None if node is None else Scene(note, node, graph, standings, figures, pages, Section(""))
    )


def _node(note: Note, graph: Graph) -> Node | None:
    """The node of a note: by its id, unless another note has that, else by its work."""
    node = graph.nodes.get(note.id)
    if node is not None and node.path in {note.path, ""}:
        return node
    works = {*note.identifiers}
    others = graph.nodes.values()
    return next(
        (each for each in others if each.path == note.path or works & {*each.identifiers}), None
    )
