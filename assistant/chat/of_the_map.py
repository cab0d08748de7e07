"""Plain questions about what stands on the map: who the customer is, what starts it, who does a step, how long it
takes."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.chat.cases_of_a_way import cases_of_a_way
from assistant.chat.of_the_ways import how_often_so, what_happens
from assistant.chat.played import length, worked
from assistant.chat.reply import Fact
from assistant.chat.waits_asked import Waiting, waits_told
from assistant.chat.what_stays import what_stays
from assistant.chat.what_was_told import Answer, shown
from assistant.english.forms import base_of
from assistant.english.tables import any_of
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import content, sure
from assistant.language.correct.sentence_said import likely
from assistant.process.blocks import Choice, End, Task
from assistant.process.figures import joined, noun
from assistant.process.model import Process
from assistant.process.questions import Question, open_questions
from assistant.process.tree import tasks, walk

IT = r"(?:it|this|that|the process|all this|everything|a case|the whole(?: thing)?)"
WHO = re.compile(
    r"^\W*(?:and |so |but )?who(?:'s|’s| is| are)? (?:is |are )?(?:the |our |my |its )?customers?"
    r"(?: (?:here|then|now|actually|of (?:it|this|that|all this|the process)))*\W*$",
    re.I,
)
NEEDS = re.compile(
    r"\bwhat (?:do|does|would) (?:the |our |my )?customers? (?:\w+ )?(?:want|need|expect|get|like)\b", re.I
)
STARTS = re.compile(
    rf"\bwhat (?:starts|triggers|begins|sets off) {IT}|\b(?:when|how|where|with what) does {IT} (?:start|begin)\b", re.I
)
ENDS = re.compile(rf"\b(?:when|how|where|with what) does {IT} (?:end|stop|finish)\b|\bwhat comes out\b", re.I)
COUNT = re.compile(r"\bhow many (?P<what>steps|tasks|roles|decisions)\b(?! more)", re.IGNORECASE)
DOES = re.compile(
    r"^\W*(?:and |so |but )?who (?P<does>\w+) (?:the |a |an |our )?(?P<what>[^?]{2,60}?)\W*$", re.IGNORECASE
)
ANYBODY = re.compile(
    r"^\W*(?:and |so |but )?(?:does|do) (?:anybody|anyone|somebody|someone)(?: ever| actually| really)? (?P<does>\w+) "
    r"(?:the |a |an |our )?(?P<what>[^?]{2,60}?)(?: at all| here| now| today)?\W*$",
    re.IGNORECASE,
)
WHAT_DOES = re.compile(
    r"^\W*(?:and |so |but |ok |then )*what (?:all )?(?:does|do) (?:the |our |my )?(?P<who>[\w' -]{2,40}?)"
    r"(?: (?:actually|really|exactly|all))? (?:do|have to do)(?: (?:then|here|there|in all|all day|exactly))?\W*$",
    re.IGNORECASE,
)
LASTS = re.compile(
    r"\bhow (?:long|much time) (?:does|do|is) (?:it take to )?(?:the |our )?(?P<what>[^?]{3,60}?)"
    r"(?: (?:take|last|need)s?)?\W*$",
    re.IGNORECASE,
)
WHOLE = re.compile(r"\b(?:it|this|that|all|take[ns]?|last|need)\b", re.IGNORECASE)
"""The whole is asked for, and no step: `take` is its verb, and no word of `Take order`."""
LIES = re.compile(
    rf"\bwhere (?:does|do|is|are) [^?]{{2,40}}? {any_of('lies-somewhere')}\b|"
    rf"\b(?:on|at) (?:whose|which|what) (?:desk|place|table) \w+ [^?]{{2,40}}? {any_of('lies-somewhere')}\b|"
    r"\bwho(?:m)? (?:does|do|is|are) [^?]{2,40}? wait(?:ing)? (?:for|on)\b",
    re.IGNORECASE,
)
"""Where something lies, and whom it waits for."""


def on_the_map(process: Process, words: str) -> Answer | None:
    """The answer to such a question; None for all others, and where no one step is named surely."""
    return next((answer for read in READERS if (answer := read(process, words)) is not None), None)


def asked_back(process: Process, words: str) -> tuple[Question, ...]:
    """The question that is open still where its answer was asked for: whoever asks it may know it."""
    if process.customers or not WHO.search(words):
        return ()
    return tuple(question for question in open_questions(process) if question.field == "customers")


def _customers(process: Process, words: str) -> Answer | None:
    if not WHO.search(words):
        return None
    if not process.customers:
        return ["Nobody said who the customer is."], []
    names = joined([f"“{customer.name}”" for customer in process.customers])
    word = noun(len(process.customers), "customer is", "customers are")
    return [f"The {word} {names}, as far as I understood you. If it is somebody else, say “the customer is …”."], []


def _needs(process: Process, words: str) -> Answer | None:
    if not NEEDS.search(words):
        return None
    told = [f"- {customer.name}: {need}" for customer in process.customers for need in customer.needs]
    if told:
        return ["What the customer needs, as you told it:", *told], []
    return ["Nobody said what the customer needs. Say it: “the customer needs … within …”."], []


def _start(process: Process, words: str) -> Answer | None:
    if not STARTS.search(words):
        return None
    first = next((task.name for task in tasks(process) if task.name), "")
    told = f"It begins when: {process.trigger}." if process.trigger else "What starts it was not told."
    return [f"{told} The first step is “{first}”." if first else told], []


def _end(process: Process, words: str) -> Answer | None:
    if not ENDS.search(words):
        return None
    last = [task.name for task in tasks(process) if task.name][-1:]
    ends = [block.outcome for block in walk(process) if isinstance(block, End) and block.outcome]
    lines = [f"It ends behind “{last[0]}”." if last else "It has no step yet."]
    return [*lines, *([f"A case can also end so: {joined([f'“{end}”' for end in ends])}."] if ends else [])], []


def _count(process: Process, words: str) -> Answer | None:
    said = COUNT.search(words)
    if said is None:
        return None
    decisions = [block for block in walk(process) if isinstance(block, Choice)]
    what = said["what"].lower()
    many = len({"roles": process.roles, "decisions": decisions}.get(what, tasks(process)))
    fact = Fact(what, many, what if many != 1 else what[:-1], "the process")
    return [f"{shown(fact)} on the map of today."], [fact]


def _doer(process: Process, words: str) -> Answer | None:
    said = DOES.match(words)
    verb = base_of(said["does"].lower(), "s", "base") if said else ""
    task = _task(process, f"{verb} {said['what']}") if said and verb else None
    if task is None:
        return None
    role = process.role(task.role or "")
    return [f"“{task.name}” is done by {f'“{role.name}”' if role else 'nobody named so far'}."], []


def _lasting(process: Process, words: str) -> Answer | None:
    said = LASTS.search(words)
    task = _task(process, said["what"]) if said and content(WHOLE.sub(" ", said["what"].lower())) else None
    if task is None:
        return None
    work = worked(f"work, {task.name}", task.work.mean_seconds, str(task.work.basis)) if task.work else None
    wait = length(f"waiting, {task.name}", task.wait.mean_seconds, str(task.wait.basis)) if task.wait else None
    lines = [
        f"“{task.name}” takes {shown(work)} of work, as you told." if work
        else f"Nobody told how long “{task.name}” takes. Say it: “{task.name} takes 20 minutes”."
    ]  # fmt: skip
    lines += [f"A case waits {shown(wait)} before it."] if wait else []
    return lines, [fact for fact in (work, wait) if fact]


def _task(process: Process, phrase: str) -> Task | None:
    catalogue = Catalogue(process)
    step = catalogue.by_id.get(sure(catalogue, phrase.lower()) or "")
    return step if isinstance(step, Task) else None


def _anybody(process: Process, words: str) -> Answer | None:
    said = ANYBODY.match(words)
    verb = base_of(said["does"].lower(), "base", "base") or said["does"].lower() if said else ""
    if said is None:
        return None
    if task := _task(process, f"{verb} {said['what']}"):
        return [f"Yes: {_by(process, task)}."], []
    near = [task for task in tasks(process) if task.id in likely(Catalogue(process), said["what"].lower())][:3]
    if not near:
        return ["Nobody does, as far as you told."], []
    return [f"Just that was not told. What comes near: {joined([_by(process, task) for task in near])}."], []


def _by(process: Process, task: Task) -> str:
    role = process.role(task.role or "")
    return f"“{task.name}” by “{role.name}”" if role else f"“{task.name}”"


def _own_steps(process: Process, words: str) -> Answer | None:
    said = WHAT_DOES.match(words)
    named = [role for role in process.roles if said and said["who"].strip().lower() == role.name.lower()]
    if not named:
        return None
    done = [task.name for task in tasks(process) if task.role == named[0].id and task.name]
    if not done:
        return [f"No step lies with “{named[0].name}” so far."], []
    return [f"“{named[0].name}” does this: {joined([f'“{name}”' for name in done])}."], []


def _lies(process: Process, words: str) -> Answer | None:
    """Where it lies and for how long, as it was told; None where nobody told of a wait."""
    waits = waits_told(process) if LIES.search(words) else []
    if not waits:
        return None
    facts = [length(f"waiting, {wait.name}", wait.length.mean_seconds, str(wait.length.basis)) for wait in waits]
    lines = [f"- {_at(process, wait)}: {shown(fact)}" for wait, fact in zip(waits, facts, strict=True)]
    return ["Where it lies, as you told:", *lines], facts


def _at(process: Process, wait: Waiting) -> str:
    block = Catalogue(process).by_id[wait.id]
    return f"before {_by(process, block)}" if isinstance(block, Task) else f"“{wait.name}”"


READERS: tuple[Callable[[Process, str], Answer | None], ...] = (
    _customers, _needs, _start, _end, _count, _doer, _lasting, _anybody, _own_steps, _lies, what_happens,
    cases_of_a_way, how_often_so,
    what_stays,
)  # fmt: skip
