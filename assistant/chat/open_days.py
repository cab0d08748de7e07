"""What if people worked on more days: Saturdays, Sundays, the weekend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.chat.people_meant import roles_meant
from assistant.process.model import Hours, Process, Role

if TYPE_CHECKING:
    from assistant.simulation.scenarios import Scenario

OPEN = re.compile(
    r"\b(?:open(?:ed)?|work(?:ed|ing)?|in|there|came|come)\b.{0,30}\b(?:on |at |over )?(?:the )?"
    r"(?P<day>saturdays?|sundays?|weekends?)\b",
    re.I,
)
DAYS = {"saturday": "sat", "sunday": "sun", "weekend": "sat-sun"}


def on_more_days(words: str, process: Process) -> tuple[str, Scenario] | None:
    """The named roles, else all people of the house, at work on another day too, in the hours of their other days."""
    found = OPEN.search(words)
    if found is None:
        return None
    day = found["day"].lower().rstrip("s")
    named = {role.id for role in roles_meant(words, process, change=False)}
    who = " and ".join(f"“{role.name}”" for role in process.roles if role.id in named) or "everybody"

    def change(today: Process) -> Process:
        roles = tuple(_with_day(role, DAYS[day]) if _meant(role, named) else role for role in today.roles)
        return today.model_copy(update={"roles": roles})

    return f"{who} at work on {day.capitalize()}s too", change


def _meant(role: Role, named: set[str]) -> bool:
    return role.kind in ("person", "group") and (not named or role.id in named)


def _with_day(role: Role, days: str) -> Role:
    from assistant.redesign.estimates import DAY_HOURS

    if role.calendar is None:
        return role
    usual = next(iter(role.calendar), DAY_HOURS)
    more = Hours(days=days, **{"from": usual.from_}, to=usual.to)
    return role.model_copy(update={"calendar": (*role.calendar, more)})
