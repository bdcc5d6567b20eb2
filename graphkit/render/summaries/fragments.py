"""Which sentences of English notes say nothing by themselves: those without a verb.

"Precision and recall for each set, on twenty models." names what a section is about, and asserts
nothing that a summary could tell. A closed list of verbs cannot know them all, and need not: a
sentence that is taken for a fragment is passed over for another one.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_ENGLISH: Final = re.compile(r"\b(?:the|of|and|with|by|that|which)\b", re.IGNORECASE)
_QUOTED: Final = re.compile(r"\"[^\"]*\"|“[^”]*”|\([^()]*\)")
_CLAUSE: Final = re.compile(r"[;:]\s")
_FORMS: Final = frozenset(
    """
    am are can cannot could did do does had has have is may might must shall should was were will
    would became began bore broke brought built came chose drew fell felt gave goes got grew knew
    laid leads led let lies means met put ran said sent showed spoke stood swept taught tells
    thought told took understood went won wrote
    """.split()  # noqa: SIM905  # a list of sixty quoted words reads worse
)
_ALSO_NOUNS: Final = frozenset(
    """
    cost cut found held hurt kept left lost made meant paid read rose saw set shown
    """.split()  # noqa: SIM905  # as above
)
_STEMS: Final = frozenset(
    """
    abstain accept achieve add adjust affect agree aim allow answer appear apply argue ask
    assign assume average avoid bear become begin behave belong bound branch bring call cause
    change choose cite claim collapse come compare compute concentrate concern confirm contain
    contradict control count cover cut decide decline decrease define depend describe determine
    develop differ disagree divide draw drop earn end estimate evaluate exceed exist explain
    expose extend fail fall favour find fit fix flatter follow forecast form gain generalise
    generalize give go grow harm help hide hold imply improve include increase indicate
    introduce invent judge keep know label lack lead learn leave lend let limit link live look
    lose lower make mark match mean measure miss mix model move name need note observe occur
    offer open outperform pay penalise penalize perform pick place play point predict prefer
    present produce propose prove provide put raise range reach read recall recover reduce refer
    refuse reject rely remain remove repair replace report reproduce require resolve rest
    restore return reveal reward rise run sample say score see seem separate serve shift show
    signal sit solve speak split stall stand start state stay stop study succeed suffer suggest
    supply support take teach tell tend test trade train transfer treat try tune turn use vary
    wear win work write yield
    """.split()  # noqa: SIM905  # as above
)
_BEFORE_NOUNS: Final = frozenset(
    """
    a about across after against an and at before between by each every for from in its of on or
    our over per several some than the their these this those to under with without
    """.split()  # noqa: SIM905  # as above
)
_SUBORDINATING: Final = frozenset(
    """
    although because how if since that though unless until what when where whether which while who
    whose why
    """.split()  # noqa: SIM905  # as above
)
_PRONOUNS: Final = frozenset({"that", "which", "who"})
_ADVERBS: Final = frozenset(
    ["also", "always", "never", "not", "often", "rarely", "seldom", "sometimes", "still", "then"]
)
_ENDINGS: Final = {"ies": "y", "ied": "y", "s": "", "es": "", "d": "", "ed": ""}
_LEAD: Final = 3  # words before a colon that only lead in, as in "Mostly not: models choose ..."


def fragment(sentence: str) -> bool:
    """Whether an English sentence, up to its first colon or semicolon, has no verb that is known.

    A verb for each word that begins a subordinate clause does not count: "where gains saturate"
    asserts nothing of what stands before it. One in another language is never called so.
    """
    said = _QUOTED.sub(" it ", sentence)
    if not _ENGLISH.search(said):
        return False
    first = _words(_CLAUSE.split(said, maxsplit=1)[0])
    words = first if len(first) > _LEAD else _words(said)
    clauses = [at for at, word in enumerate(words) if word in _SUBORDINATING]
    verbs = [
        at for at, (before, word) in enumerate(pairwise(["", *words])) if _is_verb(word, before)
    ]
    main = any(at < min(clauses, default=len(words)) for at in verbs)
    return not main and len(verbs) <= len(clauses)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _is_verb(word: str, before: str) -> bool:
    """Whether a word says what the one before it does; a bare stem does after a plural."""
    if word in _FORMS:
        return True
    if not before or before in _BEFORE_NOUNS or before in _SUBORDINATING - _PRONOUNS:
        return False
    if before in _FORMS:  # "was changed" is one verb
        return False
    bare = word in _STEMS and (before.endswith(("s", "ly")) or before in _PRONOUNS | _ADVERBS)
    return bare or word in _ALSO_NOUNS or _stem(word) in _STEMS


def _stem(word: str) -> str:
    """The stem of an inflected verb; empty where it is not inflected as one."""
    for end, instead in _ENDINGS.items():
        if word.endswith(end):
            stem = word.removesuffix(end) + instead
            once = stem[:-1] if end == "ed" and stem[-2:-1] == stem[-1:] else stem
            if {stem, once} & _STEMS:
                return stem if stem in _STEMS else once
    return ""
