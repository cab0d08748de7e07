"""Practices on the work itself: H04 case types, H05 elimination, H06 case-based work, H07 triage, H08 composition."""

from __future__ import annotations

import math
import re

from assistant.process.blocks import Branch, Call, Choice, End, Sequence, Task, Wait
from assistant.process.durations import Basis, humane
from assistant.process.edits import Delete, Edit, ExtractToCall, Merge, Replace, SetValue, SplitTask
from assistant.redesign.detectors.causes import spoken
from assistant.redesign.practices.base import (
    Draft,
    Practice,
    at,
    estimate,
    fixed,
    fresh,
    lost_with,
    scaled,
    shorter_wait,
    unfound,
)
from assistant.redesign.practices.batches import each_case
from assistant.redesign.practices.told import (
    check_less,
    drop_if_unused,
    drop_second_check,
    fewer_contacts,
    not_in_runs,
    own_queue,
    split_pile,
)
from assistant.redesign.shapes import Evidence, Finding
from assistant.redesign.view import View
from assistant.redesign.words import content, is_control, listed, no_value, words


def own_process(view: View, finding: Finding) -> Draft | None:
    """Another kind of work becomes a process of its own, called from here."""
    return _extracted(view, finding, "Give '{}' a process of its own, with its own owner and measures")


def exception_path(view: View, finding: Finding) -> Draft | None:
    """A rare branch becomes an exception path of its own."""
    return _extracted(
        view, finding, "Take '{}' out of the main flow into an exception path with its own owner and limit"
    )


def _extracted(view: View, finding: Finding, title: str) -> Draft | None:
    names: tuple[str, ...] = ()
    for name in (name for name in finding.details.get("steps", ()) if name in view.spots):
        if any(isinstance(view.steps.get(inner_id), End | Call) for inner_id in view.below(view.steps[name])):
            break  # an end must stay outside, there it ends the whole case
        names = (*names, name)
    if sum(1 for name in names for _ in view.inner_tasks(view.steps[name])) < 2:
        return None
    branch = next((b for s in view.steps.values() if isinstance(s, Choice) for b in s.branches
                   if b.id == at(finding.details, "branch")), None)  # fmt: skip
    label = (branch.when if branch else None) or view.name_of(names[0])
    owner = finding.details.get("owner")
    call = fresh(view, f"call {label}")
    return Draft(
        title.format(label),
        finding.elements,
        (
            ExtractToCall(
                ids=names,
                id=call,
                subprocess=fresh(view, f"sub {label}", {call}),
                name=f"Handle: {label}"[:200],
                owner=view.name_of(owner) if owner else None,
                why="the main flow keeps the usual case",
            ),
        ),
        (),
        ("Only the structure changes; no time is claimed. A refusal stays a decision; it does not become an error.",),
    )


def drop_step(view: View, finding: Finding) -> Draft | None:
    """A step without value goes."""
    task = view.tasks.get(finding.elements[0])
    if task is None:
        return None
    if finding.details.get("told") and not finding.details.get("named"):
        return drop_if_unused(view, finding)
    used = [user.name for user in view.tasks.values() if user.id != task.id and _needs(view, user, task)]
    if used and finding.kind == "no_value_work":
        return Draft(f"Do without {task.name}", (task.id,),
                     doubt=f"{task.name} looks like work without value, but {listed(used)} needs what it writes. "
                           "Could that come from somewhere else?")  # fmt: skip
    if no_value(task) == "by name" and finding.kind == "no_value_work":
        return Draft(f"Do without {task.name}", (task.id,),
                     doubt=f"What would be missing without “{task.name}”: does the next one learn of the case by it "
                           "alone, and could the system show or route the case instead?")  # fmt: skip
    edits: tuple[Edit, ...] = (Delete(ids=(task.id,), why=finding.title), *unfound(view, task))
    caught = lost_with(view, task) if is_control(task) else ()
    return Draft(
        f"Do without {task.name}",
        (task.id,),
        edits,
        (),
        (),
        caught,
    )


