"""How large the firm is that the plan is for: who works in the process, and how many cases come, as far as told.

A handful of people need no process board and no six months: they try it with the next cases and look back together.
"""

from __future__ import annotations

from assistant.english.classes import FIRST_NAMES
from assistant.handover.inputs import Inputs, yearly_cases
from assistant.handover.roles import inside_roles
from assistant.process.durations import Basis
from assistant.process.expected import expected
from assistant.process.model import Role

WEEKS_A_YEAR = 52
FEW_PEOPLE, HOURS_A_WEEK = 10, 30.0
"""So many people are a handful; of the week of one of them so many hours go into the cases."""
TRIAL_WEEKS, LONGEST_TRIAL, FEWEST_TRIED = 2, 8, 5


def cases_a_week(inputs: Inputs) -> float | None:
    """Cases a week as somebody told them; None where nobody did, whatever the simulation assumed."""
    told = yearly_cases(inputs.as_is, inputs.played_before)
    return told / WEEKS_A_YEAR if told else None


def people(inputs: Inputs) -> tuple[int, bool]:
    """How many people work in the process, and whether that is sure: all were counted, or most are called by their
    first names, as in a small firm. A role counts as one at least."""
    roles = inside_roles(inputs.as_is)
    told = [
        role.capacity if role.capacity_basis in (Basis.STATED, Basis.MEASURED) else 1 if one_person(role) else None
        for role in roles
    ]
    named = sum(one_person(role) for role in roles)
    return sum(number or 1 for number in told), all(told) or 2 * named > len(roles)


def one_person(role: Role) -> bool:
    """Whether a role is called by a first name: one person, though nobody counted them."""
    return role.kind in ("person", "group") and role.name.lower() in FIRST_NAMES


def is_small(inputs: Inputs) -> bool:
    """Whether few people do it all: as told, or where nobody told how many they are, by few roles and the hours that
    the cases of a week take; where nobody told either, by few roles that belong to no department."""
    number, sure = people(inputs)
    weekly = cases_a_week(inputs)
    if sure or number > FEW_PEOPLE:
        return number <= FEW_PEOPLE
    if weekly is None:
        return not any(role.unit for role in inside_roles(inputs.as_is))
    needed = weekly * expected(inputs.played_before).work.value / 3600 / HOURS_A_WEEK
    return max(number, needed) <= FEW_PEOPLE


def trial_weeks(inputs: Inputs) -> int:
    """How long a small trial takes new cases: two weeks, longer where fewer than five would come, at most eight."""
    weekly = cases_a_week(inputs)
    needed = TRIAL_WEEKS if not weekly else -(-FEWEST_TRIED // max(weekly, 0.1))
    return int(min(max(needed, TRIAL_WEEKS), LONGEST_TRIAL))
