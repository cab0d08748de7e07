"""A story read by a language model: one call, a reply in a grammar of lines, and from it a process with its evidence.

The model says what the text tells and quotes it. Code finds each quotation in the text, accepts as stated only figures
that the text says near it, and marks everything else as an assumption.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from assistant.english.tables import worded
from assistant.errors import NotAProcess
from assistant.gateway.port import Budget, LanguageModel, Prompt, Reply, ReplyFault
from assistant.gateway.prompts import render
from assistant.gateway.reply_lines import Line
from assistant.language.by_model.chances import IN_WORDS, from_counts, with_volume
from assistant.language.by_model.runs import for_runs
from assistant.language.by_model.story_blocks import Builder, Roles
from assistant.language.by_model.story_reply import StoryReply
from assistant.language.figures.reading import figure_from, figures_in
from assistant.language.figures.stated import read_rate, read_time
from assistant.language.quotations import Evidence
from assistant.process.durations import Basis, Span
from assistant.process.figures import percent, plural
from assistant.process.model import OF_A_PART, Assumption, Customer, Measure, Process, Volume
from assistant.process.questions import LEFT_OPEN
from assistant.process.tree import fresh_id
from assistant.process.unsound_trees import flaws
from assistant.process.volumes import volume

OF_THE_WHOLE = re.compile(worded("of-the-whole"), re.I)
"""Names of times that are of the whole case; any other time belongs to a step."""
_PERIOD = re.compile(r"\b(?:a|an|per|each|every|in)\s+(?:\w+\s+)?(?:year|month|week|day|hour|season|quarter)|/", re.I)
_LONG = {"h": "hour", "d": "day", "w": "week", "y": "year", "m": "month"}
PERIODS = {"min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Built(NamedTuple):
    """A process made of a reply, and what a reader should know about how."""

    process: Process
    notes: tuple[str, ...]
    questions: tuple[str, ...]


class ModelReading(NamedTuple):
    """A story as read by a model: the process, its notes and open questions, and the reply it came from."""

    process: Process
    notes: tuple[str, ...]
    questions: tuple[str, ...]
    reply: Reply[StoryReply]


def story_prompt(text: str) -> Prompt:
    """The prompt for a story; its check builds the process, so that a reply that cannot be built is sent back."""
    prompt = render("map", {"story": text})

    def check(reply: StoryReply) -> None:
        if not reply.refusal:
            build(reply, text)

    return replace(prompt, check=check)


def read_story_with_model(text: str, model: LanguageModel, budget: Budget | None = None) -> ModelReading:
    """The process a story tells, as the model reads it. Raises NotAProcess or one of the ServiceError family."""
    reply = model.ask(story_prompt(text), StoryReply, budget or Budget())
    if reply.value.refusal:
        raise NotAProcess(
            "This does not describe a process.", reply.value.refusal,
            "Tell how the work runs each time: who does what, in which order, and what happens when something is off.",
        )  # fmt: skip
    built = build(reply.value, text)
    return ModelReading(built.process, (*reply.notes, *built.notes), built.questions, reply)


def build(reply: StoryReply, text: str) -> Built:
    """The process of a reply, every element grounded in the text or marked. Raises ReplyFault where a line cannot be
    understood."""
    evidence = Evidence(text)
    roles = Roles()
    header = _header(reply, roles, evidence)
    builder = Builder(roles, taken={"flow"}, evidence=evidence)
    flow = builder.sequence(reply.flow)
    if not flow.items:
        raise ReplyFault("The flow is empty.")
    process = Process(
        name=reply.name(),
        flow=flow,
        roles=tuple(roles.all.values()),
        assumptions=(*_assumptions(builder), *(Assumption(text=f"{LEFT_OPEN}{asked}") for asked in reply.unclear)),
        **header,
    )
    process = from_counts(with_volume(process, builder.counted), builder.counted)
    broken = flaws(process)
    if broken:
        raise ReplyFault(f"The process could not run: {broken[0].text}")
    process = for_runs(process)
    return Built(process, tuple(_notes(builder)), reply.unclear)


def _header(reply: StoryReply, roles: Roles, evidence: Evidence) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if (line := reply.first("TRIGGER")) and line.text:
        values["trigger"] = line.text[:1].upper() + line.text[1:]
    if (line := reply.first("OWNER")) and line.text and (evidence.find(line.text) is not None):
        values["owner"] = line.text
    names = [line.text for line in reply.header.get("CUSTOMER", ()) if line.text]
    values["customers"] = tuple(Customer(name=name[:200], span=evidence.find(name)) for name in names[:5])
    for line in reply.header.get("ROLE", ()):
        _role(line, roles, evidence)
    if line := reply.first("VOLUME"):
        values["volume"] = _volume(line, evidence)
    values["measures"] = tuple(totals(reply.header.get("TOTAL", ()), evidence))
    return values


def totals(lines: Iterable[Line], evidence: Evidence) -> Iterator[Measure]:
    """`TOTAL cycle time | 12 d | "…"`: figures of the whole, those only whose number the quoted words say."""
    taken: set[str] = set()
    for line in lines:
        value, span = line.fields[0] if line.fields else "", evidence.find(line.quote) if line.quote else None
        figure = figure_from(value, "duration")
        number = re.match(r"\D{0,4}(\d[\d.,]*)\s*(.{0,40})", value)
        if span is None or number is None or not line.text:
            continue
        said = figure.low if figure else float(number[1].replace(",", ""))
        near = evidence.near(span)
        share = "%" in value and said <= 100 and near.has_share(said / 100)
        timed = (time := read_time(value)) is not None and near.has_time(time)
        if not share and not timed and not near.has_number(said):
            continue
        amount, unit = (figure.middle * figure.size, figure.unit) if figure else (said, number[2].strip())
        if figure and not OF_THE_WHOLE.match(line.text):  # of a part: it calibrates nothing, but it was told
            amount, unit = said, f"{PERIODS.get(number[2].strip(), number[2].strip())}{OF_A_PART}"
        name = f"{line.text[:1].upper()}{line.text[1:]}"
        taken.add(key := fresh_id(name, taken))
        yield Measure(id=key, name=name[:200], value=round(amount, 4), unit=unit, span=span)


def _role(line: Line, roles: Roles, evidence: Evidence) -> None:
    """`ROLE name | 2 people | "…"`: the number only where the text says it."""
    name, _, more = line.text.partition(":")
    span = evidence.find(line.quote) if line.quote else None
    fields: dict[str, Any] = {"span": span} if span else {}
    for text in (more.strip(), *line.fields):
        found = re.match(r"(\d{1,6})(?:\s*(?:to|-|–)\s*(\d{1,6}))?\b", text)
        if found and span and (_alone(found[0], line.quote) or _said_near(evidence, span, found.groups())):
            # of a range the lower end: so many are always there
            fields |= {"capacity": int(found.group(1)), "capacity_basis": Basis.STATED}
        elif text in ("system", "external", "group", "person"):
            fields["kind"] = text
    roles.put(name, **fields)


def _alone(number: str, words: str) -> bool:
    """Whether words say that there is one and no other: `only Gwen`."""
    return number == "1" and re.search(r"\b(?:only|alone|nobody else)\b", words, re.I) is not None


def _said_near(evidence: Evidence, span: Span, ends: Iterable[str | None]) -> bool:
    return any(evidence.near(span).has_number(float(end)) for end in ends if end)


def _volume(line: Line, evidence: Evidence) -> Volume | None:
    """`40 per d` as the time between two cases; None where it cannot be read or the text does not say the number.

    Where the quoted words tell another count (`thirty a day`), theirs is taken.
    """
    figure = read_rate(line.text)
    span = evidence.find(line.quote) if line.quote else None
    if figure is None or span is None:
        return None
    words = evidence.text[span.start : span.end]
    quoted = list(figures_in(words))
    rates = [each for each in quoted if each.kind == "rate"]
    if rates and not any(figure.low in (each.low, each.high) for each in quoted):
        same = (each for each in rates if (each.unit, each.size) == (figure.unit, figure.size))
        figure = next(same, rates[0])
    if figure.low <= 0 or not evidence.near(span).has_number(figure.low):
        return None
    told = volume(figure.middle, figure.unit, figure.size, span=span)
    return told.model_copy(update={"text": words if _PERIOD.search(words) else _rate_in_words(line.text)})


def _rate_in_words(rate: str) -> str:
    """`6400 per y` as people say it, where the words quoted leave the period to what stands around them."""
    count, _, period = rate.partition(" per ")
    number = count.replace(",", "").strip()
    return f"{float(number):,.10g} a {_LONG.get(period.strip(), period.strip())}" if number.isdigit() else rate


def _assumptions(builder: Builder) -> list[Assumption]:
    told = [Assumption(text=f"The text does not say this in so many words: {what}.", elements=(element,))
            for element, what in builder.assumed]  # fmt: skip
    told += [Assumption(text=_estimate(figure), elements=(element,)) for element, figure in builder.estimated]
    return told


def _estimate(figure: str) -> str:
    share = IN_WORDS.get(figure.lower())
    return (
        f"The figure {figure} is not in the text; it is an estimate."
        if share is None
        else f"“{figure.capitalize()}” is played as {percent(share)} of cases, give or take; nobody gave a figure."
    )


def _notes(builder: Builder) -> list[str]:
    notes = []
    if builder.assumed:
        told = plural(len(builder.assumed), "element has", "elements have")
        notes.append(f"{told} no place in the text: marked as assumed.")
    if builder.estimated:
        told = plural(len(builder.estimated), "figure is", "figures are")
        notes.append(f"{told} not in the text: marked as estimated.")
    notes += [f"Left aside: {remark!r}." for remark in builder.remarks[:5]]
    return notes
