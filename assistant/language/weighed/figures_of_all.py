"""Figures of people and of the whole: how many, at what price, in which hours, and how many cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from assistant.english.classes import FIRST_NAMES
from assistant.english.tables import any_of
from assistant.language.correct.figures_of_the_whole import LY, ONLY_ONE, PAIR, PER, PERIOD
from assistant.language.figures.hours import hours_between, in_digits, of_the_day, week_in
from assistant.language.figures.numbers import value_of
from assistant.language.figures.prices import LIMIT, of_a_thing
from assistant.language.figures.reading import counts_in, figures_in
from assistant.language.turn.intent import GOES_ON
from assistant.language.weighed.lengths_said import denied_at
from assistant.language.weighed.possible_edits import Way, joined
from assistant.language.weighed.words_spoken_of import Spoken
from assistant.process.durations import Basis
from assistant.process.edits import Edit, PutRole, SetProcess
from assistant.process.model import Calendar, Role, Volume
from assistant.process.volumes import volume, working_hours

ALONE = re.compile(r"\b(?:alone|by (?:him|her|it|my)self|on (?:his|her|its|my) own|single-handed)\b")
HOURLY = re.compile(r"\b(?:hour|hourly|hr)\b|/ ?h\b|\bh\b")
NUMBER = re.compile(r"\d[\d.,]*")
ON_TOP = re.compile(r"\s*(?:more|extra|on top|less|fewer|cheaper)\b")
"""Behind an amount: what a case costs more, and nobody's hour."""
MOST_PEOPLE = 500
OF_DIGITS = re.compile(r"\d|\b(?:to|or)\b")
"""In a number of several words it tells a range, or one that is written in digits."""
MOST_SHORT = 20
"""Up to which number one word says it; `a hundred and ten` takes four."""
MOST_COUNTED = 2
"""Of how many roles at most it is known how many there are, for a number alone to put one of them right."""
CLOCK = re.compile(
    r"(?<![\w.,:])(?P<at>\d{1,2}(?:[:.]\d\d)?|noon|midnight|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve)"
    r"(?P<m> ?(?:am|pm|o'clock|in the (?:morning|afternoon|evening)))?(?![\w%]|[.,]\d)"
)
SPAN = re.compile(
    r"\b(?:to|till|until|til|from|between|starts?|opens?|begins?|finish\w*|ends?|close[sd]?|go(?:es)? home|open)\b"
)
ENDS = re.compile(r"\b(?:finish\w*|ends?|close[sd]?|stops?|go(?:es)? home|leaves?|till|until)(?: \w+)? $")
STARTS = re.compile(r"\b(?:starts?|opens?|begins?|comes?|arrives?)\b")
BEGINS_AT = re.compile(r"\b(?:starts?|opens?|begins?|comes?|arrives?)(?: in| work)?(?: at| from)? $")
"""Where another beginning is told behind a time, the two are no span: `sorting is at 6:30 and they start at 6`."""
COUNTED = re.compile(r" (?:(?:\w+ )?shifts?|crews?|teams?|people|persons|staff|of (?:us|them))\b")
"""What stands behind a number that counts and is no time of the day: `two shifts from 6 to 22`."""
MOST_SPANS = 2
DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\bweekends?\b")
"""Where other hours begin: `from eight to five, Saturdays till noon`."""
DENIED = re.compile(r"\b(?:not|instead of|rather than|no longer|isn't|aren't)\s+(?:from |between |at )?$")
TO = re.compile(r"\s*(?:to|till|until|til|and|[-–])\s*")


def _numbers(spoken: Spoken) -> list[tuple[float, frozenset[int]]]:
    """The plain numbers of a turn, outside of lengths of time and shares."""
    taken = {
        n for said in spoken.figures if said.figure.kind in ("duration", "chance", "limit", "total") for n in said.at
    }
    found: list[tuple[float, frozenset[int]]] = []
    long = [
        (count.value, spoken.within(count.a, count.b)) for count in counts_in(spoken.low)
        if count.value > MOST_SHORT and not OF_DIGITS.search(spoken.low[count.a : count.b])
    ]  # fmt: skip
    long = [(value, at) for value, at in long if len(at) > 1 and not at & taken]
    taken |= {place for _, at in long for place in at}
    for place, word in enumerate(spoken.tokens):
        if place in taken or (word.low == "one" and _pointing(spoken, word.start, word.end)):
            continue
        if word.low == "only" and (not place or spoken.tokens[place - 1].low not in ONLY_ONE):
            continue
        value = _value(word.low)
        if value is not None:
            found.append((value, frozenset({place})))
    found = sorted(found + long, key=lambda number: min(number[1]))
    return found + [(1.0, spoken.within(*match.span())) for match in ALONE.finditer(spoken.low)]


