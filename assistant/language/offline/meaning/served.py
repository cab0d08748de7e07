"""Whom the work is done for: who asks at its beginning and pays, fetches or gets it at its end."""

from __future__ import annotations

import re

from assistant.english.classes import ALSO_WORDS, GIVEN_NAMES
from assistant.english.tables import any_of, classed
from assistant.language.offline.meaning.roles import Known, RoleBook
from assistant.language.offline.sentences.statements import Act
from assistant.language.offline.words.word_tables import OUTSIDE, TITLES
from assistant.process.durations import Span
from assistant.process.model import Customer

_CALLED = classed("people", "served")
"""Words that name those a firm is there for, whatever it does: customer, patient, tenant."""
_ASKS = re.compile(rf"(?:s|es)? (?:then |who |also )?(?:{any_of('asks-for-work')})\b")
_GETS = re.compile(rf"(?:s|es)? (?:then |who |also |only )?(?:{any_of('gets-the-result')})\b")
_TOLD = re.compile(rf"\b(?:{any_of('tells-the-served')}) (?:(?:the|a|an|each|every|our|to) )*")
_CARRY = frozenset("driver courier messenger carrier postman porter".split())
"""Who fetches and takes what is somebody else's is not who gets it."""
_ALWAYS = frozenset(("customer", "client"))
_DEEDS = classed("reading", "customer-deeds")
_OWN_WORK = 5
"""Steps from which on somebody works here, and is not served."""
_SAID_SO = re.compile(
    r"\b(?:the |our )(?P<who>[a-z]{3,}?)s?(?: of the [a-z]+)? (?:is|are) (?:the|our) (?:customer|client)s?\b"
)
_BILLED = re.compile(
    r"\b(?:bills?|invoices?)\b[^.;:,]{0,12}\bto (?:the|our|each|every) ([a-z]{3,})\b(?! (?:department|office|desk))"
)
_INSIDE = classed("people", "unit")
_SURE, _OFTEN, _MOST = 3, 3, 2
_NOBODY_SERVED = frozenset("i we me us he she they it you".split())
"""Whoever tells, or is only pointed at, is no customer: "we order the fabric" asks for no work of ours."""


def customers_of(text: str, acts: list[Act], book: RoleBook) -> tuple[Customer, ...]:
    """Outside parties that are served, the most likely first: those named as such, or who ask and get."""
    low = text.lower()
    found: dict[str, tuple[int, re.Match[str]]] = {}
    met = (key for key, role in book.roles.items() if key in low and _may_be(role, text))
    for name in dict.fromkeys((*sorted(_CALLED), *met)):
        told = list(re.finditer(rf"\b{re.escape(name)}(?:s|es)?\b", low))
        if not told or name in _CARRY or (name not in _CALLED and sum(act.role == name for act in acts) >= _OWN_WORK):
            continue
        if name not in _CALLED and acts and (all(act.role == name for act in acts) or _timed(name, acts)):
            continue  # whoever does all the work, or work of told length, is not who it is done for
        role = book.roles.get(name)
        points = _points(name, low, [at.start() for at in told]) + (
            len(told) >= _OFTEN and role is not None and role.kind == "external"
        )
        points += bool(acts) and acts[0].role == name and not _works_here(name, acts)
        if points >= _SURE or (name in _ALWAYS) or (name in _CALLED and points and len(told) >= _OFTEN):
            found[name] = (points, told[0])
    if (said := _SAID_SO.search(low)) is not None and said["who"] not in _NOBODY_SERVED:
        return (Customer(name=said["who"].capitalize(), span=Span(start=said.start("who"), end=said.end("who"))),)
    if not found and (billed := _BILLED.search(low)) is not None and billed.group(1) not in _INSIDE:
        return (Customer(name=billed.group(1).capitalize(), span=Span(start=billed.start(1), end=billed.end(1))),)
    ranked = sorted(found.items(), key=lambda one: (-one[1][0], one[1][1].start()))[:_MOST]
    return tuple(
        Customer(name=name.capitalize(), primary=not place, span=Span(start=at.start(), end=at.end()))
        for place, (name, (_, at)) in enumerate(ranked)
    )


def _works_here(name: str, acts: list[Act]) -> bool:
    """Whether somebody called by a job does what no customer does: the nurse who takes blood, and rings."""
    if name not in TITLES or name in _CALLED or name in OUTSIDE:
        return False
    return any(act.role == name and act.verb not in _DEEDS and act.verb != "call" for act in acts)


def _timed(name: str, acts: list[Act]) -> bool:
    """Whether it is told how long somebody works on a step: nobody times the customer. A name for those who come from
    outside says so all the same."""
    return name not in OUTSIDE and any(act.role == name and "work" in act.facts for act in acts)


def _may_be(role: Known, text: str) -> bool:
    """Whether somebody met in the story may be served: one of a kind of people, called by no name of their own."""
    called = role.key.isalpha() and role.key not in _NOBODY_SERVED and role.key not in GIVEN_NAMES - ALSO_WORDS
    return called and role.key in text and (role.kind != "group" or f"the {role.key}" in text)


def _points(name: str, low: str, places: list[int]) -> int:
    """How much speaks for somebody named at these places: words for each are read once, not made with each name."""
    word = re.escape(name)
    asks, gets = (any(form.match(low, at + len(name)) for at in places) for form in (_ASKS, _GETS))
    told = not {match.end() for match in _TOLD.finditer(low)}.isdisjoint(places)
    handed = (
        "hand" in low
        and re.search(rf"\bhand(?:s|ed)?\b[^.;]{{1,40}}\b(?:over )?to (?:the |our )?{word}\b", low) is not None
    )
    return 2 * asks + 2 * gets + told + handed
