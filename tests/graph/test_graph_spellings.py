"""From Markdown to edges: however a relation is spelt, it is the same edge."""

from __future__ import annotations

import pytest
from made_vaults import edges, written

from graphkit import graph
from graphkit.vocabulary import Flag, Stand

CLAIM = "---\nkind: claim\n---\n"


@pytest.mark.parametrize(
    "text",
    [
        "- is evidence for [[B]] (see the table)",
        "- supports [[B]]",
        "- Supports: [[B]]",
        "supports:: [[B]]",
        "We think that [supports:: [[B]]] holds.",
        "We think that (supports:: [[B]]) holds.",
        "- supports:: [[B]]",
        "## Supports\n\n- [[B]]",
        "## Is evidence for\n\n- [[B]]\n",
        "- is_evidence_for [[B]] (as basic-memory writes it)",
        "- is evidence for [B](b.md)",
        "- is evidence for [it][r]\n\n[r]: b.md",
        "- is evidence for [[B|the other one]]",
    ],
)
def test_spellings_of_one_edge(text: str) -> None:
    pages = written({"a.md": f"{CLAIM}# A\n\n{text}\n", "b.md": f"{CLAIM}# B\n"})
    assert edges(graph.build(pages)) == {("A", "is evidence for", "B")}


@pytest.mark.parametrize(
    "text",
    [
        "- has evidence [[A]]",
        "- is supported by [[A]]",
        "has evidence:: [[A]]",
        "## Evidence for\n\n- [[A]]",
        "## Supporting evidence\n\n- [[A]] (a study)",
        "## Has evidence\n\n- [[A]]",
    ],
)
def test_spellings_from_the_other_end(text: str) -> None:
    pages = written({"a.md": f"{CLAIM}# A\n", "b.md": f"{CLAIM}# B\n\n{text}\n"})
    assert edges(graph.build(pages)) == {("A", "is evidence for", "B")}


@pytest.mark.parametrize("value", ['"[[B]]"', '["[[B]]"]', '\n  - "[[B]]"'])
def test_relations_in_front_matter(value: str) -> None:
    pages = written(
        {"a.md": f"---\nkind: claim\nsupports: {value}\n---\n# A\n", "b.md": f"{CLAIM}# B\n"}
    )
    assert edges(graph.build(pages)) == {("A", "is evidence for", "B")}


def test_an_inferred_relation_is_kept_apart() -> None:
    text = '# A\n\n- has evidence [[B]] (inferred: "the primary evidence for")\n'
    paper = "# B\n\n- is reported by arXiv:2401.00001\n"
    built = graph.build(written({"a.md": CLAIM + text, "b.md": CLAIM + paper}))
    inferred, reported = built.edges
    assert (inferred.relation, inferred.phrase) == ("is evidence for", "the primary evidence for")
    assert not reported.inferred
    standings = graph.standings(built)
    assert standings[graph.find(built, "A").id].word is Stand.UNSUPPORTED
    assert standings[graph.find(built, "B").id].word is Stand.SUPPORTED


BITTER = """\
# Long steeping makes tea bitter

- is reported by [[Tannin study]] (p = 0.01)
- addresses [[Why is my tea bitter?]]
- is qualified by doi:10.1000/Green (green tea)
"""
SWEET = """\
# Cold tea is never bitter

## Sources

- arXiv:2401.00001v2

## Evidence against

- [[Tannin study]]
"""
STUDY = "---\nkind: source\nidentifiers: ['doi:10.1000/T']\n---\n# Tannin study\n"


def test_a_small_vault_from_text_to_standing() -> None:
    pages = written(
        {
            "claims/bitter.md": CLAIM + BITTER,
            "claims/sweet.md": CLAIM + SWEET,
            "questions/why.md": "---\nkind: question\n---\n# Why is my tea bitter?\n",
            "sources/tannin.md": STUDY,
        }
    )
    built = graph.build(pages)
    standings = graph.standings(built)
    assert {built.nodes[key].title: str(each) for key, each in standings.items()} == {
        "Long steeping makes tea bitter": "supported (1)",
        "Cold tea is never bitter": "contested (1 for, 1 against)",
        "Why is my tea bitter?": "answered",
    }
    assert standings[graph.find(built, "bitter").id].flags == (Flag.QUALIFIED,)
    assert built.links.resolved == 5
    assert not built.problems
