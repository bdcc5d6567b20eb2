"""What may be missing between notes, and the line that an author may accept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_vault import WordEncoder

from graphkit import Workspace, parse
from graphkit.errors import ModelError, VaultError
from graphkit.found import Suggestion
from graphkit.models import Link, ParsedNote
from graphkit.vocabulary import Hunch
from graphkit.workspace import insertion

Write = Callable[[dict[str, str]], Workspace]

STEEPING = """\
---
kind: claim
title: Longer steeping makes green tea bitter
---
# Longer steeping makes green tea bitter

Steeping green tea for five minutes raises bitterness by 40 % because catechins dissolve.

## Relations

- is reported by [[Tannin study]] (four teas)
"""
SHORTER = """\
---
kind: claim
title: Steeping green tea hardly changes how bitter it is
---
# Steeping green tea hardly changes how bitter it is

Steeping green tea for five minutes lowers bitterness by 10 %, since catechins dissolve at once.
"""
QUESTION = """\
---
kind: question
title: What makes green tea bitter?
---
# What makes green tea bitter?

Steeping, catechins or the water: what makes green tea bitter?
"""
SOURCE = """\
---
kind: source
title: Tannin study
---
# Tannin study

Four cups were measured in a laboratory.
"""
FAR = """\
---
kind: claim
title: Bees dance towards flowers
---
# Bees dance towards flowers

A waggle tells the hive where nectar is.
"""
NOTES = {
    "claims/steeping.md": STEEPING,
    "claims/shorter.md": SHORTER,
    "questions/bitter.md": QUESTION,
    "sources/tannin.md": SOURCE,
    "claims/bees.md": FAR,
}


@pytest.fixture(params=["vectors", "words"])
def write(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Opens a vault of these notes, with a model and without one."""

    def load(*_: object, **__: object) -> WordEncoder:
        if request.param == "words":
            raise ModelError("there is no model")
        return WordEncoder()

    monkeypatch.setattr("graphkit.search.encoder.load", load)

    def opened(notes: dict[str, str]) -> Workspace:
        for path, text in notes.items():
            file = tmp_path / "vault" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        return Workspace.open(tmp_path / "vault")

    return opened


def hunches(found: Iterable[Suggestion]) -> list[tuple[Hunch, str]]:
    return [(each.hunch, each.line) for each in found]


def test_a_close_claim_and_question_get_the_line_that_answers(write: Write) -> None:
    found = write(NOTES).suggest("What makes green tea bitter?")
    (answer, *_) = [each for each in found if "Longer steeping" in each.line]
    assert answer.hunch is Hunch.MISSING_LINK
    assert answer.line == "- is addressed by [[Longer steeping makes green tea bitter]]"
    assert answer.span.path == "questions/bitter.md"
    assert any("shared rare words" in ground.says for ground in answer.grounds)


def test_words_that_both_say_often_are_named_before_those_said_once(write: Write) -> None:
    once = "Almost nobody acts against fashion, perhaps."
    often = "Tannins bind to proteins; tannins taste harsh, and milk takes tannins away."
    notes = {f"{name}.md": f"# {name}\n\n{once} {often}\n" for name in ("Black", "Red")}
    (hit, *_) = write({**notes, "bees.md": FAR}).related("Black")
    (shared,) = [each.says for each in hit.grounds if "shared rare words" in each.says]
    assert shared.startswith("shared rare words: tannins, ")


def test_figures_of_close_claims_that_disagree_are_a_candidate_contradiction(
    write: Write,
) -> None:
    (first, *_) = write(NOTES).suggest()
    assert (first.hunch, first.relation) == (Hunch.CONTRADICTION, "contradicts")
    figures = next(each for each in first.grounds if "figures" in each.says)
    assert {place.path for place in figures.places} == {"claims/steeping.md", "claims/shorter.md"}


def test_a_work_that_states_another_figure_than_its_claim_is_a_candidate_contradiction(
    write: Write,
) -> None:
    other = SOURCE + "\nSteeping green tea for five minutes raises bitterness by 45 %.\n"
    (first, *_) = write({**NOTES, "sources/tannin.md": other}).suggest()
    assert (first.hunch, first.relation) == (Hunch.CONTRADICTION, "contradicts")
    assert first.line == "- contradicts [[Tannin study]]"
    (ground, *_) = first.grounds
    assert ground.says == "“40 %” here is “45 %” in Tannin study"
    assert [place.path for place in ground.places] == ["claims/steeping.md", "sources/tannin.md"]


def test_a_work_for_one_claim_and_against_another_is_opposite_evidence(write: Write) -> None:
    against = SHORTER.replace("lowers bitterness by 10 %, since", "changes little, since")
    source = SOURCE + "\n- contradicts [[Steeping green tea hardly changes how bitter it is]]\n"
    workspace = write({**NOTES, "claims/shorter.md": against, "sources/tannin.md": source})
    (first, *_) = workspace.suggest()
    assert first.hunch is Hunch.CONTRADICTION
    (ground, *_) = first.grounds
    assert ground.says.startswith("Tannin study speaks for")
    assert {place.path for place in ground.places} == {"claims/steeping.md", "sources/tannin.md"}


