"""The figures that answers rest on: the process of today played as the report plays it, and what is under a what-if."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from assistant.chat.answers import chance_in
from assistant.chat.oftener import oftener
from assistant.chat.reply import Fact
from assistant.language.change.catalogue import Catalogue
from assistant.language.correct.how_often import shared, ways_meant
from assistant.language.correct.parts_of_a_turn import parts as parts_of
from assistant.language.correct.parts_of_a_turn import roles_in, steps_in
from assistant.language.correct.sentence_said import Sentence, one_step
from assistant.language.figures.figure import Figure
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.reading import figure_from, figures_in
from assistant.process.apply import apply
from assistant.process.blocks import Task, Wait
from assistant.process.durations import Fixed
from assistant.process.edits import Delete, Edit, SetValue
from assistant.process.expected import visit_rates
from assistant.process.model import Process, Role
from assistant.process.tree import by_id, tasks, walk
from assistant.process.volumes import volume, working_hours
from assistant.workspace.session import Session

if TYPE_CHECKING:
    from assistant.redesign.shapes import Completed
    from assistant.simulation.results import Result
    from assistant.simulation.scenarios import Scenario

CASES, REPLICATIONS = 400, 10
"""Fewer than for a report: an answer in the conversation shall not be waited for."""
SIMULATED = "simulated"
FEWER = re.compile(
    r"\b(?:lose|losing|loses|lost|without|fewer|less|leaves?|sick|ill|quits?|fire|on holiday|retires?|slips?|"
    r"breaks?|away|off for|off sick|drops? out|fewer|gone)\b",
    re.I,
)
MORE = re.compile(
    r"\b(?:gets? help|more|another|second|extra|additional|hire|hired|hiring|add|added|bought|increase|helper|"
    r"reinforcements?)\b",
    re.I,
)
HALF, TWICE = re.compile(r"\b(?:halve|halved|half)\b", re.I), re.compile(r"\b(?:doubles?|doubled|twice)\b", re.I)
WITHOUT = re.compile(
    r"\b(?:without|drop(?:ped|ping)?|skip(?:ped|ping)?|left out|leave out|no longer (?:do|did|have)|did not|stopped)\b",
    re.I,
)
AGAIN = re.compile(r"\btwice\W*$|\btwice (?:over|each|every)\b", re.I)
"""Done twice, not twice as many."""
MISTAKES = re.compile(r"\b(?:errors?|mistakes?|faults?|defects?)\b", re.I)


@dataclass(frozen=True)
class Played:
    """The process with what nobody gave filled in, and its simulation."""

    completed: Completed
    result: Result

    @property
    def process(self) -> Process:
        """What was played."""
        return self.completed.process


def play(session: Session, *scenarios: tuple[str, Scenario], of: Process | None = None) -> tuple[Played, list[Result]]:
    """The process as it stands (or another, `of`), and each scenario on the same random numbers.

    Raises InvalidProcess when nobody can do some work.
    """
    from assistant.redesign.estimates import complete, nearest
    from assistant.simulation.run import simulate_all

    process = session.process if of is None else of
    completed = complete(process, nearest(session.bench.library(), process))
    variants = {"today": completed.process, **{name: change(completed.process) for name, change in scenarios}}
    seed = session.bench.settings.simulation.seed
    results = simulate_all(variants, cases=CASES, replications=REPLICATIONS, seed=seed)
    return Played(completed, results["today"]), [results[name] for name, _ in scenarios]


def length(name: str, seconds: float, basis: str = SIMULATED) -> Fact:
    """A length of time as a fact, in the unit a person would use."""
    sizes = ((86400, "days"), (3600, "h"), (60, "min"))
    size, unit = next(((size, unit) for size, unit in sizes if abs(seconds) >= size), (1, "s"))
    value = _round(seconds / size)
    return Fact(name, value, "day" if value == 1 and unit == "days" else unit, basis)


def worked(name: str, seconds: float, basis: str = SIMULATED) -> Fact:
    """Hands-on time as a fact, at most in hours: a day of work is not the day and night that a case takes."""
    fact = length(name, min(seconds, 3600.0), basis)
    return fact if seconds < 3600 else Fact(name, _round(seconds / 3600), "h", basis)


def share(name: str, part: float, basis: str = SIMULATED) -> Fact:
    """A share as a fact, in percent."""
    return Fact(name, round(100 * part), "%", basis)


def amount(name: str, value: float, unit: str) -> Fact:
    """Any other figure as a fact."""
    return Fact(name, _round(value), unit, SIMULATED)


def _round(value: float) -> float | int:
    return round(value) if abs(value) >= 10 or abs(value - round(value)) < 0.05 else round(value, 1)


def parts(played: Played) -> list[tuple[str, float, float, str]]:
    """Each step with the seconds of waiting and of work it brings a case on average, longest first, and its basis."""
    rates, found = visit_rates(played.process), []
    guessed = {filled.element for filled in played.completed.filled if hasattr(filled, "element")}
    for step in walk(played.process):
        if isinstance(step, Task) and step.id in played.result.tasks:
            seen = played.result.tasks[step.id]
            found.append((step.name, rates[step.id] * seen.wait.mean, rates[step.id] * seen.work.mean, SIMULATED))
        elif isinstance(step, Wait) and step.duration is not None:
            name = step.name or "waiting"
            found.append((name, rates[step.id] * step.duration.mean_seconds, 0.0, "told" if not guessed else SIMULATED))
    return sorted(found, key=lambda part: -(part[1] + part[2]))


def work_of_roles(played: Played) -> dict[str, float]:
    """The seconds of work that a case brings each role on average."""
    rates, found = visit_rates(played.process), dict[str, float]()
    for step in walk(played.process):
        if isinstance(step, Task) and step.role and step.id in played.result.tasks:
            found[step.role] = found.get(step.role, 0.0) + rates[step.id] * played.result.tasks[step.id].work.mean
    return found


def named_roles(words: str, process: Process) -> list[Role]:
    """The roles that words name, by their name or its last word, also in the plural."""
    said = words.lower()
    return list(_roles(said, process))


def _roles(said: str, process: Process) -> Iterator[Role]:
    for role in process.roles:
        name = re.sub(r"\s*\([^)]*\)", "", role.name.lower())
        if any(re.search(rf"\b{re.escape(form)}(?:s|es)?\b", said) for form in (name, name.split()[-1])):
            yield role


MANY = re.compile(
    rf"\b(?P<n>\d+|{COUNT_WORD}|a hundred)\s+(?P<more>more|"
    r"extra|additional|fewer|less)\b"
    r"[^.;]{0,40}?\b(?:a|per|each|every)\s+(?P<per>day|week|month|year)\b",
    re.IGNORECASE,
)
PERIOD = {"day": ("d", 1.0), "week": ("w", 1.0), "month": ("d", 30.0), "year": ("d", 365.0)}


def _altered(words: str, process: Process) -> tuple[str, Scenario] | None:
    """Another time of one step (`half as long`, `in ten minutes`), or another share of a way (`12 % instead of 6`)."""
    sentence = Sentence(Catalogue(process), words.lower())
    found = parts_of(sentence)
    chances = [figure for part in found for figure in part.figures if figure.kind == "chance"]
    ways = ways_meant(sentence, words) if chances else []
    if (
        len(ways) == 1
        and ways[0] in sentence.catalogue.branches
        and not re.search(r"\b(?:more|less|fewer)\b", words, re.I)
    ):
        made = shared(sentence, ways[0], chances[0].middle)
        return made.title, lambda today: apply(today, made.edits)
    steps = steps_in(sentence, words.lower())
    roles = roles_in(sentence, words.lower())
    if not steps and len(roles) == 1:
        steps = tuple(task.id for task in tasks(process) if task.role == roles[0].id and task.work)
    if not steps or not re.search(
        r"\b(?:long|time|fast|faster|quick|quicker|minutes?|mins?|hours?|days?|took|take|takes|speed\w*)\b", words, re.I
    ):
        return None
    lengths = [figure for part in found for figure in part.figures if figure.kind == "duration"]
    factor = (
        0.5
        if HALF.search(words) or re.search(r"\btwice as (?:fast|quick)", words, re.I)
        else 2.0
        if TWICE.search(words)
        else None
    )
    if factor is None and len(lengths) != 1:
        return None
    if not HALF.search(words) and not TWICE.search(words) and (meant := one_step(sentence.catalogue, words.lower())):
        steps = (meant,)
    names = ", ".join(sentence.catalogue.name(step) for step in steps)
    title = f"{names}: {f'time times {factor:g}' if factor else f'{lengths[0].middle:g} {lengths[0].unit}'}"
    return title, lambda today: _with_time(today, steps, factor, lengths[0] if lengths else None)


def _with_time(today: Process, steps: tuple[str, ...], factor: float | None, length_: Figure | None) -> Process:
    """The process with the times of some steps multiplied, or with another one."""
    edits: list[Edit] = []
    for step in steps:
        block = by_id(today).get(step)
        for field in ("work", "wait"):
            told = getattr(block, field, None)
            if told is None or (factor is None and field == "wait"):
                continue
            seconds = told.mean_seconds * factor if factor else length_.seconds(hands_on=True) if length_ else 0.0
            value = Fixed(value=seconds / 60, unit="min", basis=told.basis)
            edits.append(SetValue(id=step, field=field, value=value.document()))
    return apply(today, edits)


INSTEAD = re.compile(
    r"(?P<new>[\d.,]+|[a-z]+)(?: [a-z]+){0,3}?,? (?:instead of|rather than|not) (?P<old>[\d.,]+|[a-z]+)\b"
    r"(?! (?:min|hour|day|week|percent|%))",
    re.IGNORECASE,
)
"""One count in place of another: `90 lorries instead of 70`."""


def _in_place_of(words: str) -> tuple[float, float] | None:
    found = INSTEAD.search(words)
    new, old = (figure_from(found[name], "number") for name in ("new", "old")) if found else (None, None)
    return (new.middle, old.middle) if new and old and new.middle > 0 and old.middle > 0 else None


def people_said(words: str) -> int | None:
    """How many people words put into a role: `what if we had three surveyors?`; None where they say no whole number."""
    if (counts := _in_place_of(words)) and counts[0] == int(counts[0]):
        return int(counts[0])
    found = [figure for figure in figures_in(words) if figure.kind in ("people", "number") and not figure.vague]
    whole = len(found) == 1 and found[0].low == found[0].high == int(found[0].low)
    return int(found[0].low) if whole and 0 < found[0].low <= 1000 else None


PORTION = re.compile(
    r"%|per ?cent|\bby (?:a |one )?(?P<by>half|third|quarter|fifth|tenth)\b|"
    r"\b(?P<again>half|a third|a quarter) (?:again|as much again|as many again)\b|\b(?:a |one )?(?P<part>third|"
    r"quarter|fifth|tenth|half as many)\b(?: again)? (?:more|fewer|less)\b",
    re.I,
)
PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}


def _portion(words: str) -> float | None:
    """The portion by which there are more or fewer cases (`a third more`, `up by half`, `30 % more`)."""
    found = PORTION.search(words)
    if found is None:
        return None
    said = found["by"] or found["again"] or found["part"]
    told = next((part for name, part in PARTS.items() if said and name in said.lower()), None)
    return chance_in(words) if told is None else told


def _as_often(words: str, process: Process) -> tuple[str, Scenario] | None:
    """Half or twice the errors, or a way taken half or twice as often (`if only half as many came out cracked`)."""
    from assistant.simulation import scenarios

    factor = 0.5 if HALF.search(words) else 2.0 if TWICE.search(words) else None
    wrong = MISTAKES.search(words) is not None
    if factor is None or not (wrong or AS_OFTEN.search(words)):
        return None
    if wrong and any(task.error_rate for task in tasks(process)):
        return f"errors times {factor:g}", scenarios.errors(factor)
    sentence = Sentence(Catalogue(process), words.lower())
    ways = [id_ for id_ in ways_meant(sentence, words) if id_ in sentence.catalogue.branches]
    told = sentence.catalogue.branches[ways[0]].p if len(ways) == 1 else None
    if not told:
        return (f"errors times {factor:g}", scenarios.errors(factor)) if wrong else None
    made = shared(sentence, ways[0], min(1.0, told * factor))
    return made.title, lambda today: apply(today, made.edits)


AS_OFTEN = re.compile(
    r"\b(?:half|twice|double) (?:as (?:many|often|much)|of (?:them|those|the)|the (?:number|mistakes|errors|share))\b|"
    r"\b(?:halved?|doubled?|(?:in|by) half|twice)\b",
    re.I,
)


def scenario_in(words: str, process: Process) -> tuple[str, Scenario] | None:
    """The scenario that words ask for, with what it is called; None when there is none that can be played."""
    from assistant.simulation import scenarios

    if (rarer := _as_often(words, process)) or MISTAKES.search(words):
        return rarer
    if changed := oftener(words, process) or _altered(words, process):
        return changed
    named = [role for role in named_roles(words, process) if role.kind != "external"]
    portion = _portion(words)
    if portion is None and named and (FEWER.search(words) or MORE.search(words)):
        many = people_said(words) or 1
        more = -many if FEWER.search(words) else many
        changes = [scenarios.people(role.id, more) for role in named]
        title = f"{'one' if many == 1 else many} {'fewer' if more < 0 else 'more'}: "
        title += " and ".join(role.name for role in named)
        return (title, lambda today: reduce(lambda process, change: change(process), changes, today))
    if portion is None and named and (people := people_said(words)):
        return (f"{people} of {named[0].name}", scenarios.staffed({named[0].id: people}))
    if portion is None and not named and WITHOUT.search(words):
        step = one_step(Catalogue(process), WITHOUT.split(words, maxsplit=1)[-1].lower())
        block = by_id(process).get(step or "")
        if step and isinstance(block, Task):
            return (f"without “{block.name}”", lambda today: apply(today, [Delete(ids=(step,))]))
    if portion is None and (told := MANY.search(words)) and process.volume and process.volume.between:
        number, (unit, size) = figure_from(told["n"], "number"), PERIOD[told["per"].lower()]
        if number and number.middle > 0:
            fewer = told["more"].lower() in ("fewer", "less")
            extra = volume(number.middle, unit, size, working_hours(process)).between  # type: ignore[arg-type]
            ratio = process.volume.between.mean_seconds / extra.mean_seconds if extra else 0.0
            factor = max(0.01, 1 + (-1 if fewer else 1) * ratio)
            return (
                f"{number.middle:g} {'fewer' if fewer else 'more'} a {told['per'].lower()}",
                scenarios.volume(factor),
            )
    if portion is None and not named and (counts := _in_place_of(words)):
        factor = max(0.01, min(100.0, counts[0] / counts[1]))
        return (f"{counts[0]:g} cases instead of {counts[1]:g}", scenarios.volume(factor))
    if portion is None and TWICE.search(words) and not AGAIN.search(words):
        return ("twice as many cases", scenarios.volume(2.0))
    if portion:
        less = re.search(r"\b(?:less|fewer|lower|drop\w*|decreas\w*)\b", words, re.I)
        factor = max(0.01, 1 - portion if less else 1 + portion)
        return (f"{portion:.0%} {'fewer' if less else 'more'} cases", scenarios.volume(factor))
    return None


def basis_of(played: Played) -> tuple[str, list[Fact]]:
    """How sure the figures are, in one line."""
    from assistant.redesign.estimates import filled_in_words

    told = filled_in_words(played.completed)
    if not told:
        return "All figures it takes were told; the rest is simulated from them.", []
    return told, [Fact("filled in", told, "", "estimates of the library and typical figures")]