def _length_denied(spoken: Spoken, at: frozenset[int]) -> bool:
    """Whether a number is one of time that is denied, without its unit (`after 2 days, not four`)."""
    timed = any(said.figure.kind == "duration" and max(said.at) < min(at) for said in spoken.figures if said.at)
    return timed and bool(denied_at(spoken, min(at))) and not spoken.low[spoken.tokens[max(at)].end :].strip(" .!")


ONE_OF, THE_ONE = (
    re.compile(r" of (?:the|our|my|us|them|these|those)\b"),
    re.compile(r"\b(?:the|that|this|which|other|second|last|no|every|any)(?: \w+)? $"),
)


def _pointing(spoken: Spoken, start: int, end: int) -> bool:
    """Whether `one` only points at something (`one of the art handlers left`, `the one who answers for it`)."""
    return bool(ONE_OF.match(spoken.low, end) or THE_ONE.search(spoken.low[:start]))


def _value(word: str) -> float | None:
    if NUMBER.fullmatch(word.rstrip(".,")):
        text = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", word.rstrip(".,")).replace(",", ".")
        return float(text) if text.count(".") < 2 else None
    if word in PAIR:
        return float(PAIR[word])
    return value_of(word) if word.isalpha() else None


def _roles_for(spoken: Spoken, at: frozenset[int], field: str) -> list[tuple[Role, frozenset[int], float]]:
    """The roles a figure may be said of: named in its part, before it, behind it, asked about."""
    part, place = spoken.part_of(min(at)), min(at)
    found: dict[str, tuple[Role, frozenset[int], float]] = {}
    for away, number in ((0.0, part), (1.0, part - 1), (2.0, part + 1)):
        near = [name for name in spoken.people if name.at <= spoken.in_part(number)]
        near.sort(key=lambda name: abs(name.first - place) + (0.5 if name.first < place else 0.0))
        for rank, name in enumerate(near):
            found.setdefault(name.role.id, (name.role, name.at, away + 0.5 * rank))
    if field == "capacity":
        for meant, own in _by_place(spoken, part):
            found.setdefault(meant.id, (meant, own, 0.0))
    if field == "capacity" and not found:
        counted = [role for role in spoken.catalogue.process.roles if role.capacity is not None]
        found = {role.id: (role, frozenset(), 3.0) for role in (counted if len(counted) <= MOST_COUNTED else ())}
    for element, wanted in spoken.asked:
        role = spoken.catalogue.process.role(element)
        if role is not None and wanted == field:
            found.setdefault(role.id, (role, frozenset(), 3.0))
    return list(found.values())


AT_PLACE = re.compile(r"\b(?:at|in|on|behind) (?:the|our) (?P<place>[a-z]{4,})\b")


def _by_place(spoken: Spoken, part: int) -> Iterator[tuple[Role, frozenset[int]]]:
    """Whoever is meant by where they are: `at the gate it's only one` is the gatekeeper, `seven of us at the counter`
    the counter clerks; nobody where several are called after it."""
    start, end = spoken.parts[part]
    for match in AT_PLACE.finditer(spoken.low, start, end):
        place = match["place"]
        called = [
            role for role in spoken.catalogue.process.roles
            if (name := role.name.lower()) != place and name.startswith(place) and role.kind in ("person", "group")
        ]  # fmt: skip
        called = called or _who_works_there(spoken, place)
        if len(called) == 1:
            yield called[0], spoken.within(*match.span("place"))


def _who_works_there(spoken: Spoken, place: str) -> list[Role]:
    """Whoever of the house does something at a place that a step is named by (`check out at the front desk`)."""
    there = {
        getattr(step, "role", None)
        for step in spoken.catalogue.named if f" at {place}" in f"{step.name} ".replace("front ", "")
    }  # fmt: skip
    return [role for role in spoken.catalogue.process.roles if role.id in there and role.kind in ("person", "group")]


