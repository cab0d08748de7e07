"""What parts of a turn say of the whole: how many people, in which hours, and how many cases."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from assistant.english.tables import worded
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.parts_of_a_turn import Part, parts, works
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.hours import hours_between, in_digits, week_in
from assistant.language.figures.numbers import COUNT_WORD, value_of
from assistant.process.durations import Basis
from assistant.process.edits import PutRole, SetProcess
from assistant.process.model import Role
from assistant.process.volumes import volume, working_hours

COUNTED = re.compile(rf"\b(?:{worded('figures-of-the-whole-counted')})\b")
LONE = re.compile(rf"\b(?:{worded('figures-of-the-whole-lone')})\b")
PAIR = {"pair": 2, "couple": 2, "dozen": 12, "single": 1, "lone": 1, "sole": 1, "only": 1}
ONLY_ONE = frozenset({"the", "our", "my", "an", "one"})
"""Before `only` they make it one (`our only mechanic`): what is `only packed` counts nobody."""
PERIOD = {"hour": ("h", 1.0), "day": ("d", 1.0), "week": ("w", 1.0), "month": ("d", 30.0), "year": ("d", 365.0)}
PER = re.compile(
    r"\b(?:an?|per|each|every|last|this|in an?|in the) (?P<per>hour|day|week|month|year)\b|\b(?P<ly>daily|"
    r"weekly|monthly|yearly|annually)\b"
)
LY = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annually": "year"}


CLOCK = rf"(?P<{{0}}>\d{{{{1,2}}}}(?::\d\d)?(?: ?(?:am|pm))?|noon|midnight|{COUNT_WORD})"
SPAN = re.compile(rf"\b{CLOCK.format('a')}\s*(?:to|till|until|-|–)\s*{CLOCK.format('b')}(?![\w%])")
BEGINS = re.compile(rf"\b(?:start|begin|come|open|arrive|get)s?(?: in| up)? (?:at |from )?{CLOCK.format('a')}(?![\w%])")
ENDS = re.compile(
    rf"\b(?:finish|end|leave|stop|close|go)(?:es|s)?(?: off| home| work)? (?:at )?{CLOCK.format('b')}(?![\w%])"
)
AT_WORK = re.compile(worded("at-work"))


def hours(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`mon-fri 07:00 till 19:30, sundays forget it`, `she finishes at 4 nowadays, starts at 8 though`."""
    text = re.sub(r"\b(?:un)?til\b", "till", in_digits(sentence.text))
    span, begins, ends = SPAN.search(text), BEGINS.search(text), ENDS.search(text)
    if span and AT_WORK.search(text):
        start, end = span["a"], span["b"]
    elif begins and ends:
        start, end = begins["a"], ends["b"]
    else:
        return None
    told = week_in(text) or hours_between(start, end, text)
    counted = any(part.roles and _count(part.text) is not None and not SPAN.search(part.text) for part in found)
    if told is None or counted or any(figure.kind == "duration" for part in found for figure in part.figures):
        return None
    people = [role for role in sentence.catalogue.process.roles if role.kind in ("person", "group")]
    named = list({role.id: role for part in found for role in part.roles}.values())
    own = [role for role in people if role.calendar] if re.search(r"\b(?:he|she)\b", text) else []
    meant = named or (own if len(own) == 1 else [] if re.search(r"\b(?:he|she)\b", text) else people)
    edits = tuple(PutRole(role=role.model_copy(update={"calendar": told})) for role in meant)
    return Outcome("hours", edits) if edits else None


def counts(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`8 translators, 2 revisers`, `keepers? four of them`, `Owen's by himself`."""
    made: dict[str, Role] = {}
    waiting: Role | None = None
    if denied := NOT_SO_MANY.search(sentence.text):
        found = parts(replace(sentence, request=sentence.request[: denied.start()]))
    for part in found:
        if any(figure.kind not in ("number", "people") for figure in part.figures) or len(part.roles) > 1:
            return None
        if works(part) or (part.steps and not part.roles):
            return None
        if len(re.findall(r"\b\d+(?:[:.]\d+)?\b", part.text)) > 1:
            return None  # hours
        role = part.roles[0] if part.roles else waiting
        number = _count(part.text)
        extra = beside_role(part, role)
        if role is not None and number is not None and len(extra) <= 1:
            made[role.id] = role.model_copy(update={"capacity": number, "capacity_basis": Basis.STATED})
            waiting = None
        elif number is not None and not part.roles and len(extra) > 1:
            return None
        else:
            waiting = part.roles[0] if part.roles and not extra else waiting
    return Outcome("people", tuple(PutRole(role=role) for role in made.values())) if made else None


NOT_SO_MANY = re.compile(rf"[\s,]+(?:and |but )?not (?:just |only )?(?:\d+|{COUNT_WORD}|a single one)\W*$")


def _count(text: str) -> int | None:
    words = re.findall(r"\d+(?:[.,]\d+)?|[a-z']+", text)
    numbers = [int(float(word)) if word.isdigit() else value_of(word) if word.isalpha() else None for word in words]
    plain = [int(number) for number in numbers if number and number == int(number)]
    plain += [PAIR[word] for front, word in pairwise(["", *words]) if word in PAIR and not plain
              and (word != "only" or front in ONLY_ONE)]  # fmt: skip
    if not plain and LONE.search(text):
        return 1
    return plain[0] if len(plain) == 1 and 1 <= plain[0] <= 10_000 else None


def beside_role(part: Part, role: Role | None) -> list[str]:
    """The words of a part that are neither its number, nor who is counted, nor about counting."""
    own = content(role.name) if role else []
    text = LONE.sub(" ", COUNTED.sub(" ", part.text))
    return [
        word for word in content(text)
        if not word.isdigit() and value_of(word) is None and word not in PAIR
        and not any(alike(word, part) for part in own)
        and word not in ("own", "himself", "herself")
    ]  # fmt: skip


def cases(sentence: Sentence, found: list[Part]) -> Outcome | None:
    """`14,600 jobs last year all in all`: a number of what comes, in a period."""
    kinds = {figure.kind for part in found for figure in part.figures}
    if any(part.roles or works(part) for part in found) or kinds & {"duration", "money", "price", "chance"}:
        return None
    period = PER.search(sentence.text)
    number = re.search(r"(?<![\w.,])\d[\d.,]*", sentence.text)
    if period is None or number is None or len(re.findall(r"\d[\d.,]*", sentence.text)) > 1:
        return None
    count = float(re.sub(r"[.,](?=\d{3}\b)", "", number[0].rstrip(".,")).replace(",", "."))
    unit, size = PERIOD[period["per"] or LY[period["ly"]]]
    if count <= 1 or re.match(r" ?(?:million|thousand|hundred|dozen)", sentence.text[number.end() :]):
        return None
    value = volume(count, unit, size, working_hours(sentence.catalogue.process))  # type: ignore[arg-type]
    return Outcome("cases", (SetProcess(field="volume", value=value.document()),))
