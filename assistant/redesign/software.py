"""Technology first: the steps that software or AI can do today, and for each what it must be good for.

A step suits software when its name or what was told of it says so: work by rule on data, or writing that a person
reviews. Judgement, the protected steps and what is done by hand stay with people. For every step that goes to software:
the accuracy it needs to be worth it, what a wrong answer costs (played), how much work it saves, and who watches it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from assistant.english.classes import verbs
from assistant.english.tables import classed
from assistant.errors import AssistantError
from assistant.process.blocks import Block, Task
from assistant.process.figures import amount, interval, listed
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks
from assistant.redesign.detectors.base import finding, judged, seen
from assistant.redesign.detectors.told_waits import told_at_length
from assistant.redesign.shapes import Finding, Proposal
from assistant.redesign.typical import only_typical
from assistant.redesign.view import View
from assistant.redesign.words import CLERICAL, RULES, by_body, is_approval, no_value, percent, says, verb, words
from assistant.simulation.scenarios import each_step

FIRST = ("H25", "H03", "H24", "H26", "H27")
"""The practices that technology first takes before any other."""
WRITING = frozenset("answer compose draft formulate reply respond summarise summarize write".split())
HANDLING = verbs("gives") | {"collect", "count", "sort"}
DOCUMENTS = classed("reading", "documents")
MOST, WRONG = 5, 0.25
CASES = 60


@dataclass(frozen=True)
class BySoftware:
    """A step that goes to software, in words: how, how accurate it must be, what a wrong answer costs, from when it
    pays, and who watches it."""

    step: str
    how: str
    accuracy: str
    wrong: str
    pays: str
    watch: str

    def document(self) -> dict[str, Any]:
        """As JSON data."""
        return dict(self.__dict__)


def suited(view: View, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The steps that software could do, beside those a finding names already, those with the most work first.

    Of a template only those that somebody gave figures of the own house for: it is good practice as it stands. Where
    somebody tells at length, not by the names of steps alone: what software could take over is then in what was said.
    """
    known = {name for known_pain in findings if "H25" in known_pain.practices for name in known_pain.elements}
    free = [task for task in view.tasks.values() if task.id not in known and _free(view, task) and _kind(task)]
    free = [task for task in free if task.rule_based or not told_at_length(view)]
    found = (_suits(view, task) for task in sorted(free, key=lambda task: -view.cost_share([task.id])))
    yield from islice((suits for suits in found if not only_typical(view, suits)), MOST)


def _suits(view: View, task: Task) -> Finding:
    kind = _kind(task)
    what = "writing that a person can review" if kind == "draftable" else "work by rule on data"
    told = seen("by rule") if task.rule_based else judged(f"{what}, as its name suggests")
    return finding(
        view, kind, (task.id,), f"{task.name} is {what}", (told,), ("H25",), waste="skills",
        share=view.cost_share([task.id]), share_of="cost", by_name=not task.rule_based, variant="technology first",
    )  # fmt: skip


def _free(view: View, task: Task) -> bool:
    """Whether people of the house do a step today, and nothing says that a person must."""
    by_hand = task.automation in (None, "manual") and not by_body(task) and view.is_inside(task.role)
    human = task.judgement or task.rule_based is False or is_approval(task) or task.contact
    return by_hand and not human and not no_value(task) and task.id not in view.protection.reasons


def _kind(task: Task) -> str:
    if task.medium == "phone" or "phone" in words(task.name):
        return ""  # who is on the line writes nothing that could be drafted
    prepares = verb(task.name) == "prepare" and _of_documents(task)  # who prepares a body or a meal writes nothing
    if task.language_heavy or says(task.name, WRITING) or prepares:
        return "draftable"
    by_name = says(task.name, RULES | CLERICAL) and (not says(task.name, HANDLING) or _of_documents(task))
    return "automatable" if task.rule_based or by_name else ""


def _of_documents(task: Task) -> bool:
    """Whether what is handed on, collected or sorted is data: software sends a list, and no parcel."""
    return bool(task.digital_input) or not DOCUMENTS.isdisjoint(task.name.lower().split())


