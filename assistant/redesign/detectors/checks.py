"""Checks that refuse cases: in the wrong order, too late, sending cases back, or waving them through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from assistant.process.blocks import Block, Choice, End, Loop, Sequence, Task, Wait
from assistant.process.durations import humane
from assistant.process.tree import steps
from assistant.redesign.detectors.base import chance, computed, finding, lasting, seen
from assistant.redesign.shapes import Finding
from assistant.redesign.view import View
from assistant.redesign.words import content, is_approval, is_control, listed, percent

REFUSAL = frozenset("refus reject declin deni deny cancel withdraw fail clos abort ineligibl".split())
INCOMPLETE = frozenset("incomplet miss lack unread wrong invalid".split())


class Gate(NamedTuple):
    """A check with the choice after it: the chance that it ends the case, and its effort in seconds."""

    task: Task
    choice: Choice
    exit_branch: str
    p: float
    effort: float


def gates(view: View) -> dict[str, Gate]:
    """The checks that can end a case in refusal, by task id."""
    found = {}
    for task in view.tasks.values():
        after = view.next_of(task.id) if task.id in view.spots else None
        if not isinstance(after, Choice):
            continue
        for branch in after.branches:
            if view.told(branch.id) and _ends_badly(branch.do, branch.p):
                p = view.chance(after, branch)
                found[task.id] = Gate(task, after, branch.id, p, view.work_of(task))
                break
    return found


def _ends_badly(row: Sequence, p: float | None) -> bool:
    if not row.items or not isinstance(row.items[-1], End):
        return False
    end = row.items[-1]
    if end.negative is not None:
        return end.negative
    return (p is None or p <= 0.5) and any(word.startswith(tuple(REFUSAL)) for word in content(end.outcome))


def knockout_order(view: View) -> Iterator[Finding]:
    """Two or more refusing checks in a row that are free to be ordered and do not run by effort per refusal."""
    known = gates(view)
    for row in view.rows.values():
        for chain in _chains(row, known):
            movable = [gate for gate in chain if gate.task.id not in view.protection.reasons and gate.p > 0]
            if len(movable) < 2 or len(movable) != len(chain) or any(g.effort <= 0 for g in chain):
                continue
            best = sorted(chain, key=lambda g: g.effort / g.p)
            if [g.task.id for g in best] == [g.task.id for g in chain]:
                continue
            free = [free_of(view, a, b) for i, a in enumerate(chain) for b in chain[i + 1 :]]
            if any(apart is False for apart in free):
                continue
            now, then = _effort(chain), _effort(best)
            if then > now * (1 - view.settings.worth):
                continue
            yield finding(
                view,
                "knockout_order",
                tuple(g.task.id for g in chain) + tuple(g.choice.id for g in chain),
                f"{chain[0].task.name} comes before {best[0].task.name}, which refuses more for less effort",
                (
                    *(computed(f"{g.task.name}: {humane(g.effort)} of work, refuses {percent(g.p)}, so "
                               f"{humane(g.effort / g.p)} of work a refusal", g.effort / g.p, "s") for g in chain),
                    *(chance(f"{g.task.name} refuses", g.p, _p_basis(g)) for g in chain),
                    computed(f"checking takes {humane(now)} a case; in the best order {humane(then)}",
                             now - then, "s"),
                ),
                ("H11",),
                waste="over-processing",
                share=min(1.0, (now - then) * view.rates[chain[0].task.id] / view.work) if view.work else None,
                share_of="cost",
                order=tuple((g.task.id, g.choice.id) for g in best),
                known=all(apart is True for apart in free),
            )  # fmt: skip


def _p_basis(gate: Gate) -> str | None:
    return next((b.p_basis for b in gate.choice.branches if b.id == gate.exit_branch), None)


def _chains(row: Sequence, known: dict[str, Gate]) -> Iterator[list[Gate]]:
    chain: list[Gate] = []
    for item in row.items:
        if isinstance(item, Task) and item.id in known:
            chain.append(known[item.id])
        elif not (chain and isinstance(item, Choice) and item.id == chain[-1].choice.id and _plain(item, chain[-1])):
            if len(chain) >= 2:
                yield chain
            chain = []
    if len(chain) >= 2:
        yield chain


def _plain(choice: Choice, gate: Gate) -> bool:
    """Whether the choice only refuses: every other branch is empty."""
    return all(branch.id == gate.exit_branch or not branch.do.items for branch in choice.branches)


def _effort(chain: list[Gate]) -> float:
    total, left = 0.0, 1.0
    for gate in chain:
        total += left * gate.effort
        left *= 1 - gate.p
    return total


def free_of(view: View, gate: Gate, other: Gate) -> bool | None:
    """Whether a gate and another may change places: True when the data say so, None when they are not known."""
    a, b = view.depends(gate.task, other.task), view.depends(other.task, gate.task)
    data = [(gate, other), (other, gate)]
    inside = any(set(_reads(x.choice)) & set(y.task.writes) for x, y in data)
    if inside or (a is True and _by_data(gate.task, other.task)) or (b is True and _by_data(other.task, gate.task)):
        return False
    return None if a is None or b is None else True


def _by_data(first: Task, then: Task) -> bool:
    return bool(set(first.writes) & {*then.reads, *then.writes} or set(first.reads) & set(then.writes))


def _reads(choice: Choice) -> set[str]:
    return {name for step in steps(Sequence(items=(choice,))) if isinstance(step, Task) for name in step.reads}


def late_knockouts(view: View) -> Iterator[Finding]:
    """A check that often refuses comes after work that is then wasted."""
    known = gates(view)
    for gate in known.values():
        if gate.p < view.settings.knockout_p or gate.task.id in view.protection.reasons:
            continue
        row, place = view.row_of(gate.task.id), view.spots[gate.task.id].position
        start, unknown = _earliest(view, gate, row[:place], known)
        passed = row[start:place]
        wasted = [step for step in passed if isinstance(step, Task) and step.id not in known]
        if len(wasted) < view.settings.knockout_before:
            continue
        lost = sum(view.work_of(step) for step in wasted) * gate.p
        if lost <= 0:
            continue
        anchor = passed[0]
        yield finding(
            view,
            "late_knockout",
            (gate.task.id, gate.choice.id, *(step.id for step in wasted)),
            f"{gate.task.name} refuses {percent(gate.p)} of cases after "
            f"{listed([step.name for step in wasted])} have been done",
            (
                chance(f"{gate.task.name} refuses", gate.p, _p_basis(gate)),
                computed(f"{humane(lost)} of work a case is wasted on refused ones", lost, "s"),
            ),
            ("H11",),
            waste="over-processing",
            share=min(1.0, lost * view.rates[gate.task.id] / view.work) if view.work else None,
            share_of="cost",
            move=(gate.task.id, gate.choice.id),
            before=getattr(anchor, "id", ""),
            known=not unknown,
        )


def _earliest(view: View, gate: Gate, before: tuple[Block, ...], known: dict[str, Gate]) -> tuple[int, bool]:
    """From where on in the row the check could run, and whether some dependence on the way is unknown."""
    needs, unknown = set(gate.task.reads) | _reads(gate.choice), False
    start = len(before)
    for index in range(len(before) - 1, -1, -1):
        step = before[index]
        inner = list(view.inner_tasks(step))
        held = any(task.id in view.protection.reasons for task in inner) or not isinstance(step, Task | Choice)
        cheap = (
            isinstance(step, Task)
            and step.id in known
            and known[step.id].effort / max(known[step.id].p, 1e-9) <= (gate.effort / gate.p)
        )
        if held or cheap or (isinstance(step, Choice) and not _belongs(step, known)) or _blocks(inner, needs, gate):
            break
        if not gate.task.reads or any(not (task.reads or task.writes) for task in inner):
            unknown = True
        start = index
    return start, unknown


def _belongs(choice: Choice, known: dict[str, Gate]) -> bool:
    return any(gate.choice.id == choice.id for gate in known.values())


def _blocks(inner: list[Task], needs: set[str], gate: Gate) -> bool:
    made = {name for task in inner for name in task.writes}
    used = {name for task in inner for name in task.reads}
    return bool(made & needs) or bool(set(gate.task.writes) & (used | made)) or gate.task.name in ("",)


def returned_to_supplier(view: View) -> Iterator[Finding]:
    """A check of what an outside party supplied sends cases back to it."""
    sources = {data.id for data in view.process.data if data.source}
    outside = {n for t in view.tasks.values() if view.party_of(t) for n in t.writes}
    for loop in (step for step in view.steps.values() if isinstance(step, Loop)):
        checking = [t for t in view.inner_tasks(loop) if is_control(t) and set(t.reads) & (sources | outside)]
        back = [t for t in view.inner_tasks(loop) if view.party_of(t)]
        if not checking or not back or (loop.p or 0) < view.settings.return_rate or not view.told(loop.id):
            continue
        task = checking[0]
        yield finding(
            view,
            "returned_to_supplier",
            (task.id, loop.id, *(step.id for step in back)),
            f"{percent(loop.p or 0)} of cases go back to {view.party_of(back[0])} because of what {task.name} finds",
            (chance(f"sent back to {view.party_of(back[0])} after {task.name}:", loop.p or 0, loop.p_basis),),
            ("H01",),
            waste="defects",
            share=_loop_share(view, loop),
            loop=loop.id,
            control=task.id,
            party=view.party_of(back[0]),
        )
    yield from _sent_back(view, sources | outside)
    for gate in gates(view).values():
        told = content(gate.choice.question) | {w for b in gate.choice.branches for w in content(b.when or "")}
        incomplete = any(word.startswith(tuple(INCOMPLETE)) for word in told | content(gate.task.name))
        if is_control(gate.task) and set(gate.task.reads) & (sources | outside) and incomplete:
            if gate.p < view.settings.incomplete_rate or gate.task.id in view.protection.reasons:
                continue
            yield finding(
                view,
                "refused_as_incomplete",
                (gate.task.id, gate.choice.id),
                f"{percent(gate.p)} of cases are refused because something is missing",
                (chance("refused as incomplete:", gate.p, _p_basis(gate)),),
                ("H01", "H23"),
                waste="defects",
                branch=gate.exit_branch,
                control=gate.task.id,
            )


def _sent_back(view: View, theirs: set[str]) -> Iterator[Finding]:
    """The same told as a branch: after the check some cases wait for the sender to complete them."""
    for task in view.tasks.values():
        after = view.next_of(task.id) if task.id in view.spots else None
        if not is_control(task) or not isinstance(after, Choice) or task.id in view.protection.reasons:
            continue
        for branch in after.branches:
            inner = list(steps(branch.do))
            back = next((view.party_of(within) for within in inner if view.party_of(within)), None)
            words = content(branch.when or "") | content(after.question) | content(task.name)
            gap = bool(set(task.reads) & theirs) or any(
                word.startswith(("incomplet", "complet", "miss")) for word in words
            )
            p = branch.p if view.told(branch.id) else None
            if (
                p is None
                or p < view.settings.return_rate
                or not back
                or not gap
                or any(isinstance(s, End) for s in inner)
            ):
                continue
            yield finding(
                view,
                "returned_to_supplier",
                (task.id, after.id, *(within.id for within in inner if isinstance(within, Task | Wait))),
                f"In {percent(p)} of cases {back} has to complete what {task.name} finds missing",
                (chance(f"{back} is asked again after {task.name}:", p, branch.p_basis),),
                ("H01",),
                waste="defects",
                share=_inner_share(view, inner),
                branch=branch.id,
                control=task.id,
                party=back,
            )


def _inner_share(view: View, inner: list[Block]) -> float | None:
    spent = sum(
        (view.work_of(task) + view.wait_of(task)) * view.rates.get(getattr(task, "id", ""), 0.0) for task in inner
    )
    return min(1.0, spent / view.elapsed) if view.elapsed else None


def _loop_share(view: View, loop: Loop) -> float | None:
    p, once = loop.p or 0.0, view.rates.get(loop.id, 0.0)
    again = p / (1 - p) if p < 1 else 0.0
    inner = sum(view.work_of(t) + view.wait_of(t) for t in view.inner_tasks(loop))
    return min(1.0, once * again * inner / view.elapsed) if view.elapsed else None


def habitual_approvals(view: View) -> Iterator[Finding]:
    """A sign-off by somebody else that is nearly always given and that cases wait for."""
    for task in view.tasks.values():
        after = view.next_of(task.id) if task.id in view.spots else None
        if not is_approval(task) or task.id in view.protection.reasons or not isinstance(after, Choice):
            continue
        chances = [branch.p for branch in after.branches if branch.p is not None and view.told(branch.id)]
        best = max(chances, default=0.0)
        seconds = view.wait_of(task) + view.queue_of(task)
        share = view.time_share(seconds, task.id)
        times = None if view.yearly is None else view.yearly * view.rates[task.id]
        rare = best < view.settings.approve_unchanged or share < view.settings.approve_wait_share
        if rare or (times is not None and times < view.settings.approve_n) or not _other_role(view, task):
            continue
        basis = max(after.branches, key=lambda b: b.p or 0).p_basis
        yield finding(
            view,
            "habitual_approval",
            (task.id, after.id),
            f"{view.name_of(task.role)} approves {percent(best)} unchanged, and cases wait {humane(seconds)} for it",
            (
                chance("approved unchanged:", best, basis),
                lasting(f"wait for {task.name}:", seconds, task.wait.basis if task.wait else None),
                computed(f"that is {percent(share)} of the elapsed time", share, "share"),
                *((computed(f"about {times:,.0f} times a year", round(times), "cases"),) if times else
                  (seen("how many cases a year is not known"),)),
            ),
            ("H22",),
            waste="waiting",
            share=share,
            choice=after.id,
        )  # fmt: skip


def _other_role(view: View, task: Task) -> bool:
    path = list(view.path_tasks)
    place = next((i for i, passed in enumerate(path) if passed.id == task.id), 0)
    return place == 0 or path[place - 1].role != task.role
