"""How the summaries are laid out: one template a kind, which a vault may replace with its own.

A template is Markdown with placeholders, `{{name}}`, and nothing else: no conditions, no loops,
nothing that is run. A paragraph whose placeholders are all empty is left out. The placeholders of
a kind are the parts its module offers (`summary.PARTS`) and those of every kind (`COMMON`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Final, NamedTuple

from graphkit.render.summaries.markdown import text
from graphkit.render.summaries.said import prose
from graphkit.render.summaries.scene import Part, Scene, Section
from graphkit.vocabulary import Kind

PLACE: Final = re.compile(r"\{\{(?P<name>[^{}\n]*)\}\}")
_PARTED: Final = re.compile(r"\n[ \t]*\n+")

BUILT_IN: Final[Mapping[Kind, str]] = MappingProxyType({
    Kind.CLAIM: """\
{{quote}}

{{standing}}

{{prose}}

{{sentences}}

{{evidence}}

{{runs}}

{{open}}
""",
    Kind.QUESTION: """\
{{standing}}

{{prose}}

{{claims}}

{{open}}
""",
    Kind.SOURCE: """\
{{standing}}

{{prose}}

{{sentences}}

{{claims}}

{{open}}
""",
    Kind.RESULT: """\
{{standing}}

{{prose}}

{{measures}}

{{figure}}

{{claims}}

{{open}}
""",
    Kind.NOTE: """\
{{standing}}

{{prose}}

{{leads}}
""",
})  # fmt: skip


COMMON: Final[Mapping[str, Part]] = MappingProxyType({
    "title": lambda scene: Section(text(scene.node.title)),
    "id": lambda scene: Section(text(scene.node.id)),
    "prose": prose,
})  # fmt: skip


class Fault(NamedTuple):
    """What is wrong with a template, and on which of its lines, counted from 0."""

    message: str
    line: int


def faults(template: str, parts: Iterable[str]) -> tuple[Fault, ...]:
    """What keeps a template from being used: names that no part has, marks that end a block.

    So does that it has no part, for then it says nothing of what is known about a note.
    """
    own = sorted(parts)
    names = sorted({*own, *COMMON})
    known = f"there are {', '.join(names)}"
    found = [
        (match.start(), f'no placeholder is called "{match["name"].strip()}": {known}')
        for match in PLACE.finditer(template)
        if match["name"].strip() not in names
    ]
    if not found and COMMON.keys() >= {*_used(template)}:
        found.append((0, f"it has no part of a summary: there are {', '.join(own)}"))
    rest = PLACE.sub(lambda match: " " * len(match[0]), template)
    for mark, why in _FORBIDDEN.items():
        found += [(match.start(), why) for match in re.finditer(re.escape(mark), rest)]
    return tuple(Fault(why, template.count("\n", 0, at)) for at, why in sorted(found))


_FORBIDDEN: Final = {
    "{{": "a placeholder begins here that does not end on its line",
    "}}": "a placeholder ends here that never began",
    "<!--": "a comment could end the managed block too early",
    "-->": "a comment could end the managed block too early",
    "```": "a code fence would hide the end of the managed block",
    "~~~": "a code fence would hide the end of the managed block",
}


def filled(template: str, section: Callable[[str], Section]) -> str:
    """The template with each placeholder replaced; paragraphs with nothing to say are left out."""
    kept = []
    for paragraph in _PARTED.split(template.strip("\n")):
        names = [match["name"].strip() for match in PLACE.finditer(paragraph)]
        if not names or any(section(name).text for name in names):
            kept.append(PLACE.sub(lambda match: section(match["name"].strip()).text, paragraph))
    return "\n\n".join(kept).strip("\n")


def _used(template: str) -> tuple[str, ...]:
    """The names of the placeholders of a template, in their order."""
    return tuple(dict.fromkeys(match["name"].strip() for match in PLACE.finditer(template)))


def digest(template: str) -> str:
    """A short digest by which a summary names the template that it was set by."""
    return sha256(template.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def evaluated(
    scene: Scene,
    template: str,
    parts: Mapping[str, Part],
    known: Mapping[str, Section] = MappingProxyType({}),
) -> dict[str, Section]:
    """Each part of a scene that a template names; what is `known` of them is not sought again."""
    table = {**COMMON, **parts}
    return {name: known[name] if name in known else table[name](scene) for name in _used(template)}
