"""How many of the triples that a vault states for machines are read out of its prose as well.

    python benchmarks/answer_key.py FOLDER [--missed 20]

The pages of FOLDER carry JSON-LD in code blocks: of each block of type "Class", every entry of
its `relations` and its `subClassOf` is a triple (the page, the relation, the entry's label).

The denominator is the triples that the page also writes inline, found without the code that is
measured: outside code blocks, on one line, the relation's words (case, spaces, `-`, `_` and an
"is" before them aside) stand first, behind at most a list marker and emphasis and before at most
`::` or `:`, and a `[[wikilink]]` with the entry's label, or the last part of its `@id`, follows;
or that link stands in an item below a line of those words alone. A triple counts as recovered when
the graph has an edge between the two nodes with that relation in that direction: through the row
of the relation table that has the words, else under the author's own words from the page to the
link's target.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from graphkit import Workspace
from graphkit.models import Edge
from graphkit.vocabulary import fold

BLOCK = re.compile(r"^```json-ld\n(.*?)\n```", re.DOTALL | re.MULTILINE)
FENCED = re.compile(r"^[ \t]*```.*?^[ \t]*```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[\[([^\[\]|#]+)")
LINE = re.compile(r"\s*(?:[-*+]\s+)?[*_]*(?P<words>[A-Za-z][\w \-]*?)[*_]*\s*:{0,2}[*_]*\s*")


class Triple(NamedTuple):
    """What a page states of another: both by the slug of their name."""

    page: str
    relation: str
    words: str  # of the relation, as `plain` makes them
    target: frozenset[str]  # the slugs under which a link may name it


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.casefold())


def plain(words: str) -> str:
    """A relation's words without case, joints and copula: `is-part-of` as `partOf`."""
    return slug(words).removeprefix("is")


def stated(path: str, text: str) -> Iterator[Triple]:
    """The triples in the JSON-LD of a page."""
    for match in BLOCK.finditer(text):
        block: dict[str, Any] = json.loads(match[1])
        if block.get("@type") != "Class":
            continue
        listed = {**block.get("relations", {}), "subClassOf": block.get("subClassOf", [])}
        for relation, entries in listed.items():
            for entry in entries if isinstance(entries, list) else [entries]:
                names = (entry.get("label", ""), entry["@id"].rpartition(":")[2])
                found = frozenset(map(slug, names))
                yield Triple(path, fold(relation), plain(relation), found)


def inline(text: str) -> set[tuple[str, str]]:
    """Relation words and link targets that stand together outside code blocks."""
    found = set()
    above: list[tuple[int, str]] = []  # lines of words alone, by their indentation
    for line in FENCED.sub("", text).expandtabs(2).split("\n"):
        before, bracket, _ = line.partition("[[")
        match = LINE.fullmatch(before)
        indent = len(line) - len(line.lstrip())
        above = [each for each in above if each[0] < indent] if line.strip() else above
        words = [plain(match["words"])] if match else []
        if not bracket:
            above += [(indent, word) for word in words]
        elif not words and not before.strip(" -*+_"):
            words = [word for _, word in above[-1:]]
        found |= {(word, slug(name)) for word in words for name in LINK.findall(line)}
    return found


def expected(workspace: Workspace, relation: str) -> tuple[str, bool]:
    """The name under which the graph holds a relation, and whether it is drawn backwards."""
    match = workspace.vault.vocabulary.find(relation)
    return (match.relation.name, match.inverted) if match else (relation, False)


def says(workspace: Workspace, edge: Edge, triple: Triple) -> bool:
    """Whether an edge of the graph says what a triple does."""
    nodes = workspace.graph.nodes
    name, backwards = expected(workspace, triple.relation)
    row = workspace.vault.vocabulary.by_name.get(name)
    ends = [nodes[edge.source], nodes[edge.target]]
    for page, target in (
        (ends, ends[::-1]) if row and row.symmetric else (ends[:: -1 if backwards else 1],)
    ):
        names = {slug(each) for each in (target.title, *target.aliases)}
        names.add(slug(target.path.rpartition("/")[2].removesuffix(".md")))
        if (
            plain(edge.relation) == plain(name)
            and page.path == triple.page
            and names & triple.target
        ):
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", type=int, default=20, help="how many that were missed to name")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "vault"
        shutil.copytree(asked.folder, copy, copy_function=shutil.copyfile)
        for part in (copy, *(each for each in copy.rglob("*") if each.is_dir())):
            part.chmod(0o755)
        workspace = Workspace.open(copy)
        texts = {note.path: (copy / note.path).read_text("utf-8") for note in workspace.notes}
        triples = {each for path, text in texts.items() for each in stated(path, text)}
        written = {path: inline(text) for path, text in texts.items()}
        asked_for = [
            triple
            for triple in sorted(
                triples, key=lambda each: (each.page, each.relation, sorted(each.target))
            )
            if any((triple.words, name) in written[triple.page] for name in triple.target)
        ]
        by_page: dict[str, list[Edge]] = {}
        for edge in workspace.graph.edges:
            by_page.setdefault(edge.span.path, []).append(edge)
        missed = [
            triple
            for triple in asked_for
            if not any(says(workspace, edge, triple) for edge in by_page.get(triple.page, ()))
        ]
    print(f"{len(texts)} pages, {len(triples)} triples in their JSON-LD")
    print(f"{len(asked_for)} of them are also written inline (the denominator; see --help)")
    share = 1 - len(missed) / len(asked_for)
    print(f"{len(asked_for) - len(missed)} recovered with direction and relation: {share:.2%}")
    print("missed by relation:", dict(Counter(each.relation for each in missed).most_common()))
    for triple in missed[: asked.missed]:
        print(f"  {triple.page}: {triple.relation} -> {sorted(triple.target)}")


if __name__ == "__main__":
    main()
