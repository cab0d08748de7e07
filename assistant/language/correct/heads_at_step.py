"""How many people do one step: `four people do "Iron sheets"`, `the cake is delivered by two drivers`."""

from __future__ import annotations

import re

from assistant.english.classes import FIRST_NAMES
from assistant.english.forms import base_of, singular
from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.change.who_works import put
from assistant.language.correct.sentence_said import Sentence, by_verb
from assistant.language.correct.waits_said import step_called
from assistant.language.correct.who_does_it import PASSIVE, passive_step
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.durations import Basis
from assistant.process.edits import PutRole, SetRole
from assistant.process.model import Role

PEOPLE = r"(?:people|persons?|wom[ae]n|m[ae]n|colleagues?|of us|of them)"
NUMBER = rf"(?:\d{{1,3}}|{COUNT_WORD})"
HEADS = re.compile(
    rf"^(?:there are |we have )?(?P<n>{NUMBER} {PEOPLE})"
    r"(?: who)? (?:do|does|work at|work on|are at|share|handle) (?:the )?(?P<step>\"[^\"]+\"|[^,;\"]{3,50})$",
    re.IGNORECASE,
)
NEEDED = re.compile(
    rf"^(?:it (?:always |usually )?(?:takes|needs) (?P<n>{NUMBER} {PEOPLE}) to (?P<does>[^,;]{{3,60}})|"
    rf"for (?:the )?(?P<step>[^,;]{{3,50}}?),? (?:we|you) (?:always |usually )?need (?P<n2>{NUMBER} {PEOPLE}))$",
    re.IGNORECASE,
)
DOING = re.compile(
    rf"^(?:always |usually )?(?P<n>{NUMBER} {PEOPLE}) (?:always |usually )?(?P<does>[^,;]{{3,60}})$", re.I
)
COUNTED = re.compile(rf"^(?P<n>{NUMBER}) (?:of (?:the|our) )?(?P<who>[a-z][a-z -]{{1,30}}s|{PEOPLE})$", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The head count of whoever does only that step; a question where they do more, or nobody is named."""
    words = sentence.request.replace("“", '"').replace("”", '"').strip(" .!")
    if said := HEADS.match(words):
        return at_step(sentence, step_called(sentence.catalogue, said["step"]), said["n"])
    if said := NEEDED.match(words):
        step = _done(sentence, said["does"]) if said["does"] else step_called(sentence.catalogue, said["step"])
        return at_step(sentence, step, said["n"] or said["n2"])
    if "," not in words and (said := PASSIVE.match(words)):
        return _by_so_many(sentence, passive_step(sentence, said), said["who"])
    said = DOING.match(words)
    return at_step(sentence, _done(sentence, said["does"]), said["n"]) if said else None


def _done(sentence: Sentence, does: str) -> str | None:
    verb, _, rest = does.lower().partition(" ")
    return by_verb(sentence.catalogue, base_of(verb, "s", "base") or verb, rest)


def _by_so_many(sentence: Sentence, step: str | None, who: str) -> Outcome | Doubt | None:
    """`by two people`, `by two drivers`: as many of whoever does the step, or of those named."""
    said = COUNTED.match(who.strip(" .!"))
    if said is None or step is None:
        return None
    if re.fullmatch(PEOPLE, said["who"], re.IGNORECASE):
        return at_step(sentence, step, who)
    count, name = _count(who), singular(said["who"].lower())
    known = role_named(sentence.catalogue, name)
    role, edits = (known, ()) if known else put(sentence.catalogue, sentence.request, name)
    if count is None or role.kind == "system" or (known is not None and known.capacity not in (None, count)):
        return None
    heads = _so_many(role, count)
    return Outcome(
        f"{count} of {role.name} do {sentence.catalogue.name(step)}",
        (*(edit for edit in edits if not isinstance(edit, PutRole)), heads, SetRole(ids=(step,), role=role.id)),
    )


def at_step(sentence: Sentence, step: str | None, heads: str) -> Outcome | Doubt | None:
    """So many people at a step; a question where whoever does it does more, or nobody is named."""
    task, count = sentence.catalogue.by_id.get(step or ""), _count(heads)
    if not isinstance(task, Task) or count is None:
        return None
    role = sentence.catalogue.process.role(task.role or "")
    if role is None:
        return Doubt(f"Nobody is named for “{task.name}”. Who are they? (“the packers do it”)", ())
    if role.name.split()[0].lower() in FIRST_NAMES and count > 1:
        asked = f"{role.name} is one. Who else is needed for “{task.name}”? (“{role.name} and the helper do it”)"
        return Doubt(asked, ())
    way = Outcome(f"{role.name}: {count} people, for all they do", (_so_many(role, count),))
    if len(sentence.catalogue.of_role(role.id)) == 1:
        return way
    return Doubt(f"{role.name} does more than “{task.name}”. Do you mean:", (way,))


def _so_many(role: Role, count: int) -> PutRole:
    return PutRole(role=role.model_copy(update={"capacity": count, "capacity_basis": Basis.STATED}))


def _count(words: str) -> int | None:
    counted = [figure for figure in figures_in(words) if figure.kind in ("people", "number")]
    return int(counted[0].low) if counted and counted[0].low >= 1 else None