def test_what_the_notes_say_already_is_not_suggested(write: Write) -> None:
    linked = STEEPING + "- contradicts [[Steeping green tea hardly changes how bitter it is]]\n"
    found = write({**NOTES, "claims/steeping.md": linked}).suggest()
    assert not [each for each in found if each.hunch is Hunch.CONTRADICTION]


@pytest.mark.parametrize(
    ("kind", "hunch"), [("claim", Hunch.DUPLICATE), ("question", Hunch.ASKED_TWICE)]
)
def test_two_notes_of_one_title_are_found_out(write: Write, kind: str, hunch: Hunch) -> None:
    again = FAR.replace("kind: claim", f"kind: {kind}")
    notes = {**NOTES, "claims/bees.md": again, "claims/bees-too.md": again}
    (found, *_) = [each for each in write(notes).suggest() if each.hunch is hunch]
    assert found.line in {"- is similar to [[bees]]", "- is similar to [[bees-too]]"}


def test_a_page_that_copies_another_is_told_as_such(write: Write) -> None:
    text = "# {}\n\nSteep the tea for two minutes in water of seventy degrees.\n"
    pages = {"a.md": text.format("How to brew"), "b.md": text.format("How to brew it")}
    copied = [
        each
        for each in write({**NOTES, **pages}).suggest()
        if "they say nearly the same: one of them may do"
        in [ground.says for ground in each.grounds]
    ]
    assert hunches(copied) == [(Hunch.MISSING_LINK, "- relates to [[How to brew it]]")]


def test_two_days_are_not_linked_for_being_called_alike(write: Write) -> None:
    text = "# {}\n\nSteep the tea for two minutes in water of seventy degrees.\n"
    days = {f"{day}.md": text.format(day) for day in ("2021-01-27", "2021-02-27")}
    assert not [each for each in write({**NOTES, **days}).suggest() if "2021" in each.line]


def test_an_unknown_subject_is_near_nothing(write: Write) -> None:
    assert not [each for each in write(NOTES).suggest() if "Bees" in each.line]


def test_an_accepted_line_stands_where_it_was_said_to(write: Write, tmp_path: Path) -> None:
    workspace = write(NOTES)
    found = workspace.suggest()
    workspace.write(workspace.accept(found[:1]))
    lines = (tmp_path / "vault" / found[0].span.path).read_text().splitlines()
    assert lines[found[0].span.line - 1] == found[0].line
    again = workspace.refreshed().suggest()
    assert hunches(found[:1])[0] not in hunches(again)


def test_related_notes_say_what_they_share(write: Write) -> None:
    (first, *_) = write(NOTES).related("Longer steeping makes green tea bitter")
    assert first.title == "Steeping green tea hardly changes how bitter it is"
    assert any("catechins" in ground.says for ground in first.grounds)


def test_a_related_note_that_is_linked_says_so(write: Write) -> None:
    linked = STEEPING + "- contradicts [[Steeping green tea hardly changes how bitter it is]]\n"
    workspace = write({**NOTES, "claims/steeping.md": linked})
    (first, *_) = workspace.related("Longer steeping makes green tea bitter")
    assert any(ground.says.startswith("linked already") for ground in first.grounds)


PAGE = "# Title\n\nProse.\n"
LISTED = (
    PAGE + "\n## Relations\n\n* cites [[A]]\n  with more\n* cites [[B]]\n\nres:: [[C]]\n\n## End\n"
)


def lined(text: str, line: str = "- relates to [[T]]") -> str:
    note = parse.note(text, "page.md").note
    place = insertion.place(text, note)
    return f"{text[: place.offset]}{place.before}{line}{place.after}{text[place.offset :]}"


def test_a_line_goes_behind_the_last_item_of_the_relations() -> None:
    place = insertion.place(LISTED, parse.note(LISTED, "page.md").note)
    assert LISTED.splitlines()[place.line - 2] == "* cites [[B]]"
    assert place.lead == "* "


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_note_without_relations_gets_the_heading_once(end: str) -> None:
    text = PAGE.rstrip("\n") + end
    assert lined(text).rstrip("\n").endswith("Prose.\n\n## Relations\n\n- relates to [[T]]")


blocks = st.sampled_from(
    [
        "# Head",
        "## Relations",
        "### Relations",
        "- cites [[A]]",
        "* a\n  b",
        "",
        "prose",
        "---",
        "```",
        "Relations\n---------",
        "> - x",
        "resolves:: [[B]]",
        "1. one",
    ]
)


@given(st.lists(blocks, max_size=8), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_accepting_keeps_every_other_byte_or_refuses(
    parts: list[str], newline: str, ended: bool
) -> None:
    text = newline.join("\n".join(parts).split("\n")) + newline * ended
    data = text.encode()
    note = parse.note(text, "a.md")
    try:
        made = insertion.with_line(data, "a.md", "- relates to [[T]]", parsed).decode()
    except VaultError:
        return
    assert alike(text, made) + alike(text[::-1], made[::-1]) >= len(text)
    kept = [link for link in parse.note(made, "a.md").links if link.target != "T"]
    assert list(map(words, kept)) == list(map(words, note.links))


def alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def parsed(data: bytes, path: str) -> ParsedNote:
    return parse.note(data.decode(), path)


def words(link: Link) -> tuple[str, str]:
    return link.target, link.relation
