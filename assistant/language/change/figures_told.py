"""Figures told about a process in so many words: how long a step takes, how many people there are."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import plain, role_named, sure
from assistant.language.change.read_change import Outcome
from assistant.language.figures.numbers import Number, number_at
from assistant.language.figures.reading import figures_in, quantities, range_end
from assistant.language.figures.stated import as_duration
from assistant.language.offline.words.tokens import sentences
from assistant.process.blocks import Wait
from assistant.process.durations import Basis, humane
from assistant.process.edits import PutRole, SetValue

MOST_PEOPLE = 100_000
LASTS = re.compile(
    rf"^(?P<what>.+?)\s+(?:{any_of('before-lasting')}"
    r"\s+)*(?:takes?|lasts?|needs?|requires?|be done in|is done in|be finished in)\b(?P<how>.*)$"
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
STAFF = re.compile(worded("figures-told-staff"))


def told(catalogue: Catalogue, request: str) -> Outcome | None:
    """How long a step takes, or how many people there are; None where all of it is not just that."""
    text = plain(request)
    if not figures_in(text) and not re.match(r"^(?:there is|we have) an? ", text):
        return None
    if re.search(r"^(?:add|insert|remove|delete|move|rename|replace|put)\b", text):
        return None
    return _lasts(catalogue, text) or _staff(catalogue, text)


def _parts(text: str) -> list[str]:
    """The counts of a list, cut at commas and "and" that are no part of a figure (`one hundred and twenty`)."""
    inside = [(figure.a, figure.b) for figure in figures_in(text)]
    parts, start = [], 0
    for cut in re.finditer(r",(?: and)? | and ", text):
        if not any(a < cut.start() < b for a, b in inside):
            parts.append(text[start : cut.start()])
            start = cut.end()
    return [part for part in (*parts, text[start:]) if part.strip()]


def _lasts(catalogue: Catalogue, text: str) -> Outcome | None:
    """`packing takes three days`: worked on that long, however long it is."""
    lasting = LASTS.match(text)
    said = [figure for sentence in sentences(text) for figure in quantities(sentence.tokens)]
    lengths = [figure for figure in said if figure.kind == "duration"]
    step = sure(catalogue, lasting["what"]) if lasting and len(lengths) == 1 else None
    if lasting is None or step is None or lasting.start("how") > lengths[0].a:
        return None
    field = "duration" if isinstance(catalogue.by_id[step], Wait) else "work"
    length = as_duration(lengths[0], hands_on=field == "work").model_copy(update={"span": None})
    title = f"{catalogue.name(step)} takes {humane(length.mean_seconds)}"
    return Outcome(title, (SetValue(id=step, field=field, value=length.document()),))


def _staff(catalogue: Catalogue, text: str) -> Outcome | None:
    """How many people the roles have, `5 assessors and 3 clerks`: all of it or nothing."""
    lead = re.match(r"^(?:there are|we have|we employ) ", text)
    parts = _parts(text)
    every = [_people(catalogue, part if part == parts[0] or not lead else lead[0] + part) for part in parts]
    people = [outcome for outcome in every if outcome is not None]
    edits = tuple(edit for outcome in people for edit in outcome.edits)
    return Outcome(", ".join(outcome.title for outcome in people), edits) if len(people) == len(every) else None


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
