"""What a relative clause speaks of: the noun group, or the person in it, that stands before "who" or "which"."""

from __future__ import annotations

from assistant.english.forms import singular
from assistant.language.offline.groups import Group, noun_group
from assistant.language.offline.tables import TITLES
from assistant.language.offline.tokens import Token


def antecedent(tokens: list[Token], relative: int) -> Group | None:
    """The noun group right before a relative word."""
    stop = relative
    while stop > 0 and (tokens[stop - 1].tag in (",", "I") or (tokens[stop - 1].tag == "R" and stop < relative)):
        stop -= 1  # "goes to the caretaker first, who …"
    i = stop
    while (i > 0 and tokens[i - 1].tag in ("D", "A", "N", "#", "P", "*")) or (i > 1 and tokens[i - 1].low == "of"):
        i -= 1
    if tokens[relative].low == "who":
        i = _person_at(tokens, i, stop)
    return noun_group(tokens, i, stop) if i < stop else None


def _person_at(tokens: list[Token], start: int, stop: int) -> int:
    """Where the person begins whom "who" means: "put in the tray of the adviser, who reviews it"."""
    of = max((j for j in range(start, stop - 1) if tokens[j].low == "of"), default=None)
    named = of is not None and singular(tokens[stop - 1].low) in TITLES
    heads = [t.low for t in tokens[start:of] if t.tag == "N"]
    return of + 1 if of is not None and named and not any(singular(low) in TITLES for low in heads) else start
