"""Figures told about a process: how long a step takes or waits, how often a way is taken, how many people and cases."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.english.tables import any_of, classed
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import branch_meant, plain, role_named, sure, way_meant
from assistant.language.change.read_change import Outcome
from assistant.language.figures.figure import Figure
from assistant.language.figures.numbers import Number, number_at
from assistant.language.figures.reading import figures_in, quantities, range_end
from assistant.language.figures.stated import as_duration
from assistant.language.offline.words.tokens import sentences
from assistant.process.blocks import Wait
from assistant.process.durations import Basis, humane
from assistant.process.edits import Edit, PutRole, SetCondition, SetProcess, SetValue
from assistant.process.volumes import volume, working_hours

MOST_PEOPLE = 100_000
NO_CASES = classed("changes", "no-cases")
LASTS = re.compile(
    rf"^(?P<what>.+?)\s+(?:{any_of('before-lasting')}"
    r"\s+)*(?:takes?|lasts?|needs?|requires?|be done in|is done in|be finished in)\b(?P<how>.*)$"
)
WAITS = re.compile(
    r"\b(?:waits?|lies?|sits?|stays?|rests?|is left|are left|is queued|are queued)\b.*?\b(?:before|until|for)\s+"
    r"(?P<what>(?:the |its |their )?[a-z][^,.;]*)$"
)
LIES = re.compile(
    r"^(?!(?:the|an?|this|that) waits?\b)(?P<what>.+?)\s+(?:waits?|lies?|sits?|is delayed|starts? after a wait of)\b"
)
COUNT = re.compile(
    r"^(?:there are|there is|we have|we've got|we employ|only|just|with|the)?\s*(?:now |only |just |about )*"
    r"(?P<n>.+?)(?:\s+(?:works?|work here|here|now|on duty|available|in total|doing this|do this|for this)\b.*)?$"
)
HAS = re.compile(
    r"^(?:the |our )?(?P<who>(?!there\b|we\b|they\b)[a-z][a-z -]*?) (?:has|have|consists? of|is staffed with|are|is) "
    r"(?:only |now |just )?(?P<n>\d{1,5}|[a-z][a-z -]*?) "
    r"(?:people|persons?|employees|colleagues|staff|men|workers?)\b.*$"
)
STAFF = re.compile(
    r"^(?:people|persons|employees|colleagues|staff|men|women|workers?)\s+(?:work(?:ing)? )?(?:in|at|for|as)\s+"
)


def told(catalogue: Catalogue, request: str) -> Outcome | None:
    """The figure a request states, as edits with basis stated; None when it states none that has a place."""
    text = plain(request)
    if not figures_in(text) and not re.match(r"^(?:there is|we have) an? ", text):
        return None
    if re.search(r"^(?:add|insert|remove|delete|move|rename|replace|put)\b", text):
        return None
    parts = _parts(text)
    if len(parts) > 1 and all(_figures(part) for part in parts):
        every = [_one(catalogue, part, True) for part in parts]
        return _all([outcome for outcome in every if outcome]) if all(every) else None
    return _one(catalogue, text, False) or _staff(catalogue, text)


def _parts(text: str, cuts: str = r"[,;](?: and)? | and (?=[a-z])") -> list[str]:
    """The statements of a list, cut at commas and "and" that are no part of a figure (`an hour and a half`)."""
    inside = [(figure.a, figure.b) for figure in figures_in(text)]
    parts, start = [], 0
    for cut in re.finditer(cuts, text):
        if not any(a < cut.start() < b for a, b in inside):
            parts.append(text[start : cut.start()])
            start = cut.end()
    return [part for part in (*parts, text[start:]) if part.strip()]


def _figures(text: str) -> list[Figure]:
    return [quantity for sentence in sentences(text) for quantity in quantities(sentence.tokens)]


def _all(found: list[Outcome]) -> Outcome:
    return Outcome(
        ", ".join(outcome.title for outcome in found), tuple(edit for outcome in found for edit in outcome.edits)
    )


def _one(catalogue: Catalogue, text: str, listed: bool) -> Outcome | None:
    """The figure of one statement; in a list of them the verb may be left out (`calling one minute`)."""
    for quantity in _figures(text):
        told = f"{text[: quantity.a].strip()} takes {text[quantity.a :]}"
        if listed and quantity.kind == "duration" and not LASTS.match(text) and not WAITS.search(text):
            text, quantity = told, _figures(told)[0]
        reader = {"duration": _time, "chance": _chance, "rate": _volume, "rhythm": _rhythm}.get(quantity.kind)
        outcome = reader(catalogue, text, quantity) if reader else None
        if outcome:
            return outcome
    return None


def _staff(catalogue: Catalogue, text: str) -> Outcome | None:
    """How many people the roles have, `5 assessors and 3 clerks`: all of it or nothing."""
    lead = re.match(r"^(?:there are|we have|we employ) ", text)
    parts = _parts(text, r",(?: and)? | and ")
    every = [_people(catalogue, part if part == parts[0] or not lead else lead[0] + part) for part in parts]
    people = [outcome for outcome in every if outcome is not None]
    if len(people) != len(every):
        return None
    return _all(people)


def _time(catalogue: Catalogue, text: str, quantity: Figure) -> Outcome | None:
    """`packing takes ten minutes`; `it waits two hours before the analysis`."""
    around = (text[: quantity.a] + text[quantity.b :]).strip()
    waiting = WAITS.search(around)
    if waiting or LIES.match(text[: quantity.a]):
        return _wait(catalogue, around, waiting, quantity)
    lasting = LASTS.match(text)
    if lasting is None or lasting.start("how") > quantity.a:
        return None
    step = sure(catalogue, re.split(r"\bwhich\b|\bthat\b", lasting["what"])[0])
    if step is None:
        return None
    field = "duration" if isinstance(catalogue.by_id[step], Wait) else "work"
    length = as_duration(quantity, hands_on=field == "work").model_copy(update={"span": None})
    title = f"{catalogue.name(step)} takes {humane(length.mean_seconds)}"
    return Outcome(title, (SetValue(id=step, field=field, value=length.document()),))


def _wait(catalogue: Catalogue, around: str, waiting: re.Match[str] | None, quantity: Figure) -> Outcome | None:
    lying = LIES.match(around)
    options = ([waiting["what"]] if waiting else []) + ([lying["what"]] if lying else []) + [around]
    step = next((step for phrase in options if (step := sure(catalogue, phrase))), None)
    if step is None:
        return None
    length = as_duration(quantity).model_copy(update={"span": None})
    field = "duration" if isinstance(catalogue.by_id[step], Wait) else "wait"
    title = f"{humane(length.mean_seconds)} of waiting before {catalogue.name(step)}"
    return Outcome(title, (SetValue(id=step, field=field, value=length.document()),))


def _chance(catalogue: Catalogue, text: str, quantity: Figure) -> Outcome | None:
    """`one in ten hosts does not answer`: the chance of the way whose condition is said, and of the other one."""
    rest = text[: quantity.a] + " " + text[quantity.b :]
    id_ = branch_meant(catalogue, rest) or way_meant(catalogue, rest)
    if id_ is None:
        return None
    edits: list[Edit] = [SetCondition(id=id_, p=quantity.middle, basis=Basis.STATED)]
    owner = catalogue.owner.get(id_)
    others = [branch for branch in owner.branches if branch.id != id_] if owner and owner.block == "choice" else []
    if len(others) == 1:
        edits.append(SetCondition(id=others[0].id, p=round(1 - quantity.middle, 6), basis=Basis.STATED))
    when = catalogue.branches[id_].when if id_ in catalogue.branches else catalogue.name(id_)
    return Outcome(f"“{when}” in {quantity.middle:.0%} of the cases", tuple(edits))


def _volume(catalogue: Catalogue, text: str, quantity: Figure) -> Outcome | None:
    """`we get 50 visitors a day`: how often a case comes; the calendar in which they come stays."""
    noun = (quantity.noun.split() or [""])[-1].lower()
    if quantity.low <= 0 or noun in NO_CASES or LASTS.match(text[: quantity.a] + " "):
        return None
    told = volume(quantity.middle, quantity.unit, quantity.size, working_hours(catalogue.process))
    known = catalogue.process.volume
    value = {**(known.document() if known else {}), **told.document()}
    value.pop("span", None)
    value.pop("text", None)
    if told.per is None:
        value.pop("per", None)
    title = f"one case every {humane(told.between.mean_seconds)}" + (f" ({quantity.noun})" if noun else "")
    return Outcome(title, (SetProcess(field="volume", value=value),))


def _rhythm(catalogue: Catalogue, text: str, quantity: Figure) -> Outcome | None:
    """`orders come in every ten minutes`."""
    if not re.search(r"\b(?:comes?|arrives?|get|receive|starts?|is there)\b", text) or quantity.low <= 0:
        return None
    return _volume(catalogue, text, replace(quantity, low=1.0, high=1.0, size=quantity.low, noun="cases"))


def _people(catalogue: Catalogue, text: str) -> Outcome | None:
    """`there are three receptionists`: how many people a role has."""
    text = HAS.sub(r"\g<n> \g<who>", text)
    found = COUNT.match(text)
    counted = found["n"] if found else ""
    tokens = next((sentence.tokens for sentence in sentences(counted)), [])
    number = number_at(tokens, 0) if tokens else None
    if tokens and tokens[0].low in ("a", "an") and number is None:
        number = Number(1.0, 1) if re.match(r"^(?:there is|we have)", text) else None
    end = range_end(tokens, number.used) if number else 0
    if number is None or not 1 <= number.value <= MOST_PEOPLE or end >= len(tokens):
        return None
    role = role_named(catalogue, STAFF.sub("", counted[tokens[end].start :]))
    if role is None:
        return None
    changed = role.model_copy(update={"capacity": int(number.value), "capacity_basis": Basis.STATED})
    return Outcome(f"{int(number.value)} × {role.name}", (PutRole(role=changed),))
