"""What the teller said about the work itself, as findings: each remark of a kind that hurts, with its words quoted.

`MEANINGS` says for each kind of remark which finding it is; what the tree must confirm is in `CONFIRM`. A remark that
names no step, or that the teller may have meant otherwise, is asked about (`assistant.redesign.doubts`), not claimed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.language.evidence_cues.remarks_heard import reassurance
from assistant.process.blocks import Branch, Choice, Loop, Task, Wait
from assistant.process.durations import Basis
from assistant.process.remarks import Remark
from assistant.process.tree import ids_below
from assistant.redesign.detectors.base import finding
from assistant.redesign.detectors.belied import belied
from assistant.redesign.detectors.causes import spoken
from assistant.redesign.detectors.checks import gates
from assistant.redesign.detectors.meanings import MEANINGS, Meaning
from assistant.redesign.detectors.told_places import beside, made_first, missed, told_share, typed_first
from assistant.redesign.detectors.told_waits import told_at_length
from assistant.redesign.shapes import Evidence, Finding, Quote
from assistant.redesign.view import View
from assistant.redesign.words import SAME, alike, content, is_approval, is_control, says

STRESS, MORE, FIGURED = 0.15, 0.1, 0.1
"""How far up a told finding stands: for being told, for each further remark on it, for a figure in the words."""
LIKELY = 0.4
"""What it counts that the words surely tell of a pain: more than what else is said of it, so that it leads the page."""
MOST_QUOTES = 4
SHORT = 220


def told(view: View) -> Iterator[Finding]:
    """A finding for each pain the teller spoke of, remarks on the same steps taken together."""
    for meaning, remarks in _gathered(view):
        steps = _told_within(view, meaning, steps_of(view, remarks), remarks)
        confirm = CONFIRM.get(meaning.kind)
        more: Confirmed = confirm(view, steps, remarks) if confirm else {}
        if more is None:
            continue
        elements = more.pop("elements", steps)
        yield _finding(view, meaning, elements, remarks, more)


def unclaimed(view: View) -> Iterator[Remark]:
    """The remarks that are asked about: what may be meant otherwise, and what names no step."""
    claimed = {remark.id for _, remarks in _gathered(view) for remark in remarks}
    if is_quiet(view):
        return
    open_ = (remark for remark in view.process.remarks if remark.kind in MEANINGS and remark.id not in claimed)
    yield from (remark for remark in open_ if not belied(view, remark))


def _gathered(view: View) -> Iterator[tuple[Meaning, list[Remark]]]:
    """The sure remarks that name steps, by kind; those of one kind that share a step, or of which one follows right on
    the other, belong together."""
    groups: list[tuple[Meaning, set[str], list[Remark]]] = []
    for remark in view.process.remarks:
        meaning = MEANINGS.get(remark.kind)
        here = {name for name in remark.elements if name in view.steps}
        if meaning is None or not here or not is_claimed(view, remark) or not _firm(view, meaning, remark):
            continue
        same = (group for group in groups if group[0] is meaning)
        near = next((group for group in same if group[1] & here or _follows_on(group[2][-1], remark)), None)
        if near is None:
            groups.append((meaning, here, [remark]))
        else:
            near[1].update(here)
            near[2].append(remark)
    yield from ((meaning, remarks) for meaning, _, remarks in groups)


def is_quiet(view: View) -> bool:
    """Whether somebody tells at length and nothing of it likely tells of a pain: what only sounds a little like one is
    then the talk of somebody content, and is not asked about."""
    return _likeliest_below(view, HARDLY) or is_content(view)


def is_content(view: View) -> bool:
    """The same where much is said to go well: then what is read from figures alone is not asked about either."""
    return _likeliest_below(view, CONTENT) and reassurance(view.story) >= REASSURED


def _likeliest_below(view: View, least: float) -> bool:
    pains = [remark for remark in view.process.remarks if remark.kind in MEANINGS]
    unweighed = any(remark.likely is None for remark in pains)
    return not unweighed and told_at_length(view) and (likelihood(pains) or 0.0) < least


HARDLY, CONTENT, REASSURED = 0.3, 0.45, 0.08
"""How likely the likeliest pain must be for others to be asked about, and how likely where so many sentences
say that it goes well: 111 of 112 stories with pains have one, and eight of 38 sound ones (by folds)."""


def is_claimed(view: View, remark: Remark) -> bool:
    """Whether a remark is surely what it is taken for: by its words, or because the process bears them out."""
    return (remark.sure or borne_out(view, remark)) and not belied(view, remark)


def borne_out(view: View, remark: Remark) -> bool:
    """Whether the process shows what a remark likely says: a step done in runs, a check that turns cases away, or an
    approval of which the words count how often it is refused."""
    if remark.likely is None or remark.likely < BORNE_OUT:
        return False
    tasks = [view.tasks[name] for name in remark.elements if name in view.tasks]
    if remark.kind == "batch":
        return any(task.batch is not None or task.wait_cause == "batching" for task in tasks)
    if remark.kind in ("late_check", "work_for_nothing"):
        return not gates(view).keys().isdisjoint(task.id for task in tasks)
    return remark.kind == "empty_approval" and bool(remark.figures) and any(map(is_approval, tasks))


BORNE_OUT = 0.3
"""How likely words must be that the process bears out."""


def _follows_on(earlier: Remark, remark: Remark) -> bool:
    """Whether nothing but marks stands in the story between two remarks."""
    spans = earlier.span, remark.span
    return spans[0] is not None and spans[1] is not None and 0 <= spans[1].start - spans[0].end <= len(" - ")


DROPS = frozenset("unread_output check_finds_nothing checked_twice habitual_approval only_informed".split())
"""Findings that may cost a step its place: they need a remark that names the step or follows right after it."""


def _firm(view: View, meaning: Meaning, remark: Remark) -> bool:
    return meaning.kind not in DROPS or any(_named(view, name, remark) or _last_told(view, name, remark, meaning.kind)
                                            for name in remark.elements if name in view.steps)  # fmt: skip


def _named(view: View, name: str, remark: Remark) -> bool:
    """Whether a remark stands in the words a step was told in, or says its name in other words."""
    span, own = getattr(view.steps[name], "span", None), content(view.name_of(name))
    if span is not None and remark.span is not None and remark.span.start <= span.start < remark.span.end:
        return True
    return len(own & content(remark.text)) >= min(2, len(own)) > 0


def _named_before(view: View, name: str, remark: Remark) -> bool:
    """Whether a remark names a step that is told elsewhere: what is told in the same words is often only an example."""
    span = getattr(view.steps[name], "span", None)
    inside = span is not None and remark.span is not None and remark.span.start <= span.start < remark.span.end
    return not inside and _named(view, name, remark)


def _last_told(view: View, name: str, remark: Remark, kind: str) -> bool:
    """Whether no other step of the sort is told between a step and the remark: "it" can mean no other."""
    here = getattr(view.steps[name], "span", None)
    if here is None or remark.span is None:
        return False
    of_the_sort = _SORTS.get(kind)
    starts = [task.span.start for task in view.tasks.values() if task.span and (not of_the_sort or of_the_sort(task))]
    return not any(here.start < start < remark.span.start for start in starts) and here.start < remark.span.start


_SORTS: Mapping[str, Callable[[Task], bool]] = {
    "check_finds_nothing": is_control, "checked_twice": is_control, "habitual_approval": is_approval,
    "only_informed": is_approval,
}  # fmt: skip


def steps_of(view: View, remarks: Sequence[Remark]) -> tuple[str, ...]:
    """The steps that remarks speak of, each once, in the order of the remarks."""
    return tuple(dict.fromkeys(name for remark in remarks for name in remark.elements if name in view.steps))


OF_WORK = frozenset("routine_by_hand rekeyed_document".split())
"""What says of work how it is done: where the same words tell work, they speak of that."""


def _told_within(view: View, meaning: Meaning, steps: tuple[str, ...], remarks: list[Remark]) -> tuple[str, ...]:
    """The steps, those told in the words of a remark on how work is done before one told earlier that it does not name:
    "She presses it. I work out the load on a slip." speaks of the working out."""
    spans = [remark.span for remark in remarks if remark.span is not None]
    own = {name: getattr(view.steps[name], "span", None) for name in steps}
    inside = [
        name for name, told_at in own.items()
        if told_at is not None and any(span.start <= told_at.start < span.end for span in spans)
    ]  # fmt: skip
    if meaning.kind not in OF_WORK or not inside or any(_named(view, steps[0], remark) for remark in remarks):
        return steps
    return tuple(dict.fromkeys((*inside, *steps)))


def _finding(
    view: View, meaning: Meaning, steps: tuple[str, ...], remarks: list[Remark], more: dict[str, Any]
) -> Finding:
    meant = _claimed(view, meaning, steps, remarks)
    if meaning.unplaced and not meant:
        more["unplaced"], more["likeliest"] = True, placed(steps[0], remarks) if steps else 0.0
    if meant and meaning.kind == "batched":  # it is done otherwise where cases are said to lie, and there alone
        steps, more["at"] = tuple(dict.fromkeys((*meant, *steps))), meant
    more["meant"] = meant
    remarks = sorted(remarks, key=lambda remark: -(remark.likely or 0.0))
    likely = None if any(borne_out(view, remark) for remark in remarks) else likelihood(remarks)
    made = finding(
        view,
        meaning.kind,
        steps,
        meaning.titled([spoken(view, name) for name in meant]),
        tuple(as_evidence(remark) for remark in remarks[:MOST_QUOTES]),
        meaning.practices,
        waste=meaning.waste,
        share=_share(view, more.get("at", steps), meaning),
        told=True,
        stress=STRESS + MORE * min(3, len(remarks) - 1) + FIGURED * any(remark.figures for remark in remarks)
        + LIKELY * (likely or 0.0),
        **more,
    )  # fmt: skip
    made = made if likely is None else replace(made, confidence=likely)
    return made.quoting(tuple(quote_of(remark) for remark in remarks[:MOST_QUOTES] if remark.span is not None))


def likelihood(remarks: Sequence[Remark]) -> float | None:
    """How likely remarks on the same steps tell of a pain, by the likeliest; None where none of them was weighed."""
    return max((remark.likely for remark in remarks if remark.likely is not None), default=None)


OF_SEVERAL = frozenset("independent_in_row small_steps many_contacts changing_hands to_and_fro many_hands".split())
"""What is true of steps together; of any other kind a title claims it of each step that it names."""


def _claimed(view: View, meaning: Meaning, steps: tuple[str, ...], remarks: list[Remark]) -> tuple[str, ...]:
    """The steps a title names: those whose words the remarks use, or that wait where it is a wait; else the likeliest.

    None where it is not sure enough which are meant. The steps around, which a remark may speak of too, stay elements
    of the finding.
    """
    other = beside(view, meaning.kind, steps)
    own = (name for name in steps if name not in other)
    named = tuple(name for name in own if any(_named_before(view, name, remark) for remark in remarks))
    if other & {*steps[1:]} and not named:
        return steps[:1]  # where somebody asks back is not where the gap is made
    sure = tuple(name for name in steps if name in named or placed(name, remarks) >= PLACED)
    if meaning.kind in OF_SEVERAL:
        return sure if len(sure) >= 2 else ()
    if meaning.kind in ("batched", "one_person"):
        waiting = tuple(
            name
            for name, block in ((name, view.steps[name]) for name in sure)
            if isinstance(block, Task | Wait)
            and ((view.wait_of(block) and view.told(name, "wait")) or getattr(block, "batch", None))
        )
        if waiting:
            return waiting
    return named or sure[:1]


PLACED = 0.6
"""From which likelihood on a title names the step that a remark speaks of."""


def placed(name: str, remarks: Sequence[Remark]) -> float:
    """How likely a step is one that remarks speak of; 1 where nobody weighed it."""
    return max(
        (dict(zip(remark.elements, remark.placed, strict=False)).get(name, 1.0) for remark in remarks
         if name in remark.elements), default=0.0,
    )  # fmt: skip


def as_evidence(remark: Remark) -> Evidence:
    """The words of a remark as what a finding rests on."""
    return Evidence(f"told: “{shortened(remark.text)}”", None, "", Basis.STATED.value)


def quote_of(remark: Remark) -> Quote:
    """The words of a remark with their place in the story."""
    assert remark.span is not None
    return Quote(remark.span.start, remark.span.end, remark.text)


def shortened(text: str) -> str:
    """A quotation on one line without the mark of a list before it, cut at a word when it is long."""
    line = re.sub(r"^[-*•–]\s+", "", " ".join(text.split()))
    return line if len(line) <= SHORT else line[:SHORT].rsplit(" ", 1)[0] + " …"


def _share(view: View, steps: tuple[str, ...], meaning: Meaning) -> float | None:
    """The share of a case's time that waits before the steps make up, where the teller gave such waits."""
    if meaning.waste != "waiting" or not view.elapsed:
        return None
    waits = [(name, view.wait_of(view.steps[name])) for name in steps if isinstance(view.steps[name], Task | Wait)]
    share = sum(view.time_share(wait, name) for name, wait in waits if view.told(name, "wait"))
    return min(1.0, share) or None


