"""What should be asked about a process: what is missing and would change the outcome most, in plain words.

A question's `weight` (0 to 1) is what an answer is worth, by rule of thumb: what decides whether a simulation means
anything (times, chances, volume, people) weighs more than what only names things; a step that runs in every case
weighs more than one that runs in few. An `id` stays the same as long as its subject does, so that the caller can see
to it that nothing is asked twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.english.classes import GIVEN_NAMES
from assistant.process.blocks import AnyOf, Branch, Choice, End, Loop, Task, Wait
from assistant.process.draft import name_of
from assistant.process.durations import Model
from assistant.process.expected import visit_rates
from assistant.process.figures import joined
from assistant.process.good_case import good_case
from assistant.process.issues import quoted
from assistant.process.model import Process
from assistant.process.tree import ahead, sequences, tasks, walk

NEGATIVE = re.compile(
    r"\b(?:not?|reject\w*|refus\w*|den(?:y|ied)|declin\w*|fail\w*|invalid|incomplete|incorrect|wrong|missing|unavailable|"
    r"insufficient|disapprov\w*|cancel\w*|nein|abgelehnt)\b|n't\b",
    re.IGNORECASE,
)
OPPOSITE = re.compile(r"\bnot?\s+", re.IGNORECASE)
ACCEPTED = re.compile(
    r"\b(?:approv|accept|agree|allow|clear|complet|confirm|correct|cover|credit|eligib|enough|fine|fit|fulfil|grant|"
    r"in order|match|me(?:e|t)|ok|pass|permit|releas|right|sign|sound|succe|suit|valid|works?\b|worked|working)",
    re.IGNORECASE,
)
"""What a decision asks for when its “no” turns a case down; other questions (“Is it on paper?”) only ask which way."""
FRAME = frozenset({"customers", "owner", "price"})
"""The questions about what stands around the work."""
HARDLY_TOLD, OPEN = 3, 0.6
"""Steps below which work is hardly told, and the weight from which a question is of the work itself."""
TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Herr|Frau)\b\.?\s")
NAMELESS = re.compile(r"^(wait|waiting|pause|delay)$", re.I)
"""What a wait is called that nobody named."""
SAID = {
    "volume": r"\b(?:per|a|each|every|daily|weekly|monthly)\s*(?:day|week|month|year|hour|morning)?\b.{0,20}\d"
    r"|\d[\d,.]*\s+(?:\w+\s+){0,3}(?:per|a|each|every)\s+(?:day|week|month|year|hour)",
    "owner": r"\b(?:owner|owns|in charge of|responsible for the (?:whole )?process|head of)\b",
    "customers": r"\b(?:customers?|clients?|patients?|citizens?|applicants?|guests?|buyers?)\b",
    "trigger": r"\b(?:starts? when|begins? (?:when|with)|is triggered|once .{1,40} (?:arrives|comes in|is received))\b",
}


LEFT_OPEN = "The story leaves open: "
"""How an assumption begins that is a question: it is asked, and stands in no list of what was assumed."""
VAGUE, VAGUE_WEIGHT = "The story is vague here, or contradicts itself.", 0.45


class Question(Model):
    """One thing to ask: in plain words, why it matters, about which elements, and which attribute it fills."""

    id: str
    text: str
    why: str
    elements: tuple[str, ...] = ()
    weight: float
    field: str


def open_questions(process: Process, text: str = "") -> list[Question]:
    """What is not known of the process, what weighs most first; nothing that `text`, the story, answers already."""
    if not any(True for _ in walk(process)):
        return [
            Question(
                id="flow",
                text="What happens first, and what comes after it, step by step?",
                why="Nothing is drawn yet.",
                weight=1.0,
                field="flow",
            )
        ]
    rates = visit_rates(process)
    found = [
        *_who(process, rates),
        *_how_long(process, rates),
        *_branches(process, rates),
        *_repeats(process, rates),
        *_waits(process, rates),
        *_people(process, text),
        *_prices(process),
        *_controls(process, rates),
        *_frame(process, text),
        *_left_open(process),
    ]
    return sorted(found, key=lambda question: -question.weight)


def _left_open(process: Process) -> Iterator[Question]:
    """What whoever read the story found vague in it or in contradiction with itself."""
    for number, assumption in enumerate(process.assumptions):
        if assumption.text.startswith(LEFT_OPEN):
            text = assumption.text.removeprefix(LEFT_OPEN)
            yield Question(id=f"unclear:{number}", text=text, why=VAGUE, weight=VAGUE_WEIGHT, field="practice")


def of_first_rank(questions: Sequence[Question], process: Process) -> list[Question]:
    """The questions without those of the frame (whose process, for whom, at what price) while the work itself is hardly
    told or something of it is open: nobody answers for a work that is not told yet."""
    work = [question for question in questions if question.id not in FRAME]
    hardly = sum(1 for _ in tasks(process)) < HARDLY_TOLD
    return work if hardly or any(question.weight >= OPEN for question in work) else list(questions)


def _weighed(base: float, rate: float) -> float:
    """A step's weight: less when few cases come by it, a little more when cases come by it again and again."""
    return round(min(1.0, base * (0.5 + 0.5 * min(rate, 1.2))), 4)


