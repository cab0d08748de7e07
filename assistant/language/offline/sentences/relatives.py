"""What a relative clause speaks of: the noun group, or the person in it, that stands before "who" or "which"."""

from __future__ import annotations

from dataclasses import replace

from assistant.english.forms import base_of, is_nounish, is_plural, singular, verb_forms
from assistant.language.offline.words.groups import Group, is_phrasal, noun_group
from assistant.language.offline.words.tokens import Token
from assistant.language.offline.words.word_tables import SMALL, TITLES

_EDGES = frozenset(", ; : – — - and but or so then when if once".split())
_STOPS = frozenset(", ; : ( who which whom whose where when if because while".split())
_AUXILIARIES = ("B", "M", "H")
_NO_SUBJECT_END = ("D", "A", "I", "C", "#", "W", "X", "T", "S", *_AUXILIARIES)
"""Kinds of words right before a verb that show that it is none: "of the calls", "and stamps", "two checks"."""
_OBJECTS = ("D", "P", "#")
_EITHER = frozenset(("did", "had"))
_SOMEBODY = frozenset("one somebody someone".split())
_ONE, _MANY = frozenset("is has does was".split()), frozenset("are have do were".split())


def antecedent(tokens: list[Token], relative: int) -> Group | None:
    """The noun group right before a relative word."""
    stop = relative
    while stop > 0 and (tokens[stop - 1].tag in (",", "I") or (tokens[stop - 1].tag == "R" and stop < relative)):
        stop -= 1  # "goes to the caretaker first, who …"
    i = stop
    while (i > 0 and tokens[i - 1].tag in ("D", "A", "N", "#", "P", "*")) or (i > 1 and tokens[i - 1].low == "of"):
        i -= 1
    if tokens[relative].low == "who":
        person = singular(tokens[stop - 1].low) in TITLES or tokens[stop - 1].text.istitle()
        name = _name_at(tokens, i - 1) if i > 1 and tokens[i - 1].tag == "I" and not person else i - 1
        if 0 <= name < i - 1:
            return noun_group(tokens, name, i - 1)
        i = _person_at(tokens, i, stop)
    return noun_group(tokens, i, stop) if i < stop else None


def _name_at(tokens: list[Token], stop: int) -> int:
    """Where a name begins behind which a place is told: "Mr Lind on the second floor, who searches …"."""
    start = stop
    while start > 0 and tokens[start - 1].tag == "N" and tokens[start - 1].text.istitle():
        start -= 1
    return start


def _person_at(tokens: list[Token], start: int, stop: int) -> int:
    """Where the person begins whom "who" means: "put in the tray of the adviser, who reviews it"."""
    of = max((j for j in range(start, stop - 1) if tokens[j].low == "of"), default=None)
    named = of is not None and singular(tokens[stop - 1].low) in TITLES
    heads = [t.low for t in tokens[start:of] if t.tag == "N"]
    return of + 1 if of is not None and named and not any(singular(low) in TITLES for low in heads) else start


def without_phrase(tokens: list[Token], start: int, stop: int) -> list[Token]:
    """The words behind "which" without a phrase right behind it: "which | by the rules | must have four members"."""
    group = noun_group(tokens, start + 1, stop) if start < stop and tokens[start].tag == "I" else None
    return tokens[group.end if group is not None else start : stop]


def without_defining(tokens: list[Token]) -> list[Token]:
    """ "The fitter who works in the yard loads the van" is "the fitter loads the van": which of the fitters is meant
    is no act. Only where nobody but the doer stands before "who" and the doer's own verb follows."""
    for who in range(len(tokens) - 3):
        if tokens[who].low == "whoever" and (verb := _verb_of_doer(tokens, who, False)) is not None:
            return [*tokens[: who + 1], *tokens[verb:]]  # "Whoever is at the desk records it"
        if not who or tokens[who].low != "who" or not _doer_before(tokens, who):
            continue
        many = _of_several(tokens[who + 1].low)
        many = is_plural(tokens[who - 1].low) if many is None and tokens[who + 1].low in _EITHER else many
        verb = None if many is None else _verb_of_doer(tokens, who, many)
        if verb is not None:
            doer = tokens[who - 1]
            doer = replace(doer, text="someone", low="someone") if doer.low == "one" else doer
            return without_defining([*tokens[: who - 1], doer, *tokens[verb:]])
    return tokens


def _doer_before(tokens: list[Token], who: int) -> bool:
    """Whether a noun stands right before "who", and no verb between it and the beginning of its clause."""
    start = who
    while start > 0 and tokens[start - 1].low not in _EDGES:
        start -= 1
    last = tokens[who - 1]
    noun = start < who and (SMALL.get(last.low) is None or last.low in _SOMEBODY) and last.text[:1].isalnum()
    return noun and not any(_is_verb(tokens, i) for i in range(start, who))


def _is_verb(tokens: list[Token], i: int) -> bool:
    token, kind = tokens[i], SMALL.get(tokens[i].low)
    if kind is not None:
        return kind in ("F", *_AUXILIARIES)
    named = is_nounish(token.low) and SMALL.get(tokens[i + 1].low) not in _OBJECTS
    return bool(verb_forms(token.low)) and token.text.islower() and not named and singular(token.low) not in TITLES


def _of_several(low: str) -> bool | None:
    """Whether the verb behind "who" is that of several; None where it tells neither or is no verb."""
    if low in _ONE or low in _MANY:
        return low in _MANY
    forms = {form.form for form in verb_forms(low)} if SMALL.get(low) is None else set()
    return False if "s" in forms else (True if "base" in forms else None)


def _verb_of_doer(tokens: list[Token], who: int, many: bool) -> int | None:
    """Where the verb of the one meant stands, behind all that says which one it is."""
    for at in range(who + 2, len(tokens) - 1):
        if tokens[at].low in _STOPS:
            return None
        if at > who + 2 and SMALL.get(tokens[at].low) in _AUXILIARIES:
            return at if tokens[at].low not in (_ONE if many else _MANY) else None
        if SMALL.get(tokens[at - 1].low) not in _NO_SUBJECT_END and _agrees(tokens, at, many):
            taken_up = tokens[at + 1].low in ("it", "them") and SMALL.get(tokens[who + 2].low) == "D"
            return None if taken_up else at  # "who opens the post sorts it": what it is stands in the clause itself
    return None


def _agrees(tokens: list[Token], at: int, many: bool) -> bool:
    """Whether the verb of one or of several stands here, with what it is done to or where behind it."""
    low, before, after = tokens[at].low, tokens[at - 1].low, SMALL.get(tokens[at + 1].low)
    base = base_of(low, "base" if many else "s") if SMALL.get(low) is None and tokens[at].text.islower() else ""
    if not base or after in _OBJECTS:
        return bool(base)
    phrasal = (
        is_phrasal(base, tokens[at + 1].low) and at + 2 < len(tokens) and SMALL.get(tokens[at + 2].low) in _OBJECTS
    )
    return not many and (not is_nounish(low) or is_plural(before) or phrasal)
