"""Working hours said in words: `from 8 to 4`, `Monday to Saturday, 7 am until 3 pm`, `nights from 22:00 to 06:00`."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded
from assistant.language.figures.numbers import COUNT_WORD, value_of
from assistant.process.model import Calendar, Hours

_CLOCK = (
    rf"(?P<{{0}}>(?:(?:half|(?:a )?quarter)(?: past| to)? )?(?:\d{{{{1,2}}}}(?:[:.]\d\d)?|{COUNT_WORD})|noon|midnight)"
    r"\s*(?P<{0}h>am\b|pm\b|a\.m\.?|p\.m\.?|o'clock|in the (?:morning|afternoon|evening)|at night)?"
)
_SPAN = re.compile(
    r"(?P<lead>\b(?:from|between|works?|working|open|here|there|in|duty|shifts?|runs?|hours(?: are)?|starts? at)"
    r"[:,]?\s+)?"
    r"\b(?:from\s+|between\s+)?"
    + _CLOCK.format("a")
    + r"\s*(?:to|-|–|until|till|and)\s*"
    + _CLOCK.format("b")
    + r"(?![\w%]|[.,]\d|\s*(?:minutes|hours|days|weeks|percent|euros|times|orders|working|business|people|clerks"
    r"|pm\w))",
    re.IGNORECASE,
)
_WEEK = re.compile(worded("working-week"), re.IGNORECASE)
_ALSO = re.compile(
    r"\b(?:also|and|plus|even|including)(?: (?:on|at))?(?: the)? (?P<day>sat|sun|weekend)[a-z]*\b"
    r"(?!\W+(?:from|till|until|to|only|\d))|"
    r"\b(?P<other>sat|sun|weekend)(?:urdays?|days?|s)? (?:too|as well|included)\b",
    re.IGNORECASE,
)
"""A day that the house works besides those from Monday to Friday: `from 6 to 22, also on Saturdays`."""
_ABOUT_WORK = re.compile(rf"\b({any_of('about-work-hours')})\b", re.IGNORECASE)
_IS_IN = re.compile(worded("is-in"), re.IGNORECASE)
"""`The doctor is in from 9 to 12.`"""
_THERE = re.compile(r"\b(?:there|here|open|on duty)(?: only| just)? (?:from|between)\b", re.IGNORECASE)
_TO_THE_HOUR = re.compile(r"^(?P<part>half|(?:a )?quarter)(?: (?P<side>past|to))? ", re.IGNORECASE)
_NIGHT = re.compile(r"\bnights?\b|\bovernight\b", re.IGNORECASE)
SHORTEST, LONGEST, NIGHT = 4.0, 16.0, 18.0
LONGEST_SAID = 22.0
"""A house that is open from one hour to another, both told as am or pm, may be so nearly round the clock."""
SHORTEST_SAID = 2.0
"""Somebody who is said to be there, or open, from one hour to another may be so for a short while."""


def days_in(words: str) -> str | None:
    """The days of the week that words name as working days, as in a calendar (`mon-sat`)."""
    week = _WEEK.search(words)
    if week is None:
        also = {(day["day"] or day["other"]).lower() for day in _ALSO.finditer(words)}
        if "weekend" in also or {"sat", "sun"} <= also:
            return "mon-sun"
        return "mon-sat" if "sat" in also else "mon-fri,sun" if also else None
    if week["first"]:
        return f"{week['first'][:3].lower()}-{week['last'][:3].lower()}"
    said = week.group().lower()
    if said.startswith(("six", "6")):
        return "mon-sat"
    return "mon-sun" if said.startswith(("seven", "7", "every")) else "mon-fri"


def hours_in(words: str, days: str | None = None) -> Hours | None:
    """The working hours that words say, or None. `days`: those said before, where the words name none."""
    if not _ABOUT_WORK.search(words) and not _IS_IN.search(words):
        return None
    for span in _SPAN.finditer(words):
        of_days = re.search(rf"{_DAY_NAMED.pattern}\W*$", words[: span.start()], re.IGNORECASE) is not None
        clock = _from_to(span, words, of_days)
        if clock:
            return _line(days_in(words) or days or "mon-fri", clock)
    return None


_DAY_NAMED = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun|weekend)[a-z]*\b", re.IGNORECASE)


def calendar_in(words: str, days: str | None = None) -> Calendar | None:
    """The working hours that words say, each with its days; None where they say none. `days`: those said before, where
    the words name none."""
    hours = hours_in(words, days)
    return week_in(words) or ((hours,) if hours else None)


def week_in(words: str) -> Calendar | None:
    """The hours of several parts of the week, `mon to fri 8 to 5 and saturdays 9 to 12`: every two times have days of
    their own, all in front of them or all behind."""
    spans = list(_SPAN.finditer(words))
    ends = [0, *(span.end() for span in spans)]
    between = [words[a:b] for a, b in zip(ends, [*(span.start() for span in spans), len(words)], strict=True)]
    clocks = [clock for span in spans if (clock := _from_to(span, span.group(), of_days=True))]
    for sides in (between[:-1], between[1:]):
        named = [days for side in sides if (days := _days_named(side))]
        if len(spans) > 1 and len(clocks) == len(named) == len(spans):
            told = tuple(_line(days, clock) for days, clock in zip(named, clocks, strict=True))
            open_days = [day for line in told for day in line.weekdays()]
            return told if len({*open_days}) == len(open_days) else None
    return None


def _days_named(words: str) -> str | None:
    """The days that words name, as in a calendar: `and on saturdays`, `mon to fri`, `at the weekend`."""
    found = ["sat-sun" if day == "weekend" else day for day in map(str.lower, _DAY_NAMED.findall(words))]
    return days_in(words) if _WEEK.search(words) else ",".join(dict.fromkeys(found)) or None


def _line(days: str, clock: tuple[float, float]) -> Hours:
    return Hours(days=days, **{"from": _text(clock[0])}, to=_text(clock[1]))


def is_there(words: str) -> bool:
    """Whether words tell when somebody is there, who need not be there all day."""
    return bool(_IS_IN.search(words) or _THERE.search(words))


def hours_between(start: str, end: str, words: str) -> Calendar | None:
    """The hours between two times of words that say who is at work then, and on which days."""
    says = "is in" if is_there(words) else "we work"
    return calendar_in(f"{says} from {start} to {end} {days_in(words) or ''}")


_PART_OF_HOUR = re.compile(
    r"\b(?P<part>half|(?:a )?quarter)(?: (?P<side>past|to))? (?P<h>\w+)\b(?! (?:an?|hour|day|of|the)\b)|"
    r"\b(?P<to>\w+) thirty\b",
    re.IGNORECASE,
)


def in_digits(words: str) -> str:
    """The words with the times of the day that are told by parts of an hour in digits: `8:30` for `half past eight`."""
    return _PART_OF_HOUR.sub(_in_digits, words)


def _in_digits(found: re.Match[str]) -> str:
    bare = found["part"] and not found["side"]
    value = value_of(found["h"] or found["to"])
    if not value or value > 12 or (bare and found["part"].lower() != "half"):
        return found[0]
    said = f"{found['part']} {found['side'] or 'past'} {value:g}" if found["part"] else f"half past {value:g}"
    return _text(_clock(said, None) or 0.0)


def _from_to(span: re.Match[str], words: str, of_days: bool = False) -> tuple[float, float] | None:
    """Start and end in hours of the day; an end before the start is past noon, or on the next day at night. `of_days`:
    they are said beside days of the week, and no range of something else."""
    start, end = _clock(span["a"], span["ah"]), _clock(span["b"], span["bh"])
    if start is None or end is None or not (of_days or _is_clock(span)):
        return None
    night = start >= NIGHT or span["a"].lower() == "midnight" or bool(_NIGHT.search(words))
    if end <= start and not night and end <= 12 and not span["bh"]:
        end += 12
    if end <= start and night and start < 12 and not span["ah"]:
        start += 12
    length = (end - start) % 24
    shortest = SHORTEST_SAID if of_days or is_there(words) else SHORTEST
    longest = LONGEST_SAID if span["ah"] and span["bh"] else LONGEST
    if not shortest <= length <= longest or end > 24 or start > 24 or (end <= start and not night):
        return None
    return (start % 24, end) if start < 24 else (0.0, end)


def _is_clock(span: re.Match[str]) -> bool:
    """Whether a pair of numbers is two times of the day and no range of something else (`two to five clerks`)."""
    return bool(span["ah"] or span["bh"] or span["lead"] or ":" in span["a"] or ":" in span["b"])


def _clock(word: str, half: str | None) -> float | None:
    part = _TO_THE_HOUR.match(word)
    hour, _, minute = word[part.end() if part else 0 :].lower().replace(".", ":").partition(":")
    value = {"noon": 12.0, "midnight": 0.0}.get(hour, value_of(hour))
    if value is None or value > 24 or int(minute or 0) > 59:
        return None
    value += int(minute or 0) / 60
    if part:
        before = (part["side"] or "past").lower() == "to"
        value += (0.5 if part["part"].lower() == "half" else 0.25) * (-1 if before else 1)
    half = (half or "").lower()
    late = half.startswith("p") or "noon" in half or "evening" in half or ("night" in half and value >= 6)
    if late and value < 12:
        value += 12
    return 0.0 if half.startswith("a") and value == 12 else value


def _text(value: float) -> str:
    return f"{int(value):02d}:{round(value % 1 * 60):02d}"


_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_THERE_ON_DAYS = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?P<who>[\w' .-]{1,40}?)(?:'s|’s|'m|’m| is| am| are)?(?: (?:only|just))*"
    rf" {any_of('is-there')}(?: only| just)?(?: on)?"
    rf" (?P<days>{_DAY}(?:(?:,? and |, ?| & ){_DAY})*)(?:,? (?:only|mornings?|afternoons?))?"
    r"(?:,? (?:to|and then|for) (?P<work>[^,;]+))?\W*$",
    re.IGNORECASE,
)


_DAYS = r"(?:(?:every|each) (?:mon|tues|wednes|thurs|fri)day|(?:mon|tues|wednes|thurs|fri)days)"
_AWAY_ON_DAYS = re.compile(
    rf"^\W*(?:(?:and|but|so|btw|by the way),? )?(?P<who>[\w' .-]{{1,40}}?)(?:{worded('is-away')})(?: on)? "
    rf"(?P<days>{_DAYS}(?:(?:,? and |, ?| & ){_DAYS})*)\W*$",
    re.IGNORECASE,
)
WEEKDAYS = 5


def there_on_days(words: str) -> tuple[str, int, str] | None:
    """Who is there only on some days, on how many of a week, and what for: `Mo only works Tuesdays and Thursdays`, `I
    come in on Fridays to sign the bills`, or `Mo is off on Mondays`. None for other words."""
    if away := away_on_days(words):
        return away[0], WEEKDAYS - len(away[1]), ""
    found = _THERE_ON_DAYS.match(words)
    if found is None:
        return None
    return found["who"].strip(), len(re.findall(_DAY, found["days"], re.IGNORECASE)), found["work"] or ""


def away_on_days(words: str) -> tuple[str, tuple[str, ...]] | None:
    """Who is away on some days of each week, and on which: `Mo is off on Mondays`. None for other words."""
    found = _AWAY_ON_DAYS.match(words)
    days = tuple(dict.fromkeys(day[:3].lower() for day in re.findall(_DAY, found["days"], re.I))) if found else ()
    return (found["who"].strip(), days) if found and len(days) < WEEKDAYS else None


_DONE_ON_DAYS = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:(?P<who>[\w' .-]{1,40}?)(?: (?:only|just))? does(?: only| just)? (?:that|this|it)"
    r"|(?:(?:the|our) )?(?P<what>(?!(?:is|are|it|that|this|he|she|they|we|I)\b)\w+(?: (?!only|just|is|are)\w+)?)"
    rf"(?: (?:is|are)(?: done| made| written)?)?)(?: only| just)? on (?P<days>{_DAY}(?:(?:,? and |, ?| & ){_DAY})*)"
    r"(?: only)?(?:,? (?:because|since|as) [^;]*)?\W*$",
    re.IGNORECASE,
)


def done_on_days(words: str) -> tuple[str, str, int] | None:
    """Who does the step spoken of last, or what is done, on some days only, and on how many of a week: `he only does
    that on Thursdays`, `bills only on Fridays`. None for other words."""
    found = _DONE_ON_DAYS.match(words)
    if found is None or not re.search(r"\b(?:only|just)\b", found.group(), re.IGNORECASE):
        return None
    return (found["who"] or "").strip(), found["what"] or "", len(re.findall(_DAY, found["days"], re.IGNORECASE))


_DAYTIME_LEAD = re.compile(r"\b(?:after|before|until|till|by|at|from|since|past|around)\s+$", re.IGNORECASE)
_DAYTIME_END = re.compile(worded("daytime-end"), re.IGNORECASE)


def of_the_day(words: str, a: int, b: int) -> bool:
    """Whether the bare number at the characters `a` to `b` is a time of the day: `we only fold and pack after five`."""
    return bool(_DAYTIME_LEAD.search(words[:a]) and _DAYTIME_END.match(words[b:]))
