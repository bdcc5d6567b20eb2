"""An entry as a note on disk, and back.

The front matter carries a digest of the note as it was written. Only a note that still has
that text is read back and may be written again; any other belongs to whoever edited it.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping
from typing import Any, Final

import yaml

from graphkit.parse.pages import escape
from graphkit.parse.pages.entry import Entry, Origin, Tie
from graphkit.parse.pages.names import FOLDERS

_RELATIONS: Final = "Relations"
_WORDINGS: Final = "Other wordings"
_UNASSIGNED: Final = "Unassigned summaries"
_FRONT: Final = re.compile(r"---\n(?P<yaml>.*?\n)---\n\n(?P<body>.*)", re.DOTALL)
_SIGNATURE: Final = re.compile(r"^text_sha256: ([0-9a-f]{64})\n", re.MULTILINE)
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


def front_matter(text: str) -> Mapping[str, Any]:
    """The note's front matter; empty when it has none that can be read."""
    found = _FRONT.fullmatch(text)
    try:
        loaded = yaml.safe_load(found["yaml"]) if found else None
    except yaml.YAMLError:  # written by hand, and reported when the note itself is parsed
        return {}
    return loaded if isinstance(loaded, dict) else {}


def origins(front: Mapping[str, Any]) -> frozenset[Origin]:
    """The saved pages that a note's front matter names."""
    listed = front.get("provenance")
    return frozenset(
        Origin(str(item["file"]), str(item["sha256"]), str(item["as"]))
        for item in (listed if isinstance(listed, list) else ())
        if isinstance(item, dict) and {"file", "sha256", "as"} <= item.keys()
    )


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


def _entry(front: Mapping[str, Any], body: str) -> Entry | None:
    kind = next((kind for kind in FOLDERS if kind == front.get("kind")), None)
    if kind is None:
        return None
    text, sections = _sections(body)
    lines = "\n".join(sections.get(_RELATIONS, ())).split("\n")
    ties = filter(None, map(_TIE.fullmatch, lines))
    return Entry(
        kind=kind,
        title=str(front.get("title")),
        origins=origins(front),
        text=text,
        question_text=str(front.get("question_text", "")),
        year=front.get("year", 0),
        aliases=_strings(front.get("aliases")),
        identifiers=_strings(front.get("identifiers")),
        ties=frozenset(Tie(*tie.groups("")) for tie in ties),
        wordings=frozenset(sections.get(_WORDINGS, ())),
        unassigned=frozenset(sections.get(_UNASSIGNED, ())),
    )


def _strings(value: object) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset()


def _sections(body: str) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The paragraphs below the title, and those of each section."""
    lead, *rest = body.rstrip("\n").split("\n\n## ")
    sections = (section.split("\n\n") for section in rest)
    return tuple(lead.split("\n\n")[1:]), {heading: tuple(blocks) for heading, *blocks in sections}
