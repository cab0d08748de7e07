"""What sounds like a pain and is belied by what else is told: nobody is asked about it."""

from __future__ import annotations

from assistant.english.classes import FIRST_NAMES
from assistant.process.blocks import Choice, Loop
from assistant.process.model import Role
from assistant.process.remarks import Remark
from assistant.redesign.view import View

SAYS_HOW_MANY = 9
"""So few words with the number of cases in them say no more than that."""
IDLE_CHECKS = ("empty_check", "empty_approval")


def belied(view: View, remark: Remark) -> bool:
    """Whether a remark only says how many cases come, calls a check idle that finds something, or tells of hands that
    change where there are no others."""
    return _only_counts(view, remark) or _finds(view, remark) or (remark.kind in OF_MANY and _few(view))


OF_MANY = ("changing_hands", "unowned", "silos", "many_people")
"""What takes more than two who work on a case."""


def _few(view: View) -> bool:
    """Whether two at most do it all, each one person by name."""
    inside = [role for role in view.process.roles if view.is_inside(role.id) and role.kind != "system"]
    alone = all(role.capacity == 1 or (role.capacity is None and one_person(role)) for role in inside)
    return 0 < len(inside) <= FEWEST and alone


FEWEST = 2
ONE = frozenset("me owner boss husband wife sister brother son daughter father mother".split())
"""Who is one person, as a first name is."""


def one_person(role: Role) -> bool:
    """Whether a role is called by a first name, or as one is called in a family firm."""
    return role.kind in ("person", "group", None) and role.name.lower() in FIRST_NAMES | ONE


def _only_counts(view: View, remark: Remark) -> bool:
    """Whether the words say how many cases come, and nothing else: "We do thirty jobs a week."."""
    if remark.span is None or view.process.volume is None or view.process.volume.span is None:
        return False
    inside = remark.span.start <= view.process.volume.span.start < remark.span.end
    return inside and len(remark.text.split()) <= SAYS_HOW_MANY


def _finds(view: View, remark: Remark) -> bool:
    """Whether a check that perhaps finds nothing is told to send cases back or another way."""
    if remark.kind not in IDLE_CHECKS:
        return False
    tasks = {name for name in remark.elements[:1] if name in view.tasks}
    loops = (step for step in view.steps.values() if isinstance(step, Loop) and view.told(step.id))
    found = any((loop.p or 0.0) >= view.settings.rework_p and tasks & view.below(loop) for loop in loops)
    after = [view.next_of(name) for name in tasks if name in view.spots]
    return found or any(isinstance(step, Choice) and any(view.told(b.id) for b in step.branches) for step in after)