def _batched(view: View, steps: tuple[str, ...], remarks: list[Remark]) -> Confirmed:
    """The step that is done in runs, with the one whose results lie before it."""
    first = steps[0]
    row, place = view.row_of(first), view.spots[first].position if first in view.spots else 0
    before = tuple(prior.id for prior in row[max(0, place - 1) : place] if isinstance(prior, Task))
    return {"elements": (*steps, *(name for name in before if name not in steps)), "cause": "batching"}


Confirmed = dict[str, Any] | None


def _unprotected(view: View, steps: tuple[str, ...], remarks: list[Remark]) -> Confirmed:
    """What law or safety asks for is not called needless, whatever it finds."""
    free = tuple(_free(view, steps))
    named = any(_named(view, name, remark) for name in free for remark in remarks)
    return {"elements": free, "named": named} if free else None


def _free(view: View, steps: tuple[str, ...]) -> list[str]:
    """The steps that no law or safety asks for; none where the likeliest is such a one, as no neighbour is meant."""
    kept = view.protection.reasons
    return [name for name in steps if name not in kept] if steps and steps[0] not in kept else []


def _approval(view: View, steps: tuple[str, ...], remarks: list[Remark]) -> Confirmed:
    free = [name for name in _free(view, steps) if name in view.tasks]
    if not free:
        return None
    after = view.next_of(free[0]) if free[0] in view.spots else None
    return {"elements": tuple(free), "choice": after.id if isinstance(after, Choice) else ""}