def _who(process: Process, rates: dict[str, float]) -> Iterator[Question]:
    bare = [task for task in tasks(process) if task.role is None and task.automation != "automatic"]
    why = "Who does a step decides its cost, where work queues and where it changes hands."
    if len(bare) > 2 and len(bare) == len(tasks(process)):
        names = tuple(task.id for task in bare)
        yield Question(
            id="who:all",
            text=f"Who does each step: {quoted([task.name for task in bare])}?",
            why=why,
            elements=names,
            weight=0.95,
            field="role",
        )
        return
    for task in bare:
        yield Question(
            id=f"who:{task.id}",
            text=f"Who does “{task.name}”?",
            why=why,
            elements=(task.id,),
            weight=_weighed(0.85, rates[task.id]),
            field="role",
        )


def _how_long(process: Process, rates: dict[str, float]) -> Iterator[Question]:
    bare = [task for task in tasks(process) if task.work is None]
    outside = {role.id for role in process.roles if role.kind == "external"}  # their time is not the house's
    if len(bare) > 2 and len(bare) == len(tasks(process)):
        yield Question(
            id="work:all",
            text=f"How long does each step take, without waiting: {quoted([task.name for task in bare])}? Roughly.",
            why="Without times nothing can be said about speed and cost.",
            elements=tuple(task.id for task in bare),
            weight=0.93,
            field="work",
        )
        return
    for task in bare:
        yield Question(
            id=f"work:{task.id}",
            text=f"How long does “{task.name}” take, without the waiting?",
            why="Its time adds to cost and to how long a case takes.",
            elements=(task.id,),
            weight=_weighed(0.3 if task.role in outside else 0.8, rates[task.id]),
            field="work",
        )


def _branches(process: Process, rates: dict[str, float]) -> Iterator[Question]:
    for step in walk(process):
        if not isinstance(step, Choice | AnyOf):
            continue
        rate = rates[step.id]
        silent = sum(branch.p is None for branch in step.branches)
        if silent > (isinstance(step, Choice)) and len(step.branches) > 1:  # the last share of a choice follows
            yield Question(
                id=f"chance:{step.id}",
                text=_how_often(step),
                why=_TAKEN
                if good_case(step)
                else "The share of each way decides how much work and waiting a case means on average.",
                elements=(step.id,),
                weight=_weighed(0.75, rate),
                field="p",
            )
        yield from _otherwise(step, rate)


_TAKEN = "It is taken as always so; how often it is not, and what is done then, was not told."


def _how_often(step: Choice | AnyOf) -> str:
    said = [branch.when for branch in step.branches if branch.when]
    named = [words for words in said if words != "otherwise"]
    if len(named) == 1 < len(said):
        return f"In how many of 100 cases is it so: “{named[0]}”?"
    if step.question and said:
        return f"“{step.question}” — how often is it {_or(said)}, in 100 cases?"
    if said:
        return f"How often is it {_or(said)}, in 100 cases?"
    first = [name_of(branch.do.items[0]) for branch in step.branches if branch.do.items]
    return f"How often does each way come up, in 100 cases{': ' + _or(first) if any(first) else ''}?"


