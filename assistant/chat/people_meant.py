"""The people a question speaks of: by their name, their role or their work, and how many more or fewer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.chat.played import named_roles
from assistant.english.forms import base_of, singular
from assistant.english.tables import classed
from assistant.language.change.catalogue import Catalogue, done_by
from assistant.language.correct.parts_of_a_turn import roles_in, steps_in
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.numbers import COUNT_WORD, number_named, value_of
from assistant.language.figures.reading import figure_from, figures_in
from assistant.process.blocks import Task
from assistant.process.model import Process, Role
from assistant.process.tree import by_id, tasks

GONE = (
    r"(?:sick|ill|(?<!right )(?<!straight )away|gone|absent|retires?|quits?|drops? out|"
    r"(?<!the )(?<!a )slips?|breaks?|off for|"
    r"on (?:\w+ )?(?:holidays?|leave|vacation)|(?:is|are|was|were|be|being) off|"
    r"(?:takes?|took|has|had|have) (?:\w+ ){1,3}off)"
)
AWAY = re.compile(rf"\b{GONE}\b", re.I)
"""Somebody is not there: a day or two beside it is how long that lasts, and no time of a step."""
LOSE = r"(?<!do i )(?<!do we )(?<!would i )(?<!would we )lose|(?<!is )(?<!are )(?<!gets )lost"
"""Somebody is lost, and not `what do I lose if …` or a thing that is lost."""
FEWER = re.compile(
    rf"\b(?:{LOSE}|losing|loses|without|fewer|less|leaves?|fire|{GONE})\b",
    re.I,
)
OUT_OF = re.compile(rf"\bof (?:the |our |my |all )*(?:\d+|{COUNT_WORD})(?= [a-z]+)", re.I)
"""How many there are, of whom others are a part: `3 of the 6 porters`."""
PART_OF = re.compile(r"\b(?P<part>half|a third|a quarter) (?:of )?(?:the|our|my)\b", re.I)
PARTS = {"half": 0.5, "a third": 1 / 3, "a quarter": 0.25}
CLAUSE = re.compile(r",|;|\band\b|\bbut\b", re.I)
MORE = re.compile(
    r"\b(?:g[eo]ts? (?:some )?(?:help|support|an? (?:assistant|hand))|had (?:some )?help|more|another|second|third|"
    r"extra|additional|hire|hired|hiring|add|added|take on|took on|bought|increase|helper|reinforcements?)\b",
    re.I,
)
NTH = re.compile(r"\b(?P<nth>second|third|fourth|fifth)\b(?! (?:time|week|day|month))", re.I)
INSTEAD = re.compile(
    r"(?P<new>[\d.,]+|[a-z]+)(?: [a-z]+){0,3}?,? (?:instead of|rather than|not) (?P<old>[\d.,]+|[a-z]+)\b"
    r"(?! (?:min|hour|day|week|percent|%))",
    re.IGNORECASE,
)
"""One count in place of another: `90 lorries instead of 70`."""
ANYBODY = re.compile(
    r"\b(?:person|people|persons|staff|hands?|colleagues?|helpers?|workers?|employees?|men|women|somebody|someone|"
    r"anybody|of us|of them)\b",
    re.I,
)
AT_WORK = re.compile(r"\b(?:in|on|at|for|with|to do|to help with|who|doing)\b(?P<what>.+)", re.I)
CALLED = re.compile(
    r"\b(?:if|when|lose|losing|lost|without|more|another|had|say|suppose|for)\s+(?P<name>[A-Z][a-z]+)\b"
)
MYSELF = re.compile(
    r"\bi\b(?! (?:hired?|had|took|take|add|added|buy|bought|get|got|lose|lost|gave|give|paid|pay)\b)", re.I
)
WE = frozenset({"Narrator", "Our team"})
"""What whoever tells is called as a role."""


def in_place_of(words: str) -> tuple[float, float] | None:
    """A count and the one whose place it takes."""
    found = INSTEAD.search(words)
    new, old = (figure_from(found[name], "number") for name in ("new", "old")) if found else (None, None)
    return (new.middle, old.middle) if new and old and new.middle > 0 and old.middle > 0 else None


def people_said(words: str) -> int | None:
    """How many people words put into a role: `what if we had three surveyors?`; None where they say no whole number."""
    if (counts := in_place_of(words)) and counts[0] == int(counts[0]):
        return int(counts[0])
    words = OUT_OF.sub(" ", words)
    found = [figure for figure in figures_in(words) if figure.kind in ("people", "number") and not figure.vague]
    whole = len(found) == 1 and found[0].low == found[0].high == int(found[0].low)
    return int(found[0].low) if whole and 0 < found[0].low <= 1000 else None


def how_many_more(words: str) -> int:
    """How many more people words speak of, below zero how many fewer; 0 where they speak of neither."""
    if FEWER.search(words):
        return -(people_said(words) or 1)
    return (people_said(words) or 1) if MORE.search(words) else 0


def more_of_each(words: str, roles: Sequence[Role], process: Process) -> dict[str, int]:
    """How many more people words put into each of some roles, below zero how many fewer: where they name several, what
    is said beside each (`two bakers are ill and the driver too`), and half of a role is half of its people."""
    whole, found = how_many_more(words), dict[str, int]()
    clauses = CLAUSE.split(words) if len(roles) > 1 else [words]
    for role in roles:
        own = next((clause for clause in clauses if role in named_roles(clause, process)), words)
        more, part = how_many_more(own) or (people_said(own) or 1) * (-1 if whole < 0 else 1), PART_OF.search(own)
        if part and role.capacity:
            more = (-1 if more < 0 else 1) * max(1, round(role.capacity * PARTS[part["part"].lower()]))
        found[role.id] = more if whole else 0
    return found


def nth(words: str) -> int:
    """The place in a row a new one takes (`a third translator`); 0 where none is said."""
    found = NTH.search(words)
    return number_named(found["nth"]) if found else 0


def roles_meant(words: str, process: Process, change: bool = True) -> list[Role]:
    """The roles words speak of: by name, else (where people come or go, `change`) by the work they do."""
    inside = [role for role in named_roles(words, process) if role.kind != "external"]
    if inside or not change:
        return inside
    catalogue = Catalogue(process)
    if close := [
        role for role in roles_in(Sentence(catalogue, words.lower()), words.lower()) if role.kind != "external"
    ]:
        return close
    work = AT_WORK.search(words)
    said = work["what"].lower() if work else words.lower()
    steps = by_id(process)
    doers = {done_by(steps[id_]) for id_ in steps_in(Sentence(catalogue, said), said) if id_ in steps}
    return [role for role in process.roles if role.id in doers and role.kind != "external"]


ONE_MORE = re.compile(
    r"\b(?:an?|another|second|third|more) (?P<thing>[a-z]+)\b(?=\W*$| (?:in|for|from|here|too)\b)", re.IGNORECASE
)


def device_meant(words: str, process: Process) -> str:
    """What is asked for one more of, where it is called like a step's work and nobody is (`a second press`, where
    apples are pressed): a device, and no person; empty where there is none."""
    said = ONE_MORE.search(words)
    thing = said["thing"].lower() if said else ""
    verbs = {step.name.split()[0].lower() for step in Catalogue(process).named if step.name}
    one = thing if thing in verbs else singular(thing)
    return one if one in verbs and not named_roles(words, process) else ""


def steps_meant(words: str, process: Process) -> list[str]:
    """The names of the steps that words speak of, by their name or by who does them."""
    catalogue, steps = Catalogue(process), by_id(process)
    found = steps_in(Sentence(catalogue, words.lower()), words.lower())
    doers = {role.id for role in roles_meant(words, process, change=False)}
    by_doer = [id_ for id_, step in steps.items() if doers and done_by(step) in doers]
    return [catalogue.name(id_) for id_ in found or by_doer]


def worked_on(words: str, process: Process) -> list[Task]:
    """The steps whose work words name, by their whole name or as what is done (`the ironing`); a thing alone (`what
    does a repair cost?`) is none."""
    verbs = {base_of(word, "ing", "base") for word in re.findall(r"[a-z]+ing\b", words.lower())} - {""}
    named, low = set(steps_meant(words, process)), words.lower()
    return [
        task for task in tasks(process)
        if task.name
        and (
            task.name.lower() in low
            or (task.name in named and task.name.lower().split()[0] in verbs)
            or _deed_of(task, low, process)
        )
    ]  # fmt: skip


def _deed_of(task: Task, low: str, process: Process) -> bool:
    """Whether a step is named as the deed of who does it (`the check by Margaret`, `Margaret's check`)."""
    deed, role = re.escape(task.name.lower().split()[0]), process.role(task.role or "")
    who = re.escape(singular(role.name.lower())) if role is not None else ""
    return bool(who) and re.search(rf"\b{deed}\w* by (?:the |our )?{who}|\b{who}s?['’]s? {deed}\b", low) is not None


def myself(words: str, process: Process) -> Role | None:
    """Whoever tells, where words speak of them as somebody who works here."""
    return next((role for role in process.roles if role.name in WE), None) if MYSELF.search(words) else None


def stranger(words: str, process: Process) -> str:
    """A name in words that nobody here bears; empty where there is none."""
    known = " ".join(
        [*(role.name for role in process.roles), *(step.name for step in Catalogue(process).named)]
    ).lower()
    for called in CALLED.finditer(words):
        low = called["name"].lower()
        if low not in known and value_of(low) is None and low not in classed("said", "plainly-english"):
            return called["name"]
    return ""
