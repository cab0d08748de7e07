"""What a sentence says of a wait: that it stands elsewhere, is for somebody, or is a thing that has to dry."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.english.forms import is_plural
from assistant.english.tables import any_of, classed
from assistant.language.change.catalogue import Catalogue, words
from assistant.language.change.mention import alike, content, role_named, sure
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.correct.sentence_said import ARTICLE, PRONOUNS, Sentence, by_verb
from assistant.language.figures.figure import Figure
from assistant.language.figures.reading import figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Task, Wait
from assistant.process.durations import Basis, Duration, Fixed
from assistant.process.edits import Edit, Insert, Move, Place, SetValue

AT = r"(?:in front of|before|ahead of)"
STEP = r"(?:\"[^\"]+\"|(?!the time\b)[^,;:\"]{2,60}?)"
MOVED = re.compile(
    rf"^(?:no,? )?(?:the |that |this |those |these )?(?P<what>[^,;:\"]{{2,60}}?) "
    rf"(?:is|are|was|were|comes?|lies|stands?|belongs?|happens?) (?:really |actually |rather )?{AT} (?P<to>{STEP})"
    rf"(?:(?:,| and| but)+ ?(?:it is |it's )?(?:not|rather than|instead of) (?:{AT} )?(?P<old>{STEP}))?[ .!]*$",
    re.IGNORECASE,
)
WAITING = re.compile(r"\b(?:waits?|waiting|delays?|lying|pause)\b", re.IGNORECASE)
WAITS_FOR = re.compile(
    r"^(?:and |then |but )*(?P<what>[^,;:]{2,50}?) (?:has to |have to |must )?waits? (?P<first>[^,;]*?)"
    r"\bfor (?P<whom>[^,;]{2,50}?)(?P<rest>(?:,| -) ?[^,;]+)?[ .!]*$",
    re.IGNORECASE,
)
HAS_TO = re.compile(
    rf"^(?:and |then |but )*(?:the |an? )?(?P<thing>[a-z][\w -]{{1,40}}?) (?:has to|have to|must|needs to|need to) "
    rf"(?P<verb>{any_of('by-itself')})(?: off| out| down)?(?: (?P<rest>[^,;]+))?[ .!]*$",
    re.IGNORECASE,
)
BY_ITSELF = re.compile(
    rf"^(?:and |then |but |there )*(?:the |an? )?(?P<thing>[a-z][\w -]{{1,40}}?) "
    rf"(?P<verb>{any_of('by-itself')})(?:s|es|ies)?(?: off| out| down)? (?P<rest>[^,;]+?)[ .!]*$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r" (?:in )?between (?:the )?[a-z]+ing and (?:the )?([a-z]+ing)$", re.IGNORECASE)
BREAK = re.compile(
    r"^(?:there(?: is|'s)|we have|comes) (?:always |usually |then )?an? (?:[a-z]+ )?(?P<what>break|pause|gap|rest)\b",
    re.I,
)
NIGHT = re.compile(r"\b(?:overnight|over night|(?:for )?(?:a|one|the) night)\b", re.IGNORECASE)
HOURS_OF_A_NIGHT = 12.0
"""From the end of a working day to the next morning, as an estimate."""
FRONT = re.compile(
    r"^(?:and |then |but |so )*(?:(?P<at>before|after)|(?:in )?between (?:the )?[a-z]+ing and) "
    r"(?:the )?(?P<step>[a-z]+ing),? "
    r"(?P<rest>(?:the|our|these|those|all|it|they|everything|there) [^,;]+)$",
    re.IGNORECASE,
)
PLACED = re.compile(r"\b(?P<where>after|before) (?P<step>[^,;]+)$", re.IGNORECASE)
CLOSE = 0.02


class _Told(NamedTuple):
    """A wait that is there: a block of its own or the waiting before a task, and its length in seconds."""

    block: Task | Wait
    seconds: float


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """A wait moved, a wait for somebody, or a thing that needs time by itself; a doubt where it has no sure place."""
    text = place_last(sentence.request.replace("“", '"').replace("”", '"').strip(" .!"))
    catalogue = sentence.catalogue
    return (
        _moved(catalogue, text) or _for_whom(catalogue, text) or _by_itself(sentence, text) or _break(catalogue, text)
    )


def place_last(text: str) -> str:
    """The words with the place of a wait behind them: "between pressing and filling the juice stands for an hour"."""
    text = BETWEEN.sub(r" before \1", text)
    said = FRONT.match(text)
    return f"{said['rest']} {said['at'] or 'before'} {said['step']}" if said else text


def step_called(catalogue: Catalogue, phrase: str) -> str | None:
    """The one step a phrase names: by its whole name within quotation marks, else by the words that tell it."""
    bare = phrase.strip(' "')
    exact = [step.id for step in catalogue.named if words(step.name) == words(bare)]
    if exact or '"' in phrase:
        return exact[0] if len(exact) == 1 else None
    return sure(catalogue, bare) if content(bare) else None


# --- moved -------------------------------------------------------------------------------------------------------


def _moved(catalogue: Catalogue, text: str) -> Outcome | Doubt | None:
    said = MOVED.match(text)
    if said is None:
        return None
    lengths = [figure for figure in figures_in(f"a {said['what']}") if figure.kind == "duration" and not figure.vague]
    if not (lengths or WAITING.search(said["what"])):
        return None
    old = step_called(catalogue, said["old"]) if said["old"] else None
    meant = _waits_meant(catalogue, lengths[:1], old)
    if not meant:
        return None
    target = step_called(catalogue, said["to"])
    if target is None:
        name = said["to"].strip(' "')
        return Doubt(
            f"I know no step “{name}”, so the wait stays where it is. Tell that step first, then say it again.", ()
        )
    ways = tuple(_to(catalogue, wait, target) for wait in meant)
    return ways[0] if len(ways) == 1 else Doubt("Which wait do you mean?", ways)


def _waits_meant(catalogue: Catalogue, lengths: list[Figure], old: str | None) -> list[_Told]:
    told = list(_waits(catalogue))
    if lengths:
        seconds = (lengths[0].seconds(), lengths[0].seconds(hands_on=True))
        told = [wait for wait in told if any(abs(wait.seconds - known) <= CLOSE * known for known in seconds)]
    at_old = [wait for wait in told if old and (wait.block.id == old or _behind(catalogue, wait.block.id) == old)]
    return at_old or told


def _waits(catalogue: Catalogue) -> list[_Told]:
    found = []
    for step in catalogue.steps:
        length = step.wait if isinstance(step, Task) else step.duration if isinstance(step, Wait) else None
        if isinstance(step, Task | Wait) and length is not None and length.mean_seconds:
            found.append(_Told(step, length.mean_seconds))
    return found


def _behind(catalogue: Catalogue, step: str) -> str | None:
    """The step right behind another in its row."""
    after = catalogue.after(step)
    return after[0] if after else None


def _to(catalogue: Catalogue, wait: _Told, target: str) -> Outcome:
    """The edits that let a wait stand before another step; none where it stands there already."""
    block, name = wait.block, catalogue.name(target)
    title = f"the wait stands before “{name}”"
    if block.id == target or (isinstance(block, Wait) and _behind(catalogue, block.id) == target):
        return Outcome(title, ())
    goal = catalogue.by_id[target]
    if isinstance(block, Wait):
        return Outcome(title, (Move(ids=(block.id,), place=Place(before=target)),))
    assert block.wait is not None
    length, gone = block.wait.model_copy(update={"span": None}), SetValue(id=block.id, field="wait", value=None)
    if isinstance(goal, Task):
        return Outcome(title, (gone, SetValue(id=target, field="wait", value=length.document())))
    fresh = Wait(id=Fresh(catalogue).id("wait"), name="Wait", duration=length)
    return Outcome(title, (gone, Insert(blocks=(fresh,), place=Place(before=target))))


# --- for whom ----------------------------------------------------------------------------------------------------


def _for_whom(catalogue: Catalogue, text: str) -> Outcome | None:
    """`letters wait for the boss, usually three hours`: before the one step of whoever or whatever is waited for."""
    said = WAITS_FOR.match(text)
    if said is None:
        return None
    around = f"{said['first']} {said['rest'] or ''}"
    lengths = [figure for figure in figures_in(around) if figure.kind == "duration" and not figure.vague]
    step = _waited_for(catalogue, said["what"], said["whom"]) if len(lengths) == 1 else None
    if step is None:
        return None
    value = as_duration(lengths[0], False).model_copy(update={"span": None}).document()
    before = catalogue.before(step)
    block = catalogue.by_id.get(before[-1]) if before else None
    title = f"the wait before “{catalogue.name(step)}”"
    if isinstance(block, Wait):
        return Outcome(title, (SetValue(id=block.id, field="duration", value=value),))
    return Outcome(title, (SetValue(id=step, field="wait", value=value),))


def _waited_for(catalogue: Catalogue, what: str, whom: str) -> str | None:
    role = role_named(catalogue, ARTICLE.sub("", whom))
    theirs = [id_ for id_ in catalogue.of_role(role.id) if isinstance(catalogue.by_id[id_], Task)] if role else []
    if role:
        close = [id_ for id_ in theirs if any(alike(w, o) for w in content(what) for o in content(catalogue.name(id_)))]
        fits = theirs if len(theirs) == 1 else close
        return fits[0] if len(fits) == 1 else None
    by_deed = [
        step.id for step in catalogue.named
        if isinstance(step, Task) and content(step.name) and (any(
            word.endswith("ing") and alike(word, content(step.name)[0]) for word in content(f"{what} {whom}")
        ) or content(whom)[-1:] == content(step.name)[:1])
    ]  # fmt: skip
    return by_deed[0] if len(by_deed) == 1 else None


# --- by itself ---------------------------------------------------------------------------------------------------


def _by_itself(sentence: Sentence, text: str) -> Outcome | Doubt | None:
    """`the model has to harden overnight after pouring`: a thing is nobody who works; its time is a wait."""
    said, catalogue = HAS_TO.match(text) or BY_ITSELF.match(text), sentence.catalogue
    if said is None or (said["thing"].lower() not in ALL and is_somebody(catalogue, said["thing"])):
        return None
    if known := by_verb(catalogue, said["verb"].lower(), ""):
        block = catalogue.by_id.get(known)
        return _known_wait(catalogue, block, said["rest"] or "") if isinstance(block, Wait) else None
    length = length_of(said["rest"] or "")
    if length is None:
        return None
    place = PLACED.search(said["rest"] or "")
    step = step_called(catalogue, place["step"]) if place else None
    verb, thing = said["verb"].lower(), said["thing"].strip()
    if thing.lower() in ALL and not (thing := _thing_there(catalogue, place, step)):
        return None
    has = "have" if is_plural(thing.split()[-1]) else "has"
    name = f"{thing[:1].upper()}{thing[1:]} {has} to {verb}"
    wait = Wait(id=Fresh(catalogue).id(f"{verb} wait"), name=name, duration=length)
    if place and step:
        return Outcome(wait.name, (Insert(blocks=(wait,), place=_beside(place["where"], step)),))
    tasks = [block for block in catalogue.named if isinstance(block, Task)]
    close = [block for block in tasks if any(alike(a, b) for a in content(thing) for b in content(block.name)[1:])]
    ways = [_after(wait, block) for block in (close or tasks[::-1])[:4]]
    if len(close) == 1:
        return ways[0]
    return Doubt(f"That is a wait: “{wait.name}”. After which step does it come?", tuple(ways))


ALL = frozenset("it they everything".split())


def _thing_there(catalogue: Catalogue, place: re.Match[str] | None, step: str | None) -> str:
    """What `it` is that lies before or after a step: what was done last before it, else what the step is done with."""
    if place is None or step is None:
        return ""
    before = [id_ for id_ in catalogue.before(step) if isinstance(catalogue.by_id[id_], Task)]
    last = step if place["where"].lower() == "after" or not before else before[-1]
    return " ".join(catalogue.name(last).split()[1:])


def _break(catalogue: Catalogue, text: str) -> Outcome | None:
    """`there is a break of two hours before decorating`."""
    said, length = BREAK.match(text), length_of(text)
    place = PLACED.search(text) if said else None
    step = step_called(catalogue, place["step"]) if place else None
    if said is None or place is None or step is None or length is None:
        return None
    wait = Wait(id=Fresh(catalogue).id("break"), name=said["what"].capitalize(), duration=length)
    return Outcome(wait.name, (Insert(blocks=(wait,), place=_beside(place["where"], step)),))


def _known_wait(catalogue: Catalogue, wait: Wait, rest: str) -> Outcome | None:
    """A wait that is there already, told again: where it stands, or how long it is, may be told anew."""
    place, edits = PLACED.search(rest), list[Edit]()
    step = step_called(catalogue, place["step"]) if place else None
    if place and step is None:
        return None
    if place and step:
        row = catalogue.before(wait.id)[-1:] if place["where"].lower() == "after" else catalogue.after(wait.id)[:1]
        if row != [step]:
            edits.append(Move(ids=(wait.id,), place=_beside(place["where"], step)))
    length = length_of(rest)
    if length is not None and wait.duration is not None and length.mean_seconds != wait.duration.mean_seconds:
        edits.append(SetValue(id=wait.id, field="duration", value=length.document()))
    return Outcome(f"the wait “{wait.name}”", tuple(edits))


def _beside(where: str, step: str) -> Place:
    return Place(after=step) if where.lower() == "after" else Place(before=step)


def is_somebody(catalogue: Catalogue, thing: str) -> bool:
    """Whether words name a person, who may well have to stand or rest: then it is work."""
    last = thing.lower().split()[-1]
    people = classed("people", "title") | classed("names", "first") | classed("said", "subject-pronoun") | PRONOUNS
    return role_named(catalogue, thing) is not None or last in people or last.removesuffix("s") in people


def length_of(rest: str) -> Duration | None:
    """The length of time words tell; a night lasts to the next morning."""
    lengths = [figure for figure in figures_in(rest) if figure.kind == "duration" and not figure.vague]
    if lengths:
        return as_duration(lengths[0], False).model_copy(update={"span": None})
    if NIGHT.search(rest):
        return Fixed(value=HOURS_OF_A_NIGHT, unit="h", basis=Basis.ESTIMATED, note="a night")
    return None


def _after(wait: Wait, block: Task) -> Outcome:
    edits: tuple[Edit, ...] = (Insert(blocks=(wait,), place=Place(after=block.id)),)
    return Outcome(f"after “{block.name}”", edits)
