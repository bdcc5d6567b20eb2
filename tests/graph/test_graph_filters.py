"""The filter language: what fits, what is wrong in it, and that it reads what it writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_vaults import claim, page, question

from graphkit import graph
from graphkit.errors import FilterError
from graphkit.graph import filters
from graphkit.graph.filters import FIELDS, Term
from graphkit.models import Graph
from graphkit.vocabulary import VOCABULARY, Kind


@pytest.fixture
def tea() -> Graph:
    return graph.build(
        [
            claim("steep", ("is reported by", "study"), ("addresses", "bitter"), ("", "gone"),
                  title="Long steeping makes tea bitter", aliases=("five: minutes",)),
            claim("cool", ("contradicts", "steep"), title="Cool water", tags=("water/cold",)),
            question("bitter", title="Why is my tea bitter?"),
            page("study.md", kind=Kind.SOURCE, title="Tannin study",
                 identifiers=("arXiv:2401.00001",)),
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("", "cool.md steep.md study.md bitter.md"),
        ("kind:source", "study.md"),
        ("kind:ghost", ""),
        ("kind:source,question", "study.md bitter.md"),
        ("-kind:claim", "study.md bitter.md"),
        ("TEA bitter", "steep.md bitter.md"),
        ('"bitter tea"', None),
        ('"five: min"', "steep.md"),
        ("tea -why", "steep.md"),
        ("standing:supported", "steep.md"),
        ("standing:open,answered", "bitter.md"),
        ("kind:claim standing:open", None),
        ("tag:water", "cool.md"),
        ("tag:#water/cold", "cool.md"),
        ("tag:wat", None),
        ("relation:contradicts", "cool.md steep.md"),
        ("relation:disputes", "cool.md steep.md"),
        ("relation:is-evidence-for", None),
        ("has:identifier", "study.md"),
        ("has:result", None),
        ("test:not-run kind:claim", "cool.md steep.md"),
        ("flag:stale", None),
    ],
)
def test_what_a_filter_lets_through(tea: Graph, text: str, paths: str | None) -> None:
    terms = filters.parse(text, tea.vocabulary)
    found = [node.path for node in filters.matching(tea, graph.standings(tea), terms)]
    assert found == ([] if paths is None else paths.split(" "))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("knd:claim", "no field 'knd'", "did you mean kind?"),
        ("RL: a study", "no field 'RL'", "words that hold a colon go in quotes"),
        ("kind:claims", "no kind 'claims'", "did you mean claim?"),
        ("standing:zzz", "no standing 'zzz'", "there are unsupported, supported"),
        ("kind:", "kind: has no value", "there are claim"),
        ("tag:", "tag: has no value", "name a tag"),
        ("relation:suports", "no relation 'suports'", "did you mean supports?"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str, hint: str) -> None:
    with pytest.raises(FilterError) as raised:
        filters.parse(text, VOCABULARY)
    assert message in raised.value.message
    assert hint in raised.value.hint


_valued = st.sampled_from(
    [(name, value) for name, field in FIELDS.items() if field.values
     for value in field.values(VOCABULARY).values()]
).map(lambda pair: (pair[0], (pair[1],)))  # fmt: skip
_words = st.text("ab:,- ").filter(str.strip)
_named = st.sampled_from(["", "tag"]).flatmap(
    lambda name: _words.map(lambda words: (name, (" ".join(words.split()),)))
)
_terms = st.tuples(st.one_of(_valued, _named), st.booleans()).map(
    lambda pair: Term(pair[0][0], pair[0][1], pair[1])
)


@given(st.lists(_terms))
def test_it_reads_what_it_writes(terms: list[Term]) -> None:
    assert filters.parse(filters.written(terms), VOCABULARY) == tuple(terms)


@given(st.text(alphabet='abk:ind "-,#'))
def test_any_text_is_a_filter_or_an_error(text: str) -> None:
    try:
        terms = filters.parse(text, VOCABULARY)
    except FilterError as error:
        assert error.hint
    else:
        assert filters.parse(filters.written(terms), VOCABULARY) == terms
