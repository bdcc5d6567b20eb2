"""The report of an experiment: one Markdown page, every number of it from a verdict or a record."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol
from urllib.parse import quote

from graphkit.models import DECISIVE_PROFILE, Node, Verdict
from graphkit.render import words
from graphkit.render.summaries.markdown import Cell, code, items, table, text
from graphkit.vocabulary import Outcome

_OWN_TRACK: Final = "A"
_NEGATIVE: Final = (
    Outcome.CONTRADICTED,
    Outcome.NOT_REPRODUCED,
    Outcome.PARTLY,
    Outcome.INCONCLUSIVE,
)
_TRIED: Final = ("arm", "rate", "divergence", "own reward", "truthfulness", "", "record")
_BESIDE: Final = """\
Judged by the same rule, on recipes registered before they were run; no claim rests on these."""
_TUNING: Final = """\
### How the arms of `ternary-reward` come out under other settings

One grid, one rule and one setting for both arms, on a seed that no test reports: that under which
the two together earn most, each of its own reward, on held-out questions. The rule was fixed again
after the grid was widened at its lower end; until then each arm had a choice of its own."""
_HEADER: Final = ("test", "claim", "cited", "ours", "seeds", "verdict", "released results")
_METHOD: Final = """\
A small transformer is trained from scratch on synthetic worlds whose facts, chains of reasoning and
requests are known exactly, and is then post-trained. The arms that a test compares have the same
budget and settings and differ in what the test is about: a reward, and where the claim is about an
objective or a size, the tasks or the model that come with it.

Recipes were chosen on seeds that are not reported. The tests were mended after a first full run on
seeds 1 to 8; their hypotheses, bounds, recipes and seeds were then fixed in `registration.json`
beside the records, checked by digest, and run on seeds that nothing had seen. The start of
`external-anchor` failed its gates on three of five seeds then; how it is made was changed on
development seeds and fixed again before that test ran once more. An effect is the
difference between two arms of one seed on the same items. Of a hierarchical bootstrap (seeds, then
items) and Student's t over the seeds the wider 95 % interval decides.

The first that fits is the verdict: more than a quarter of the seeds failed a gate or too few are
left, *inconclusive*; interval within plus and minus the smallest effect of interest, *not
reproduced*; interval below zero, *contradicted*; above zero, large enough, with all components and
guards, *reproduced*; above zero, *partly reproduced*; else *inconclusive*.

A model of this size says which way a reward pushes, not how far it would push a large one:
magnitudes are not to be compared with the cited ones.

