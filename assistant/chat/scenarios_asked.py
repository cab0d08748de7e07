"""The scenario that a question asks for: what is played, called as a person would call it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from assistant.chat.answers import chance_in
from assistant.chat.at_once import at_once
from assistant.chat.oftener import oftener
from assistant.chat.open_days import on_more_days
from assistant.chat.people_meant import AWAY, FEWER, MORE, in_place_of, more_of_each, nth, people_said, roles_meant
from assistant.chat.relief_asked import handed_over
from assistant.chat.shares_asked import another_share, taken_so_often, told_share, way_meant
from assistant.chat.waits_asked import waited_less
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.parts_of_a_turn import parts as parts_of
from assistant.language.correct.parts_of_a_turn import roles_in, steps_in
from assistant.language.correct.sentence_said import Sentence, one_step
from assistant.language.figures.figure import Figure
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figure_from, figures_in
from assistant.language.weighed.figures_of_all import told_per
from assistant.process.apply import apply
from assistant.process.blocks import Task
from assistant.process.durations import Fixed
from assistant.process.edits import Delete, Edit, SetProcess, SetValue
from assistant.process.model import Process, Role
from assistant.process.tree import by_id, tasks
from assistant.process.volumes import volume, working_hours

HALF, TWICE = re.compile(r"\b(?:halve|halved|half)\b", re.I), re.compile(r"\b(?:doubles?|doubled|twice)\b", re.I)
WITHOUT = re.compile(
    r"\b(?:without|drop(?:ped|ping)?|skip(?:ped|ping)?|left out|leave out|no longer (?:do|did|have)|did not|stopped|"
    r"(?:nobody|no one|none of us)(?: ever| really)? (?:had|needed|has|needs) to|"
    r"(?:(?:did|do|does)(?:n't| not) (?:have|need)|needn't|no need) to)\b",
    re.I,
)
DROPS = re.compile(r"\b(?:skip|drop|leave out|left out|no longer do)\w*\b", re.I)
HALF_AS_MANY = re.compile(r"\bhalf (?:as many|the (?:number|volume|amount) of|of the (?:cases|orders))\b", re.I)
AGAIN = re.compile(r"\btwice as (?!many|much|often)|\btwice\W*$|\btwice (?:over|each|every)\b", re.I)
"""Done twice, or twice as fast: not twice as many."""
MISTAKES = re.compile(r"\b(?:errors?|mistakes?|faults?|defects?)\b", re.I)


Scenario = Callable[[Process], Process]


@dataclass(frozen=True)
class Asked:
    """What is asked to be played: how it is called behind “with”, and what it does to the process.

    `more` people (or fewer, below zero; `each`: in each of several roles) or so many `people` in `roles`; `cases`: it
    is about how many come; `taken_for`: the step that was meant, where none was named. `alone`: who is one person
    though nobody counted them.
    """

    title: str
    change: Scenario
    roles: Sequence[Role] = ()
    more: int = 0
    people: int | None = None
    cases: bool = False
    errors: bool = False
    taken_for: str = ""
    alone: Sequence[str] = ()
    each: Mapping[str, int] | None = None

    def more_of(self, role: Role) -> int:
        """How many more people in one of the roles."""
        return (self.each or {}).get(role.id, self.more)


MANY = re.compile(
    rf"\b(?P<n>\d+|{COUNT_WORD}|a hundred)\s+(?:[a-z]+\s+)?(?P<more>more|"
    r"extra|additional|fewer|less)\b"
    r"[^.;]{0,40}?\b(?:a|per|each|every)\s+(?P<per>day|week|month|year)\b",
    re.IGNORECASE,
)
PERIOD = {"day": ("d", 1.0), "week": ("w", 1.0), "month": ("d", 30.0), "year": ("d", 365.0)}


def _altered(words: str, process: Process) -> tuple[str, Scenario] | None:
    """Another time of one step (`half as long`, `in ten minutes`), or another share of a way (`12 % instead of 6`)."""
    if share := another_share(words, process):
        return share
    sentence = Sentence(Catalogue(process), words.lower())
    found = parts_of(sentence)
    steps = steps_in(sentence, words.lower())
    roles = roles_in(sentence, words.lower())
    if not steps and len(roles) == 1:
        steps = tuple(task.id for task in tasks(process) if task.role == roles[0].id and task.work)
    if not steps or not re.search(
        r"\b(?:long|time|fast|faster|quick|quicker|minutes?|mins?|hours?|days?|took|take|takes|speed\w*)\b", words, re.I
    ):
        return None
    lengths = [figure for part in found for figure in part.figures if figure.kind == "duration"]
    factor = (
        0.5
        if HALF.search(words) or re.search(r"\btwice as (?:fast|quick)", words, re.I)
        else 2.0
        if TWICE.search(words)
        else None
    )
    if factor is None and len(lengths) != 1:
        return None
    if not HALF.search(words) and not TWICE.search(words) and (meant := one_step(sentence.catalogue, words.lower())):
        steps = (meant,)
    names = " and ".join(f"“{sentence.catalogue.name(step)}”" for step in steps)
    time = (
        f"in {'half' if factor < 1 else 'twice'} the time" if factor else f"in {lengths[0].middle:g} {lengths[0].unit}"
    )
    title = f"{names} {time}"
    return title, lambda today: _with_time(today, steps, factor, lengths[0] if lengths else None)


def _with_time(today: Process, steps: tuple[str, ...], factor: float | None, length_: Figure | None) -> Process:
    """The process with the times of some steps multiplied, or with another one."""
    edits: list[Edit] = []
    for step in steps:
        block = by_id(today).get(step)
        for field in ("work", "wait"):
            told = getattr(block, field, None)
            if told is None or (factor is None and field == "wait"):
                continue
            seconds = told.mean_seconds * factor if factor else length_.seconds(hands_on=True) if length_ else 0.0
            value = Fixed(value=seconds / 60, unit="min", basis=told.basis)
            edits.append(SetValue(id=step, field=field, value=value.document()))
    return apply(today, edits)


PORTION = re.compile(
    r"%|per ?cent|\bby (?:a |one )?(?P<by>half|third|quarter|fifth|tenth)\b|"
    r"\b(?P<again>half|a third|a quarter) (?:again|as much again|as many again)\b|\b(?:a |one )?(?P<part>third|"
    r"quarter|fifth|tenth|half as many)\b(?: again)? (?:more|fewer|less)\b",
    re.I,
)
BY_HOW_MUCH = re.compile(r"\b(?:more|less|fewer|lower|higher|extra|again|by|up|down|on top)\b|\+", re.I)
CHANGES = re.compile(r"\b(?:gr[eo]w|ris|rose|increas|decreas|drop|f[ae]ll)\w*", re.I)
"""A share by which something changes, not the share of cases that something happens to."""
PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}


def _portion(words: str) -> float | None:
    """The portion by which there are more or fewer cases (`a third more`, `up by half`, `30 % more`)."""
    found = PORTION.search(words)
    if found is None:
        return None
    said = found["by"] or found["again"] or found["part"]
    told = next((part for name, part in PARTS.items() if said and name in said.lower()), None)
    return chance_in(words) if told is None else told


def _as_often(words: str, process: Process) -> Asked | None:
    """Half or twice the errors, or a way taken half or twice as often (`if only half as many came out cracked`)."""
    from assistant.simulation import scenarios

    factor = 0.5 if HALF.search(words) else 2.0 if TWICE.search(words) else None
    wrong = MISTAKES.search(words) is not None
    some = factor is None and _portion(words) is None and RARER.search(words) is not None
    factor = 0.5 if some else factor
    if factor is None or not (wrong or some or AS_OFTEN.search(words)):
        return None
    fewer = Asked(f"{'half' if factor < 1 else 'twice'} the errors", scenarios.errors(factor), errors=True)
    if wrong and any(task.error_rate for task in tasks(process)):
        return fewer
    of_what = TWICE.sub(" ", words)  # "what if requests double" names no way in which something is booked double
    way = way_meant(of_what, process)
    if not (told := told_share(process, way)):
        return fewer if wrong else None
    title, change = taken_so_often(process, way, min(1.0, told * factor))
    return Asked(title, change, taken_for="half as many, as no figure was said" if some else "")


RARER = re.compile(r"\b(?:fewer|less often|more (?:seldom|rarely)|rarer)\b", re.I)
AS_OFTEN = re.compile(
    r"\b(?:half|twice|double) (?:as (?:many|often|much)|of (?:them|those|the)|the (?:number|mistakes|errors|share))\b|"
    r"\b(?:halved?|doubled?|(?:in|by) half|twice)\b",
    re.I,
)


def scenario_in(words: str, process: Process) -> Asked | None:
    """The scenario that words ask for; None when there is none that can be played."""
    if other := handed_over(words, process):
        return Asked(other.title, other.change, other.roles, alone=other.alone())
    if AWAY.search(words) and (gone := _other_people(words, process)):
        return gone
    if (rarer := _as_often(words, process)) or MISTAKES.search(words):
        return rarer
    if rounds := oftener(words, process):
        return Asked(rounds[0], rounds[1], taken_for=rounds[2])
    if sooner := at_once(words, process):
        return Asked(sooner[0], sooner[1], taken_for=sooner[2])
    if shorter := waited_less(words, process):
        return Asked(shorter[0], shorter[1], taken_for=shorter[2])
    if changed := _altered(words, process):
        return Asked(*changed)
    if days := on_more_days(words, process):
        return Asked(*days)
    portion = _portion(words)
    if DROPS.search(words) and (step := _left_out(words, process)):
        return step
    if portion is None and (staff := _other_people(words, process)):
        return staff
    named = roles_meant(words, process, change=False)
    if portion is None and not named and (step := _left_out(words, process)):
        return step
    several = _more_cases(words, process, portion, bool(named))
    return several or _so_many_cases(words, process) or (None if named else _all_or_none(words, process))


def _other_people(words: str, process: Process) -> Asked | None:
    """More or fewer people in a role, or so many."""
    from assistant.simulation import scenarios

    a_period = MANY.search(words) is not None
    named = roles_meant(words, process, change=not a_period and (FEWER.search(words) or MORE.search(words)) is not None)
    if not named:
        return None
    each, place = more_of_each(words, named, process), nth(words)
    capacity = named[0].capacity
    if place > 1 and each[named[0].id] > 0:  # a third one is one more than two, however many are known
        each = {role.id: max(1, place - (capacity if capacity is not None else place - 1)) for role in named}
    if all(each.values()):
        return with_so_many(named, each)
    if people := people_said(words):
        title = f"{people} {'person' if people == 1 else 'people'} for the work of “{named[0].name}”"
        return Asked(title, scenarios.staffed({named[0].id: people}), named, people=people)
    return None


def with_so_many(roles: Sequence[Role], each: Mapping[str, int]) -> Asked:
    """So many more or fewer people in each of some roles."""
    from assistant.simulation import scenarios

    changes = [scenarios.people(role.id, each[role.id]) for role in roles]
    groups = [(more, [f"“{role.name}”" for role in roles if each[role.id] == more])
              for more in dict.fromkeys(each[role.id] for role in roles)]  # fmt: skip
    title = " and ".join(
        f"{abs(more)} {'person' if abs(more) == 1 else 'people'} {'fewer' if more < 0 else 'more'} for the work of "
        f"{' and of '.join(names)}"
        for more, names in groups
    )
    return Asked(
        title, lambda today: reduce(lambda process, change: change(process), changes, today), roles,
        each[roles[0].id], each=dict(each),
    )  # fmt: skip


def _left_out(words: str, process: Process) -> Asked | None:
    """A step done no longer."""
    if not WITHOUT.search(words):
        return None
    step = one_step(Catalogue(process), WITHOUT.split(words, maxsplit=1)[-1].lower().strip(" ?.!"))
    block = by_id(process).get(step or "")
    if step is None or not isinstance(block, Task):
        return None
    return Asked(f"“{block.name}” left out", lambda today: apply(today, [Delete(ids=(step,))]))


COPES = re.compile(
    rf"\b(?:cope with|handle|manage|deal with|get through|do|serve|take on|stand)\s+(?:about |around |up to )?"
    rf"(?P<n>\d+|{COUNT_WORD}|a hundred)\s+(?!hours?|minutes?|days?|weeks?|months?|more|fewer|less|people)[a-z]+\b"
    r"(?:[^.;?]{0,20}?\b(?:a|per|each|every)\s+(?P<per>day|week|month|year)\b)?",
    re.IGNORECASE,
)
"""`could we cope with 80 trucks`: so many cases, in the period they were told in where none is said."""


def _so_many_cases(words: str, process: Process) -> Asked | None:
    from assistant.simulation import scenarios

    found, told = COPES.search(words), process.volume
    if found is None:
        return _coming(words, process)
    number = figure_from(found["n"], "number") if found else None
    per = (found["per"] or (told_per(told) if told else "")).lower() if found else ""
    if told is None or number is None or number.middle <= 0 or per not in PERIOD:
        return None
    unit, size = PERIOD[per]
    many = volume(number.middle, unit, size, working_hours(process)).between  # type: ignore[arg-type]
    factor = max(0.01, min(100.0, told.between.mean_seconds / many.mean_seconds)) if many else 1.0
    return Asked(f"{number.middle:g} cases a {per}", scenarios.volume(factor), cases=True)


def _coming(words: str, process: Process) -> Asked | None:
    """`if twenty customers came a day`: so many cases, whatever was told before."""
    rates = [figure for figure in figures_in(words) if figure.kind == "rate" and not figure.vague and figure.low > 0]
    if len(rates) != 1 or MANY.search(words):
        return None
    rate = rates[0]

    def coming(today: Process) -> Process:
        many = volume(rate.middle, rate.unit, rate.size, working_hours(today))  # in hours told, or assumed for a play
        return apply(today, [SetProcess(field="volume", value=many.document())])

    per = next((name for name, period in PERIOD.items() if period == (rate.unit, rate.size)), "")
    title = f"{rate.middle:g} cases a {per}" if per else f"{words[rate.a : rate.b].strip()}"
    return Asked(title, coming, cases=True)


ALL_OF_THEM = re.compile(
    r"\b(?:everybody|everyone|every (?:single )?(?!(?:day|week|month|year|morning|[a-z]+day)\b)[a-z]+|"
    r"all(?: of)?(?: them| the \w+)?|always)\b",
    re.I,
)
NONE_OF_THEM = re.compile(r"\b(?:nobody|none|nothing|never|not a single|no(?! longer| more)(?= [a-z]))\b", re.I)


def _all_or_none(words: str, process: Process) -> Asked | None:
    """A way taken by all or by none (`suppose nobody cancelled`). Where the words name none and only one is there,
    it is taken for what they say is no longer so (`suppose everybody sent complete hours`)."""
    none, whole = NONE_OF_THEM.search(words), ALL_OF_THEM.search(words)
    if not none and not whole:
        return None
    branches = Catalogue(process).branches
    named = way_meant(NONE_OF_THEM.sub(" ", words), process)
    told = [id_ for id_, branch in branches.items() if branch.p and branch.when and branch.when.lower() != "otherwise"]
    way = named or (told[0] if len(told) == 1 else "")
    if not way:
        return None
    title, change = taken_so_often(process, way, 1.0 if named and not none else 0.0)
    return Asked(title, change, taken_for="" if named else f"“{branches[way].when}” no longer being the case")


def _more_cases(words: str, process: Process, portion: float | None, named: bool) -> Asked | None:
    """More or fewer cases: in percent, by a count in a period, one count in place of another, twice as many."""
    from assistant.simulation import scenarios

    if portion is None and (told := MANY.search(words)) and process.volume and process.volume.between:
        number, (unit, size) = figure_from(told["n"], "number"), PERIOD[told["per"].lower()]
        if number and number.middle > 0:
            fewer = told["more"].lower() in ("fewer", "less")
            extra = volume(number.middle, unit, size, working_hours(process)).between  # type: ignore[arg-type]
            ratio = process.volume.between.mean_seconds / extra.mean_seconds if extra else 0.0
            factor = max(0.01, 1 + (-1 if fewer else 1) * ratio)
            title = f"{number.middle:g} {'fewer' if fewer else 'more'} cases a {told['per'].lower()}"
            return Asked(title, scenarios.volume(factor), cases=True)
    if portion is None and not named and (counts := in_place_of(words)):
        factor = max(0.01, min(100.0, counts[0] / counts[1]))
        return Asked(f"{counts[0]:g} cases instead of {counts[1]:g}", scenarios.volume(factor), cases=True)
    if portion is None and TWICE.search(words) and not AGAIN.search(words):
        return Asked("twice as many cases", scenarios.volume(2.0), cases=True)
    if portion is None and HALF_AS_MANY.search(words):
        return Asked("half as many cases", scenarios.volume(0.5), cases=True)
    if portion and (BY_HOW_MUCH.search(words) or CHANGES.search(words)):
        less = re.search(r"\b(?:less|fewer|lower|down|drop\w*|decreas\w*)\b", words, re.I)
        factor = max(0.01, 1 - portion if less else 1 + portion)
        title = f"{round(100 * portion)}% {'fewer' if less else 'more'} cases"
        return Asked(title, scenarios.volume(factor), cases=True)
    return None
