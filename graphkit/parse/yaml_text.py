"""Front matter as text that can be edited: where its values stand and how they are quoted."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from graphkit.parse.edits import Edit
from graphkit.vocabulary import fold

_PLAIN: Final = re.compile(r"\w(?:[\w ./()?!;-]*[\w.()?!])?")
_SPECIAL: Final = re.compile(r"[,:#\"'{}\[\]]")

_TOML: Final = re.compile(
    r"(?P<fence>\+\+\+[ \t]*\n)(?=(?:.*\n)*?\+\+\+)"
    r"(?:(?:(?!\+\+\+|\[).*\n)*?aliases[ \t]*=[ \t]*\[(?P<list>[^\]\n]*)(?=\]))?"
)

PLAIN: Final = "plain"
"""How a value without quotes is quoted; the other ways are `'` and `"`, and `""` is no YAML."""


class Front(NamedTuple):
    """The YAML of a note and where it begins; `start` is -1 for a note that has none."""

    source: str
    start: int


def front(text: str) -> Front:
    """The front matter of a normal text."""
    if not text.startswith("---"):
        return Front("", -1)
    tokens = MarkdownIt("zero").use(front_matter_plugin).parse(text)
    if not tokens or tokens[0].type != "front_matter":
        return Front("", -1)
    return Front(tokens[0].content, text.index("\n") + 1)


def quoting(found: Front, place: int) -> str:
    """How the value at this offset of the text is quoted; empty outside the front matter."""
    inside = place - found.start
    if found.start < 0 or not 0 <= inside < len(found.source):
        return ""
    for event in yaml.parse(found.source, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.ScalarEvent) and _holds(event, inside):
            return event.style or PLAIN
    return PLAIN


def _holds(event: yaml.ScalarEvent, place: int) -> bool:
    first, last = event.start_mark, event.end_mark
    return first is not None and last is not None and first.index <= place < last.index


def inside(text: str, quote: str) -> str | None:
    """The text as it is written inside a value quoted so; None where it cannot be."""
    match quote:
        case "":
            return text
        case "'":
            return text.replace("'", "''")
        case '"':
            return text.replace("\\", "\\\\").replace('"', '\\"')
    return None if _SPECIAL.search(text) else text


def value(text: str, quote: str = PLAIN) -> str:
    """A whole value: quoted as asked, with double quotes where it would not do without."""
    if quote == PLAIN and _PLAIN.fullmatch(text):
        return text
    if quote == "'":
        return f"'{inside(text, quote)}'"
    return f'"{inside(text, chr(34))}"'


def entry(found: Front, *keys: str) -> tuple[yaml.ScalarNode, yaml.Node] | None:
    """The first key that is one of these, as the parser folds them, with its value."""
    try:
        root = yaml.compose(found.source, yaml.CSafeLoader)
    except yaml.YAMLError:  # the parser reads no value of it either, and has said so
        return None
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    named = ((key, node) for key, node in pairs if isinstance(key, yaml.ScalarNode))
    return next(((key, node) for key, node in named if fold(key.value) in keys), None)


def with_alias(text: str, alias: str) -> Edit:
    """The edit that adds an alias to a note, in whichever way its front matter lists them."""
    found = front(text)
    if toml := _TOML.match(text):
        return _in_toml(toml, value(alias, '"'))
    if found.start < 0:
        return Edit(0, 0, f"---\naliases: [{value(alias)}]\n---\n")
    known = entry(found, "aliases", "alias")
    if known is None:
        end = found.start + len(found.source)
        return Edit(end, end, "\n" * bool(found.source) + f"aliases: [{value(alias)}]")
    start, end, written = _listed(*known, value(alias))
    return Edit(found.start + start, found.start + end, written)


def _in_toml(found: re.Match[str], alias: str) -> Edit:
    """Behind the last of a list on one line; without a list, as the first line."""
    if found["list"] is None:
        start = found.end("fence")
        return Edit(start, start, f"aliases = [{alias}]\n")
    start = found.end("list")
    return Edit(start, start, f", {alias}" if found["list"].strip() else alias)


def _listed(key: yaml.ScalarNode, node: yaml.Node, alias: str) -> tuple[int, int, str]:
    first, last = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        only = node.value.strip()
        after = key.end_mark.index + 1
        kept = f"{value(only)}, " if only else ""
        return (
            (first if only else after),
            last if only else after,
            f"{' ' * (not only)}[{kept}{alias}]",
        )
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        end = node.value[-1].end_mark.index
        return end, end, f"\n{' ' * node.start_mark.column}- {alias}"
    return last - 1, last - 1, f", {alias}" if node.value else alias