def _needs(view: View, reader: Task, task: Task) -> bool:
    """Whether a step reads what only this task writes before it."""
    if not set(reader.reads) & set(task.writes):
        return False
    outside = {data.id for data in view.process.data if data.source}
    before = [t for t in view.tasks.values() if view.order[t.id] < view.order[reader.id] and t.id != task.id]
    others = {name for earlier in before for name in earlier.writes}
    return bool(set(reader.reads) & set(task.writes) - others - outside)


def drop_check(view: View, finding: Finding) -> Draft | None:
    """A check whose outcome changes next to nothing goes, with its choice, when no outcome is lost by it."""
    task, choice = view.tasks.get(finding.elements[0]), view.steps.get(finding.elements[1])
    if task is None or not isinstance(choice, Choice):
        return None
    ends = [inner_id for inner_id in view.below(choice) if isinstance(view.steps.get(inner_id), End)]
    usual = max(choice.branches, key=lambda branch: branch.p or 0)
    if ends:
        return Draft(
            f"Do without {task.name}", finding.elements,
            doubt=f"{task.name} hardly ever changes anything. May it go, and with it the outcome "
                  f"{listed([view.name_of(name) for name in ends])}?",
        )  # fmt: skip
    return Draft(
        f"Do without {task.name}: it changes next to nothing",
        finding.elements,
        (Delete(ids=(task.id,), why=finding.title), *unfound(view, task), Replace(id=choice.id, blocks=usual.do.items)),
        (),
        (),
        lost_with(view, task),
    )


def by_class(view: View, finding: Finding) -> Draft | None:
    """One task becomes variants by kind of case, the kinds known at entry; the mean over all cases stays."""
    task = view.tasks.get(finding.elements[0])
    classes = view.process.volume.classes if view.process.volume else ()
    if task is None or task.work is None or len(classes) < 2:
        return None
    usual = max(classes, key=lambda kind: kind.share)
    share = usual.share
    mean, sd = task.work.mean_seconds, task.work.sd_seconds
    low, high = two_means(mean, sd, share)
    choice, other = fresh(view, f"kind {task.id}"), fresh(view, f"{task.id} other")
    note = "two kinds that together have the mean and spread of today; a kind varies by half its mean (estimate)"
    fast = _variant(task, task.id, f"{task.name} ({usual.name})", low, note)
    rest = _variant(task, other, f"{task.name} (other kinds)", high, note)
    block = Choice(
        id=choice,
        question="Which kind of case?",
        branches=(
            Branch(id=f"{choice}.1", when=usual.name, p=share, do=Sequence(items=(fast,))),
            Branch(id=f"{choice}.2", when="other kinds", p=round(1 - share, 9), do=Sequence(items=(rest,))),
        ),
        basis=Basis.ESTIMATED,
    )
    return Draft(
        f"Split {task.name} by kind of case: {usual.name} and the others",
        (task.id,),
        (Replace(id=task.id, blocks=(block,), why="each kind gets work that fits it"),),
        (
            estimate(f"{usual.name}: {humane(low)}, others {humane(high)}; the mean stays",
                     round(low, 1), "s"),
        ),
        ("The sizes per kind are an estimate: measure them before deciding.",
         "A case in the wrong lane needs a way into the other one."),
        enablers=("E01", "E09"),
    )  # fmt: skip


def two_means(mean: float, sd: float, share: float, cv: float = 0.5) -> tuple[float, float]:
    """Means of two kinds (shares `share`, 1 - `share`) whose mixture has `mean` and `sd`, each varying by `cv`.

    Solves share a + (1 - share) b = m and share a^2 + (1 - share) b^2 = (m^2 + sd^2) / (1 + cv^2) for a <= b.
    """
    second = (mean * mean + sd * sd) / (1 + cv * cv)
    between = max(0.0, second - mean * mean)
    gap = math.sqrt(between)
    low = mean - gap * math.sqrt((1 - share) / share) if 0 < share < 1 else mean
    low = max(low, 0.2 * mean)
    return low, (mean - share * low) / (1 - share) if share < 1 else mean


