"""Which experiments the user let run, each pinned to its content; kept outside of every vault.

A vault may come from anyone, so nothing in it can grant trust: the pins lie in the user's state
folder, by vault and name, and hold the digest of the very bytes that were looked at.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from graphkit.disk import write_atomically
from graphkit.errors import VaultError

FILE: Final = "trust.json"

Pins = dict[str, dict[str, str]]


def folder() -> Path:
    """The user's state folder."""
    from platformdirs import user_state_path

    return user_state_path("graphkit")


def pinned(state: Path, root: Path, name: str) -> str:
    """The digest that an experiment of a vault is trusted at; empty without trust."""
    return _pins(state).get(str(root), {}).get(name, "")


def pin(state: Path, root: Path, name: str, digest: str) -> None:
    """Trust an experiment as long as its content has this digest; an empty one ends the trust.

    Raises:
        VaultError: the state cannot be read or written.
    """
    pins = _pins(state)
    own = {**pins.get(str(root), {}), name: digest}
    pins[str(root)] = {key: value for key, value in own.items() if value}
    write_atomically(state / FILE, (json.dumps(pins, indent=2) + "\n").encode())


def _pins(state: Path) -> Pins:
    file = state / FILE
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise VaultError(
            f"{file} cannot be read", "remove it, and give your trust again"
        ) from error
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise VaultError(f"{file} is not a list of pins", "remove it, and give your trust again")
    return found
