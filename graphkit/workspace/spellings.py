"""How a link may name its note after a change: in the author's own way first."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import normpath, relpath
from typing import Final

from graphkit.graph.names import decoded, folded, without_suffix
from graphkit.models import Link, Note

_EXPLICIT: Final = ("./", "../", "/")


def relative(path: str, page: str) -> str:
    """A path of the vault as a link from a page names it."""
    return relpath(f"/{path}", f"/{page}/..")


def as_path(link: Link, path: str, page: str) -> Iterator[str]:
    """A destination that leads from the page at `page` to a file, begun as the link's own was."""
    target = decoded(link.target)
    steps = relative(path, page)
    if target.startswith("/"):
        yield f"/{path}"
    elif target.startswith("./") and not steps.startswith("../"):
        yield f"./{steps}"
    yield steps
    yield steps if steps.startswith("../") else f"./{steps}"


def names(link: Link, old: Note, new: Note, was_page: str, page: str) -> Iterator[str]:
    """Targets that may mean the note `old`, which will be `new`, on the page at `page`.

    First what corresponds to the link as it was written on the page at `was_page`, then every
    other name of the note, the shortest first.
    """
    target = decoded(link.target)
    suffixed = without_suffix(target) != target
    path = new.path if suffixed else without_suffix(new.path)
    if _leads(target, old.path, was_page, placed=link.form in ("markdown", "reference")):
        yield from as_path(link, path, page)
    pairs = tuple(_pairs(old, new))
    bare = without_suffix(target)
    if target.startswith("/"):  # an address of a site, as no path led there
        ending = "/" * target.endswith("/")
        yield from (f"/{after}{ending}" for before, after in pairs if before == target.strip("/"))
    for same in (_exactly, _nearly):
        for wanted in dict.fromkeys((target, bare)):
            ending = path[len(without_suffix(path)) :] if wanted != target else ""
            yield from (after + ending for before, after in pairs if same(before, wanted))
    if link.form != "tag" and (link.form in ("markdown", "reference") or "/" in target):
        yield from as_path(link, path, page)
    yield from sorted((after for _, after in pairs), key=lambda name: name.count("/"))
    yield from as_path(link, path, page)


def _leads(target: str, path: str, page: str, *, placed: bool) -> bool:
    """Whether a target leads to a note's path by steps from its page."""
    if not placed and not target.startswith(_EXPLICIT):
        return False
    start = "" if target.startswith("/") else page.rpartition("/")[0]
    reached = normpath(f"/{start}/{target}").lstrip("/")
    return folded(without_suffix(reached)) == folded(without_suffix(path))


def _pairs(old: Note, new: Note) -> Iterator[tuple[str, str]]:
    """Each name of a note beside the one that corresponds to it after the change."""
    yield old.title, new.title
    yield from _aliases(old, new)
    before, after = (without_suffix(note.path).split("/") for note in (old, new))
    if len(before) > 1:
        yield "/".join(before), "/".join(after)
    for length in range(1, max(len(before), len(after)) + 1):
        yield "/".join(before[-length:]), "/".join(after[-length:])
    yield old.id, new.title


def _aliases(old: Note, new: Note) -> Iterator[tuple[str, str]]:
    """Those that follow from title and path: with a discourse graph's prefix, addresses of a site.

    They stand in the same order before and after.
    """
    gone = [alias for alias in old.aliases if alias not in new.aliases]
    come = [alias for alias in new.aliases if alias not in (*old.aliases, old.title)]
    return zip(gone, come, strict=False)


def _exactly(one: str, other: str) -> bool:
    return one == other


def _nearly(one: str, other: str) -> bool:
    return folded(one) == folded(other)
