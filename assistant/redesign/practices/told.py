"""What practices do with findings that rest on the teller's words alone: edits where the tree allows them, else a
question; a size is never made up."""

from __future__ import annotations

from assistant.process.blocks import Choice, Task
from assistant.process.edits import Delete, Edit, SetValue
from assistant.process.figures import agreeing
from assistant.redesign.detectors.causes import spoken
from assistant.redesign.practices.base import Answer, Draft, at, lost_with, unfound
from assistant.redesign.practices.batches import each_case
from assistant.redesign.shapes import COMPUTED, MOST_NAMED, Evidence, Finding, meant
from assistant.redesign.view import View
from assistant.redesign.words import content, is_control, listed

UNSIZED = "How much it saves is not known: ask how long it takes and how often it comes."


def asking(title: str, question: str) -> Answer:
    """An answer that is a question: `{steps}` in both texts names the steps of the finding."""

    def answer(view: View, finding: Finding) -> Draft | None:
        names = list(dict.fromkeys(spoken(view, name) for name in meant(finding)))[:MOST_NAMED]
        asked, steps = agreeing(question, len(names)), listed(names)
        return Draft(title.format(steps=steps), finding.elements, doubt=asked.format(steps=steps))

    return answer


def inform_instead(view: View, finding: Finding) -> Draft | None:
    """Who only wants to know is told afterwards instead of signing."""
    task = view.tasks.get(finding.elements[0])
    role = content(view.name_of(task.role)) if task is not None and task.role else set()
    meant = role and any(role <= content(quote.text) for quote in finding.quotes)  # another may be meant by "she"
    if task is None or isinstance(view.next_of(task.id), Choice) or task.role is None or not meant:
        return asking("Inform instead of asking: {steps}", "Who signs or sees {steps} only to know of it, and would "
                      "word afterwards do?")(view, finding)  # fmt: skip
    row, place = view.row_of(task.id), view.spots[task.id].position
    giver = next(
        (earlier for earlier in reversed(row[:place]) if isinstance(earlier, Task) and earlier.role != task.role), None
    )
    edits: tuple[Edit, ...] = (Delete(ids=(task.id,), why=finding.title), *unfound(view, task))
    if giver is not None:
        told = [*giver.informed, *([task.role] if task.role not in giver.informed else [])]
        edits = (SetValue(id=giver.id, field="informed", value=told, why="told instead of asked"), *edits)
    caught = lost_with(view, task) if is_control(task) else ()
    return Draft(
        f"Tell {view.name_of(task.role)} of it instead of {task.name}", (task.id,), edits, (), (UNSIZED,), caught
    )


def drop_second_check(view: View, finding: Finding) -> Draft | None:
    """The second of two checks of the same goes, where the tree has both and no decision hangs on it."""
    task, first = view.tasks.get(finding.elements[0]), view.tasks.get(at(finding.details, "first"))
    if task is None or first is None or isinstance(view.next_of(task.id), Choice):
        return asking("Check once: {steps}", "What does the second look at {steps} find that the first did not, and "
                      "does a rule ask for it?")(view, finding)  # fmt: skip
    edits: tuple[Edit, ...] = (Delete(ids=(task.id,), why=finding.title), *unfound(view, task, first.id))
    return Draft(
        f"Do without {task.name}: {first.name} has looked at the same",
        (task.id, first.id), edits, (), (UNSIZED,), lost_with(view, task),
    )  # fmt: skip


def not_in_runs(view: View, finding: Finding) -> Draft | None:
    """Cases are handled as they come; where neither a run nor a wait is in the figures, what a run costs is asked."""
    draft = each_case(view, finding)
    if draft is not None and (draft.edits or draft.doubt):
        return draft
    return asking("Handle each case when it comes: {steps}", "Could {steps} be done for each case as it comes, or more "
                  "often, and what does a run cost?")(view, finding)  # fmt: skip


def keep_the_case(view: View, finding: Finding) -> Draft | None:
    """The later steps of a role stay with whoever did its first one."""
    tasks = [view.tasks[name] for name in finding.elements if name in view.tasks]
    roles = {task.role for task in tasks}
    if len(tasks) < 2 or len(roles) != 1 or roles == {None} or view.protection.covers({task.id for task in tasks}):
        return asking("Let one person keep the case: {steps}", "Could whoever had the case first at {steps} get it "
                      "again, and who stands in when that person is away?")(view, finding)  # fmt: skip
    first = min(tasks, key=lambda task: view.order[task.id])
    edits = tuple(
        SetValue(id=task.id, field="same_performer_as", value=first.id, why="one person keeps the case")
        for task in tasks if task.id != first.id and task.same_performer_as is None
    )  # fmt: skip
    claimed = Evidence("no time is claimed: what reading in again takes is not known", None, "", COMPUTED)
    title = f"Let the same person of {view.name_of(first.role)} keep a case from {first.name} on"
    return Draft(title, tuple(task.id for task in tasks), edits, (claimed,), ("Arrange cover for absence.",))


drop_if_unused = asking(
    "Do without what nobody uses: {steps}",
    "Does anybody use what {steps} <makes|make>, and would it be missed after a month?",
)
check_less = asking(
    "Check only where something is found: {steps}",
    "{steps} hardly ever <finds|find> anything: below which amount or for which kind may the check go, and what would "
    "a miss cost?",
)
fewer_contacts = asking(
    "One contact instead of several: {steps}", "What could {steps} settle in one go, and who asked for the rest?"
)
split_pile = asking(
    "A lane of their own for light cases: {steps}",
    "By what can a light case be told from a heavy one before {steps}, and what share of all cases are light?",
)
own_queue = asking(
    "A way of their own for the unusual cases: {steps}",
    "Who could take the unusual cases at {steps} out of the usual line, and how many a month are there?",
)
one_queue = asking(
    "One queue for all places: {steps}", "What keeps the places apart at {steps}: law, distance, or only custom?"
)
deputise = asking(
    "Somebody who stands in: {steps}", "Who else could do {steps} when the one person is away or busy, and from when?"
)
relieve = asking(
    "More time at the narrow place: {steps}",
    "What could be taken off the hands that do {steps}, and only then: how many more people or machines would it take?",
)
name_one = asking(
    "One who answers: {steps}", "Who of those involved in {steps} could decide alone, and who would say so?"
)
look_first = asking(
    "Look where it is made: {steps}",
    "Could a rule in the form or a look right at {steps} stop the gap before it goes on, and how often does it happen?",
)
entry_rule = asking(
    "Let the sender see what is missing: {steps}",
    "Could whoever fills it in be shown at once, at {steps}, what is missing, and who owns that form?",
)
later = asking(
    "Do it only when it is needed: {steps}",
    "What would have to be known before {steps}, and when is it known at the latest?",
)
earlier_check = asking(
    "Ask for it first: {steps}", "Could what decides whether {steps} was worth it be looked at before, at the start?"
)
fewer_desks = asking("Fewer desks: {steps}", "Who of those at {steps} changes what happens, and who would word do for?")