def by_software(
    as_is: Process, played: Process, proposals: Sequence[Proposal], yearly: float | None, seed: int
) -> tuple[BySoftware, ...]:
    """The steps that proposals give to software. `played` is the changed process as it is played."""
    return tuple(
        _step(task, as_is, played, yearly, seed)
        for proposal in proposals
        if proposal.practice == "H25"
        for task in tasks(as_is)
        if task.id in proposal.elements
    )


def _step(task: Task, as_is: Process, played: Process, yearly: float | None, seed: int) -> BySoftware:
    steps = by_id(played)
    after = steps.get(task.id)
    drafts = isinstance(after, Task) and after.automation == "assisted"
    role = as_is.role(task.role)
    wrong = _wrong(task, played, seed)
    return BySoftware(
        step=task.name,
        how="drafts; a person reviews each one" if drafts else "does the usual cases; people keep the exceptions",
        accuracy=_accuracy(task),
        wrong=wrong,
        pays=_pays(task, yearly, drafts),
        watch=f"{role.name}, by a sample every week" if role else "to be named",
    )


def _accuracy(task: Task) -> str:
    if task.error_rate:
        return f"right in at least {percent(1 - task.error_rate)} of cases, as people are today"
    return "at least as good as people today; how often they err nobody said: count it first"


def _pays(task: Task, yearly: float | None, drafts: bool) -> str:
    """From what yearly cost on it does not pay, as a range where the time of the step was not told."""
    if yearly is None:
        return "unknown: nobody said how many cases come"
    low, high = (0.3, 0.6) if drafts else (0.6, 0.85)
    if task.work is None or task.work.basis is None or task.work.basis.value in ("estimated", "library"):
        return f"unknown: how long it takes nobody said; each minute a case is {amount(yearly / 60, 'h')} a year"
    hours = task.work.mean_seconds * yearly / 3600
    return f"if it costs less a year than {interval(low * hours, high * hours, 'h')} of work"


def _wrong(task: Task, played: Process, seed: int) -> str:
    """What one wrong answer costs where it is found and mended: the play with and without a quarter of them."""
    software = next(
        (twin.id for twin in tasks(played) if twin.name.startswith(task.name[:180]) and twin.id != task.id), task.id
    )
    from assistant.simulation.made_before import play_once

    def rate(share: float) -> Process:
        def change(step: Block) -> Block:
            mine = isinstance(step, Task) and step.id == software
            return step.model_copy(update={"error_rate": share, "found_at": None}) if mine else step

        return each_step(change)(played)

    try:
        right, wrong = (play_once(rate(share), cases=CASES, seed=seed) for share in (0.0, WRONG))
    except AssistantError:
        return "cannot be played"
    lost = (right.error_free.mean - wrong.error_free.mean) / WRONG
    slower = (wrong.cycle_time.mean - right.cycle_time.mean) / WRONG
    if lost >= 0.5:
        return "reaches the customer: nothing told later in the work would find it"
    delay = f"{amount(slower, 's')} later" if slower > 60 else "little delay"
    return f"found later on and done again: {delay} (simulated)"


def by_people(view: View) -> tuple[str, ...]:
    """What stays with people, and why: by law or rule, for judgement, because it is done by hand or face to face."""
    found: Mapping[str, list[str]] = {"judgement": [], "an approval": [], "work with the hands": []}
    law = [f"{view.name_of(name)} ({reason})" for name, reason in view.protection.reasons.items() if name in view.tasks]
    for task in view.tasks.values():
        if task.id in view.protection.reasons or not view.is_inside(task.role):
            continue
        if task.judgement:
            found["judgement"].append(task.name)
        elif is_approval(task):
            found["an approval"].append(task.name)
        elif task.physical:
            found["work with the hands"].append(task.name)
    return (*law[:4], *(f"{listed(names, 3)} ({why})" for why, names in found.items() if names))
