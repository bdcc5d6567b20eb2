"""An entry as a note on disk, and back.

The front matter carries a digest of the note as it was written. Only a note that still has
that text is read back and may be written again; any other belongs to whoever edited it.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import sys
from collections.abc import Mapping
from typing import Final

import yaml

from graphkit.parse import blocks, frontmatter
from graphkit.parse.pages import escape
from graphkit.parse.pages.entry import Entry, Origin, Tie
from graphkit.parse.pages.names import FOLDERS

_RELATIONS: Final = "Relations"
_WORDINGS: Final = "Other wordings"
_UNASSIGNED: Final = "Unassigned summaries"
_FRONT: Final = re.compile(r"---\n(?P<yaml>.*?\n)---\n(?P<body>.*)", re.DOTALL)
_TITLE: Final = re.compile(r"---\n.*?\n---\n\n# [^\n]*", re.DOTALL)
_SIGNATURE: Final = re.compile(r"^text_sha256: ([0-9a-f]{64})\n", re.MULTILINE)
_YEAR: Final = re.compile(r"[0-9]{4}")
_TIE: Final = re.compile(r'- (.+?) \[\[(.+?)\]\](?: \(inferred: "(.*)"\))?')


def render(entry: Entry) -> str:
    """The note's text."""
    front, body = _front(entry), _body(entry)
    signature = f"text_sha256: {_digest(_note(front, body))}\n"
    return _note(front + signature, body)


def read(text: str) -> Entry | None:
    """The entry that `render` wrote as this text, or None when it is not such a text."""
    found = _FRONT.fullmatch(text)
    signature = _SIGNATURE.search(text)
    if not found or not signature or _digest(_SIGNATURE.sub("", text, 1)) != signature[1]:
        return None
    entry = _entry(front_matter(text), found["body"])
    return entry if entry and render(entry) == text else None


def without_summary(text: str) -> tuple[str, str]:
    """A note's text without its managed summary, and that summary; empty where there is none."""
    block = blocks.find(text).block
    if block is None:
        return text, ""
    around = (text[: block.start].rstrip("\n"), text[block.end :].strip("\n"))
    return "\n\n".join(filter(None, around)) + "\n", text[block.start : block.end]


def with_summary(text: str, summary: str) -> str:
    """A canonical text with a managed summary put back below its title."""
    title = _TITLE.match(text)
    if not summary or not title:
        return text
    around = (title[0], summary, text[title.end() :].strip("\n"))
    return "\n\n".join(filter(None, around)) + "\n"


def front_matter(text: str) -> Mapping[str, tuple[str, ...]]:
    """The values of each key of a note's front matter; empty when it has none."""
    found = _FRONT.match(text)
    entries = frontmatter.read(found["yaml"], "", 2).entries if found else ()
    return {entry.key: tuple(value.text for value in entry.values) for entry in entries}


def origins(front: Mapping[str, tuple[str, ...]]) -> frozenset[Origin]:
    """The saved pages that a note's front matter names."""
    values = iter(front.get("provenance", ()))
    return frozenset(itertools.starmap(Origin, zip(values, values, values, strict=False)))


def _note(front: str, body: str) -> str:
    return f"---\n{front}---\n\n{body}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _front(entry: Entry) -> str:
    said = {
        "kind": entry.kind.value,
        "title": entry.title,
        "aliases": sorted(entry.aliases),
        "identifiers": sorted(entry.identifiers),
        "year": entry.year,
        "question_text": entry.question_text,
        "provenance": [
            {"file": origin.file, "sha256": origin.sha256, "as": origin.part}
            for origin in sorted(entry.origins)
        ],
    }
    kept = {name: value for name, value in said.items() if value}
    return yaml.safe_dump(
        kept, sort_keys=False, allow_unicode=True, width=sys.maxsize, default_flow_style=None
    )


def _body(entry: Entry) -> str:
    sections = {
        _RELATIONS: ["\n".join(map(_line, sorted(entry.ties)))] if entry.ties else [],
        _WORDINGS: sorted(entry.wordings),
        _UNASSIGNED: sorted(entry.unassigned),
    }
    blocks = [f"# {escape.heading(entry.title)}", *entry.text]
    for heading, below in sections.items():
        blocks += [f"## {heading}", *below] if below else []
    return "\n\n".join(blocks) + "\n"


def _line(tie: Tie) -> str:
    line = f"- {tie.label} [[{tie.target}]]"
    return f'{line} (inferred: "{tie.phrase}")' if tie.phrase else line


def _entry(front: Mapping[str, tuple[str, ...]], body: str) -> Entry | None:
    kind = next((kind for kind in FOLDERS if (kind.value,) == front.get("kind")), None)
    if kind is None:
        return None
    text, sections = _sections(body)
    lines = "\n".join(sections.get(_RELATIONS, ())).split("\n")
    ties = filter(None, map(_TIE.fullmatch, lines))
    return Entry(
        kind=kind,
        title="".join(front.get("title", ())),
        origins=origins(front),
        text=text,
        question_text="".join(front.get("question_text", ())),
        year=next((int(year) for year in front.get("year", ()) if _YEAR.fullmatch(year)), 0),
        aliases=frozenset(front.get("aliases", ())),
        identifiers=frozenset(front.get("identifiers", ())),
        ties=frozenset(Tie(*tie.groups("")) for tie in ties),
        wordings=frozenset(sections.get(_WORDINGS, ())),
        unassigned=frozenset(sections.get(_UNASSIGNED, ())),
    )


def _sections(body: str) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The paragraphs below the title, and those of each section."""
    lead, *rest = body.rstrip("\n").split("\n\n## ")
    sections = (section.split("\n\n") for section in rest)
    return tuple(lead.split("\n\n")[1:]), {heading: tuple(blocks) for heading, *blocks in sections}
