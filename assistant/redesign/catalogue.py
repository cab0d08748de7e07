"""The 29 practices by code."""

from __future__ import annotations

from assistant.redesign.practices import (
    behaviour,
    customer,
    information,
    operation,
    organisation,
    resources,
    technology,
)
from assistant.redesign.practices.base import Practice

PRACTICES: dict[str, Practice] = {
    offered.code: offered
    for module in (customer, operation, behaviour, organisation, resources, information, technology)
    for offered in sorted(module.PRACTICES, key=lambda practice: practice.code)
}
PRACTICES = dict(sorted(PRACTICES.items()))