def _twice(view: View, steps: tuple[str, ...], remarks: list[Remark]) -> Confirmed:
    """The second check first, with the first one where the tree has it: only then could one of them go."""
    free = [name for name in steps if name in view.tasks and name not in view.protection.reasons]
    if not free:
        return None
    last = max(free, key=lambda name: view.order[name])
    before = [task for task in view.tasks.values() if view.order[task.id] < view.order[last] and is_control(task)]
    first = next(
        (earlier.id for earlier in reversed(before) if alike(earlier.name, view.tasks[last].name) >= SAME), None
    )
    return {"elements": tuple(dict.fromkeys((last, *((first,) if first else ()), *free))), "first": first or ""}


def _chain(view: View, steps: tuple[str, ...], remarks: list[Remark]) -> Confirmed:
    """Two tasks at least, in the order in which they run, not already side by side."""
    tasks = sorted((name for name in steps if name in view.tasks), key=lambda name: view.order[name])
    return {"elements": tuple(tasks)} if len(tasks) >= 2 else None


def _late(view: View, steps: tuple[str, ...], remarks: list[Remark]) -> Confirmed:
    """The check with the work done before it; without any it is not late."""
    check = next((name for name in steps if name in view.tasks and _looks(view.tasks[name])), "")
    if not check:
        return {"known": False}  # the words name no check that the tree has: said, but nothing is moved for it
    if check not in view.spots:
        return None
    row, place = view.row_of(check), view.spots[check].position
    before = [earlier for earlier in row[:place] if isinstance(earlier, Task) and not _same_check(view, earlier, check)]
    if not before:
        return None
    after = view.next_of(check)
    moved = (check, *((after.id,) if isinstance(after, Choice) else ()))
    return {"elements": (check, *(earlier.id for earlier in before[-3:])), "move": moved, "before": before[0].id,
            "known": False}  # fmt: skip


