"""What a widget looks like follows the theme, and no rule is parsed twice for one."""

from __future__ import annotations

from typing import Any

import pytest
from textual.css.parse import parse

from graphkit.tui.stylesheet import OnceParsed

DARK, LIGHT = {"ink": "white"}, {"ink": "black"}


def test_rules_are_parsed_once_for_each_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counted(scope: str, css: str, *given: Any, **named: Any) -> Any:
        parsed.append(css)
        return parse(scope, css, *given, **named)

    monkeypatch.setattr("textual.css.stylesheet.parse", counted)
    sheet = OnceParsed(DARK)
    colours = []
    for number, theme in enumerate((DARK, LIGHT, DARK, LIGHT)):
        sheet.add_source(f"Kind{number} {{ color: $ink; }}", read_from=("", f"Kind{number}"))
        sheet.set_variables(theme)
        sheet.reparse()
        colours.append({rule.styles.color.hex for rule in sheet.rules})
    assert colours == [{"#FFFFFF"}, {"#000000"}, {"#FFFFFF"}, {"#000000"}]
    assert len(parsed) == 1 + 2 + 2 + 2
    sheet.prepare(DARK)
    assert len(parsed) == 8
    assert {rule.styles.color.hex for rule in sheet.rules} == {"#000000"}
    sheet.set_variables(DARK)
    sheet.reparse()
    assert len(parsed) == 8
