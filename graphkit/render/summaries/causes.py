"""Why a summary is stale, in words: what went from what to what, by the names people know.

Both sides are the named inputs of a block (`inputs`): as it was written, and as it would be now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from graphkit.render.summaries.inputs import Facts, by_id
from graphkit.render.words import count, listing

REWRITTEN: Final = "the way summaries are written changed"
"""The cause that is left when a text differs though everything it was made from is the same."""

TEMPLATE: Final = "template"
"""The id under which a summary names the template that it was set by."""

PROSE: Final = "prose"
"""The id under which a summary keeps the prose that a model wrote for it."""

_OUTCOME: Final = ("verdict", "effect", "interval")
_OTHERS: Final = "measures"  # told only where the outcome itself is as it was
_NONE: Final = "none"
_OTHERWISE: Final = "other sentences now stand out"  # what follows from another change, told last
_NAMING: Final = frozenset({"title", "place"})  # facts of a node that is only named
_NUMBERED: Final = re.compile(r"(.*?)(\d+)\Z")
_RANGE: Final = 3  # numbered names in a row from which on they are told as a range


class Turn(NamedTuple):
    """The facts of one id on both sides."""

    name: str
    old: Facts
    new: Facts
    unlike: frozenset[str]  # the keys of those that differ

    def differs(self, *keys: str) -> bool:
        return not self.unlike.isdisjoint(keys)

    def went(self, key: str) -> str:
        """From what to what one fact went."""
        old, new = (side.get(key) or _NONE for side in (self.old, self.new))
        return f"went from {old} to {new}"


Names = Callable[[], Mapping[str, str]]


def causes(
    old: Iterable[tuple[str, str, str]], new: Iterable[tuple[str, str, str]]
) -> tuple[str, ...]:
    """Why a summary made from the `old` inputs is not the one made from the `new`, in words."""
    sides = tuple(old), tuple(new)
    unlike = {each[0] for each in set(sides[0]).symmetric_difference(sides[1])}
    before, after = (by_id(each for each in side if each[0] in unlike) for side in sides)

    def names() -> Mapping[str, str]:
        titles = (by_id(each for each in side if each[1] == "title") for side in sides)
        return {id_: _name(id_, told) for side in titles for id_, told in side.items()}

    told = (
        cause
        for id_ in {**before, **after}
        for cause in _told(_turn(id_, before.get(id_, {}), after.get(id_, {})), id_, names)
    )
    found = sorted(dict.fromkeys(told), key=lambda cause: cause.startswith(_OTHERWISE))
    return tuple(found) or (REWRITTEN,)


def _turn(id_: str, old: Facts, new: Facts) -> Turn:
    unlike = frozenset(key for key, _ in old.items() ^ new.items())
    return Turn(_name(id_, new or old), old, new, unlike)


def _name(id_: str, told: Facts) -> str:
    title = told.get("title", "")
    return f"“{title}”" if title else id_


def _told(turn: Turn, id_: str, names: Names) -> Iterator[str]:
    if not turn.unlike:
        return
    if id_ in _OWN:
        yield _OWN[id_](turn)
    elif not (turn.old and turn.new):
        yield from _came_or_went(turn)
    elif "verdict" in turn.new:
        yield from _run(turn)
    else:
        yield from _node(turn, names)


def _came_or_went(turn: Turn) -> Iterator[str]:
    """A node or run that is new here, or no longer; one that only lent its name says nothing."""
    told, state = (turn.new, "new") if turn.new else (turn.old, "gone")
    if "risk" in told:
        yield _risk(turn)
    elif "relation" in told:
        yield _edge(turn)
    elif "verdict" in told:
        yield f"the run {turn.name} is {state} ({told['verdict']})"
    elif "sentences" in told:
        yield _FOLLOWING["sentences"].format(name=turn.name)
    elif {*told} - _NAMING:
        yield f"{turn.name} is {state}"


def _edge(turn: Turn) -> str:
    """An edge that is another one now, or that is told of now, or no longer."""
    old, new = (side.get("relation", "") for side in (turn.old, turn.new))
    if old and new:
        return f"the edge with {turn.name} went from “{old}” to “{new}”"
    return f"the edge “{old or new}” {turn.name} is {'new' if new else 'gone'}"


def _run(turn: Turn) -> Iterator[str]:
    if turn.differs("verdict"):
        old, new = (_outcome(side) for side in (turn.old, turn.new))
        why = turn.new.get("why", "")
        yield f"the run {turn.name} went from {old} to {new}" + (why and f", because {why}")
    elif turn.differs("effect", "interval"):
        old, new = (_measured(side) or _NONE for side in (turn.old, turn.new))
        yield f"the effect of {turn.name} went from {old} to {new}"
    else:
        yield from _measures(turn)
    if turn.differs("why") and not turn.differs("verdict"):
        yield f"the reasons of {turn.name} {turn.went('why')}"
    yield from _records(turn)
    for key in ("profile", "seeds"):
        if turn.differs(key):
            yield f"{key} of {turn.name} {turn.went(key)}"
    if turn.differs("stale"):
        yield f"the run {turn.name} is {'stale now' if turn.new.get('stale') else 'stale no more'}"
    if not turn.differs(*_OUTCOME, _OTHERS, "why", "records", "profile", "seeds", "stale"):
        yield f"what is said about the run {turn.name} was reworded"


def _outcome(told: Facts) -> str:
    return ", ".join(part for part in (told.get("verdict", ""), _measured(told)) if part)


def _measured(told: Facts) -> str:
    return " ".join(told[key] for key in ("effect", "interval") if key in told)


def _measures(turn: Turn) -> Iterator[str]:
    old, new = (pairs(side.get(_OTHERS, "")) for side in (turn.old, turn.new))
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            went = f"went from {old.get(name, _NONE)} to {new.get(name, _NONE)}"
            yield f"{name} of {turn.name} {went}"


def _records(turn: Turn) -> Iterator[str]:
    """The records behind a run that came, went or were replaced, by their names."""
    old, new = (pairs(side.get("records", "")) for side in (turn.old, turn.new))
    if not (old and new):
        return
    changed = {
        "gone": [name for name in old if name not in new],
        "new": [name for name in new if name not in old],
        "replaced": [name for name in new if name in old and old[name] != new[name]],
    }
    for what, named in changed.items():
        if named:
            verb = "was" if len(named) == 1 else "were"
            said = f"{verb} replaced" if what == "replaced" else f"{_is(named)} {what}"
            amount = count(len(named), "record")
            yield f"{amount} of {turn.name} {said}: {listing(tuple(_ranges(named)))}"


def _ranges(names: Sequence[str]) -> Iterator[str]:
    """Names, those numbered one after the other as a range: "base-seed1 to 8"."""
    parts = [match.groups() if (match := _NUMBERED.match(name)) else (name, "") for name in names]
    keyed = enumerate(parts)
    for _, group in groupby(keyed, lambda at: (at[1][0], int(at[1][1] or -at[0]) - at[0])):
        row = [stem + number for _, (stem, number) in group]
        last = _NUMBERED.match(row[-1])
        yield from [f"{row[0]} to {last[2]}"] if last and len(row) >= _RANGE else row


def _is(named: list[str]) -> str:
    return "is" if len(named) == 1 else "are"


def _node(turn: Turn, names: Names) -> Iterator[str]:
    """What a person did to a node first, then what follows from it."""
    yield from _worded(turn, _EDITS)
    if turn.differs("relation"):
        yield _edge(turn)
    if turn.differs("standing"):
        yield f"{turn.name} {turn.went('standing')}"
    for side in ("for", "against"):
        yield from _lines(turn, side, names)
    if turn.differs("risk"):
        yield _risk(turn)
    yield from _worded(turn, _FOLLOWING)


def _risk(turn: Turn) -> str:
    """That what a claim leans on may bring it down, or may no longer."""
    why = turn.new.get("risk")
    return (
        f"{turn.name}, which is {why}, puts it at risk"
        if why
        else f"{turn.name} puts it at risk no more"
    )


def _worded(turn: Turn, table: Mapping[str, str]) -> Iterator[str]:
    for key in (key for key in table if key in turn.unlike):
        told = turn.differs(*_TELLING.get(key, ()))
        named = key not in _NAMING or key in turn.old.keys() & turn.new.keys()
        if named and not told:
            yield table[key].format(name=turn.name, went=turn.went(key), **_sides(turn, key))


_EDITS: Final = {
    "title": "“{old}” is now called “{new}”",
    "place": "the note of {name} was moved",
    "inferred": "inferred, for the edge with {name}, {went}",
    "identifiers": "the identifiers of {name} {went}",
    "status": "the status of {name} {went}",
    "year": "the year of {name} {went}",
    "retracted": "the retraction of {name} {went}",
    "figures": "the figures that {name} states went from {old} to {new}",
    "otherwise": "what {name} states otherwise than the claim {went}",
    "says": "what {name} says was reworded",
    "words": "what is said about {name} was reworded",
}
_FOLLOWING: Final = {
    "test": "the test of {name} {went}",
    "flags": "the flags of {name} {went}",
    "open": "other matters are open in {name}",
    "sentences": f"{_OTHERWISE} in {{name}}",
}
_TELLING: Final = {"says": ("figures",), "words": ("relation", "place")}
"""Facts that are not told where another is that contains their change."""


def _sides(turn: Turn, key: str) -> dict[str, str]:
    return {"old": turn.old.get(key) or _NONE, "new": turn.new.get(key) or _NONE}


def _lines(turn: Turn, side: str, names: Names) -> Iterator[str]:
    """The works and runs that count for or against a claim now, or did."""
    if not turn.differs(side):
        return
    known = names()
    old, new = ([*filter(None, facts.get(side, "").split(","))] for facts in (turn.old, turn.new))
    for id_ in [each for each in new if each not in old]:
        yield f"{known.get(id_, id_)} now counts {side} {turn.name}"
    for id_ in [each for each in old if each not in new]:
        yield f"{known.get(id_, id_)} no longer counts {side} {turn.name}"


def pairs(spelt: str) -> dict[str, str]:
    """What `paired` joined: values by their names."""
    split = (each.rpartition(":") for each in spelt.split(";") if each)
    return {name: value for name, _, value in split}


def paired(told: Iterable[tuple[str, str]]) -> str:
    """Names with their values as one fact."""
    return ";".join(f"{name.replace(';', ',')}:{value}" for name, value in told)


_OWN: Final[Mapping[str, Callable[[Turn], str]]] = {
    TEMPLATE: lambda turn: f"the template {turn.went('digest')}",
    PROSE: lambda turn: "prose is new" if turn.new else "the prose told what no longer holds",
}
