"""Page one, for whoever decides: the picture, three figures, three changes, the first 30 days, what is not known, what
is out of scope. Each figure says where it comes from; what nobody told stays blank.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from assistant.handover.inputs import yearly_cases
from assistant.handover.kpis import gap, overloaded, told_total
from assistant.handover.monday import lead, others, perhaps
from assistant.handover.needs import TAKES_OVER, outsiders
from assistant.handover.roles import is_outside, owner_of
from assistant.handover.rollout import weeks_for
from assistant.process.blocks import Block, Task, Wait
from assistant.process.durations import Basis
from assistant.process.edits import Delete
from assistant.process.model import Process
from assistant.process.tree import by_id, enclosing, step_id, tasks, walk
from assistant.redesign.alternatives import is_small
from assistant.redesign.consulting import LEFT_ALONE
from assistant.redesign.decided import TURNED
from assistant.redesign.guards import CAUGHT, CONFIRM
from assistant.redesign.quoting import shortened
from assistant.redesign.shapes import meant
from assistant.reports.alternatives import brings, chosen
from assistant.reports.evidence import MOULDS, claimed
from assistant.reports.format import amount, badge, count, listed

if TYPE_CHECKING:
    from assistant.handover.shapes import Package
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Alternative, Proposal

MOST_HURTING = 3
MOST_CHANGES, MOST_QUESTIONS, FIRST_QUESTIONS, MOST_CHIPS, MOST_OUT = 3, 6, 5, 18, 4
MOST_BESIDE = 2
"""Pains told beside the changes of page one; without changes all that stand out are told."""
LONG_WAIT, MOST_STARTS, SMALL_WEEKS = 3600.0, 2, 4
DECIDES = {"contradiction": 0, "consultant": 0, "overload": 1, "chance": 1, "volume": 1, "repeat": 1, "wait": 1,
           "promise": 1, "practice": 2, "errors": 4, "customers": 5, "owner": 5, "trigger": 5}  # fmt: skip
"""Which kinds of question decide most: what the figures cannot do without, then what decides a proposal."""
NOBODY = "to be named"
HOLDS = re.compile(r"” (?:does not hold|holds in part)\b")


def front(redesign: Redesign, package: Package) -> dict[str, Any]:
    """Page one as plain data."""
    best = chosen(redesign)
    return {
        **_said(redesign, best),
        "strip": strip(redesign, package),
        "numbers": numbers(redesign, best),
        "gap": gap(redesign.as_is, redesign.results.get("as-is")),
        "changes": [_change(proposal, redesign) for proposal in (best.proposals if best else ())[:MOST_CHANGES]],
        "perhaps": [] if best else [_change(proposal, redesign) for proposal in _perhaps(redesign)[:MOST_CHANGES]],
        "load": [line for line in package.organisation if TAKES_OVER in line] if best else [],
        "more": [proposal.title for proposal in best.proposals[MOST_CHANGES:]] if best else [],
        "days": first_days(redesign, best),
        "questions": sharp(redesign)[: MOST_QUESTIONS if best else FIRST_QUESTIONS],
        "out": out_of_scope(redesign, best),
        "unread": list(getattr(redesign, "unread", ())),
        "fill_in": fill_in(redesign.as_is),
    }


def _said(redesign: Redesign, best: Alternative | None) -> dict[str, Any]:
    """What the teller said that hurts, what else, and what may hurt: less of it where changes stand beside it."""
    if best is None:
        return {"lead": lead(redesign), "others": others(redesign), "asked": perhaps(redesign)}
    turned = {idea.title for idea in redesign.decided if idea.became == TURNED}
    refused = [fate.proposal for fate in redesign.proposals if fate.proposal.title in turned]
    answered = {key for proposal in (*best.proposals, *refused) for key in proposal.because}
    return {"lead": lead(redesign), "others": others(redesign, answered)[:MOST_BESIDE], "asked": []}


# --- the picture ------------------------------------------------------------------------------------------------------


def strip(redesign: Redesign, package: Package) -> list[dict[str, str]]:
    """The steps in a row: what is new, changed or gone where something is recommended, else what a finding names.

    Runs of steps nothing is said about are drawn as one.
    """
    kinds = dict(package.marks.kinds)
    if package.alternative is None:
        # What hurts most is marked, not every step that anything is said about.
        kinds = {name: "problem" for finding in claimed(redesign.findings)[0][:MOST_HURTING] for name in meant(finding)}
    else:
        for name in _elsewhere(redesign.as_is, package.to_be):
            kinds.setdefault(name, "changed")
    steps = _steps(package.to_be)
    gone = [step for step in _steps(redesign.as_is) if step_id(step) not in by_id(package.to_be)]
    before = [step_id(step) for step in _steps(redesign.as_is)]
    for step in gone:
        place = before.index(step_id(step))
        spot = next((i for i, stays in enumerate(steps) if place and step_id(stays) == before[place - 1]), -1)
        steps.insert(spot + 1, step)
        kinds[step_id(step)] = "removed"
    chips = [_chip(step, kinds.get(step_id(step), ""), redesign.as_is) for step in steps]
    return _shortened(chips)


def _elsewhere(before: Process, after: Process) -> set[str]:
    """The steps that run at another place than before: at the same time as others, under a condition, or sooner."""
    was, now = enclosing(before), enclosing(after)
    order, then = ([step_id(step) for step in _steps(process)] for process in (before, after))
    kept = {order[at] for block in SequenceMatcher(None, order, then, False).get_matching_blocks()
            for at in range(block.a, block.a + block.size)}  # fmt: skip
    return {name for name in then if name in was and (was[name] != now[name] or name not in kept)}


def _steps(process: Process) -> list[Block]:
    return [step for step in walk(process) if isinstance(step, Task) or (isinstance(step, Wait) and step.duration)]


def _chip(step: Block, kind: str, process: Process) -> dict[str, str]:
    pause = step.wait if isinstance(step, Task) else getattr(step, "duration", None)
    told = pause is not None and pause.basis in (Basis.STATED, Basis.MEASURED) and pause.mean_seconds >= LONG_WAIT
    name = getattr(step, "name", "") or "wait"
    role = process.role(getattr(step, "role", None))
    return {
        "name": name,
        "kind": kind,
        "wait": amount(pause.mean_seconds, "s") if told and pause else "",
        "role": role.name if role else "",
        "gap": "",
    }


def _shortened(chips: list[dict[str, str]]) -> list[dict[str, str]]:
    """The marked steps with their neighbours; the others between them as one chip."""
    if len(chips) <= MOST_CHIPS // 2:
        return chips
    marked = [number for number, chip in enumerate(chips) if chip["kind"]]
    shown = {0, len(chips) - 1} | {near for number in marked[:MOST_CHIPS] for near in (number - 1, number, number + 1)}
    found: list[dict[str, str]] = []
    run = 0
    for number, chip in enumerate(chips):
        if number not in shown:
            run += 1
            continue
        if run:
            found.append({"name": "", "kind": "", "wait": "", "role": "", "gap": f"{count(run, 'step')} as today"})
        found.append(chip)
        run = 0
    return found


# --- three figures ----------------------------------------------------------------------------------------------------


def numbers(redesign: Redesign, best: Alternative | None) -> list[dict[str, Any]]:
    """How long a case takes, how many come, and what the recommended way brings: as far as it is known.

    What is not known is no figure; it stands among the questions.
    """
    tiles = [_time_of_a_case(redesign), _volume(redesign.as_is, redesign.completed.process), brings(redesign, best)]
    return [tile for tile in tiles if tile["badge"]["key"] != "unknown"]


def _time_of_a_case(redesign: Redesign) -> dict[str, Any]:
    told, played = told_total(redesign.as_is), redesign.results.get("as-is")
    if told is not None:
        return _tile("A case takes today", amount(told[0], "s"), told[1], "told for the whole of a case")
    busy = overloaded(redesign.completed.process)
    if busy:
        why = f"by what was told {listed(busy)} would have more work than time, so no time can be computed"
        return _tile("A case takes today", "unknown", "unknown", why)
    part = redesign.completed.elapsed_filled
    if played is None or part >= 0.5:
        return _tile("A case takes today", "unknown", "unknown", "nobody told the times that make it up")
    weak = f"; {amount(part, 'share')} of it nobody told" if part >= 0.01 else ""
    guessed = any(filling.field == "working_hours" for filling in redesign.completed.filled)
    rests = ", with queues, nights and days off" + (" by hours of work that are our guess" if guessed else "")
    return _tile("A case takes today", f"about {amount(played.cycle_time.mean, 's')}", "computed",
                 f"played from the times told{rests}{weak}")  # fmt: skip


def _volume(process: Process, played: Process) -> dict[str, Any]:
    cases = yearly_cases(process, played)
    if cases is None:
        return _tile("Cases a year", "unknown", "unknown", "nobody said how many come")
    basis = process.volume.rests_on if process.volume else None
    return _tile("Cases a year", amount(cases, ""), (basis or Basis.STATED).value, "as told, taken to a year")


def _tile(name: str, value: str, basis: str, source: str) -> dict[str, Any]:
    return {"name": name, "value": value, "source": source, "badge": badge(basis)._asdict()}


# --- three changes, and what they need --------------------------------------------------------------------------------


def _change(proposal: Proposal, redesign: Redesign) -> dict[str, Any]:
    """A change with the words of the story that led to it."""
    findings = {finding.id: finding for finding in redesign.findings}
    reasons = [findings[key] for key in proposal.because if key in findings]
    quotes = [shortened(quote.text) for finding in reasons for quote in getattr(finding, "quotes", ())]
    return {
        "title": proposal.title,
        "quote": quotes[0] if quotes else "",
        "why": reasons[0].title if reasons else "",
        "who": begins(proposal, redesign.as_is),
        "practice": proposal.practice,
        "effect": next((str(f.details["effect"]) for f in reasons if f.details.get("effect")), proposal.granted),
    }


def _perhaps(redesign: Redesign) -> list[Proposal]:
    """What the alternatives would do where none is recommended: worth talking about, but of no known size."""
    found = {proposal.id: proposal for alternative in redesign.alternatives for proposal in alternative.proposals}
    return list(found.values())


def begins(proposal: Proposal, process: Process) -> str:
    """Who has the change in hand: those inside who do the step, called as they were told."""
    named = [
        role
        for role in process.roles
        if re.search(rf"\b{re.escape(role.name)}\b", proposal.first, re.I) and not is_outside(process, role)
    ]
    if named:
        return min(named, key=lambda role: proposal.first.lower().index(role.name.lower())).name
    steps = by_id(process)
    for key in proposal.elements:
        role = process.role(key) or process.role(getattr(steps.get(key), "role", None))
        if role is not None and not is_outside(process, role):
            return role.name
    return process.owner or NOBODY


def first_days(redesign: Redesign, best: Alternative | None) -> list[dict[str, str]]:
    """What happens by which day of the first 30, and who does it; names are those of the story."""
    process = redesign.as_is
    owner = process.owner or NOBODY
    asked = _asked(redesign)
    if best is None:
        rows = [("day 5", "Answer the questions on this page" + asked, _doers(process)),
                ("day 10", "Tell it again with the answers; the proposals are worked out anew", owner)]  # fmt: skip
        return [dict(zip(("when", "what", "who"), row, strict=True)) for row in rows]
    quick = sorted(best.proposals, key=weeks_for)[:MOST_STARTS]
    start = [(by_when(proposal), _start(proposal), begins(proposal, process)) for proposal in quick]
    rows = [
        ("day 5", "Answer the questions on this page" + asked, _doers(process)),
        *(("day 7", _permission(proposal), _decides(proposal, process)) for proposal in quick if asks_leave(proposal)),
        ("day 8", "Decide whether to go on" + ("" if process.owner else ", and who answers for the whole"), owner),
        *start,
        ("day 30", "Look at the first cases and decide: on, change or back", owner),
    ]
    return [
        dict(zip(("when", "what", "who"), row, strict=True)) for row in sorted(rows, key=lambda row: int(row[0][4:]))
    ]


def asks_leave(proposal: Proposal) -> bool:
    """Whether a change takes something away that somebody may want or must keep: it is settled before it is begun."""
    marked = any(risk.endswith((CONFIRM, CAUGHT)) for risk in proposal.risks)
    return marked or bool(proposal.caught) or any(isinstance(edit, Delete) for edit in proposal.edits)


def _decides(proposal: Proposal, process: Process) -> str:
    """Who says whether a change may be: who answers for the whole, else who decides on such a case today."""
    return process.owner or (begins(proposal, process) if proposal.practice == "H22" else NOBODY)


def _permission(proposal: Proposal) -> str:
    return f"Settle whether it may be done: {proposal.title}. If the answer is no, it stays as it is today"


def by_when(proposal: Proposal) -> str:
    """The day a change is begun (`day 10`): at once where it needs no new role or system, later where it needs more."""
    if proposal.own and is_small(proposal):
        return "day 10"
    return "day 15" if proposal.own or weeks_for(proposal) <= SMALL_WEEKS else "day 25"


def _start(proposal: Proposal) -> str:
    if proposal.first:
        return f"{proposal.title}. {proposal.first}"
    return f"{'Try it' if weeks_for(proposal) <= SMALL_WEEKS else 'Plan and price it'}: {proposal.title}"


def _asked(redesign: Redesign) -> str:
    missing = fill_in(redesign.as_is)["steps"]
    return f" and fill in {count(len(missing), 'line')} of the table" if missing else ""


def _doers(process: Process) -> str:
    """The roles inside that know the times, a few of them."""
    used = [task.role for task in tasks(process) if task.role]
    inside = [role.name for role in process.roles if role.id in used and not is_outside(process, role)]
    return listed(inside, 3) if inside else owner_of(process)


# --- what is not known, and what is out of scope ----------------------------------------------------------------------


def sharp(redesign: Redesign) -> list[dict[str, str]]:
    """The questions that decide something; those of one form for each step stand in the table to fill in."""
    found: dict[str, tuple[int, str]] = {}
    controls = [question for question in redesign.questions if _kind(question) == "errors"]
    asked: set[str] = set()
    for question in redesign.questions:
        kind, text = _kind(question), str(getattr(question, "text", question))
        places = set(getattr(question, "elements", ()))
        if kind == "practice" and places & asked:
            continue  # one question a place: the answer to the first decides whether the second is worth asking
        asked |= places if kind == "practice" else set()
        if kind == "errors" and len(controls) > 1:
            steps = by_id(redesign.as_is)
            names = [f"“{steps[control.elements[0]].name}”" for control in controls]  # type: ignore[union-attr]
            text = f"How often do {listed(names, 3)} find something wrong?"
        if kind not in (*MOULDS, "meant"):  # what may be meant stands apart, the likeliest first
            found.setdefault(text, (DECIDES.get(kind, 3), text))
    return [{"text": text} for _, text in sorted(found.values(), key=lambda pair: pair[0])]


def _kind(question: Any) -> str:
    return str(getattr(question, "id", "")).partition(":")[0]


def out_of_scope(redesign: Redesign, best: Alternative | None) -> list[str]:
    """What this redesign leaves as it is or does not judge."""
    process = redesign.as_is
    found = [note for note in redesign.notes if note.startswith("“") and HOLDS.search(note)]
    most = MOST_OUT + len(found)
    found += kept_lines(best.guards if best else ())
    if best is None:
        found = [f"{task.name} stays: {task.legal_basis}" for task in tasks(process) if task.legal_basis]
    found += [f"{fit.name}: {fit.reason}" for fit in redesign.fits if not fit.fits]
    found += [note.removeprefix(LEFT_ALONE) for note in redesign.notes if note.startswith(LEFT_ALONE)]
    if outside := outsiders(process):
        found.append(f"What is done on the side of {listed(outside)}.")
    if best is not None and any(proposal.enablers for proposal in best.proposals):
        found.append("What software costs to buy, build and run: nobody gave a price.")
    return list(dict.fromkeys(line if line.endswith((".", "?", "!", "…")) else f"{line}." for line in found))[:most]


def kept_lines(guards: Sequence[str]) -> list[str]:
    """What stays, the steps that stay for one reason in one line."""
    lines = [line for line in guards if "stay" in line and not line.startswith("All")]
    by_reason: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        name, mark, reason = line.partition(" must stay: " if " must stay: " in line else " stays as it is: ")
        by_reason.setdefault((mark.strip(), reason) if mark else ("", line), []).append(name if mark else "")
    found = []
    for (mark, reason), names in by_reason.items():
        stays = mark if mark.startswith("must") or len(names) == 1 else "stay as they are:"
        unnamed = [name.replace("The ", "the ", 1) for name in names[1:]]
        found.append(f"{listed([names[0], *unnamed])} {stays} {reason}" if mark else reason)
    return found


def fill_in(process: Process) -> dict[str, list[dict[str, str]]]:
    """One table for all questions of one form: what was told stands there, what nobody told is blank."""
    rows = []
    for task in tasks(process):
        role = process.role(task.role)
        work, wait = task.work, task.wait
        automatic = task.automation == "automatic" or (role is not None and role.kind == "system")
        if (work is None and not automatic) or role is None:
            rows.append({
                "name": task.name, "who": role.name if role else "",
                "work": amount(work.mean_seconds, "s") if work else "",
                "wait": amount(wait.mean_seconds, "s") if wait else "",
            })  # fmt: skip
    used = {name for task in tasks(process) for name in (task.role, *task.with_roles)}
    people = [
        {"name": role.name, "number": str(role.capacity or ""),
         "price": f"{process.currency} {role.cost_per_hour:g}" if role.cost_per_hour else ""}
        for role in process.roles
        if role.id in used and not is_outside(process, role) and (role.capacity is None or not role.cost_per_hour)
    ]  # fmt: skip
    return {"steps": rows, "people": people}
