"""How many people there are, what they cost, when they work, and how many cases come: said anywhere in the story."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.english.forms import singular
from assistant.english.tables import any_of, classed, worded
from assistant.language.figures.figure import Figure
from assistant.language.figures.hours import calendar_in, days_in, is_there
from assistant.language.figures.lost import lost
from assistant.language.figures.prices import hour_of, shared_prices
from assistant.language.figures.reading import counts_in, figures_in
from assistant.language.offline.amounts.so_often import how_often_all
from assistant.language.offline.amounts.yearly_counts import LEAST, answered, of_last_year
from assistant.language.offline.meaning.roles import Known, RoleBook
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.statements import Said
from assistant.language.offline.words.word_tables import FIRST_NAMES, OUTSIDE, TITLES
from assistant.language.offline.words.word_tables import UNITS as DEPARTMENTS
from assistant.process.durations import NAMED, UNITS, Span
from assistant.process.model import Calendar, Volume
from assistant.process.volumes import volume

_PEOPLE = classed("measures", "head-count")
_PEOPLE_COUNTED = (
    rf"\s+(?P<mid>(?:(?!{any_of('behind-unit')}\b)[a-z-]+\s+){{MID}})"
    r"(?P<who>[a-z-]{3,}|of us)(?=[\s,.;:!?)]|$)"
    r"(?P<where>\s+(?:who\s+)?(?:work(?:s|ing)?\s+|sit(?:ting)?\s+)?(?:on|in|at|from|of)\s+"
    r"(?:the\s+|our\s+)?(?P<unit>[a-z -]{2,30}?)(?=[,.;:!?)]|"
    r"\s+(?:and|who|that|which|they|doing|for|do|is|are)\b|$))?"
)
_COUNTED = tuple(re.compile(_PEOPLE_COUNTED.replace("MID", str(words)), re.IGNORECASE) for words in range(3))
"""Whom a number counts, behind none, one or two words: "3 clerks", "3 sales clerks", "3 full-time sales clerks"."""
_HAVING = re.compile(rf"\b(?:{worded('people-and-volumes-having')})\b", re.IGNORECASE)
MOST_PEOPLE = 10_000
MOST_TOLD_BESIDE = 20
"""More people than this are ours only where the words right before say so."""


@dataclass(slots=True)
class Resources:
    """What was said: the volume, working hours, currency, and prices that hold for everybody.

    `hours` were said of nobody by name; `first_hours` are the first that were said at all.
    """

    volume: Figure | None = None
    hours: Calendar | None = None
    first_hours: Calendar | None = None
    days: str | None = None
    currency: str | None = None
    everybody: float | None = None
    spans: dict[str, Span] = field(default_factory=dict)


def read_resources(text: str, told: list[Said], book: RoleBook) -> Resources:
    """All figures about people and cases; capacities and prices go to the roles in `book`."""
    found = Resources()
    named = Counter(word for said in told for act in said.acts() for word in content(act.name))
    done = {act.verb: act.role for said in told for act in said.acts() if act.role}  # "two people at the press"
    rates: list[tuple[float, Figure]] = []
    for said in told:
        sentence = text[said.span.start : said.span.end]
        _capacities(sentence, said, book, done)
        _hours(sentence, book, found)
        for mark in said.marks:
            q = mark.quantity
            if q.kind == "rate" and not mark.absurd and _counts_cases(q) and not lost(text, q.a, q.b):
                calls = 0.8 * (not q.noun and _OF_CALLS.search(text[max(0, q.a - 80) : q.a]) is not None)
                rates.append((_fits_cases(mark, named) - calls, q))
            elif q.kind == "price":
                found.currency = found.currency or q.noun
                if not _shared_price(sentence, book):
                    _price(sentence, said, q, book, found)
    rates += [(_spoken_of(q, named) + BY_YEAR / 2, q) for q in of_last_year(text) if _counts_cases(q)]
    rates += [(_spoken_of(q, named), q) for q in how_often_all(text, told)]
    best, counted = max(rates, key=lambda rated: rated[0], default=(NO_CASES, None))
    asked, counted = answered(text), counted if best > NO_CASES else None
    few = counted is not None and asked is not None and asked.low < LEAST
    found.volume = counted if asked is None or few else asked
    if found.everybody is not None:
        for role in book.roles.values():
            if role.cost is None and role.kind in ("person", "group"):
                role.cost = found.everybody
    return found


def _counts_cases(q: Figure) -> bool:
    """Whether what comes per day are cases, not hours, calls about something or money."""
    noun = (q.noun.split() or [""])[-1].lower()
    return singular(noun) not in _ONCE and singular(noun) not in (
        "hour",
        "minute",
        "time",
        "euro",
        "dollar",
        "day",
        "shift",
        "break",
        "coffee",
        "meeting",
        "percent",
        "clerk",
    )


_ONCE = ("occasion", "instance")
_OF_CALLS = re.compile(r"\bcalls?\b[^!]{0,60}$", re.IGNORECASE)
"""`Half of our calls, 35 a day`, `Calls from the public? Few. Three a day`: so many ring."""
NO_CASES = -1.0
"""How well a count of something fits that counts no cases."""
_PEAK = frozenset("peak busy busiest good bad quiet worst best record top".split())
_PAY = frozenset("earn earns earned paid pay wage salary rent".split())
_LESS = frozenset("instead lost lose loses refused back wrong missing broken fail fails failed".split())


def _fits_cases(mark: Mark, named: Counter[str]) -> float:
    """How well a count of something a day fits as that of the cases: what the steps speak of, told of a usual day, and
    neither pay ("I earn 1,080 a month"), nor a part of them ("six a year out of 400", "one file a month")."""
    q, words = mark.quantity, set(mark.words)
    peak = any(word in _PEAK and then in NAMED for word, then in pairwise(mark.words))
    behind = mark.words[mark.before + q.end - q.start :]
    if peak or (_PAY & set(mark.words[: mark.before]) and not q.noun) or behind[:2] == ("out", "of"):
        return NO_CASES
    if q.high <= 1 and q.size * UNITS[q.unit] >= MONTH:
        return NO_CASES
    by_year = BY_YEAR * (q.size * UNITS[q.unit] >= YEAR)
    if singular(q.noun.lower()) == "call" and "from" in behind and not named["call"]:
        return NO_CASES  # `three calls a day from the public`: who rings for something else
    return _spoken_of(q, named) + by_year - 0.8 * bool(words & _LESS)


def _spoken_of(q: Figure, named: Counter[str]) -> float:
    """How far the steps speak of what is counted; of two counts of a year the larger is that of the whole."""
    spoken = sum(named[word] > 0 for word in content(q.noun)) - (0.0 if q.noun else 0.3)
    larger = math.log10(max(1.0, q.middle)) if q.size * UNITS[q.unit] >= YEAR else 0.0
    return spoken + LARGER * larger - 0.8 * (singular(q.noun.lower()) == "call")


BY_YEAR, LARGER = 0.4, 0.15
"""How much it counts that a count is of a year, and that it is ten times as large."""
MONTH, YEAR = 28 * UNITS["d"], 360 * UNITS["d"]


def volume_of(found: Resources) -> Volume | None:
    """The volume as the mean gap between two cases.

    Cases "a day" come in the hours that were said; where none were said, in 24 hours of every day.
    """
    q = found.volume
    if q is None or q.low <= 0:
        return None
    return volume(q.middle, q.unit, q.size, found.hours or found.first_hours, Span(start=q.a, end=q.b))


# --- people ------------------------------------------------------------------------------------------------------


_COME = re.compile(worded("people-and-volumes-come"), re.IGNORECASE)
"""`We hire 70 drivers a year`: so many come, and are not there."""
_OURS = re.compile(worded("people-and-volumes-ours"), re.IGNORECASE)
"""What says that people who are counted are those of the work."""


_THE_ONE = re.compile(r"\b(?:only|just)(?: got| have)? the one(?=\s*[,;.)]|\s*$)|\bhave(?: only| just)? the one,", re.I)
"""`The mechanic mends it, we've only got the one`: there is one of whoever does it."""


def _capacities(sentence: str, said: Said, book: RoleBook, done: dict[str, str]) -> None:
    doers = {act.role for act in said.acts() if act.role}
    if _THE_ONE.search(sentence) and len(doers) == 1 and (doer := book.roles.get(min(doers))) and not doer.capacity:
        doer.capacity = 1
    _in_brackets(sentence, doers, book)
    if said.items and not _HAVING.search(sentence):
        return
    for count in counts_in(sentence):
        match = _counted(sentence, count.b, count.value, set(book.roles)) if 1 <= count.value <= MOST_PEOPLE else None
        if match is None or _COME.match(sentence, match.end()) or sentence[: count.a].endswith("the same "):
            continue
        who, unit = match["who"].lower(), (match["unit"] or "").strip().lower()
        one = singular(who)
        if one in OUTSIDE:
            continue
        people = who in _PEOPLE and (bool(unit) or _OURS.search(sentence) is not None)
        if people and not unit and count.value > MOST_TOLD_BESIDE and not _OURS.search(_clause(sentence, count.a)):
            continue  # `I count the slips, three hours, 260 people`
        if who in _PEOPLE and not people:
            continue  # `forty people in one afternoon` are none of us
        named = next((name for name in (who, who.removesuffix("s")) if name in book.roles), "")
        called = named or (match["mid"] + one).strip().lower()
        role = _role_for(book, called, unit, people) or (book.roles.get(done.get(unit, "")) if people else None)
        if role is not None and role.capacity is None:
            role.capacity = int(count.value)


_BRACKETS = re.compile(
    r"(?P<who>(?:[\w-]+ ){1,3})\((?:(?P<count>\d{1,3})(?: [a-z]+)?|(?P<names>[A-Z]\w+(?:, [A-Z]\w+)*))\)"
)


def _in_brackets(sentence: str, doers: set[str], book: RoleBook) -> None:
    """ "Drivers (3) load the van", "the kitchen (6 cooks)", "Sales (Ida, Ben)": how many they are."""
    other = [figure for figure in figures_in(sentence) if figure.kind not in ("people", "number") and not figure.vague]
    for match in _BRACKETS.finditer(sentence):
        if match["count"] and any(figure.a <= match.start("count") < figure.b for figure in other):
            continue  # `planner types ticket (5 min)`
        names = match["names"].split(", ") if match["names"] else []
        if names and not any(name.lower() in FIRST_NAMES or name in FIRST_NAMES for name in names):
            continue
        who = [singular(word) for word in match["who"].lower().split()]
        last = {who[-1]} - DEPARTMENTS  # they are counted, and nothing behind them: `waiter carries plates (2)`
        role = next((book.roles[key] for key in doers if key in book.roles and last <= {*key.split()} <= {*who}), None)
        if role is not None and role.capacity is None:
            role.capacity = int(match["count"]) if match["count"] else len(names)


def _clause(sentence: str, at: int) -> str:
    """The words from the last mark to `at`."""
    return re.split(r"[,;.(–]", sentence[:at])[-1]


def _counted(sentence: str, at: int, number: float, called: Set[str]) -> re.Match[str] | None:
    """Who is counted by the number that ends at `at`: the last of words like "sales clerks", where the first is one of
    people too but says only of what kind they are (a unit, or in the singular behind a number above one), or one who is
    `called` so ("only one Eva")."""
    found = None
    for pattern in _COUNTED:
        match = pattern.match(sentence, at)
        who = match["who"].lower() if match else ""
        one = who.removesuffix("s") if who.endswith("s") else singular(who)
        named = who in called if number == 1 else one in called - {who}
        if match is None or not (singular(who) in TITLES or who in _PEOPLE or named):
            continue
        found = match
        if who not in DEPARTMENTS and (number == 1 or who in _PEOPLE or singular(who) != who):
            break
    return found


def _role_for(book: RoleBook, who: str, unit: str, people: bool) -> Known | None:
    """The role a count speaks of: the unit when it works as one ("five clerks on the order desk"), else the title."""
    unit_key = " ".join(w for w in unit.split() if w not in ("department", "team", "office", "desk", "staff", "the"))
    for key, role in book.roles.items():
        if unit and (key in (unit, unit_key) or role.name.lower() == unit or role.unit.lower() == unit):
            return role
    if people and who in ("of us", "colleague", "people", "person") and book.narrator and not unit:
        return book.roles.get(book.narrator)
    if who in book.roles:
        return book.roles[who]
    title = " ".join(
        singular(w) for w in who.split() if w not in ("only", "full-time", "experienced", "other", "of", "our", "more")
    )
    close = [
        role
        for key, role in book.roles.items()
        if key == title or key.split()[-1] == title or (" " in title and key == title.split()[-1])
    ]
    return close[0] if len(close) == 1 else None


_PAID = re.compile(
    r"(?:and |but |so |also )?(?:an?|the|our|each|every|one|such an?)? ?(?P<who>[a-z][a-z -]{2,40}?) "
    r"(?:costs?(?: us)?|earns?|gets?|charges?(?: us)?|bills?(?: us)?|(?:is|are) paid)\b"
)


def _price(sentence: str, said: Said, q: Figure, book: RoleBook, found: Resources) -> None:
    """A price an hour goes to the role named in its sentence, else to the one talked about last.

    A day, a month or a year is paid to somebody only where the sentence says that he costs or earns it.
    """
    low = sentence.lower()
    if q.unit != "h":
        paid = _PAID.match(low)
        key = next((key for key, role in book.roles.items() if paid and _mention(paid["who"], role) >= 0), None)
        if key and book.roles[key].kind == "person" and book.roles[key].cost is None:
            book.roles[key].cost = hour_of(q)
        return
    if re.search(
        r"\b(everybody|everyone|each of us|all of us|anyone|each person|a person|on average|internal(?:ly)?)\b", low
    ):
        found.everybody = q.middle
        return
    offset = q.a - said.span.start
    named = sorted(
        (abs(offset - at), key)
        for key, role in book.roles.items()
        for at in [_mention(low, role)]
        if at >= 0 and role.kind != "external"
    )
    key = named[0][1] if named else _last_role(said, book)
    if key and book.roles[key].cost is None:
        book.roles[key].cost = q.middle


def _shared_price(sentence: str, book: RoleBook) -> bool:
    """ "Rosi costs 25 euros an hour, Toni and Ali 20": each gets the price of the list."""
    inside = [role for role in book.roles.values() if role.kind != "external"]
    told = shared_prices(
        sentence.strip(" ."), lambda part: [role for role in inside if _mention(part.lower(), role) >= 0]
    )
    for role, value in told if len(told) > 1 else ():
        role.cost = value if role.cost is None else role.cost
    return len(told) > 1


def _mention(low: str, role: Known) -> int:
    """Where a sentence names a role (-1: not)."""
    for name in (role.name.lower(), role.key, role.key.split()[-1] if role.key else ""):
        base = re.escape(name[:-1] if name.endswith("s") else name)
        match = re.search(rf"\b{base}(?:s|es)?\b", low) if len(name) > 2 else None
        if match:
            return match.start()
    return -1


def _last_role(said: Said, book: RoleBook) -> str | None:
    earlier = [
        (role.start, key)
        for key, role in book.roles.items()
        if role.start <= said.span.start and role.kind in ("person", "group")
    ]
    return max(earlier)[1] if earlier else None


# --- hours -------------------------------------------------------------------------------------------------------


def _hours(sentence: str, book: RoleBook, found: Resources) -> None:
    """Hours go to the roles their sentence names, else to everybody inside."""
    found.days = found.days or days_in(sentence)
    hours = calendar_in(sentence, found.days)
    if hours is None:
        return
    low = sentence.lower()
    named = [role for role in book.roles.values() if role.kind in ("person", "group") and _mention(low, role) >= 0]
    for role in named:
        role.hours = role.hours or hours
    if not named:
        found.hours = found.hours or hours
    if not (named and is_there(sentence)):  # when one is in says nothing of the others
        found.first_hours = found.first_hours or hours
