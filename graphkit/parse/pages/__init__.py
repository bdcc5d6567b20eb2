"""Saved pages in, canonical notes out. No file is opened here.

    pages = [read(text, name, sha256), ...]     one Page for each file, whatever is in it
    drafts = notes(pages)                       one Draft for each title on these pages
    changes = plan(drafts, existing)            what to write, beside the notes that are there

A page is recognised by its structure:

- inquiry page: question, deck, prose with the titles of notes run into it, "Sources N notes"
  and N summaries -> a question, and a claim for each title, which addresses it;
- note page: title, deck, prose, "Related concepts" in four parts each (`-`, title, deck,
  annotation), "Original note title" -> a claim, its alias, and the related claims, joined by
  relations inferred from the annotations;
- paper page: title, "Abstract", an arXiv id, similar papers -> a source, the claim that its
  abstract ends on, and the similar works;
- any other -> a plain note and a Problem.

An imported note names its pages under `provenance` and carries a digest of its text. As long
as that digest holds, further imports add to the note; once a person has edited it, no import
touches it. To read another shape, add a file with a function `read(saved) -> Reading | None`
and one line to `SHAPES`.
"""

from __future__ import annotations

from typing import Final

from graphkit.parse.pages import inquiry_page, note_page, paper_page, plain_page
from graphkit.parse.pages.drafts import Draft, Page, notes
from graphkit.parse.pages.planning import plan
from graphkit.parse.pages.saved import Reader, save

__all__ = ["SHAPES", "Draft", "Page", "notes", "plan", "read"]

SHAPES: Final[tuple[tuple[str, Reader], ...]] = (
    ("inquiry page", inquiry_page.read),
    ("note page", note_page.read),
    ("paper page", paper_page.read),
    ("plain page", plain_page.read),  # has no structure to miss, so it takes what is left
)


def read(text: str, name: str, sha256: str) -> Page:
    """What a saved page says, by the first shape that fits. Never raises, whatever the text.

    `name` is the page's file name, `sha256` the digest of its bytes; both are kept in the
    provenance of every note that comes of it.
    """
    saved = save(text, name, sha256)
    readings = ((shape, reader(saved)) for shape, reader in SHAPES)
    shape, reading = next((shape, reading) for shape, reading in readings if reading)
    return Page(saved.name, saved.sha256, shape, reading.entries, reading.problems)
