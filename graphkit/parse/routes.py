"""Addresses of a site: `/docs/tea/green` names `content/tea/green.md` where the vault says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphkit.dialect import Dialect

_PAGE = re.compile(r"(?:(?:^|/)(?:index|_index|readme))?\.(?:md|markdown)$", re.IGNORECASE)


def of_page(path: str, dialect: Dialect) -> Iterator[str]:
    """The addresses of the page at `path`, without the slash before them."""
    for address, folder in dialect.routes:
        below = folder.strip("/")
        if not below or path.startswith(f"{below}/"):
            inside = _PAGE.sub("", path[len(below) :].strip("/"))
            if found := f"{address.strip('/')}/{inside}".strip("/"):
                yield found
