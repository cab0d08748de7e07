"""Answers to questions that were asked: a few words become the edit that fills what was missing.

Only answers that plainly fit their question are taken; anything else is left to be read as story or request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from assistant.process.blocks import Choice, Loop
from assistant.process.durations import Basis
from assistant.process.edits import Edit, PutRole, SetCondition, SetProcess, SetRole, SetValue
from assistant.process.model import Process, Role
from assistant.process.questions import Question
from assistant.process.tree import by_id, fresh_id

MOST = 300
NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|half an?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"\
         r"twenty|thirty|forty|fifty|sixty|ninety|a hundred|hundred|a couple of|a dozen)"  # fmt: skip
WORDS = {
    "half a": 0.5, "half an": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "a hundred": 100, "hundred": 100,
    "a couple of": 2, "a dozen": 12,
}  # fmt: skip
UNIT = r"(s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?|months?)\b"
UNITS = {"s": "s", "m": "min", "h": "h", "d": "d", "w": "w"}
LENGTH = re.compile(rf"\b({NUMBER})\s*(?:(?:to|-|–|or)\s*({NUMBER})\s*)?{UNIT}", re.IGNORECASE)
RATE = re.compile(rf"\b({NUMBER})\b[^.\d]{{0,40}}?\b(?:per|an?|each|every)\s+(hour|day|week|month|year)", re.IGNORECASE)
PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per\s?cent)", re.IGNORECASE)
ONE_IN = re.compile(rf"\b({NUMBER})\s+(?:in|out of|of)\s+(?:every\s+)?({NUMBER})\b", re.IGNORECASE)
PLAIN = re.compile(
    rf"^\W*(?:about|roughly|around|maybe|some|we have|there are)?\s*({NUMBER})\b[^,.;]{{0,40}}$", re.IGNORECASE
)
NO_NAME = frozenset(
    """about after again all almost always any around at because before by every from half hardly how i if in it maybe
    most mostly never no nobody not of often on one only rarely roughly seldom since so sometimes that then there they
    three two usually we when where with yes you""".split()
)
SECONDS_A = {"hour": 3600, "day": 86400, "week": 604800, "month": 2629800, "year": 31557600}
LABELLED = re.compile(r"(?:^|[\n;])\s*\(?([1-3])[).:]\s*")


def split_answers(words: str, asked: Sequence[Question]) -> list[tuple[Question, str]]:
    """Answers with the question each is for: numbered ones (`1: ten minutes; 2: Maria`) or the words as a whole."""
    marks = list(LABELLED.finditer(words))
    if not marks:
        return [(question, words) for question in asked]
    ends = [mark.start() for mark in marks[1:]] + [len(words)]
    return [
        (asked[int(mark.group(1)) - 1], words[mark.end() : end].strip())
        for mark, end in zip(marks, ends, strict=True)
        if int(mark.group(1)) <= len(asked)
    ]


def answer_edits(question: Question, words: str, process: Process) -> list[Edit]:
    """The edits an answer means; empty when the words do not plainly answer the question."""
    reader = READERS.get(question.field)
    if reader is None or len(words) > MOST:
        return []
    return reader(question, words.strip(), process)


def _number(text: str) -> float:
    plain = " ".join(text.lower().split())
    return float(WORDS[plain]) if plain in WORDS else float(plain.replace(",", ""))


def duration_of(words: str) -> dict[str, Any] | None:
    """A length of time said in words, as a duration with basis stated; a range becomes a uniform one."""
    match = LENGTH.search(words)
    if not match:
        return None
    low, unit = _number(match.group(1)), match.group(3).lower()
    high = _number(match.group(2)) if match.group(2) else None
    factor, short = (4.348, "w") if unit.startswith("month") else (1.0, UNITS[unit[0]])
    if high is not None and high > low:
        return {"kind": "uniform", "low": low * factor, "high": high * factor, "unit": short, "basis": "stated"}
    return {"kind": "fixed", "value": low * factor, "unit": short, "basis": "stated"}


def chance_of(words: str) -> float | None:
    """A share said in words, 0 to 1: `20 %`, `one in five`, `15 of 100`, or a bare number of 100 cases."""
    if match := PERCENT.search(words):
        return min(1.0, float(match.group(1)) / 100)
    if match := ONE_IN.search(words):
        whole = _number(match.group(2))
        return min(1.0, _number(match.group(1)) / whole) if whole else None
    if re.search(r"\bhalf\b", words, re.IGNORECASE):
        return 0.5
    if re.match(r"^\W*never\W*$", words, re.IGNORECASE):
        return 0.0
    if match := PLAIN.match(words):
        value = _number(match.group(1))
        return value / 100 if value <= 100 else None
    return None


def _length(question: Question, words: str, process: Process) -> list[Edit]:
    found = duration_of(words)
    if found is None:
        return []
    if len(question.elements) == 1:
        return [SetValue(id=question.elements[0], field=question.field, value=found)]
    if re.search(r"\b(?:each|every|all)\b", words, re.IGNORECASE) and len(LENGTH.findall(words)) == 1:
        return [SetValue(id=id_, field=question.field, value=found) for id_ in question.elements]
    return [
        SetValue(id=id_, field=question.field, value=own)
        for id_, part in _parts_about(question, words, process)
        if (own := duration_of(part)) is not None
    ]


def _parts_about(question: Question, words: str, process: Process) -> list[tuple[str, str]]:
    """Parts of an answer (`Register 5 min, call host 2 min`) with the id of the step each names."""
    steps = by_id(process)
    names = {id_: str(getattr(steps[id_], "name", "")).lower() for id_ in question.elements if id_ in steps}
    found = []
    for part in re.split(r"[,;\n]| and (?=\D)", words):
        id_ = next((id_ for id_, name in names.items() if name and name in part.lower()), None)
        if id_:
            found.append((id_, part))
    return found


def _chance(question: Question, words: str, process: Process) -> list[Edit]:
    share = chance_of(words)
    step = by_id(process).get(question.elements[0]) if question.elements else None
    if share is None:
        return []
    if isinstance(step, Loop):
        return [SetCondition(id=step.id, p=share, basis=Basis.STATED)]
    if not isinstance(step, Choice):
        return []
    open_ways = [branch for branch in step.branches if branch.p is None]
    if not open_ways:
        return []
    named = next((b for b in open_ways if b.when and b.when.lower() in words.lower()), open_ways[0])
    edits: list[Edit] = [SetCondition(id=named.id, p=share, basis=Basis.STATED)]
    others = [branch for branch in step.branches if branch.id != named.id]
    if len(others) == 1 and others[0].p is None:
        edits.append(SetCondition(id=others[0].id, p=round(1 - share, 6), basis=Basis.STATED))
    return edits


def _share(question: Question, words: str, _: Process) -> list[Edit]:
    share = chance_of(words)
    return [] if share is None else [SetValue(id=question.elements[0], field=question.field, value=share)]


def _who(question: Question, words: str, process: Process) -> list[Edit]:
    name = _name(words, 5)
    if name is None:
        return []
    known = next((role for role in process.roles if role.name.lower() == name.lower()), None)
    if known:
        return [SetRole(ids=question.elements, role=known.id)]
    new = Role(id=fresh_id(name, {role.id for role in process.roles}), name=name)
    return [PutRole(role=new), SetRole(ids=question.elements, role=new.id)]


def _name(words: str, most: int) -> str | None:
    """A short name: an article and a trailing verb aside; None when the words are more than a name."""
    plain = re.sub(r"^(?:it'?s|that'?s|that is|it is|done by|by)\s+", "", words.strip(" .!"), flags=re.IGNORECASE)
    plain = re.sub(r"^(?:the|our|an?)\s+", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\s+(?:does|do|is|are)(?:\s+(?:it|that|this))?$", "", plain, flags=re.IGNORECASE)
    tokens = plain.split()
    if not tokens or len(tokens) > most or re.search(r"[\d?;:]", plain) or tokens[0].lower() in NO_NAME:
        return None
    return plain[0].upper() + plain[1:]


def _count(question: Question, words: str, process: Process) -> list[Edit]:
    match = PLAIN.match(words)
    role = process.role(question.elements[0])
    if not match or role is None or LENGTH.search(words):
        return []
    people = int(_number(match.group(1)))
    return [PutRole(role=role.model_copy(update={"capacity": people, "capacity_basis": Basis.STATED}))]


def _price(question: Question, words: str, process: Process) -> list[Edit]:
    match = re.search(r"\d[\d,]*(?:\.\d+)?", words)
    role = process.role(question.elements[0])
    if (
        not match
        or role is None
        or len(words) > 60
        or LENGTH.search(words.replace("an hour", "").replace("per hour", ""))
    ):
        return []
    price = float(match.group().replace(",", ""))
    return [PutRole(role=role.model_copy(update={"cost_per_hour": price, "cost_basis": Basis.STATED}))]


def _volume(_: Question, words: str, __: Process) -> list[Edit]:
    match = RATE.search(words)
    if not match or not _number(match.group(1)):
        return []
    gap = SECONDS_A[match.group(2).lower()] / _number(match.group(1))
    between = {"kind": "exponential", "mean": gap / 60, "unit": "min", "basis": "stated"}
    return [SetProcess(field="volume", value={"between": between, "basis": "stated", "text": words[:200]})]


def _customers(_: Question, words: str, __: Process) -> list[Edit]:
    name = _name(words, 8)
    return [] if name is None else [SetProcess(field="customers", value=[{"name": name}])]


def _owner(_: Question, words: str, __: Process) -> list[Edit]:
    name = _name(words, 6)
    return [] if name is None else [SetProcess(field="owner", value=name)]


def _trigger(_: Question, words: str, __: Process) -> list[Edit]:
    plain = re.sub(r"^(?:when|as soon as|once)\s+", "", words.strip(" ."), flags=re.IGNORECASE)
    return [SetProcess(field="trigger", value=plain)] if 0 < len(plain.split()) <= 15 else []


READERS: dict[str, Callable[[Question, str, Process], list[Edit]]] = {
    "work": _length, "duration": _length, "p": _chance, "exception_rate": _share, "role": _who, "capacity": _count,
    "cost_per_hour": _price, "volume": _volume, "customers": _customers, "owner": _owner, "trigger": _trigger,
}  # fmt: skip