def _variant(task: Task, name: str, label: str, mean: float, note: str) -> Task:
    work = {"kind": "lognormal", "mean": round(mean / 60, 6), "sd": round(mean / 120, 6), "unit": "min",
            "basis": Basis.ESTIMATED.value, "note": note}  # fmt: skip
    return Task.model_validate({**task.model_dump(by_alias=True), "id": name, "name": label[:200], "work": work})


def one_variant(view: View, finding: Finding) -> Draft | None:
    """Variants that are the same work become one task."""
    choice = view.steps.get(at(finding.details, "choice"))
    if not isinstance(choice, Choice):
        return None
    tasks = [branch.do.items[0] for branch in choice.branches if branch.do.items]
    variants = [task for task in tasks if isinstance(task, Task)]
    if len(variants) != len(choice.branches):
        return None
    weighed = sum(view.chance(choice, b) * view.work_of(t) for b, t in zip(choice.branches, variants, strict=True))
    common = [w for w in words(variants[0].name) if all(w in words(task.name) for task in variants)]
    name = " ".join(common).capitalize() if len(common) >= 2 and content(" ".join(common)) else variants[0].name
    name = re.sub(r"\s+(for|of|to|in|on|the|and)(\s+(the|a))?$", "", name)
    first = variants[0]
    merged = Task.model_validate(
        {**first.model_dump(by_alias=True), "name": name,
         "work": fixed(weighed, "mean of the variants, weighed by how often each comes", Basis.ESTIMATED)}
    )  # fmt: skip
    return Draft(
        f"One task instead of {len(variants)} variants: {name}",
        (*(task.id for task in variants), choice.id),
        (Replace(id=choice.id, blocks=(merged,), why="the variants are the same work"),),
        (estimate(f"time of the one task {humane(weighed)}, the weighed mean", round(weighed, 1), "s"),),
    )


def serve_by_rule(view: View, finding: Finding) -> Draft | None:
    """Cases that lie behind urgent ones get a fixed part of the time."""
    step = view.steps.get(finding.elements[0])
    if not isinstance(step, Task | Wait) or finding.details.get("cause") != "prioritisation":
        return None
    edits, figures = shorter_wait(view, step, view.settings.wait_left, "a fixed part of the week for cases that lie")
    if not edits:
        return None
    return Draft(
        f"Keep a fixed time in the week for {spoken(view, step.id)}, so that cases no longer lie behind urgent ones",
        (step.id,), edits, figures, ("Urgent cases wait a little longer; the estimate leaves that out.",),
    )  # fmt: skip


def compose(view: View, finding: Finding) -> Draft | None:
    """Neighbouring small tasks of one person become one."""
    chain = [view.tasks[name] for name in finding.elements if name in view.tasks]
    if len(chain) < 2:
        return None
    total = sum(task.work.mean_seconds if task.work else 0.0 for task in chain)
    setup = chain[0].setup
    objects = listed([re.sub(r"^\S+\s+", "", task.name) for task in chain], 2)
    verb = chain[0].name.split()[0]
    same = all(task.name.split()[0].lower() == verb.lower() for task in chain)
    name = f"{verb} {objects}" if same else chain[0].name + " with " + objects
    good = math.prod(1 - (task.error_rate or 0.0) for task in chain)
    note = "sum of the steps, less the set-up between them"
    merged = Task.model_validate(
        {
            **chain[0].model_dump(by_alias=True),
            "name": name[:200],
            "reads": tuple(dict.fromkeys(n for t in chain for n in t.reads)),
            "writes": tuple(dict.fromkeys(n for t in chain for n in t.writes)),
            "work": fixed(total, note, _weakest(chain)) if total else None,
            "setup": setup,
            "error_rate": round(1 - good, 6) if good < 1 else None,
            "found_at": next((t.found_at for t in chain if t.found_at), None),
        }
    )
    gone = {task.id for task in chain[1:]}
    refer = tuple(
        SetValue(id=task.id, field="found_at", value=chain[0].id)
        for task in view.tasks.values()
        if task.found_at in gone and task.id not in {t.id for t in chain}
    )
    figures = (Evidence(f"one step of {humane(total)}: {note}", round(total, 1), "s", "computed"),) if total else ()
    edit = Merge(ids=tuple(t.id for t in chain), task=merged, why=note)
    return Draft(f"Do {listed([t.name for t in chain])} in one go", tuple(t.id for t in chain), (edit, *refer), figures)


