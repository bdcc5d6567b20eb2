"""The one ordered table of rules: what this room reads beyond CommonMark.

A dialect is one file and one row here. Inline rules are asked only at the literals that can
begin them, in this order, before markdown-it's own; what one of them takes, the others never
see. Code is never asked about, so nothing inside code is a link.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from markdown_it.rules_block import StateBlock
from mdit_py_plugins.front_matter import front_matter_plugin

from graphkit.dialect import Dialect
from graphkit.parse import (
    blocks,
    citations,
    comments,
    fields,
    footnotes,
    located,
    logseq,
    maths,
    plain,
    tags,
    toml_matter,
    wikilinks,
)
from graphkit.parse.pieces import Read

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def _everywhere(_dialect: Dialect) -> bool:
    return True


class Rule(NamedTuple):
    """One row: a name, any of the three ways to add to the parser, and where it is in force."""

    name: str
    plugin: Callable[..., None] | None = None
    inline: Read | None = None
    starts: tuple[str, ...] = ()  # the literals that can begin what `inline` reads
    block: BlockRule | None = None
    when: Callable[[Dialect], bool] = _everywhere


RULES: Final = (
    Rule("plain blocks", plain.plugin),
    Rule("front matter", front_matter_plugin),
    Rule("TOML front matter", block=toml_matter.block),
    Rule("managed block", block=blocks.block),
    Rule("maths", maths.plugin, inline=maths.read, starts=("$",)),
    Rule("positions of CommonMark's own", located.plugin),
    Rule("comments", inline=comments.read, starts=("%%",), block=comments.block),
    Rule("outlines", logseq.outline, when=lambda dialect: dialect.outline),
    Rule("Org blocks", block=logseq.block),
    Rule(
        "wikilinks, text first",
        inline=wikilinks.read_text_first,
        starts=("[[", "![["),
        when=lambda dialect: dialect.text_first,
    ),
    Rule("wikilinks", inline=wikilinks.read, starts=("[[", "![[")),
    Rule("block references", inline=logseq.read_reference, starts=("((",)),
    Rule("macros", inline=logseq.read_macro, starts=("{{",)),
    Rule("footnotes", footnotes.plugin, inline=footnotes.read, starts=("[^",)),
    Rule("citations", inline=citations.read_group, starts=("[",)),
    Rule("citation keys", inline=citations.read_key, starts=("@",)),
    Rule("web addresses", inline=citations.read_address, starts=("http", "HTTP")),
    Rule("arXiv", inline=citations.read_arxiv, starts=("arXiv", "arxiv", "ArXiv", "ARXIV")),
    Rule("DOIs", inline=citations.read_doi, starts=("doi", "DOI", "10.")),
    Rule("fields", inline=fields.read, starts=("::",)),
    Rule("tags", inline=tags.read, starts=("#",)),
)


@cache
def in_force(dialect: Dialect) -> tuple[Rule, ...]:
    """The rules by which the notes of such a vault are read."""
    return tuple(rule for rule in RULES if rule.when(dialect))