def _or(words: list[str]) -> str:
    return joined([f"“{word}”" for word in words if word], "or")


def _otherwise(step: Choice | AnyOf, rate: float) -> Iterator[Question]:
    lone = len(step.branches) == 1
    for branch in step.branches:
        refused = _turns_down(step, branch)
        if refused and not branch.do.items:
            yield Question(
                id=f"rejected:{branch.id}",
                text=_asked_of(step, f"what happens when it is “{branch.when}”?"),
                why="Cases that fail here seem to go on as if nothing had happened.",
                elements=(step.id, branch.id),
                weight=_weighed(0.7, rate),
                field="do",
            )
        elif refused and isinstance(branch.do.items[-1], End) and len(branch.do.items) == 1:
            yield Question(
                id=f"rejected:{branch.id}",
                elements=(step.id, branch.id),
                text=_asked_of(
                    step, f"when it is “{branch.when}” the case just ends: is anybody told, or can it come back?"
                ),
                why="Refused cases often come back by another way and cost work twice.",
                weight=_weighed(0.5, rate),
                field="do",
            )
    unsaid: list[Branch] = [branch for branch in step.branches if not branch.when and not branch.do.items]
    if lone or (unsaid and any(branch.when for branch in step.branches)):
        said = next((branch.when for branch in step.branches if branch.when), None) or step.question
        text = f"What happens if it is not “{said}”?" if said else f"What happens otherwise at {step.id}?"
        yield Question(
            id=f"otherwise:{step.id}",
            text=text,
            why="The other way is not described.",
            elements=(step.id,),
            weight=_weighed(0.65, rate),
            field="branches",
        )


def _turns_down(step: Choice | AnyOf, branch: Branch) -> bool:
    """Whether a branch is the way of cases that fail a decision."""
    said = branch.when or ""
    if any(other is not branch and _ends_badly(other) for other in step.branches):
        return False  # “no crack” beside the way on which the case ends for its crack
    opposite = OPPOSITE.sub("", said)
    if opposite != said and any(opposite in (other.when or "") for other in step.branches if other is not branch):
        return ACCEPTED.search(opposite) is not None  # “not above 500” beside “above 500” only says which way
    if step.question and said.strip(" .").lower() in ("no", "not"):
        return ACCEPTED.search(step.question) is not None
    return NEGATIVE.search(said) is not None


def _ends_badly(branch: Branch) -> bool:
    last = branch.do.items[-1] if branch.do.items else None
    return isinstance(last, End) and last.negative is True


def _asked_of(step: Choice | AnyOf, text: str) -> str:
    """A question about a way out of a decision, which is named where it has a name."""
    return f"“{step.question}” — {text}" if step.question else f"{text[0].upper()}{text[1:]}"


def _repeats(process: Process, rates: dict[str, float]) -> Iterator[Question]:
    for step in walk(process):
        if isinstance(step, Loop) and step.p is None:
            inner = next((name_of(item) for item in (*step.do.items, *step.redo.items) if name_of(item)), "")
            yield Question(
                id=f"repeat:{step.id}",
                text=f"How often must {f'“{inner}”' if inner else 'this work'} be done again, in 100 cases?",
                why="Work done again is time and cost the customer does not pay for.",
                elements=(step.id,),
                weight=_weighed(0.7, rates[step.id]),
                field="p",
            )


def _waits(process: Process, rates: dict[str, float]) -> Iterator[Question]:
    later = ahead(process)
    for step in walk(process):
        if isinstance(step, Wait) and step.duration is None:
            what = f"for “{step.name}”" if step.name else "for the answer" if step.event == "message" else ""
            if (not what or NAMELESS.match(step.name)) and step.id in later:
                what = f"before “{later[step.id].name}”"
            yield Question(
                id=f"wait:{step.id}",
                text=f"How long does a case usually wait {what or 'for it to go on'}?",
                why="Most of the time a case takes is waiting, seldom work.",
                elements=(step.id,),
                weight=_weighed(0.78, rates[step.id]),
                field="duration",
            )