def _weakest(chain: list[Task]) -> Basis:
    order = list(Basis)
    return max((t.work.basis or Basis.STATED for t in chain if t.work), key=order.index, default=Basis.ESTIMATED)


def apart(view: View, finding: Finding) -> Draft | None:
    """Work and its check become two tasks, so that somebody else can look."""
    task = view.tasks.get(finding.elements[0])
    halves = finding.details.get("halves", ())
    if task is None or len(halves) != 2:
        return None
    note = "half of today's time each (estimate)"
    work = scaled(task.work, 0.5, note) if task.work else None
    check_first = bool(finding.details.get("check_first"))
    base = task.model_dump(by_alias=True)
    names = [halves[0].strip(), halves[1].strip().capitalize()]
    parts = []
    for index, name in enumerate(names):
        checking = (index == 0) == check_first
        extra = (
            {"is_control": True, "error_rate": None, "writes": (), "reads": task.writes}
            if checking
            else {"found_at": None}
        )
        own = task.id if index == 0 else fresh(view, f"{task.id} part")
        wait = {} if index == 0 else {"wait": None, "wait_cause": None, "batch": None, "setup": None}
        parts.append(Task.model_validate({**base, "id": own, "name": name, "work": work, **wait, **extra}))
    if not check_first and parts[0].error_rate:
        parts[0] = parts[0].model_copy(update={"found_at": parts[1].id})
    return Draft(
        f"Part the work from its check in {task.name}",
        (task.id,),
        (SplitTask(id=task.id, tasks=tuple(parts), why="a check by the same person in the same breath finds little"),),
        (estimate(f"{task.name}: {note}"),) if work else (),
        ("Name somebody else for the check.",),
    )


H04 = Practice(
    "H04", "case types", "proposal", "other",
    {"another_case_type": own_process, "held_up_by_few": own_queue}, against=("H08", "H15"),
)  # fmt: skip
H05 = Practice(
    "H05", "activity elimination", "proposal", "eliminate",
    {"no_value_work": drop_step, "duplicate_control": drop_step, "unread_output": drop_step,
     "check_changes_nothing": drop_check, "checked_twice": drop_second_check, "check_finds_nothing": check_less,
     "many_contacts": fewer_contacts}, against=("H23",), small=True,
)  # fmt: skip
H06 = Practice(
    "H06", "case-based work", "mechanical", "simplify",
    {"long_wait": each_case, "batched": not_in_runs}, small=True,
)  # fmt: skip
H07 = Practice(
    "H07", "triage", "proposal", "other",
    {"mixed_cases": by_class, "same_variants": one_variant, "long_wait": serve_by_rule, "mixed_pile": split_pile,
     "check_finds_nothing": check_less}, against=("H08", "H15"), small=True,
)  # fmt: skip
H08 = Practice(
    "H08", "activity composition", "mechanical", "combine",
    {"small_neighbours": compose, "work_and_check_in_one": apart}, against=("H07", "H04"), small=True,
)  # fmt: skip
PRACTICES = (H04, H05, H06, H07, H08)
