"""What a told pain asks for where one thing was not told: the change is drawn all the same, and what it takes for
granted stands beside it.

A finding by the teller's words is sure; whether its remedy fits often hangs on one answer ("does it need what is made
before?"). A question alone leaves the teller without a picture of a better way. So the change is drawn with no size of
its own, `assumes` says in words what must hold, and the question that settles it stays open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.process.blocks import Branch, Choice, Sequence, Task
from assistant.process.durations import Basis
from assistant.process.edits import Delete, Edit, Move, Place, Replace, SetCondition, SetValue, WrapInChoice
from assistant.process.figures import joined
from assistant.redesign.detectors.about import DATES, OFFERS, about
from assistant.redesign.detectors.causes import spoken
from assistant.redesign.detectors.told import shortened
from assistant.redesign.detectors.told_places import asks_back
from assistant.redesign.practices.base import Draft, at, estimate, fresh, lost_with, unfound
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import content, is_control, percent

SURE = 0.6
"""How likely the words must tell of a pain for its remedy to be drawn on an assumption."""
MEANT = 0.4
"""How likely a step must be meant to be drawn on, where the words name none."""
MOST_NAMED = 2
Change = Callable[[View, Finding, tuple[str, ...]], Draft | None]


def assumed(view: View, finding: Finding) -> Draft | None:
    """The change a told finding asks for, on an assumption; None where it has none, or is not sure enough."""
    change = CHANGES.get(finding.kind)
    if change is None or not finding.details.get("told") or finding.details.get("asked") or finding.confidence < SURE:
        return None
    meant = (*finding.details.get("meant", ()), *finding.elements)
    steps = tuple(name for name in dict.fromkeys(meant) if name in view.tasks)
    if not steps or (finding.details.get("unplaced") and float(finding.details.get("likeliest") or 0.0) < MEANT):
        return None
    draft = change(view, finding, steps)
    if draft is None or not finding.details.get("unplaced"):
        return draft
    said = shortened(finding.quotes[0].text) if finding.quotes else finding.title
    return replace(draft, assumes=f"“{said}” speaks of {_quoted(view, steps[:1])}; {draft.assumes}")


def _quoted(view: View, steps: tuple[str, ...]) -> str:
    """The names of at most two steps, in quotation marks."""
    return joined([f"“{spoken(view, name)}”" for name in dict.fromkeys(steps[:MOST_NAMED])], "and")


def rule(title: str, text: str, assumes: str, several: bool = False) -> Change:
    """A rule noted at the likeliest step; `{steps}` in the title is its name, or two where it is of several."""

    def change(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
        named = steps[: MOST_NAMED if several else 1]
        if several and len(named) < MOST_NAMED:
            return None
        task = view.tasks[named[0]]
        note = f"{task.note} {text}" if task.note else text
        edits = (SetValue(id=task.id, field="note", value=note, why=finding.title),)
        return Draft(title.format(steps=_quoted(view, named)), named, edits, assumes=assumes)

    return change


def light_lane(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
    """Light cases take a short way past the step that treats all alike."""
    return _two_ways(view, finding, steps[0], "Light case?", ("light case", "any other"), "short form",
                     "Give light cases a short way at {}", "a light case can be told before it")  # fmt: skip


def own_lane(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
    """The few unusual cases leave the line in which the others wait behind them."""
    return _two_ways(view, finding, steps[0], "Unusual case?", ("unusual case", "usual case"), "unusual cases",
                     "Take the unusual cases out of the line at {}",
                     "somebody can take the unusual cases by themselves")  # fmt: skip


def _two_ways(
    view: View, finding: Finding, name: str, question: str, ways: tuple[str, str], marked: str, title: str, assumes: str
) -> Draft:
    """A step in two forms, one for a kind of case; how many go which way, and what it saves, is not told."""
    task = view.tasks[name]
    choice, other = fresh(view, f"kind {task.id}"), fresh(view, f"{task.id} other")
    own = task.model_copy(update={"id": other, "name": f"{task.name} ({marked})"[:200]})
    block = Choice(
        id=choice,
        question=question,
        branches=(
            Branch(id=f"{choice}.1", when=ways[0], do=Sequence(items=(own,))),
            Branch(id=f"{choice}.2", when=ways[1], do=Sequence(items=(task,))),
        ),
    )
    edit = Replace(id=task.id, blocks=(block,), why=finding.title)
    return Draft(title.format(_quoted(view, (name,))), (name,), (edit,), assumes=assumes)


def only_when(question: str, when: str, otherwise: str, title: str, assumes: str) -> Change:
    """A step that is done only when a condition holds; how often it holds is not told."""

    def change(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
        task = view.tasks[steps[0]]
        wrap = WrapInChoice(ids=(task.id,), id=fresh(view, f"only {task.id}"), question=question, when=when,
                            otherwise_when=otherwise, why=finding.title)  # fmt: skip
        caught = lost_with(view, task) if is_control(task) else ()
        return Draft(title.format(_quoted(view, steps[:1])), steps[:1], (wrap,), (), (), caught, assumes=assumes)

    return change


def leave_out(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
    """What nobody uses is no longer made."""
    task = view.tasks[steps[0]]
    if is_control(task) or isinstance(view.next_of(task.id), Choice) or finding.details.get("unplaced"):
        return None
    edits: tuple[Edit, ...] = (Delete(ids=(task.id,), why=finding.title), *unfound(view, task))
    assumes = "nobody misses it: leave it out for a month, and take it up again if somebody asks for it"
    return Draft(f"Do without {_quoted(view, steps[:1])}", steps[:1], edits, assumes=assumes)


def check_first(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
    """A check that turns cases away goes before the work that it makes useless."""
    moved = tuple(finding.details.get("move", ()))
    before = _behind_entry(view, at(finding.details, "before"), moved[:1])
    if not moved or before not in view.spots or any(name not in view.spots for name in moved):
        return None
    edit = Move(ids=moved, place=Place(before=before), why=finding.title)
    title = f"Do {_quoted(view, moved[:1])} before {_quoted(view, (before,))}"
    return Draft(title, (moved[0], before), (edit,), assumes="it needs nothing of what is done before it today")


def _behind_entry(view: View, before: str, check: tuple[str, ...]) -> str:
    """Where an early check can stand: never before the step that takes a case in, with nothing there to check."""
    work = [name for name, task in view.tasks.items() if not is_control(task)]
    if before not in view.spots or before != min(work, key=view.order.__getitem__, default=""):
        return before
    row, place = view.row_of(before), view.spots[before].position
    rest = [step.id for step in row[place + 1 :] if isinstance(step, Task)]
    return rest[0] if rest and rest[0] not in check else ""


def agreed_before(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
    """Who is to be reached agrees the time beforehand; where it is told how often nobody is there, half of that."""
    name = at(finding.details, "goes") or steps[0]
    return _halved(
        view, finding, name, f"Agree the time of {_quoted(view, (name,))} beforehand, with a reminder",
        "The time is agreed beforehand, with a reminder the day before; what needs no talk is sent as a message.",
        "those concerned can be asked for a time when the case comes in",
    )  # fmt: skip


def gap_closed(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
    """Where the house makes the gap it is looked for there; who brings the case from outside is told what is needed."""
    asked = _asked_back(view, finding)
    steps = tuple(name for name in steps if not asks_back(view.tasks[name])) or steps
    maker = _who_is_asked(view, asked) or _made_by_who_is_named(view, finding, steps[0])
    if maker is None and _comes_in_at(view, steps[0], asked):
        return _halved(
            view, finding, steps[0], f"Say beforehand what has to be there for {_quoted(view, steps[:1])}",
            "Those who bring the case know what has to be there, from a short list; it is looked through at once.",
            "those who bring it can be told, and can have it by then",
        )  # fmt: skip
    name = maker or steps[0]
    return _halved(
        view, finding, name, f"Look for gaps at {_quoted(view, (name,))}, before the case goes on",
        "The case goes on only when what is often missing or wrong has been looked at.", "the gap can be seen there",
    )  # fmt: skip


def _asked_back(view: View, finding: Finding) -> tuple[Task, ...]:
    """The steps in which somebody asks for what is missing."""
    way = next((branch for step in view.steps.values() if isinstance(step, Choice) for branch in step.branches
                if branch.id == finding.details.get("branch")), None)  # fmt: skip
    inside = [step for step in way.do.items if isinstance(step, Task)] if way else []
    told = [view.tasks[name] for name in finding.elements if name in view.tasks]
    return tuple(task for task in (*inside, *told) if asks_back(task))


def _who_is_asked(view: View, asked: tuple[Task, ...]) -> str | None:
    """The last step before of the one in the house who is asked back, as the gap is made there."""
    for task in asked:
        for maker in sorted(view.tasks.values(), key=lambda other: -view.order[other.id]):
            named = content(view.name_of(maker.role)) if maker.role and maker.role != task.role else set()
            earlier = view.order[maker.id] < view.order[task.id] and view.is_inside(maker.role)
            if earlier and named and named <= content(task.name):
                return maker.id
    return None


def _made_by_who_is_named(view: View, finding: Finding, name: str) -> str | None:
    """The last step before, of somebody in the house whom the words name beside the one who finds the gap."""
    said = content(" ".join(quote.text for quote in finding.quotes))
    finder = view.tasks[name]
    before = [
        task for task in view.tasks.values()
        if view.order[task.id] < view.order[name] and task.role and task.role != finder.role
        and view.is_inside(task.role) and content(view.name_of(task.role)) <= said
    ]  # fmt: skip
    return max(before, key=lambda task: view.order[task.id]).id if before else None


def _comes_in_at(view: View, name: str, asked: tuple[Task, ...]) -> bool:
    """Whether a case comes in from outside at a step: nobody in the house has worked on it before."""
    before = [task for task in view.tasks.values() if view.order[task.id] < view.order[name]]
    return bool(asked) and not any(view.is_inside(task.role) for task in before)


def _halved(view: View, finding: Finding, name: str, title: str, text: str, assumes: str) -> Draft | None:
    """A rule at a step; where it is told in how many cases it hurts, half of them are taken to be left."""
    branch, rest = at(finding.details, "branch"), at(finding.details, "rest")
    now = float(finding.details.get("share_now") or 0.0)
    draft = rule(title, text, assumes)(view, finding, (name,))
    if draft is None or not branch or not 0 < now < 1:
        return draft
    left = round(now / 2, 6)
    note = f"in {percent(now)} of cases today, then in {percent(left)}: half of them (estimate)"
    edits = tuple(
        SetCondition(id=way, p=p, basis=Basis.ESTIMATED, why=note) for way, p in ((branch, left), (rest, 1 - left))
    )
    return replace(draft, edits=(*draft.edits, *edits), figures=(estimate(note, left, "share"),))


def rough_first(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
    """An offer that many never answer costs little until they want it: a rough price first."""
    if about(finding) != OFFERS:
        return rule(
            "Do {steps} only once it is known to be needed", "Starts when it is known that the case goes through.",
            "waiting for that makes the case no later")(view, finding, steps)  # fmt: skip
    dearest = max(steps, key=lambda name: view.work_of(view.tasks[name]) if view.told(name, "work") else 0.0)
    return rule(
        "Give a rough price first, and do {steps} only for those who want to go on",
        "Done for those who want to go on after a rough price.",
        "a rough price can be told at once, and nobody goes elsewhere for want of the whole offer",
    )(view, finding, (dearest,))


def in_one_contact(view: View, finding: Finding, steps: tuple[str, ...]) -> Draft | None:
    """What is asked in several contacts is asked in one; a date is offered with the first."""
    if about(finding) == DATES:
        return rule(
            "Offer three dates, or a calendar to book in, at {steps}", "Three dates or a calendar go out at once.",
            "somebody knows then which dates are free")(view, finding, steps)  # fmt: skip
    return rule(
        "Settle {steps} in one go", "All that has to be asked or told is asked and told in one contact.",
        "what is asked later is known to be needed by then", several=True)(view, finding, steps)  # fmt: skip


CHANGES: Mapping[str, Change] = {
    "late_knockout": check_first,
    "unread_output": leave_out,
    "mixed_pile": light_lane,
    "held_up_by_few": own_lane,
    "check_finds_nothing": only_when(
        "In the sample?", "in the sample", "any other", "Do {} for a sample only",
        "what a miss costs is less than looking at all of them"),
    "repeated_lookup": only_when(
        "Answer known?", "not known yet", "known already", "Do {} only where the answer is not on a list yet",
        "the answer holds for a while and somebody keeps the list"),
    "certified_check": only_when(
        "Certificate there?", "no valid certificate", "certificate there", "Take the certificate instead of {}",
        "whoever answers for it accepts the certificate"),
    "separate_queues": rule(
        "Keep one list for all places at {steps}", "One list for all places: whoever is free takes the next case.",
        "a case of one place can be done at another"),
    "one_person": rule(
        "Name somebody who stands in at {steps}", "A named second person does it when the first is away or busy.",
        "somebody else may do it and can be shown how"),
    "overloaded": rule(
        "Take off {steps} what others can do", "Others do what does not need the one who is full.",
        "part of the work there can be done by somebody who has time"),
    "many_contacts": in_one_contact,
    "changing_hands": rule(
        "Let one person keep the case from {steps} on", "Whoever had the case first gets it again.",
        "the work can be planned by persons"),
    "shared_duty": rule(
        "Name one who decides at {steps}", "One named person decides; the other is told.",
        "one of the two may decide alone"),
    "not_reached": agreed_before,
    "error_at_source": gap_closed,
    "work_ahead": rough_first,
    "rekeyed_document": rule(
        "Have what is typed at {steps} come as data", "Taken over from where it is written first.",
        "whoever has the data can send them in a form that can be taken over"),
    "batched": rule(
        "Do {steps} on more days, or for each case as it comes", "No longer collected: done on more days, or at once.",
        "a run more costs less than the waiting"),
    "small_steps": rule(
        "Do {steps} in one go", "Done together, without logging in or walking in between.",
        "nothing has to happen in between", several=True),
    "independent_in_row": rule(
        "Begin {steps} at the same time", "Begun at the same time as the other; neither waits.",
        "neither needs what the other makes", several=True),
    "habitual_approval": rule(
        "Let whoever does the work decide small cases at {steps}", "Asked only above a limit; a sample is looked at "
        "afterwards.", "a limit can be written down"),
}  # fmt: skip
"""The change by the kind of finding. What lies with others has none."""
