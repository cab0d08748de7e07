"""What a case costs, which steps cost most of it, and what an hour is reckoned with."""

from __future__ import annotations

from assistant.chat.played import Played, amount, basis_of, length, play
from assistant.chat.what_was_told import Answer, shown
from assistant.process.durations import Basis
from assistant.process.expected import visit_rates
from assistant.process.tree import tasks
from assistant.workspace.session import Session

MOST_STEPS = 4
HOUR = 3600.0


def cost(session: Session, _: str) -> Answer:
    """What a case costs, and the steps that cost most of it."""
    played = play(session)[0]
    unit = session.process.currency
    whole = amount("cost per case", played.result.cost_per_case.mean, unit)
    work = length("work time", played.result.work_time.mean)
    lines = [f"A case costs about {shown(whole)}: {shown(work)} of work at the hourly rates of who does it."]
    facts = [whole, work]
    dearest = sorted(_of_steps(played), key=lambda part: -part[3])[:MOST_STEPS]
    lines += ["Most of it goes here:"] if dearest else []
    for name, doer, seconds, money in dearest:
        own = [amount(f"cost, {name}", money, unit), length(f"work, {name}", seconds)]
        lines.append(f"- “{name}” by “{doer}”: {shown(own[0])} a case, for {shown(own[1])} of work")
        facts += own
    unpriced = [role.name for role in session.process.roles if role.kind == "person" and role.cost_per_hour is None]
    if unpriced:
        lines.append(f"The price of an hour was not told for {', '.join(f'“{name}”' for name in unpriced)}.")
    told, more = basis_of(played)
    return [*lines, told], [*facts, *more]


def _of_steps(played: Played) -> list[tuple[str, str, float, float]]:
    """Each step that costs something, with its doer, and the seconds of work and the money of it in a case."""
    rates, found = visit_rates(played.process), []
    for task in tasks(played.process):
        role, seen = played.process.role(task.role), played.result.tasks.get(task.id)
        if seen is not None and role is not None and role.cost_per_hour and role.kind != "external":
            seconds = rates[task.id] * seen.work.mean
            found.append((task.name, role.name, seconds, seconds / HOUR * role.cost_per_hour))
    return found


def prices(played: Played) -> Answer:
    """What an hour of each role is reckoned with, and whether that was told."""
    lines, facts = [], []
    for role in played.process.roles:
        if role.cost_per_hour and role.kind != "external":
            price = amount(f"price of an hour, {role.name}", role.cost_per_hour, played.process.currency)
            told = "as you told" if role.cost_basis is Basis.STATED else "nobody told it, so a typical price stands in"
            lines.append(f"- an hour of “{role.name}”: {shown(price)}; {told}")
            facts.append(price)
    return lines, facts
