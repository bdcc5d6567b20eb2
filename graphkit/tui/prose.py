"""Markdown as lines of a given width: what the reader pane shows of a note.

The text of a note is walked as Markdown-it tokens and laid out as Textual content. It never
passes a markup parser; links are kept by number, so that they can be walked by key and mouse.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin
from textual.content import Content, Span
from textual.style import Style

from graphkit.render import escape, words
from graphkit.tui.blocks import Block, Page, Table, Words
from graphkit.tui.rows import literal
from graphkit.tui.wikilinks import wikilinks_plugin

PAGE_LINES: Final = 200  # a longer note is shown a page at a time
PAGE_CHARACTERS: Final = 40_000  # and so is one of few but endless lines
_DEEPEST: Final = 12  # levels of nesting that are still indented
_NESTED: Final = 240  # of which a list takes two, and below which text is left out


def page(text: str, pages: int = 1, title: str = "") -> Page:
    """The first `pages` pages of a note's Markdown. A heading that only repeats
    `title` is left out.
    """
    cut, left = _cut(text, pages)
    tree = SyntaxTreeNode(_parser().parse(cut))
    tree.children = [node for node in tree.children if not _repeats(node, title)]
    walk = _Walk()
    blocks = tuple(walk.below(tree))
    return Page((*blocks, *_ending(left)), tuple(walk.links), left)


def _repeats(node: SyntaxTreeNode, title: str) -> bool:
    return node.type == "heading" and node.tag == "h1" and node.children[0].content == title


def _ending(left: int) -> tuple[Block, ...]:
    """What stands below a note that goes on."""
    if not left:
        return ()
    said = f"… and {words.count(left, 'more line')}. Press + to read on."
    return (Words(Content()), Words(_styled(said, "$doubt")))


def _cut(text: str, pages: int) -> tuple[str, int]:
    """The part of a text that is shown, and how many lines come after it."""
    lines = text.splitlines(keepends=True)
    shown = "".join(lines[: pages * PAGE_LINES])
    if len(shown) > pages * PAGE_CHARACTERS:
        shown = shown[: pages * PAGE_CHARACTERS]
        return shown, max(1, len(lines) - shown.count("\n"))
    return shown, max(0, len(lines) - pages * PAGE_LINES)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _NESTED}).enable(["table", "strikethrough"])
    return parser.use(front_matter_plugin).use(wikilinks_plugin)


_NOTHING: Final = Content()
_BLANK: Final = Words(_NOTHING)
_HEADINGS: Final = {"h1": "bold $primary", "h2": "bold $primary", "h3": "bold"}
_SPANS: Final = {
    "strong": "bold",
    "em": "italic",
    "s": "strike",
    "code_inline": "$source on $panel",
    "html_inline": "$quiet",
}


class _Walk:
    """One walk over a note's tree; it collects the links that it passes."""

    def __init__(self) -> None:
        self.links: list[str] = []

    # -- blocks ----------------------------------------------------------------------------

    def below(
        self, node: SyntaxTreeNode, lead: Content = _NOTHING, depth: int = 0
    ) -> Iterator[Block]:
        """The blocks of a node's children, a blank line between two of them."""
        begun = False
        for child in node.children:
            blocks = list(self._block(child, lead, depth))
            if begun and blocks and not _tight(child):
                yield Words(Content(), first=lead, rest=lead)
            yield from blocks
            begun = begun or bool(blocks)

    def _block(self, node: SyntaxTreeNode, lead: Content, depth: int) -> Iterator[Block]:
        match node.type:
            case "heading":
                style = _HEADINGS.get(node.tag, "bold $quiet")
                yield self._words(node, lead, style)
            case "paragraph":
                yield self._words(node, lead)
            case "bullet_list" | "ordered_list":
                yield from self._list(node, lead, depth)
            case "blockquote":
                bar = _styled("▏ ", "$faint") if depth < _DEEPEST else _NOTHING
                yield from self.below(node, lead + bar, depth + 1)
            case "fence" | "code_block":
                yield self._code(node, lead)
            case "table":
                yield self._table(node, lead)
            case "hr":
                yield Words(_styled("─" * 24, "$rule"), _line(node), lead, lead)
            case "html_block" if not node.content.lstrip().startswith("<!--"):
                yield Words(_styled(_plain(node.content), "$quiet"), _line(node), lead, lead)

    def _words(self, node: SyntaxTreeNode, lead: Content, style: str = "") -> Words:
        text = Content("").join(part for child in node.children for part in self._inline(child))
        return Words(text.stylize_before(style) if style else text, _line(node), lead, lead)

    def _list(self, node: SyntaxTreeNode, lead: Content, depth: int) -> Iterator[Block]:
        start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
        for number, item in enumerate(node.children):
            bullet = f"{start + number}. " if node.type == "ordered_list" else "• "
            indent = lead + Content(" " * len(bullet)) if depth < _DEEPEST else lead
            first, *others = list(self.below(item, indent, depth + 1)) or [_BLANK]
            if isinstance(first, Words):
                yield Words(first.content, first.line, lead + _styled(bullet, "$quiet"), indent)
            else:
                yield first
            yield from others

    def _code(self, node: SyntaxTreeNode, lead: Content) -> Words:
        bar = lead + _styled("▏ ", "$faint")
        return Words(_styled(_plain(node.content), "$source"), _line(node), bar, bar)

    def _table(self, node: SyntaxTreeNode, lead: Content) -> Table:
        rows = (row for part in node.children for row in part.children)
        cells = (tuple(self._words(cell, lead).content for cell in row.children) for row in rows)
        return Table(tuple(cells), _line(node), lead)

    # -- inline ----------------------------------------------------------------------------

    def _inline(self, node: SyntaxTreeNode) -> Iterator[Content]:
        match node.type:
            case "inline":
                yield from self._children(node)
            case "softbreak":
                yield Content(" ")
            case "hardbreak":
                yield Content("\n")
            case "html_inline" if node.content.startswith("<!--"):
                return
            case "link":
                label = Content("").join(self._children(node))
                yield self._link(str(node.attrs.get("href", "")), label)
            case "image":
                label = Content(f"▨ {escape.line(node.content)}")
                yield self._link(str(node.attrs.get("src", "")), label)
            case "wikilink":
                yield self._link(node.meta["target"], Content(escape.line(node.content)))
            case kind if node.children:
                inner = Content("").join(self._children(node))
                yield inner.stylize_before(_SPANS.get(kind, ""))
            case kind:
                yield _styled(literal(node.content), _SPANS.get(kind, ""))

    def _children(self, node: SyntaxTreeNode) -> Iterator[Content]:
        for child in node.children:
            yield from self._inline(child)

    def _link(self, target: str, label: Content) -> Content:
        meta = Style.from_meta({"link": len(self.links)})
        self.links.append(target)
        external = ":" in target.partition("/")[0]
        styled = label.stylize_before("$source underline" if external else "$primary underline")
        return styled.add_spans([Span(0, len(label.plain), meta)])


def _tight(node: SyntaxTreeNode) -> bool:
    """Whether a block follows the one before it without a blank line: a list within an item."""
    token = node.nester_tokens.opening if node.nester_tokens else None
    within = node.parent is not None and node.parent.type == "list_item"
    return (token is not None and token.hidden) or (within and node.type.endswith("_list"))


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 0


def _plain(text: str) -> str:
    return "\n".join(map(literal, text.rstrip("\n").split("\n")))


def _styled(text: str, style: str) -> Content:
    return Content.styled(text, style) if style else Content(text)
