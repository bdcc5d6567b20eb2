"""The rules of how widgets look, parsed once for each theme."""

from __future__ import annotations

from typing import Any, Final
from weakref import WeakKeyDictionary

from textual.cache import LRUCache
from textual.color import Color
from textual.css.model import RuleSet
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

_MOST: Final = 512  # sources of rules; Textual keeps 64, and parses all again where there are more


class OnceParsed(Stylesheet):
    """Keeps what was parsed with the colours of one theme while another one is shown.

    Textual's own parses the rules of all widgets, a tenth of a second, whenever the theme turns,
    and again for the next kind of widget that is shown.
    """

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._by_colours: dict[
            frozenset[tuple[str, str]], LRUCache[tuple[Any, ...], list[RuleSet]]
        ] = {}
        self._given: WeakKeyDictionary[DOMNode, RulesMap] = WeakKeyDictionary()
        self.set_variables(variables)

    def set_variables(self, variables: dict[str, str]) -> None:
        self._parse_cache = LRUCache(_MOST)
        super().set_variables(variables)
        colours = frozenset(variables.items())
        self._parse_cache = self._by_colours.setdefault(colours, self._parse_cache)

    def prepare(self, variables: dict[str, str]) -> None:
        """Parse all rules with other colours than those that are shown; in a thread, if need be."""
        other = OnceParsed(variables)
        other.source = self.source.copy()
        other._by_colours = self._by_colours
        other.set_variables(variables)
        other.parse()

    def reparse(self) -> None:
        self.parse()

    def replace_rules(  # type: ignore[override]  # is not called on the class
        self,
        node: DOMNode,
        rules: RulesMap,
        animate: bool = False,  # noqa: FBT001, FBT002 - Textual's signature
    ) -> None:
        """Have a widget look as these rules say, unless they are those that it has.

        Textual's own lays the screen out anew for them, and paints all scroll bars.
        """
        if self._given.get(node) == rules:
            node.notify_style_update()
            return
        self._given[node] = rules
        if not animate:
            _dye(node, rules)
        super().replace_rules(node, rules, animate)


def _dye(node: DOMNode, rules: RulesMap) -> None:
    """Give a widget its colours at once: for each of them Textual's own refreshes all children."""
    base = node.styles.base
    given = {**base.get_rules(), **rules}
    colours = [name for name, value in given.items() if isinstance(value, Color)]
    changed = [base.set_rule(name, rules.get(name)) for name in colours]
    if any(changed):
        base.refresh(children=True)
