"""What a deviation costs in money: the work that is done besides, again, left out or longer than told, at the prices of
the roles, over a month of the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from statistics import fmean

from assistant.eventlog.discovery.costing import MONTH
from assistant.eventlog.discovery.doing import Doing, worked
from assistant.eventlog.labels import plain_label
from assistant.eventlog.read_log import Event
from assistant.process.blocks import Task
from assistant.process.model import Process
from assistant.process.tree import tasks

HOUR = 3600.0


class Money:
    """Prices of a process with the hours that a log shows; `begins`: when the cases began that are counted."""

    def __init__(self, process: Process, seen: Doing | None, begins: Sequence[datetime]) -> None:
        self.process, self.seen = process, seen
        self.rates = {role.id: role.cost_per_hour for role in process.roles if role.cost_per_hour}
        self.tasks = {task.id: task for task in tasks(process)}
        self.months = (max(begins) - min(begins)).total_seconds() / MONTH if begins else 0.0

    def of_step(self, step: str, times: int, verb: str) -> str:
        """What it costs to do a step so often, as the end of a sentence; empty where no price is known."""
        task = self.tasks.get(step)
        hours = self._hours(task) if task else None
        rate = self.rates.get(task.role or "") if task else None
        return self._said(times * hours * rate, verb, rate) if hours and rate else ""

    def of_untold(self, activity: str, times: int) -> str:
        """What an activity costs that was not told, by who was recorded to do it."""
        events = self.seen.besides.get(activity, ()) if self.seen else ()
        roles = {self.seen.roles.get(plain_label(event.role), "") for event in events} if self.seen else set()
        rate = self.rates.get(next(iter(roles), "")) if len(roles) == 1 else None
        spent = _mean(events)
        return self._said(times * spent / HOUR * rate, "that work costs", rate) if rate and spent else ""

    def of_time(self, step: str, seconds: float, times: int) -> str:
        """What it costs that each of so many times takes so many seconds more (or less) than told."""
        task = self.tasks.get(step)
        rate = self.rates.get(task.role or "") if task else None
        if not rate:
            return ""
        verb = "against what was told that costs" if seconds > 0 else "against what was told that saves"
        return self._said(times * abs(seconds) / HOUR * rate, verb, rate)

    def _hours(self, task: Task) -> float | None:
        times = worked(self.seen, task.id, task.role) if self.seen and task.id in self.seen.events else []
        if times:
            return fmean(times) / HOUR
        return task.work.mean_seconds / HOUR if task.work else None

    def _said(self, amount: float, verb: str, rate: float) -> str:
        monthly = self.months >= 1
        amount = amount / self.months if monthly else amount
        if amount < 1:
            return ""
        currency, when = self.process.currency, "a month" if monthly else "in all"
        return f"; {verb} {amount:,.0f} {currency} {when} (at {rate:g} {currency} an hour)"


def _mean(events: Sequence[Event]) -> float | None:
    """The seconds of work of some events on average; None where no start is known."""
    times = [
        (event.complete - event.start).total_seconds()
        for event in events
        if event.start is not None and event.complete is not None and event.start <= event.complete
    ]
    return fmean(times) if times else None
