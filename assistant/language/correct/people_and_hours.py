"""Figures of the whole: how many people, at what price, in which hours, and how many cases come."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.english.tables import any_of, classed, worded
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence, known_role, mentioned, one_step, simple
from assistant.language.figures.figure import Figure
from assistant.language.figures.hours import hours_in
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.prices import shared_prices
from assistant.language.figures.reading import figure_from, figures_in
from assistant.language.offline.amounts.so_often import SO_OFTEN
from assistant.process.durations import Basis
from assistant.process.edits import PutRole, SetProcess
from assistant.process.model import Hours, Role
from assistant.process.volumes import volume, working_hours

UP_TO = re.compile(rf"^(?P<what>.+?)\s+{any_of('number-changed')}\s+to\s+(?P<n>[\w.,]+)$", re.I)
COUNT = re.compile(
    rf"^{any_of('before-heads')}?\s*(?:only\s+|just\s+|about\s+)?"
    rf"(?P<n>\d{{1,4}}|an?|{COUNT_WORD})\s+(?P<who>[a-z][\w' -]*?)"
    r"(?:\s+(?:each|now|in total|altogether|here|too|working(?: there| here)?))?$",
    re.IGNORECASE,
)
SOMEBODY_AT = re.compile(worded("somebody-at"), re.I)


def read(sentence: Sentence, text: str) -> Outcome | None:
    """The hours, head counts, prices or number of cases a sentence gives."""
    for reader in (_hours, _people, _prices, _volume):
        found = reader(sentence, text)
        if found is not None:
            return with_cases(sentence, text, found) if reader is _people else found
    return None


def with_cases(sentence: Sentence, text: str, people: Outcome) -> Outcome:
    """Head counts, and how many cases come where that is told beside them: `8 a day, 2 nurses, 1 vet`."""
    parts = re.split(r"\s*[,;]\s*", text)
    if len(parts) < 2 or not all(isinstance(edit, PutRole) for edit in people.edits):
        return people
    coming = next(filter(None, (_volume(sentence, part) for part in parts)), None)
    return Outcome(people.title, (*coming.edits, *people.edits)) if coming else people


def _hours(sentence: Sentence, text: str) -> Outcome | None:
    """`they work 8 to 4`, also behind a count of people."""
    pieces = re.split(r"[,;]\s*|\band\b", text)
    part = next((part for part in pieces if _clock(part)), "")
    hours = _clock(part)
    front = next((piece for piece, other in pairwise(pieces) if AT_WORK.search(piece) and BARE_HOURS.match(other)), "")
    if hours is None and front:
        part = text[text.index(front) :]
        hours = _clock("from " + pieces[pieces.index(front) + 1].strip())
    if hours is None:
        return None
    rest = re.sub(r"\s*[,;]?\s*$", "", text.replace(part, " ").strip(" ,;"))
    counted = _people(sentence, rest) if rest else None
    if rest and counted is None:
        return None
    roles = {role.id: role for role in sentence.catalogue.process.roles}
    named = [role.id for role in mentioned(sentence.catalogue, part)] or [
        edit.role.id for edit in (counted.edits if counted else ()) if isinstance(edit, PutRole)
    ]  # fmt: skip
    own = named or [role.id for role in roles.values() if role.kind in ("person", "group")]
    told = {edit.role.id: edit.role for edit in (counted.edits if counted else ()) if isinstance(edit, PutRole)}
    changed = {id_: told.get(id_, roles[id_]).model_copy(update={"calendar": (hours,)}) for id_ in own}
    return Outcome("hours", tuple(PutRole(role=role) for role in {**told, **changed}.values())) if changed else None


DENIED = re.compile(worded("people-and-hours-denied"))


def _clock(part: str) -> Hours | None:
    part = DENIED.sub("", part)
    if not re.search(
        r"\b(?:from|between|works?|open|hours|shift|there|o'clock|am|pm|\d+:\d\d|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\b",
        part,
    ):
        return None
    said = re.sub(r"(?<!past )(?<!quarter to )\b(\d{1,2}) ?(?:to|till|until|-|–) ?(\d{1,2})\b", r"from \1 to \2", part)
    return hours_in("we work " + re.sub(r"\bfrom from\b", "from", said))


THROUGH = re.compile(
    r"^(?:about |around |roughly |some |we (?:get|do|have|handle|see|make|"
    r"sell) )*(?P<n>\d[\d,.]*) (?P<what>[a-z]+)\b(?: [a-z]+){1,6}? "
    r"(?:in a|per|each|every|a) (?P<per>day|week|month|year)$"
)
"""`9000 pairs go over the counter in a year`."""
COMMENT = re.compile(rf",\s*(?:{worded('people-and-hours-comment')})\b[^\d]*$")
ALONE = re.compile(
    r"^(?P<who>[\w' -]{2,40}?)\s+(?:is|works?)\s+(?:on (?:his|her|their) own|alone|"
    r"by (?:himself|herself)|the only one)$"
)
ONLY_ONE = re.compile(r"^[\w' -]{2,30}?\s*(?:\bis|'s) (?:the|our|my) (?:one and )?only (?P<who>[\w' -]{2,40})$")
"""`Sven is the only mechanic`: there is one."""
AT_WORK = re.compile(r"\b(?:there|here|in|works?|working|present|available|on duty|mornings?|afternoons?)\b")
BARE_HOURS = re.compile(r"^\s*\d{1,2}(?::\d\d)? ?(?:to|till|until|-|–) ?\d{1,2}(?::\d\d)?\W*$")
HAVING = re.compile(worded("people-and-hours-having"), re.I)


def _people(sentence: Sentence, text: str) -> Outcome | None:
    """`4 salesmen and 2 secretaries`, `just one Tom`, `one undertaker two secretaries, the driver is a freelancer`."""
    text = HAVING.sub("", text)
    parts = [
        part
        for part in re.split(
            rf"\s*(?:[,;]|\band\b|\bbut\b|\bplus\b)\s*|(?<=[a-z])\s+(?=(?:{COUNT_WORD}|\d{{1,3}})\s+[a-z]+s?\b)", text
        )
        if part
    ]
    found: dict[str, Role] = {}
    for part in parts:
        part = re.sub(
            r"^(?:there is|there's|there are|we have|also)\s+|\b(?<=a )(?:single|lone|sole)\b\s*", "", part.strip()
        )
        alone = ALONE.match(part) or ONLY_ONE.match(part)
        part = f"one {alone['who']}" if alone else part
        counted = COUNT.match(part.strip())
        role = _counted_role(sentence, counted["who"]) if counted else None
        if counted and role:
            number = figure_from(counted["n"] if counted["n"] not in ("a", "an") else "1", "number")
            if number and 1 <= number.low <= 100_000:
                found.setdefault(
                    role.id, role.model_copy(update={"capacity": int(number.low), "capacity_basis": Basis.STATED})
                )
        elif any(
            figure.kind not in ("number", "people") or figure.low > 1 for figure in figures_in(part) if not figure.vague
        ):
            return None
    first = COUNT.match(parts[0].strip()) if parts else None
    if not found or first is None or _counted_role(sentence, first["who"]) is None:
        return None
    return Outcome("people", tuple(PutRole(role=role) for role in found.values()))


def _counted_role(sentence: Sentence, who: str) -> Role | None:
    bare = SOMEBODY_AT.sub("", re.sub(r"\s+(?:who|that|which)\b.*$", "", who.strip()))
    if re.match(r"(?:minutes?|hours?|days?|weeks?|months?|percent|euros?|of|in|out|times?)\b", bare):
        return None
    return known_role(sentence.catalogue, bare) or known_role(sentence.catalogue, bare.removesuffix("s"))


LIMIT = re.compile(r"\b(?:over|above|under|below|more than|less than|at least|up to)\s+(?:[€$£]\s*)?\d")
"""An amount that says which cases are meant, and no price."""


def _prices(sentence: Sentence, text: str) -> Outcome | None:
    """`the planner costs about 48 euros an hour, the fitter 39.50`."""
    priced = any(figure.kind in ("money", "price") for figure in figures_in(text)) or bool(
        re.search(r"\b\d[\d.,]*\s+(?:an|per|a) hour\b", text)
    )
    told = shared_prices(text, lambda part: _priced(sentence, part)) if priced and not LIMIT.search(text) else []
    edits = tuple(
        PutRole(role=role.model_copy(update={"cost_per_hour": value, "cost_basis": Basis.STATED}))
        for role, value in told
    )
    return Outcome("prices", edits) if edits else None


def _priced(sentence: Sentence, part: str) -> list[Role]:
    return mentioned(sentence.catalogue, part) or [
        role
        for role in sentence.catalogue.process.roles
        if any(alike(word, own) for word in content(part) for own in content(role.name))
    ]


def _volume(sentence: Sentence, text: str) -> Outcome | None:
    """`bookings went up to 950`: as many in the period that was told before."""
    text = COMMENT.sub("", text)
    if through := THROUGH.match(text):
        text = f"{through['n']} {through['what']} a {through['per']}"
    if mentioned(sentence.catalogue, text) and re.search(r"\b(?:an|per) hour\b", text):
        return None  # what somebody costs
    coming = [figure for figure in figures_in(text) if figure.kind in ("rate", "rhythm")]
    rest = f"{text[: coming[0].a]}{text[coming[-1].b :]}" if coming else text
    if coming and len(rest.split()) <= MOST_BESIDE and simple(rest):
        return next(filter(None, (cases_coming(sentence, text, figure) for figure in coming)), None)
    found, known = UP_TO.match(text), sentence.catalogue.process.volume
    number = figure_from(found["n"], "number") if found else None
    note = str(getattr(known.between, "note", "") or "") if known else ""
    if (
        not found
        or number is None
        or number.low <= 1
        or known is None
        or (one_step(sentence.catalogue, found["what"]) is None and not note)
    ):
        return None
    period = next((size for word, size in (("hour", ("h", 1.0)), ("month", ("d", 30.0)), ("quarter", ("d", 91.0)),
                  ("year", ("d", 365.0)), ("week", ("w", 1.0)), ("day", ("d", 1.0)))
                  if word in note), ("d", 1.0))  # fmt: skip
    told = volume(number.middle, period[0], period[1], working_hours(sentence.catalogue.process))  # type: ignore[arg-type]
    return Outcome("cases", (SetProcess(field="volume", value=told.document()),))


def cases_coming(sentence: Sentence, text: str, figure: Figure) -> Outcome | None:
    """`we get 50 visitors a day`, `orders come in every ten minutes`: the calendar in which they come stays."""
    noun = (figure.noun.split() or [""])[-1].lower()
    if figure.low <= 0 or noun in NO_CASES or LASTS.search(text[: figure.a]):
        return None
    if figure.kind == "rhythm" and not COMES.search(text) and not SO_OFTEN.match(text):
        return None
    known = sentence.catalogue.process.volume
    count, size = (1.0, figure.low) if figure.kind == "rhythm" else (figure.middle, figure.size)
    told = volume(count, figure.unit, size, working_hours(sentence.catalogue.process))
    kept = {name: value for name, value in (known.document() if known else {}).items() if name not in ("span", "text")}
    if told.per is None:
        kept.pop("per", None)
    return Outcome("cases", (SetProcess(field="volume", value={**kept, **told.document()}),))


NO_CASES = classed("changes", "no-cases")
LASTS = re.compile(r"\b(?:takes?|lasts?|needs?|requires?)\b")
MOST_BESIDE = 6
"""More words than these beside the figure tell something else."""
COMES = re.compile(r"\b(?:comes?|arrives?|get|receive|starts?|is there)\b")
