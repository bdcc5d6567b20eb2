"""A vault's own questions, each with the claim that should answer it: `queries.jsonl`.

One JSON object a line: `{"question": "…", "expects": "name of a claim, or null"}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from graphkit import disk
from graphkit.errors import GraphkitError, NodeNotFound, VaultError
from graphkit.measured import Outcome, Reply
from graphkit.vocabulary import AnswerState, Kind

if TYPE_CHECKING:
    from graphkit.found import Answer
    from graphkit.models import Node
    from graphkit.workspace import Workspace

FILE: Final = "queries.jsonl"
_SHAPE: Final = 'a line is {"question": "…", "expects": "name of a claim, or null"}'


class Saved(NamedTuple):
    """A question and the claim that should come first; None where the notes hold no answer."""

    question: str
    expects: Node | None
    file: Path
    line: int


def read(workspace: Workspace, file: Path | None = None) -> tuple[Saved, ...]:
    """The saved questions of a file, by default the vault's own.

    Raises:
        GraphkitError: the file is missing or holds none, or a line is no question or names no
            claim; it says where.
    """
    source = file or workspace.root / FILE
    hint = f'save one: graphkit ask "…" --save NAME; {_SHAPE}'
    try:
        text = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise GraphkitError(f"there are no saved questions in {source}", hint) from error
    except (OSError, UnicodeDecodeError) as error:
        raise GraphkitError(f"{source} cannot be read: {error}", hint) from error
    found = tuple(_saved(workspace, source, text))
    if not found:
        raise GraphkitError(f"there are no saved questions in {source}", hint)
    return found


def _saved(workspace: Workspace, file: Path, text: str) -> Iterator[Saved]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            question, expects = record["question"], record["expects"]
        except (ValueError, TypeError, KeyError) as error:
            raise GraphkitError(f"{file}:{number}: no saved question", _SHAPE) from error
        if not isinstance(question, str) or not isinstance(expects, str | None):
            raise GraphkitError(f"{file}:{number}: no saved question", _SHAPE)
        try:
            yield Saved(question, claim(workspace, expects) if expects else None, file, number)
        except NodeNotFound as error:
            raise GraphkitError(f"{file}:{number}: {error.message}", error.hint) from error


def claim(workspace: Workspace, name: str) -> Node:
    """The claim of this name.

    Raises:
        NodeNotFound: there is none.
    """
    node = workspace.node(name)
    if node.kind is not Kind.CLAIM:
        raise NodeNotFound(f"{node.title} is a {node.kind}", "only claims answer questions")
    return node


def put(workspace: Workspace, saved: Saved, risk: float) -> Outcome:
    """Ask a saved question and hold the answer against what it should be."""
    answer = workspace.ask(saved.question, risk)
    first = answer.claims[0].node if answer.claims else None
    return Outcome(
        _reply(saved.expects, first, answer),
        saved.question,
        saved.expects.title if saved.expects else "",
        first.title if first else "",
        answer.confidence,
        _shown(saved.file, workspace.root),
        saved.line,
    )


def _shown(file: Path, root: Path) -> str:
    return str(file.relative_to(root)) if file.is_relative_to(root) else str(file)


def _reply(expects: Node | None, first: Node | None, answer: Answer) -> Reply:
    declined = answer.state is AnswerState.NOT_IN_THESE_NOTES
    if expects is None:
        return Reply.RIGHTLY_DECLINED if declined else Reply.IN_VAIN
    if declined:
        named = any(hit.id == expects.id for hit in answer.nearest)
        return Reply.NAMED if named else Reply.DECLINED
    return Reply.RIGHT if first is not None and first.id == expects.id else Reply.WRONG


def save(workspace: Workspace, question: str, expects: str) -> Path:
    """Append a question to the vault's own, with the claim of this name; empty: with none.

    Raises:
        NodeNotFound: no claim has the name.
        VaultError: the vault is read-only.
    """
    if workspace.vault.installed:
        raise VaultError(
            "the bundled notes of an installation are read-only",
            "make them your own first: graphkit init DIR",
        )
    title = claim(workspace, expects).title if expects else None
    record = json.dumps({"question": question, "expects": title}, ensure_ascii=False)
    file = disk.inside(workspace.root, FILE)
    before = file.read_bytes() if file.exists() else b""
    gap = b"\n" if before and not before.endswith(b"\n") else b""
    disk.write_atomically(file, before + gap + record.encode() + b"\n")
    return file