def _looks(task: Task) -> bool:
    return is_control(task) or says(task.name, LOOKING)


LOOKING = frozenset("ask look measure test".split())


def _same_check(view: View, one: Task, check: str) -> bool:
    return bool(content(one.name) & content(view.name_of(check))) and is_control(one)


def _few(view: View, steps: tuple[str, ...], remarks: list[Remark]) -> Confirmed:
    """The branch the unusual cases take, where the tree has one."""
    for step in view.steps.values():
        for branch in getattr(step, "branches", ()):
            if isinstance(step, Choice) and set(steps) & ids_below(branch.do) and _small(branch):
                inner = tuple(item.id for item in branch.do.items if isinstance(item, Task))
                return {"elements": tuple(dict.fromkeys((*steps, *inner))), "branch": branch.id, "steps": inner}
    return {}


def _small(branch: Branch) -> bool:
    return branch.p is None or branch.p <= 0.5


def _source(view: View, steps: tuple[str, ...], remarks: list[Remark]) -> Confirmed:
    """Where it is made and where it is found, and in how many cases, if the words say so."""
    share = next((f.value for remark in remarks for f in remark.figures if f.unit == "share" and f.value < 1), None)
    loop = next(
        (step.id for step in view.steps.values() if isinstance(step, Loop) and set(steps) & view.below(step)), ""
    )
    return {"elements": made_first(view, steps), "rate": share, "loop": loop, **told_share(view, remarks)}


CONFIRM: Mapping[str, Callable[[View, tuple[str, ...], list[Remark]], Confirmed]] = {
    **dict.fromkeys(("unread_output", "check_finds_nothing", "only_informed", "certified_check"), _unprotected),
    "habitual_approval": _approval, "batched": _batched, "checked_twice": _twice, "independent_in_row": _chain,
    "late_knockout": _late, "held_up_by_few": _few, "not_reached": missed, "error_at_source": _source,
    "one_person": lambda *_: {"cause": "unavailability"}, "rekeyed_document": typed_first,
}  # fmt: skip
