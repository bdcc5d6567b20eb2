"""Keys of the reader's own: `[keys]` of the user's configuration and of a vault's `graphkit.toml`.

[keys]
explore.search = "s,slash"
"""

from __future__ import annotations

import difflib
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from textual.binding import Binding, BindingError, InvalidBinding
from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from graphkit.errors import GraphkitError
from graphkit.tui.actions import ACTIONS, Action, Place

FILE: Final = "graphkit.toml"

_INNER: Final = frozenset({Place.LISTING, Place.READER})
_OUTER: Final = frozenset({Place.EXPLORE, Place.PAGE, Place.ANYWHERE, Place.DIFF, Place.TRIALS})
_NAMED: Final = {key.value for key in Keys} | set(KEY_NAME_REPLACEMENTS.values())
_MODIFIERS: Final = frozenset({"ctrl", "shift", "alt", "meta", "super", "hyper"})


class KeysError(GraphkitError):
    """A key cannot be bound as a configuration wants it."""


def of_folder(folder: Path) -> Mapping[str, str]:
    """The `[keys]` of the configuration in a folder; none where there is no such file.

    Raises:
        KeysError: the file cannot be read, or a value is no text.
    """
    file = folder / FILE
    try:
        return flat(tomllib.loads(file.read_text(encoding="utf-8")).get("keys", {}))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise KeysError(f"{file}: {error}", "mend the file, or take it away") from error


def flat(table: Any, prefix: str = "") -> dict[str, str]:
    """A TOML table as "place.name" to keys, whether its names are quoted or nested.

    Raises:
        KeysError: something in it is no text.
    """
    if isinstance(table, str) and prefix:
        return {prefix: table}
    if not isinstance(table, dict):
        raise KeysError(
            f"keys{prefix and '.'}{prefix}: {table!r} names no keys", 'write "x,ctrl+x"'
        )
    found: dict[str, str] = {}
    for name, value in table.items():
        found |= flat(value, f"{prefix}.{name}" if prefix else name)
    return found


def checked(keys: Mapping[str, str], where: str) -> Mapping[str, str]:
    """These keys, when every action exists, every key does, and none is taken twice.

    Raises:
        KeysError: one does not; the message names it, the hint what there is instead.
    """
    known = {action.id: action for action in ACTIONS}
    for name, pressed in keys.items():
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {close[0]}?" if close else "the help of the explorer names each"
            raise KeysError(f"{where}: keys.{name}: there is no such action", hint)
        if not (each := normal(pressed)) or any(not _exists(key) for key in each):
            raise KeysError(
                f"{where}: keys.{name}: no key is called {pressed!r}",
                'keys are like "x", "ctrl+x", "f2", "slash", with a comma between two',
            )
    for one, other, key in clashes(rebound(keys)) if keys else ():
        message = f"{where}: the key {key} is bound to {one.id} and to {other.id}"
        raise KeysError(message, "bind one of them to another key")
    return keys


def rebound(keys: Mapping[str, str]) -> tuple[Action, ...]:
    """The table of actions with the keys of one's own."""
    return tuple(
        action._replace(keys=keys[action.id], shown="") if action.id in keys else action
        for action in ACTIONS
    )


def clashes(actions: tuple[Action, ...]) -> Iterator[tuple[Action, Action, str]]:
    """Two actions that one key would do at once, with the key.

    A dialog takes what it wants from the screen below, and a list from a dialog, but a list takes
    nothing from a screen.
    """
    for one, other in combinations(actions, 2):
        places = {one.place, other.place}
        together = len(places) == 1 or (places & _INNER and places & _OUTER)
        if together or places in ({Place.EXPLORE, Place.ANYWHERE}, {Place.MAP, Place.PAGE}):
            for key in normal(one.keys) & normal(other.keys):
                yield one, other, key


@cache
def normal(keys: str) -> frozenset[str]:
    """The keys by Textual's names: "?" is "question_mark"."""
    try:
        return frozenset(each.key for each in Binding.make_bindings([(keys, "", "")]))
    except (BindingError, InvalidBinding):
        return frozenset()


def _exists(key: str) -> bool:
    *modifiers, name = key.split("+")
    if not _MODIFIERS.issuperset(modifiers):
        return False
    return name in _NAMED or key in _NAMED or len(name) == 1 or _is_character(name)


def _is_character(name: str) -> bool:
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True
