"""What importing drafts would do to the notes that are already in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final

from graphkit import codes
from graphkit.models import Change, Span
from graphkit.parse import assemble
from graphkit.parse.pages import canonical, names
from graphkit.parse.pages.drafts import Draft
from graphkit.parse.pages.entry import join, key

_EDITED: Final = (
    "edited-since-import",
    "the note was edited after it was imported, so what {files} adds to it was left out",
    "move the note away and import again to see it as the pages give it",
)
_FOREIGN: Final = (
    "not-imported",
    "a note of this title is here that no import wrote, so {files} was not imported into it",
    "import into another folder, or rename one of the two",
)


def plan(drafts: Iterable[Draft], existing: Mapping[str, bytes]) -> tuple[Change, ...]:
    """The changes that bring what the drafts say into a folder with these notes.

    `existing` maps vault-relative paths to contents. A note that already says it all gives no
    change; an earlier import is added to; a note edited since gives a Change whose `after` is
    its `before` and whose problem says why it was left alone.
    """
    homes = _homes(existing)
    changes = (_change(draft, _path(draft, homes, existing), existing) for draft in drafts)
    return tuple(change for change in changes if change)


def _homes(existing: Mapping[str, bytes]) -> dict[str, str]:
    """Where each title stands already."""
    texts = ((path, _text(data)) for path, data in existing.items() if path.endswith(".md"))
    titles = ((path, title) for path, text in texts for title in _titles(path, text))
    return {key(title): path for path, title in sorted(titles)}


def _titles(path: str, text: str) -> tuple[str, ...]:
    """The note's title as its vault reads it, and as its front matter has it."""
    return (assemble.note(text, path).note.title, *canonical.front_matter(text).get("title", ()))


def _path(draft: Draft, homes: Mapping[str, str], existing: Mapping[str, bytes]) -> str:
    """The note of the draft's title, else a path that no other note has."""
    title = key(draft.entry.title)
    if title in homes:
        return homes[title]
    if draft.path not in existing:
        return draft.path
    name = PurePosixPath(draft.path).stem
    return names.path(draft.entry.kind, names.marked(name, title))


def _change(draft: Draft, path: str, existing: Mapping[str, bytes]) -> Change | None:
    files = ", ".join(sorted({origin.file for origin in draft.entry.origins}))
    before = existing.get(path)
    if before is None:
        return Change(path, b"", draft.text.encode(), (f"imported from {files}",))
    text, summary = canonical.without_summary(_text(before))
    entry = canonical.read(text)
    if entry is None:
        return _left_alone(draft, path, before, files)
    after = canonical.render(join(entry, draft.entry))
    if after == text:
        return None
    cause = f"adds what {files} says"
    return Change(path, before, _bytes(canonical.with_summary(after, summary), before), (cause,))


def _left_alone(draft: Draft, path: str, before: bytes, files: str) -> Change | None:
    """A note that is not as an import wrote it; no change at all when it knows these pages."""
    known = canonical.origins(canonical.front_matter(_text(before)))
    if draft.entry.origins <= known:
        return None
    code, message, hint = _EDITED if known else _FOREIGN
    said = message.format(files=files)
    problem = codes.problem(code, said, Span(path), hint)
    return Change(path, before, before, problem=problem)


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace").replace("\r\n", "\n")


def _bytes(text: str, like: bytes) -> bytes:
    """Encoded with the line ends that the file has."""
    return (text.replace("\n", "\r\n") if b"\r\n" in like else text).encode()
