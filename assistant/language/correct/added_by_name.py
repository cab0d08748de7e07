"""A step that is put in by its name, or told behind a colon: `add “Weigh letters” after “Take call”, done by Karl,
10 minutes`; `add a step after the call: Karl weighs the letters`."""

from __future__ import annotations

import re

from assistant.language.change.catalogue import Catalogue
from assistant.language.change.how_it_is_to_be import added, at_edge, spot_in_words
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.change.who_works import put
from assistant.language.correct.added_step import ADDS
from assistant.language.correct.piece_of_story import piece
from assistant.language.correct.sentence_said import Sentence, somebody
from assistant.language.correct.waits_said import step_called
from assistant.language.correct.worked_or_waited import told_time
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.edits import Insert, Place

ORDER = re.compile(
    rf"{ADDS}(?:(?:an?|another|the|one more)\s+)?(?:new\s+)?"
    r"(?:(?:step|task)\b)?(?P<ahead>[^\"]{0,60}?)(?:,?\s*(?:called|named))?[\s:,]*\"(?P<name>[^\"]{2,80})\"(?P<rest>.*)$",
    re.IGNORECASE,
)
STEP = r"(?:the |step )*(?:\"[^\"]+\"|[^,;\"]{3,60}?)"
TOLD = re.compile(
    rf"{ADDS}(?:an?|another|one more)\s+(?:new\s+)?(?:step|task)"
    r"(?P<ahead>[^\":]{0,60})\s*:\s*(?P<told>[^\"]{5,120})$",
    re.IGNORECASE,
)
END = r"(?=\s*(?:$|[,;.]|\band\b|\b(?:done )?by\b))"
BETWEEN = re.compile(rf"\b(?:in )?between\s+(?P<step>{STEP})\s+and\s+{STEP}{END}", re.IGNORECASE)
BESIDE = re.compile(rf"\b(?P<side>right after|after|behind|before|ahead of|in front of)\s+(?P<step>{STEP}){END}", re.I)
EDGE = re.compile(
    r"\b(?:(?:at|to|in) the (?:very )?(?P<edge>start|beginning|front|end)|as the (?P<nth>first|last) step|"
    r"(?P<word>first|last)(?= *$))", re.IGNORECASE,
)  # fmt: skip
BY = re.compile(
    r"\b(?:done |to be done )?by (?:the )?(?P<who>[^\d\W][\w' -]{1,40}?)"
    r"(?=\s*(?:$|[,;.]|\d|\b(?:and|after|before|between|at)\b))",
    re.IGNORECASE,
)
PLACED = re.compile(r"\b(?:after|before|once|as soon as)\b", re.IGNORECASE)
BEHIND = ("after", "right after", "behind")
START = frozenset("start beginning front first".split())


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The step at its place, with who does it and how long it takes; where no place is said, at the end."""
    words = sentence.request.replace("“", '"').replace("”", '"').strip(" .!")
    if told := TOLD.match(words):
        return _told(sentence, told)
    said = ORDER.match(words)
    if said is None:
        return None
    catalogue, rest = sentence.catalogue, f"{said['ahead']} , {said['rest']}"
    place = _place(catalogue, rest)
    if place is None:
        return None
    name = f"{said['name'][:1].upper()}{said['name'][1:]}".strip()
    by = BY.search(rest)
    who = somebody(catalogue, by["who"]) if by else ""
    role, edits = put(catalogue, sentence.request, who) if who else (None, [])
    figures = [figure for figure in figures_in(re.sub(r'"[^"]*"', " ", rest)) if figure.kind == "duration"]
    time = told_time(name, figures[0]) if len(figures) == 1 else {}
    task = Task(id=Fresh(catalogue).id(name), name=name, role=role.id if role else None, **time)
    return added(catalogue, task, edits, place)


def _told(sentence: Sentence, told: re.Match[str]) -> Outcome | Doubt | None:
    """The step of a sentence of its own, at the place in front of it."""
    if not told["ahead"].strip() and PLACED.search(told["told"]):
        return None  # it says itself where it is done
    place = _place(sentence.catalogue, told["ahead"])
    blocks, edits = piece(sentence, told["told"])
    if place is None or not blocks:
        return Doubt(f"I cannot make a step of “{told['told']}”. Who does what there?", ())
    names = " and ".join(getattr(block, "name", "") for block in blocks)
    title = f"add {names} {spot_in_words(sentence.catalogue, place)}"
    return Outcome(title, (*edits, Insert.model_validate({"blocks": blocks, "place": place})))


def _place(catalogue: Catalogue, rest: str) -> Place | None:
    """Where the words put it; None where they name a step that is not there."""
    between, beside, edge = BETWEEN.search(rest), BESIDE.search(rest), EDGE.search(rest)
    if near := between or beside:
        step = step_called(catalogue, near["step"])
        ahead = near is beside and near["side"].lower() not in BEHIND
        return None if step is None else Place(before=step) if ahead else Place(after=step)
    at = next((word.lower() for word in edge.groups() if word), "end") if edge else "end"
    return at_edge(catalogue, "start" if at in START else "end")
