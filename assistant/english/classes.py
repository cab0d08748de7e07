"""What kind of verb something is: work, a control, a refusal … Classes stand in the last column of the verb table."""

from __future__ import annotations

from functools import cache
from typing import Literal

from assistant.english.forms import readings
from assistant.english.tables import classed, rows

VerbKind = Literal[
    "work", "state", "noun", "control", "approval", "refuse", "phase", "move", "light", "leads", "gives", "asks",
    "hands", "times", "clerical", "typing", "rekey", "by-rule", "keeping", "reporting", "wasteful", "passive",
    "delivery", "bodily",
]  # fmt: skip
"""How a verb behaves. work: somebody does it. state: what something is, has or lasts. noun: as often a noun. phase:
starts or ends something. move: things go by themselves in English. light: the noun says the work (make a decision).
leads: the next verb is the work (has to send). gives: a receiver, then a thing. asks: an indirect question follows.
hands: to somebody. times: for a day.

What kind of work it is. control: looks at what another made and can stop it. approval: somebody's sign-off. refuse: the
case is over after it, badly. clerical, typing, rekey (what exists is typed once more), by-rule (a machine could follow
the rule), keeping, reporting, bodily (somebody must be at the place), wasteful (adds nothing by its name), passive
(waits for others), delivery."""


def verbs(kind: VerbKind) -> frozenset[str]:
    """The dictionary forms of all verbs of a kind."""
    return classed("verbs", kind)


def is_verb(word: str) -> bool:
    """Whether a word is the plain form of a verb of the table, or of one behind `re-`, `pre-` or `un-`."""
    return _plain(word) or any(_plain(word[len(cut) :].removeprefix("-")) for cut in _PREFIXES if word.startswith(cut))


_PREFIXES = ("re", "pre", "un")


def _plain(word: str) -> bool:
    return any(form.form == "base" for form in readings().get(word, ()))


GIVEN_NAMES = classed("names", "given")
"""Common given names, the way to notice a person in a text without a model."""
FIRST_NAMES = classed("names", "first") | GIVEN_NAMES
"""What one person is called by."""
ALSO_WORDS = classed("names", "also-word")
"""Given names that are ordinary words too, and need a surname."""


def opposites(word: str) -> frozenset[str]:
    """The words that say the contrary of a word: `available` → `unavailable`."""
    return _opposites().get(word, frozenset())


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word, other in rows("opposites"):
        found.setdefault(word, set()).add(other)
        found.setdefault(other, set()).add(word)
    return {word: frozenset(others) for word, others in found.items()}