Two things that the sources ask for are not here. The claim of `small-matches-large` is about
forecasts of conversations, turn by turn; here it is put to answers about facts, whose chances are
known but which nobody negotiates, and for which a small model lacks the memory. And each test runs
in worlds that share one vocabulary, one model and one author: a second world, made independently,
would tell what belongs to the claim from what belongs to these."""


class Run(Protocol):
    """What this view reads of a run record."""

    @property
    def name(self) -> str: ...
    @property
    def profile(self) -> str: ...
    @property
    def cpu_seconds(self) -> float: ...
    @property
    def versions(self) -> Mapping[str, str]: ...
    @property
    def commit(self) -> str: ...


class Setting(Protocol):
    """What this view reads of one setting of the tuning."""

    @property
    def of(self) -> str: ...
    @property
    def rate(self) -> float: ...
    @property
    def beta(self) -> float: ...
    @property
    def reward(self) -> float: ...
    @property
    def truthfulness(self) -> float: ...
    @property
    def chosen(self) -> bool: ...
    @property
    def tested(self) -> bool: ...
    @property
    def record(self) -> str: ...


class Beside(NamedTuple):
    """What was run beside the tests: rows judged alike, and the settings tried in tuning."""

    rows: Sequence[Verdict] = ()
    settings: Sequence[Setting] = ()


NOTHING: Final = Beside()


class Place(NamedTuple):
    """Where a page stands and what it links to, all as POSIX paths from one folder."""

    page: str
    notes: str  # the vault
    experiments: str  # the folder of records and figures

    def to(self, path: str) -> str:
        away = posixpath.relpath(path, posixpath.dirname(self.page) or ".")
        return quote(away, errors="surrogateescape")


def report(
    verdicts: Iterable[Verdict],
    runs: Iterable[Run],
    promises: Mapping[str, Sequence[str]],
    nodes: Mapping[str, Node],
    place: Place,
    figures: Sequence[str] = (),
    beside: Beside = NOTHING,
) -> str:
    """The page as Markdown. `promises` is the rule of each test in words; `figures` are the names
    in the figures folder: only these are shown, further ones of a test with it.
    """
    listed = tuple(verdicts)
    own = [each for each in listed if each.track == _OWN_TRACK]
    released = {each.test: each for each in listed if each.track != _OWN_TRACK}
    ran = [each for each in own if words.measured(each)]
    rows = [each for each in beside.rows if words.measured(each)]
    drawn = frozenset(figures)
    parts = (
        "# Does it hold when we run it?",
        _opening([*own, *rows], tuple(runs)),
        "## All tests",
        table(_HEADER, (_row(each, released.get(each.test), nodes, place) for each in own)),
        "## What did not hold, or not wholly",
        _negative([*ran, *released.values()]),
        "## Test by test",
        *(_chapter(each, promises.get(each.test, ()), place, drawn) for each in ran),
        *_beside(rows, beside.settings, promises, place, drawn),
        "## Method and limits",
        _METHOD,
        "## Not tested",
        *(_untested(each) for each in own if not words.measured(each)),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(verdicts: Sequence[Verdict], runs: Sequence[Run]) -> str:
    used = {name for each in verdicts for name in each.records}
    counted = [run for run in runs if run.name in used]
    every = f" of {len(runs)}" if len(counted) < len(runs) else ""
    minutes, spent = (sum(run.cpu_seconds for run in some) / 60 for some in (counted, runs))
    whole = f" of {spent:.0f}" if every else ""
    versions = sorted({f"{k} {v}" for run in counted for k, v in run.versions.items()})
    profiles = sorted({run.profile for run in counted})
    commits = sorted({run.commit[:12] for run in counted if run.commit})
    lines = (
        (
            f"The verdicts use {len(counted)}{every} {'run' if len(runs) == 1 else 'runs'}, "
            f"of profile {', '.join(profiles) or 'none'}, {minutes:.0f}{whole} minutes of CPU."
        ),
        f"Made with {', '.join(versions)}." if versions else "",
        f"Commit {', '.join(commits)}." if commits else "",
        (
            f"A verdict of a profile below `{DECISIVE_PROFILE}` shows a direction only. "
            f"All of it again: `graphkit experiment run --profile {DECISIVE_PROFILE}`."
        ),
    )
    return text(" ".join(lines[:-1])) + f" {lines[-1]}"


def _row(
    verdict: Verdict, released: Verdict | None, nodes: Mapping[str, Node], place: Place
) -> tuple[Cell, ...]:
    claims = (nodes[id_] for id_ in verdict.claims if id_ in nodes)
    return (
        code(verdict.test),
        "; ".join(_claim(node, place) for node in claims),
        text(verdict.cited),
        text(words.measurement(verdict)),
        str(len(verdict.seeds) or ""),
        _outcome(verdict),
        f"{_outcome(released)} {text(words.measurement(released))}" if released else "",
    )


def _claim(node: Node, place: Place) -> Cell:
    if not node.path:
        return text(node.title)
    return f"[{text(node.title)}]({place.to(posixpath.join(place.notes, node.path))})"


def _outcome(verdict: Verdict) -> Cell:
    caveat = words.caveat(verdict)
    return f"**{verdict.outcome}**" + (f" ({text(caveat)})" if caveat else "")


def _negative(verdicts: Sequence[Verdict]) -> str:
    found = [each for outcome in _NEGATIVE for each in verdicts if each.outcome is outcome]
    told = (
        f"- {code(each.test)}{_track(each)}: {_measured(each)}. {text('; '.join(each.reasons))}"
        for each in found
    )
    return "\n".join(line.rstrip() for line in told) or "Everything that was run held."


def _measured(verdict: Verdict) -> Cell:
    return ", ".join(filter(None, (_outcome(verdict), text(words.measurement(verdict)))))


def _track(verdict: Verdict) -> str:
    return "" if verdict.track == _OWN_TRACK else f" (track {verdict.track})"


def _chapter(verdict: Verdict, promise: Sequence[str], place: Place, drawn: frozenset[str]) -> str:
    measures = ((text(name), words.plain(value)) for name, value in verdict.measures)
    parts = (
        f"### {text(verdict.title)}",
        (
            f"{code(verdict.test)}: {_measured(verdict)} "
            f"({text(verdict.quantity)}; {text(words.seeds(verdict))}). "
            f"Cited: {text(verdict.cited)}."
        ),
        *(_image(name.removesuffix(".svg"), name, place) for name in _figures(verdict, drawn)),
        items("Fixed before the run", map(text, promise)),
        items("Beside it", map(text, verdict.reasons)),
        table(("measure", "value"), measures),
        f"Records: {', '.join(_record(name, place) for name in verdict.records)}",
    )
    return "\n\n".join(part for part in parts if part)


def _beside(
    rows: Sequence[Verdict],
    settings: Sequence[Setting],
    promises: Mapping[str, Sequence[str]],
    place: Place,
    drawn: frozenset[str],
) -> list[str]:
    """The rows beside the tests, and how the arms were tuned; nothing where neither was run."""
    chapters = [_chapter(each, promises.get(each.test, ()), place, drawn) for each in rows]
    table_ = table(_TRIED, (_setting(each, place) for each in settings))
    tuning = [f"{_TUNING} {_moved(settings)}", table_]
    parts = [*chapters, *(tuning if settings else ())]
    return ["## Beside the tests", _BESIDE, *parts] if parts else []


def _moved(settings: Sequence[Setting]) -> str:
    """For which arms the setting that was chosen is not that of the test."""
    moved = [code(each.of) for each in settings if each.chosen and not each.tested]
    if not moved:
        return "It is what the rule chose."
    return f"The rule chose another for {words.listing(tuple(moved))} than the tests are run with."


def _setting(setting: Setting, place: Place) -> tuple[Cell, ...]:
    marks = ("chosen" if setting.chosen else "", "as tested" if setting.tested else "")
    return (
        code(setting.of),
        f"{setting.rate:g}",
        f"{setting.beta:g}",
        words.plain(setting.reward),
        words.plain(setting.truthfulness),
        ", ".join(filter(None, marks)),
        _record(setting.record, place),
    )


def _record(name: str, place: Place) -> Cell:
    path = posixpath.join(place.experiments, "records", name)
    return f"[{text(name.removesuffix('.json'))}]({place.to(path)})"


def _figures(verdict: Verdict, drawn: frozenset[str]) -> list[str]:
    """The figures of a test that are drawn: its own, then further ones named after it."""
    further = sorted(name for name in drawn if name.startswith(f"{verdict.test}-"))
    return [name for name in (verdict.figure, *further) if name in drawn]


def _image(called: str, name: str, place: Place) -> str:
    path = posixpath.join(place.experiments, "figures", name)
    return f"![{text(called)}]({place.to(path)})"


def _untested(verdict: Verdict) -> str:
    why = f"{code(verdict.test)}: *{verdict.outcome}*. {text('; '.join(verdict.reasons))}."
    return f"{why} {text(verdict.protocol)}".strip()