def _counts(spoken: Spoken) -> Iterator[Way]:
    clock = next((at for _, at, _ in _clocks(spoken)), frozenset[int]())
    numbers = [
        (value, at) for value, at in _numbers(spoken)
        if value == int(value) and 1 <= value <= MOST_PEOPLE and not at & clock
        and not _length_denied(spoken, at) and not _paid(spoken, at)
        and not any(of_the_day(spoken.low, spoken.tokens[place].start, spoken.tokens[place].end) for place in at)
    ]  # fmt: skip

    def put(role: Role, value: float) -> Role:
        return role.model_copy(update={"capacity": int(value), "capacity_basis": Basis.STATED})

    for way in _each(spoken, numbers, "count", "capacity", put):
        if not any(isinstance(edit, PutRole) and _one_made_many(edit.role) for edit in way.edits):
            yield way


def _one_made_many(role: Role) -> bool:
    """Whether somebody called by a first name alone would be several."""
    return role.name.lower() in FIRST_NAMES and (role.capacity or 0) > 1


def _prices(spoken: Spoken) -> Iterator[Way]:
    amounts = [said.figure for said in spoken.figures if said.figure.kind in ("money", "price")]
    if not HOURLY.search(spoken.low) and (not amounts or GOES_ON.match(spoken.low)):
        return
    if any(figure.kind == "money" and of_a_thing(spoken.low, figure) for figure in amounts):
        return
    if not HOURLY.search(spoken.low) and any(ON_TOP.match(spoken.low, figure.b) for figure in amounts):
        return

    def put(role: Role, value: float) -> Role:
        return role.model_copy(update={"cost_per_hour": value, "cost_basis": Basis.STATED})

    numbers = [
        (value, at) for value, at in _numbers(spoken)
        if not spoken.tokens[min(at)].low.isalpha() and not LIMIT.search(spoken.low[: spoken.tokens[min(at)].start])
    ]  # fmt: skip
    yield from _each(spoken, numbers, "price", "cost_per_hour", put)


def _each(
    spoken: Spoken,
    numbers: list[tuple[float, frozenset[int]]],
    kind: str,
    field: str,
    put: Callable[[Role, float], Role],
) -> Iterator[Way]:
    """Each number for each role it may be said of, and all of them together, each for the nearest left."""
    best: list[Way] = []
    beside: list[Way] = []
    taken: set[str] = set()
    for value, at in numbers[:5]:
        made: list[tuple[str, Way]] = []
        for role, own, away in _roles_for(spoken, at, field):
            counts = {
                "away": away / 3, "figures": float(len(numbers) > 1), "first": float(at == numbers[0][1]),
                "asked": float((role.id, field) in spoken.asked), "hour": float(bool(HOURLY.search(spoken.low))),
                "gap": min(5, abs(min(own, default=0) - min(at))) / 5, "same": float(getattr(role, field) == value),
                "word": float(spoken.tokens[min(at)].low.isalpha()), "one": float(value == 1),
                "many": float(value > 50), "right before": float(min(own, default=-1) == max(at) + 1),
                "paid": float(_paid(spoken, at)), "not": denied_at(spoken, min(at)),
                "timed": float(any(said.figure.kind == "duration" for said in spoken.figures)),
            }  # fmt: skip
            title = f"{role.name}: {value:g}{' an hour' if kind == 'price' else ''}"
            made.append((role.id, Way(kind, title, (PutRole(role=put(role, value)),), at | own, counts)))
        yield from (way for _, way in made)
        beside += [way for _, way in made if min(way.at - at, default=-1) == max(at) + 1][:1]
        free = next(((id_, way) for id_, way in made if id_ not in taken and way.counts["away"] <= 0.5), None)
        if free is not None:
            best.append(free[1])
            taken.add(free[0])
    if len(best) > 1:
        yield joined(f"{kind}s", best)
    right_before = [way for way in beside if way not in best]
    if len(beside) > 1 and right_before:
        yield joined(f"{kind}s", beside)


PAID = re.compile(r"\s*(?:[€$£]|euros?|eur|dollars?|pounds?|quid|bucks?|cents?|an? hour|per hour|/ ?h\b|hourly)\b")


