"""Working hours said in words: `from 8 to 4`, `Monday to Saturday, 7 am until 3 pm`, `nights from 22:00 to 06:00`."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded
from assistant.language.figures.numbers import COUNT_WORD, value_of
from assistant.process.model import Hours

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
        clock = _from_to(span, words)
        if clock:
            return Hours(days=days_in(words) or days or "mon-fri", **{"from": _text(clock[0])}, to=_text(clock[1]))
    return None


def _from_to(span: re.Match[str], words: str) -> tuple[float, float] | None:
    """Start and end in hours of the day; an end before the start is past noon, or on the next day at night."""
    start, end = _clock(span["a"], span["ah"]), _clock(span["b"], span["bh"])
    if start is None or end is None or not _is_clock(span):
        return None
    night = start >= NIGHT or span["a"].lower() == "midnight" or bool(_NIGHT.search(words))
    if end <= start and not night and end <= 12 and not span["bh"]:
        end += 12
    if end <= start and night and start < 12 and not span["ah"]:
        start += 12
    length = (end - start) % 24
    shortest = SHORTEST_SAID if _IS_IN.search(words) or _THERE.search(words) else SHORTEST
    if not shortest <= length <= LONGEST or end > 24 or start > 24 or (end <= start and not night):
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


def there_on_days(words: str) -> tuple[str, int, str] | None:
    """Who is there only on some days, on how many of a week, and what for: `Mo only works Tuesdays and Thursdays`, `I
    come in on Fridays to sign the bills`. None for other words."""
    found = _THERE_ON_DAYS.match(words)
    if found is None:
        return None
    return found["who"].strip(), len(re.findall(_DAY, found["days"], re.IGNORECASE)), found["work"] or ""


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
