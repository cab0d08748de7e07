"""Several figures of the whole in one list: `ten customers a day, one Rosi, two people at the press`."""

from __future__ import annotations

import re

from assistant.language.change.mention import content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.people_and_hours import COUNT, HAVING, cases_coming
from assistant.language.correct.people_and_hours import read as of_the_whole
from assistant.language.correct.sentence_said import Sentence, known_role
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figure_from, figures_in
from assistant.process.blocks import Task
from assistant.process.durations import Basis
from assistant.process.edits import Edit, PutRole
from assistant.process.model import Role

PARTS = re.compile(r"\s*(?:[,;.](?!\d)|\band\b|\bplus\b)\s*", re.IGNORECASE)
AT_WORK = re.compile(
    rf"^(?P<n>\d{{1,3}}|{COUNT_WORD})(?: (?:people|persons|wom[ae]n|m[ae]n|of us))?"
    r"(?: work| are)? (?:at|on|in) (?:the |our )?(?P<where>[a-z][\w' -]{1,30})$",
    re.IGNORECASE,
)
LEAD = re.compile(r"^(?:we (?:have|get|are)|there (?:is|are)|there's|also|only|just)\s+", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """The edits of a list all parts of which are read, at least one of them people; None for other words."""
    text = sentence.request.strip(" .!")
    parts = [LEAD.sub("", part.strip()) for part in PARTS.split(text) if part.strip()]
    if len(parts) < 2 or not figures_in(text):
        return None
    if prices := _prices(sentence, text):
        return prices
    edits: list[Edit] = []
    for part in parts:
        edit = _people(sentence, part) or _cases(sentence, part)
        if edit is None:
            return None
        edits.append(edit)
    return Outcome("how many", tuple(edits)) if any(isinstance(edit, PutRole) for edit in edits) else None


def _prices(sentence: Sentence, text: str) -> Outcome | None:
    priced = any(figure.kind == "price" for figure in figures_in(text))
    found = of_the_whole(sentence, text) if priced else None
    return found if found is not None and found.title == "prices" and len(found.edits) > 1 else None


def _people(sentence: Sentence, part: str) -> PutRole | None:
    placed, counted = AT_WORK.match(part), COUNT.match(HAVING.sub("", part))
    role = _at(sentence, placed["where"]) if placed else None
    number = placed["n"] if placed and role else counted["n"] if counted else ""
    if role is None and counted:
        who = counted["who"].strip()
        role = known_role(sentence.catalogue, who) or known_role(sentence.catalogue, who.removesuffix("s"))
    figure = figure_from("1" if number in ("a", "an") else number, "number") if role and number else None
    if role is None or figure is None or not 1 <= figure.low <= 1000:
        return None
    return PutRole(role=role.model_copy(update={"capacity": int(figure.low), "capacity_basis": Basis.STATED}))


def _at(sentence: Sentence, where: str) -> Role | None:
    """Who works at a place: a role called so, or the one that does what is done there ("at the press")."""
    catalogue = sentence.catalogue
    if role := known_role(catalogue, where):
        return role
    said = content(where)[-1:]
    doers = {task.role for task in catalogue.named if isinstance(task, Task) and content(task.name)[:1] == said}
    return catalogue.process.role(doers.pop()) if said and len(doers) == 1 else None


def _cases(sentence: Sentence, part: str) -> Edit | None:
    rates = [figure for figure in figures_in(part) if figure.kind == "rate" and figure.noun]
    found = cases_coming(sentence, part, rates[0]) if len(rates) == 1 else None
    return found.edits[0] if found else None
