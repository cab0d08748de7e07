"""A library entry in words, for reading on a screen: what it is, how it runs, what hurts, what helps, from where."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from assistant.library.entries import AnyEntry, EnablerEntry, PracticeEntry, ProcessEntry
from assistant.library.flow import ChoiceItem, EndItem, FlowItem, LoopItem, ParallelItem, WaitItem
from assistant.library.values import Range

GRADES = {
    "A": "several independent primary sources",
    "B": "one primary source",
    "C": "secondary sources or common professional knowledge with some published figures",
    "D": "the author's own experience",
}
EFFECT_WORDS = {"+": "better", "-": "worse", "0": "as before"}


def in_words(entry: AnyEntry) -> list[str]:
    """The lines of an entry: names, body by kind, sources."""
    head = [f"{entry.code or entry.id}  {entry.name}"]
    if entry.also_called:
        head.append(f"also called: {', '.join(entry.also_called)}")
    if isinstance(entry, ProcessEntry):
        body = _process(entry)
    elif isinstance(entry, PracticeEntry):
        body = _practice(entry)
    else:
        body = _enabler(entry)
    return [*head, "", *body, "", *_foot(entry)]


def wrapped(lines: Iterable[str], width: int) -> list[str]:
    """The lines broken to a width, each with its own indentation and two more for what goes on."""
    done: list[str] = []
    for line in lines:
        pad = " " * (len(line) - len(line.lstrip()))
        done += textwrap.wrap(line, max(40, width), subsequent_indent=pad + "  ", break_long_words=False) or [""]
    return done


def parts_of(entry: PracticeEntry | EnablerEntry) -> Iterator[tuple[str, list[str]]]:
    """The sections of a practice or enabler, each a title and its lines; its definition is not among them."""
    title, held = "", list[str]()
    for line in [*list(_practice(entry) if isinstance(entry, PracticeEntry) else _enabler(entry))[1:], ""]:
        if line.startswith("  "):
            held.append(line.strip())
            continue
        if held:
            yield title, held
        title, held = line, []


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    held = list(lines)
    if held:
        yield title
        yield from (f"  {line}" for line in held)


def _process(entry: ProcessEntry) -> Iterator[str]:
    yield f"{entry.trigger} → {entry.end}"
    yield f"Function: {entry.function}. Industry: {', '.join(entry.industry)}."
    if entry.scope_out:
        yield f"Not part of it: {', '.join(entry.scope_out)}."
    yield from _section("For whom", (f"{person.name} needs {', '.join(person.needs)}" for person in entry.customers))
    yield from _section("How it runs (typical times: hands-on, waiting before; author's estimates unless named)",
                        _flow(entry, entry.flow))  # fmt: skip
    yield from _section("Exceptions", (f"{odd.name}{_share(odd.share)}: {odd.handling}" for odd in entry.exceptions))
    yield from _section("Measures", (f"{k.name} ({k.unit}, {'higher' if k.direction == 'up' else 'lower'} is better): "
                                     f"{k.formula}. Target: {k.target}" for k in entry.kpis))  # fmt: skip
    yield from _section("What usually hurts", (f"{pain.pattern} – shows as {pain.shows_as} "
                                               f"[{', '.join((*pain.practices, *pain.enablers))}]"
                                               for pain in entry.pains))  # fmt: skip
    yield from _section("Technology, after simplifying", (f"{aid.enabler} {aid.use}: fits with {aid.fits_when}; "
                                                          f"risk: {aid.risk}" for aid in entry.enablers))  # fmt: skip
    yield from _section("Must lie with two people", (f"{_name(entry, pair.a)} / {_name(entry, pair.b)}: {pair.reason}"
                                                     for pair in entry.separations))  # fmt: skip
    rollout = entry.rollout
    yield from _section("Bringing it in", (f"{title}: {text}" for title, text in (
        ("pilot", rollout.pilot), ("training", rollout.training), ("data and systems", rollout.data_and_systems),
        ("briefing", rollout.briefing), ("way back", rollout.rollback))))  # fmt: skip


def _name(entry: ProcessEntry, step_id: str) -> str:
    step = entry.step(step_id)
    return step.name if step else step_id


def _share(share: float | None) -> str:
    return "" if share is None else f" ({100 * share:g} % of cases)"


def _flow(entry: ProcessEntry, flow: tuple[FlowItem, ...], depth: int = 0) -> Iterator[str]:
    pad = "  " * depth
    for item in flow:
        if isinstance(item, ChoiceItem):
            yield f"{pad}{item.choice.question}"
            for branch in item.choice.branches:
                yield f"{pad}  {branch.when} ({100 * branch.p:g} %){':' if branch.do else ': goes on'}"
                yield from _flow(entry, branch.do, depth + 2)
        elif isinstance(item, LoopItem):
            yield f"{pad}again while {item.loop.while_} ({100 * item.loop.p:g} %):"
            yield from _flow(entry, (*item.loop.do, *item.loop.redo), depth + 1)
        elif isinstance(item, ParallelItem):
            yield f"{pad}at the same time:"
            for number, path in enumerate(item.parallel, 1):
                yield f"{pad}  {number}."
                yield from _flow(entry, path, depth + 2)
        elif isinstance(item, WaitItem):
            yield f"{pad}wait: {item.wait.name} ({_time(item.wait.time) if item.wait.time else 'for how long is open'})"
        elif isinstance(item, EndItem):
            yield f"{pad}END: {item.end.outcome}"
        else:
            yield f"{pad}{_step(entry, item)}"


def _step(entry: ProcessEntry, step_id: str) -> str:
    step = entry.step(step_id)
    if step is None:
        return step_id
    role = entry.role(step.role)
    times = ", ".join(f"{words} {_time(time)}" for words, time in (("work", step.work), ("wait", step.wait)) if time)
    control = f" – control against: {step.control}" if step.control else ""
    law = f" ({step.legal_basis})" if step.legal_basis else ""
    return f"{step.name} – {role.name if role else step.role}{f' [{times}]' if times else ''}{control}{law}"


def _time(time: Range) -> str:
    span = f"{time.mode:g}" if time.low == time.high else f"{time.low:g} to {time.high:g}, mostly {time.mode:g}"
    return f"{span} {time.unit}"


def _practice(entry: PracticeEntry) -> Iterator[str]:
    yield entry.definition
    yield from _section("It fits when", [entry.trigger])
    yield from _section("What changes", [entry.transformation])
    effects = entry.effects
    yield from _section("Usual effect", [", ".join(f"{name} {EFFECT_WORDS[getattr(effects, name)]}" for name in
                                                   ("time", "cost", "quality", "flexibility"))])  # fmt: skip
    yield from _section("Ask first", entry.questions)
    yield from _section("Take care", entry.guards)
    yield from _section("It could fail because", entry.could_fail)
    yield from _section("To be weighed", entry.risks)
    yield from _section("It needs", (*entry.needs, *(line for _, lines in entry.asked_of for line in lines)))


def _enabler(entry: EnablerEntry) -> Iterator[str]:
    yield entry.definition
    yield from _section("It fits when", entry.fits_when)
    yield from _section("It does not fit when", entry.does_not_fit)
    yield from _section("It needs", entry.needs)
    yield from _section("What would prove it", [entry.proof])
    yield from _section(f"Risk: {entry.risk}", [entry.risk_note])
    yield from _section("Where a person checks", [entry.human_check])


def _foot(entry: AnyEntry) -> Iterator[str]:
    yield f"Evidence grade {entry.grade}: {GRADES[entry.grade]}."
    years = {source.id: f" ({source.year})" if source.year else "" for source in entry.sources}
    yield from _section(
        "Sources", (f"{proof.id} {proof.claim}. {proof.where}{years[proof.id]}" for proof in entry.sources)
    )
    if entry.status != "published":
        yield f"This entry is {entry.status}: nothing uses it until it is published."
    if entry.origin:
        yield f"Copied from {entry.origin.id}, version {entry.origin.version}."
    events = (f"{event.date} {event.status} by {event.by}, version {event.version}" for event in entry.history)
    notes = (f": {event.note}" if event.note else "" for event in entry.history)
    yield from _section("History", map("".join, zip(events, notes, strict=True)))
    yield f"Written by {entry.author}, version {entry.version}, to be reviewed by {entry.review_date}."
