"""A vault's own rows and the built-in ones are read alike: only the table knows relation words."""

from __future__ import annotations

import pytest

from graphkit import parse
from graphkit.models import Link
from graphkit.vocabulary import ANY, RELATIONS, Relation, Vocabulary

INSPIRES = Relation(
    "inspires", "is inspired by", ANY, ANY, 0, "✦", "https://example.org/inspires",
    "The subject gave rise to the object.",
    synonyms=("sparks",), headings=("inspirations",),
)  # fmt: skip
OWN = Vocabulary((*RELATIONS, INSPIRES))


def link(text: str, vocabulary: Vocabulary = OWN) -> Link:
    (found,) = parse.note(text, "note.md", vocabulary).links
    return found


def test_words_of_an_own_row_type_a_bullet() -> None:
    assert link("- sparks [[T]]").relation == "sparks"
    assert link("- sparks [[T]]", Vocabulary()).relation == ""


def test_a_heading_of_an_own_row_makes_its_items_the_subject() -> None:
    found = link("## Inspirations\n\n- [[T]]")
    assert (found.relation, found.inverted) == ("Inspirations", True)


@pytest.mark.parametrize("row", RELATIONS, ids=lambda row: row.name)
def test_every_word_of_every_row_types_a_bullet_a_field_and_a_list(row: Relation) -> None:
    for words in (row.name, row.inverse, *row.synonyms, *row.inverse_synonyms):
        bullet = link(f"- {words} [[T]]")
        field = link(f"{words}:: [[T]]")
        below = link(f"## {words.capitalize()}\n\n- [[T]]")
        front = link(f'---\n{words}: "[[T]]"\n---\n')
        assert bullet.relation == field.relation == front.relation == words
        assert below.relation == words.capitalize()
        assert (bullet.explicit, field.explicit, front.explicit) == (False, True, True)


@pytest.mark.parametrize("row", RELATIONS, ids=lambda row: row.name)
def test_only_words_that_are_no_label_invert_a_list(row: Relation) -> None:
    for heading in row.headings:
        assert link(f"## {heading}\n\n- [[T]]").inverted
    assert not link(f"## {row.inverse}\n\n- [[T]]").inverted