def _one_person(name: str, text: str) -> bool:
    """Whether a role is called by a person's name: Marta, Mrs Hale, or a word that the story only writes large."""
    word = name.split()[-1]
    if " and " in name:
        return False
    if word.lower() in GIVEN_NAMES or TITLED.match(name):
        return True
    if len(name.split()) > 1 or re.search(rf"\b(?:{word.lower()}|(?:the|an?|our|my)\s+{word})\b", text):
        return False
    return re.search(rf"[a-z,]['’]?s?\s+{re.escape(word)}\b", text) is not None


def _people(process: Process, text: str) -> Iterator[Question]:
    busy = {task.role for task in tasks(process)}
    for role in process.roles:
        by_name = _one_person(role.name, text)
        if role.id in busy and role.kind in ("person", "group") and role.capacity is None and not by_name:
            yield Question(
                id=f"capacity:{role.id}",
                text=f"How many people work as {role.name}, for this process?",
                why="Too few people make a queue, whatever the steps take.",
                elements=(role.id,),
                weight=0.6,
                field="capacity",
            )


def _prices(process: Process) -> Iterator[Question]:
    """What an hour costs, asked once for everybody: role after role it is all that a long talk ends with."""
    busy = {task.role for task in tasks(process)}
    bare = [
        role for role in process.roles
        if role.id in busy and role.kind in ("person", "group") and role.cost_per_hour is None
    ]  # fmt: skip
    if bare:
        names = joined([role.name for role in bare])
        yield Question(
            id="price",
            text=f"What does an hour of {names} cost, roughly?",
            why="Without it a saving cannot be put in money.",
            elements=tuple(role.id for role in bare),
            weight=0.25,
            field="cost_per_hour",
        )


def _told_results(process: Process) -> set[str]:
    """The steps right before a decision or the next round of a loop whose chances were told."""
    found: set[str] = set()
    for step in walk(process):
        if isinstance(step, Loop) and step.p is not None:
            found |= {task.id for task in step.do.items if isinstance(task, Task)}
    for sequence in sequences(process).values():
        for before, step in zip(sequence.items, sequence.items[1:], strict=False):
            if isinstance(step, Choice) and any(branch.p is not None for branch in step.branches):
                found |= {before.id} if isinstance(before, Task) else set()
    return found


def _controls(process: Process, rates: dict[str, float]) -> Iterator[Question]:
    told = _told_results(process)
    for task in tasks(process):
        if task.is_control and task.error_rate is None and task.exception_rate is None and task.id not in told:
            yield Question(
                id=f"errors:{task.id}",
                text=f"How often does “{task.name}” find something wrong?",
                why="A control that never finds anything may not be worth its wait.",
                elements=(task.id,),
                weight=_weighed(0.4, rates[task.id]),
                field="exception_rate",
            )


def _frame(process: Process, text: str) -> Iterator[Question]:
    asked: tuple[tuple[str, object, str, str, float], ...] = (
        (
            "volume",
            process.volume,
            "How many cases come in a day or a week?",
            "Queues and the number of people needed follow from it.",
            0.82,
        ),
        (
            "customers",
            process.customers,
            "Who is the customer of this process, and what do they need of it?",
            "Only what the customer needs tells work of value from work without.",
            0.45,
        ),
        (
            "owner",
            process.owner,
            "Who answers for the whole process, from start to end?",
            "A redesign without an owner is seldom carried out.",
            0.35,
        ),
        ("trigger", process.trigger, "What starts the process?", "The clock of every case starts there.", 0.3),
    )
    for field, value, question, why, weight in asked:
        if not value and not re.search(SAID[field], text, re.IGNORECASE):
            yield Question(id=field, text=question, why=why, weight=weight, field=field)