def _paid(spoken: Spoken, at: frozenset[int]) -> bool:
    """Whether a number has a unit of money, or an hour, right beside it."""
    start, end = spoken.tokens[min(at)].start, spoken.tokens[max(at)].end
    return bool(PAID.match(spoken.low, end) or spoken.low[:start].rstrip().endswith(("€", "$", "£")))


def _hours(spoken: Spoken) -> Iterator[Way]:
    """Two times of the day, for everybody named or for the whole house; with a head count, if one is said besides."""
    clocks, week = list(_clocks(spoken)), week_in(spoken.low)
    if week and clocks:
        clocks = [(week, frozenset(range(len(spoken.tokens))) - _by_name(spoken), clocks[0][2])]
    for told, at, counts in clocks:
        yield from _hours_of(spoken, told, at, counts)


def _by_name(spoken: Spoken) -> frozenset[int]:
    return frozenset[int]().union(*(name.at for name in spoken.people))


def _hours_of(spoken: Spoken, told: Calendar, at: frozenset[int], said: dict[str, float]) -> Iterator[Way]:
    house = [role for role in spoken.catalogue.process.roles if role.kind in ("person", "group")]
    beside = [name for name in spoken.people if name.at & spoken.in_part(spoken.part_of(min(at)))]
    groups = [([name.role], name.at) for name in beside or spoken.people]
    groups += [] if beside else [(house, frozenset[int]())]
    counted = [way for way in _counts(spoken) if not way.at & at]
    title = " and ".join(f"from {line.from_} to {line.to}" for line in told)
    for roles, own in groups:
        edits = tuple(PutRole(role=role.model_copy(update={"calendar": told})) for role in roles)
        counts = {"named": float(bool(own)), "days": float("day" in spoken.low), "people": float(bool(spoken.people)),
                  "span": float(bool(SPAN.search(spoken.low))), **said}  # fmt: skip
        if edits:
            yield Way("hours", title, edits, at | own, counts)
        mine = [way for way in counted if way.at & own] if len(roles) == 1 else []
        several = [way for way in counted if way.kind == "counts"] if beside or len(roles) > 1 else []
        for way in (several or mine)[:2]:
            yield Way(
                "hours+", f"{way.title}; {title}", _with_hours(way, edits), at | way.at | own, {**counts, **way.counts}
            )


def _with_hours(way: Way, hours: tuple[PutRole, ...]) -> tuple[Edit, ...]:
    """Head counts and hours in one: what is said of one role in one edit."""
    counted = {edit.role.id: edit.role for edit in way.edits if isinstance(edit, PutRole)}
    timed = {edit.role.id: edit.role.calendar for edit in hours}
    both = [
        PutRole(role=role.model_copy(update={"calendar": timed[id_]}) if id_ in timed else role)
        for id_, role in counted.items()
    ]
    return (*both, *(edit for edit in hours if edit.role.id not in counted))


def _clocks(spoken: Spoken) -> Iterator[tuple[Calendar, frozenset[int], dict[str, float]]]:
    """The spans between two times of the day that are said; whether each is denied, or known already."""
    known = {(line.from_, line.to) for role in spoken.catalogue.process.roles for line in role.calendar or ()}
    text = in_digits(spoken.low)
    shift = len(spoken.low) == len(text)
    lasting = [(said.a, said.b) for said in figures_in(text) if said.kind in ("duration", "chance")]
    found = [clock for clock in CLOCK.finditer(text) if not any(a <= clock.start() < b for a, b in lasting)]
    named = {spoken.tokens[name.first].start for name in spoken.people} if shift else set[int]()
    found = [
        clock for clock in found
        if clock["m"] or not (clock.end() + 1 in named or COUNTED.match(text, clock.end()))  # `not two sorters`
    ]  # fmt: skip
    pairs = [(a, b, text[a.end() : b.start()]) for a, b in pairwise(found)]
    pairs.sort(key=lambda pair: not TO.fullmatch(pair[2]))
    spans: list[tuple[Calendar, frozenset[int], bool]] = []
    for a, b, between in pairs:
        spans_from = SPAN.search(between) or SPAN.search(text[: a.start()]) or TO.fullmatch(between)
        other_day = DAY.search(between) is not None
        starts_twice = BEGINS_AT.search(between) and not ENDS.search(text[: a.start()])
        if len(between.split()) > 5 or DENIED.search(between) or not spans_from or other_day or starts_twice:
            continue
        first, last = (b, a) if ENDS.search(text[: a.start()]) and STARTS.search(between) else (a, b)
        told = hours_between(first[0], last[0], spoken.low)
        if told is not None:
            at = spoken.within(a.start(), b.end() if shift else b.end() + 5)
            spans.append((told, at, DENIED.search(text[: a.start()]) is not None))
    meant = [span for span in spans if not span[2]] or spans
    for told, at, denied in meant[:MOST_SPANS]:
        yield told, at, {"denied": float(denied), "same": float((told[0].from_, told[0].to) in known)}


