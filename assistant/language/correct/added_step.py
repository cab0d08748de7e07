"""A new step asked for as a thing: `insert a quality check by the foreman after the repair, 5 minutes`."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.mention import content
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.who_works import put
from assistant.language.correct.order_of_steps import where_steps
from assistant.language.correct.sentence_said import Sentence, somebody
from assistant.language.correct.worked_or_waited import told_time
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.edits import Edit, Insert, Place
from assistant.process.model import Role

ADDS = (
    rf"^\W*(?:(?:{any_of('polite-lead')}|we (?:need|want) to)\W+)*"
    r"(?:add|insert|include|put in|put|introduce|squeeze in|build in|plan in)\s+"
)
"""The order to put a step in, up to what it is."""
ADD = re.compile(rf"{ADDS}(?:an?|one|another|one more)\s+(?P<what>.+)$", re.IGNORECASE)
OTHER = re.compile(rf"[\"'“”‘’?]|\b{any_of('adds-no-step')}\b", re.IGNORECASE)
"""What is no plain step, or one whose name is given: that is read by `added_by_name`."""
TIMED = re.compile(rf"[\s,(]*{any_of('before-time')}*\W*$", re.I)
WHERE = re.compile(
    r"^(?P<front>.+?)[\s,]+(?:right |directly |immediately |just |straight |shortly )?"
    r"(?P<side>before|prior to|in front of|after|behind|following|once|as soon as)\s+(?P<where>[^,;]+)$",
    re.IGNORECASE,
)
EDGE = re.compile(r"^(?P<front>.+?)[\s,]+at the (?:very )?(?P<edge>end|start|beginning)$", re.IGNORECASE)
BETWEEN = re.compile(r"^(?P<front>.+?)[\s,]+between\s+(?P<a>[^,;]+?)\s+and\s+(?P<b>[^,;]+)$", re.IGNORECASE)
BY = re.compile(
    r"^(?P<name>.+?)\s+(?:(?:done|made|performed|carried out|given)\s+)?by\s+(?P<who>[^,;]+)$", re.IGNORECASE
)
BY_BEHIND = re.compile(r",\s*(?:done\s+)?by\s+(?P<who>[^,;]+)$", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """The new step at its place, with its hands and its time; None where no place that is known is said."""
    found = ADD.match(re.sub(r"(?<=ing)\s+(?:step|task)\b", "", sentence.request))
    what = found["what"] if found else ""
    if not what or OTHER.search(what):
        return None
    figures = [figure for figure in figures_in(what) if figure.kind == "duration"]
    if len(figures) > 1:
        return None
    if figures:
        what = TIMED.sub("", what[: figures[0].a]) + " " + what[figures[0].b :].lstrip(" ),")
    what = what.strip(" ,.!")
    if (behind := BY_BEHIND.search(what)) and " by " not in what[: behind.start()]:
        told = WHERE.match(what[: behind.start()])  # `after the planing, by Hannes`
        what = f"{told['front']} by {behind['who']} {what[told.end('front') : behind.start()]}" if told else what
    spot = _place(sentence, what)
    if spot is None:
        return None
    front, place = spot
    by = BY.match(front)
    name, who = (by["name"], somebody(sentence.catalogue, by["who"])) if by else (front, "")
    if (by and not who) or not 1 <= len(content(name)) <= 6 or re.search(r"[,;:]", name):
        return None
    role, edits = put(sentence.catalogue, sentence.request, who) if who else (None, list[Edit]())
    task = _task(sentence, name.strip(), role)
    if figures:
        task = task.model_copy(update=told_time(task.name, figures[0]))
    return Outcome(f"add {task.name}", (*edits, Insert(blocks=(task,), place=place)))


def _task(sentence: Sentence, name: str, role: Role | None) -> Task:
    called = name[0].upper() + name[1:]
    return Task(id=Fresh(sentence.catalogue).id(called), name=called, role=role.id if role else None)


def _place(sentence: Sentence, what: str) -> tuple[str, Place] | None:
    """What is to be done, and where."""
    if found := EDGE.match(what):
        return found["front"], at_edge(sentence.catalogue, "end" if found["edge"].lower() == "end" else "start")
    if found := BETWEEN.match(what):
        steps = where_steps(sentence, found["b"].lower())
        return (found["front"], Place(before=steps[0])) if len(steps) == 1 else None
    if found := WHERE.match(what):
        steps = where_steps(sentence, found["where"].lower())
        before = found["side"].lower() in ("before", "prior to", "in front of")
        if len(steps) != 1:
            return None
        return found["front"], Place(before=steps[0]) if before else Place(after=steps[0])
    return None