def _cases(spoken: Spoken) -> Iterator[Way]:
    """A number of what comes, in a period that is said, or in the one that was told before."""
    known = spoken.catalogue.process.volume
    period = PER.search(spoken.low)
    name = (period["per"] or LY[period["ly"]]) if period else told_per(known) if known else ""
    hours, made = working_hours(spoken.catalogue.process), []
    paid = frozenset[int]().union(*(said.at for said in spoken.figures if said.figure.kind in ("money", "price")))
    if paid and name == "hour":
        return  # what an hour of somebody costs
    for value, at in _settled(spoken) or _numbers(spoken)[:3] if name else ():
        if value >= 2 and not at & paid:
            unit, size = PERIOD[name]
            made.append((value, at, volume(value, unit, size, hours)))  # type: ignore[arg-type]
    same = [known is not None and _as_often(told, known) for _, _, told in made]
    for (value, at, told), is_known in zip(made, same, strict=True):
        if is_known:
            continue  # it is told to say what gives way
        own = spoken.within(*period.span()) if period else frozenset[int]()
        counts = {
            "said": float(period is not None), "many": float(value > 20), "known": float(known is not None),
            "called": float(bool(CALLED.search(spoken.low[: spoken.tokens[min(at)].start]))),
            "near": float(bool(own) and 0 < min(own) - max(at) <= 3), "now": float(_now(spoken, at)),
            "was": float(any(same)),
            "hour": float(name == "hour"), "asked": float(any(field == "volume" for _, field in spoken.asked)),
        }  # fmt: skip
        edits = (SetProcess(field="volume", value={**told.document(), "text": spoken.words[:200]}),)
        yield Way("cases", f"{value:g} a {name}", edits, at | own, counts)


def _settled(spoken: Spoken) -> list[tuple[float, frozenset[int]]]:
    """The one number that several come to: `forty in summer, ten in winter, so say 25`."""
    said = spoken.words
    rates = (
        figure for figure in figures_in(said) if figure.kind == "rate" and SETTLED.search(said[figure.a : figure.b])
    )
    return [(figure.middle, spoken.within(figure.a, figure.b)) for figure in rates][:1]


SETTLED = re.compile(rf"\b(?:so|say|{any_of('takes-back-at-once')})\b", re.IGNORECASE)
IN_A = re.compile(r"\bin an? (\w+)")


def told_per(known: Volume) -> str:
    """The period in which cases were told: a year's count is kept by the week, and its note says of what it was."""
    noted = IN_A.search(known.between.note or "")
    told = (noted[1] if noted else "", known.per or "")
    return next((word for word in told if word in PERIOD), "")


def _as_often(one: Volume, other: Volume) -> bool:
    a, b = one.between, other.between
    return a is not None and b is not None and abs(a.mean_seconds - b.mean_seconds) <= NEARLY * b.mean_seconds


NEARLY = 0.01
"""What stands before a number from which on something holds."""
CALLED = re.compile(r"\b(?:call it|make it|make that|let's say|so say|say|on average|average of)\s+(?:about )?$")
"""What stands before the figure that counts, where several are said."""


def _now(spoken: Spoken, at: frozenset[int]) -> bool:
    """Whether a number is said of only some time (`22 is only Mondays`), or to be what was."""
    behind = spoken.low[spoken.tokens[max(at)].end :]
    return bool(
        re.match(r"(?: \w+){0,2}? (?:is|are|was|were)(?: (?:only|just|for|on|in|when|before|wrong|old))?\b", behind)
    )


READERS = (_counts, _prices, _hours, _cases)
