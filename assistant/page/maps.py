"""The maps of the page as data for its drawing: BPMN with our layout, what each shape stands for, and what is marked.

A map is named by the word in the address: `today` (the design as it is now, the one that can be changed), the name of
an alternative, `before` (as it ran before the first proposal was taken over), `turn:7` (as it stood after a turn), and
`beside:NAME` for two maps side by side, the earlier one left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.bpmn.marks import Marks
from assistant.handover.change import marks_between
from assistant.process.blocks import AnyOf, Call, Choice, End, Loop, Task, Wait
from assistant.process.describe import name_of
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.tree import by_id, walk
from assistant.projects.journal import Accepted, Note, Rejected, Said
from assistant.reports.report import problem_marks

if TYPE_CHECKING:
    from assistant.page.desk import Shown
    from assistant.redesign.result import Redesign

TODAY, BEFORE, BESIDE, TURN = "today", "before", "beside:", "turn:"
MOST_FINDINGS = 5
ALL_NEW = 0.8
"""The share of marked elements from which on all of it is new, so that nothing would stand out."""


@dataclass(frozen=True)
class Map:
    """One map: the process, what is marked in it and how it is called; `live` where it can be changed."""

    process: Process
    marks: Marks
    title: str
    live: bool = False
    numbers: Mapping[str, str] = field(default_factory=dict)
    """The numbers of the findings at a step, where these are what is marked."""


def called(step: Any) -> str:
    """A step's own name, where it has one."""
    named = getattr(step, "name", "") or getattr(step, "question", "") or getattr(step, "outcome", "")
    return str(named or name_of(step).strip("“”"))


def title_of(name: str) -> str:
    """The name of an alternative or of a map as a title."""
    return name[:1].upper() + name[1:].replace("-", " ")


def choices(shown: Shown) -> list[tuple[str, str]]:
    """The maps there are, each with its key and title; an alternative that comes to the same as another has none."""
    from assistant.reports.alternatives import same_as

    result = shown.redesign
    alternatives = [option for option in result.alternatives if not same_as(result, option)] if result else ()
    decided = bool(shown.state.decided) and shown.state.today() != shown.state.process
    found = [(BEFORE, "Today"), (TODAY, "With what was decided")] if decided else [(TODAY, "Today")]
    return [*found, *((option.name, title_of(option.name)) for option in alternatives if option.proposals)]


def chosen(shown: Shown, which: str) -> str:
    """The key of the map that is shown for what the address asks: of one that is no longer there, today's."""
    key = which.removeprefix(BESIDE)
    there = dict(choices(shown))
    if key.startswith(TURN):
        return key if key.removeprefix(TURN) in {str(turn) for turn in shown.state.turns_changed()} else TODAY
    if key not in there:
        return TODAY
    return which if which.startswith(BESIDE) and earlier(shown, key) is not None else key


def earlier(shown: Shown, key: str) -> tuple[str, Process] | None:
    """What stands left of a map when two are shown side by side: its title and process; None where there is nothing."""
    result = shown.redesign
    if result is not None and result.alternative(key) is not None:
        return "Today", result.as_is
    if key == TODAY and dict(choices(shown)).get(BEFORE):
        return "Today", shown.state.today()
    return None


def maps(shown: Shown, tab: str, which: str) -> tuple[list[Map], str]:
    """The map that is asked for, or two of them side by side, and a sentence about what is marked."""
    key = which.removeprefix(BESIDE)
    before = earlier(shown, key)
    if which.startswith(BESIDE) and before is not None:
        return _beside(shown, key, *before)
    made = _single(shown, tab, key)
    return [made[0]], made[1]


def _beside(shown: Shown, key: str, title: str, process: Process) -> tuple[list[Map], str]:
    after, _ = _single(shown, "", key)
    then, gone = marks_between(process, after.process)
    left = [key for key in by_id(process) if key not in by_id(after.process)]
    marked = Marks(kinds=dict.fromkeys(left, "removed"), notes=dict.fromkeys(left, "Gone"))
    count = f"{len(then.kinds)} new or changed on the right, {len(gone)} gone on the left."
    return [Map(process, marked, title), Map(after.process, then, after.title)], f"Side by side: {count}"


def _single(shown: Shown, tab: str, key: str) -> tuple[Map, str]:
    state, result = shown.state, shown.redesign
    option = result.alternative(key) if result else None
    if option is not None and result is not None:
        marks, gone = marks_between(result.as_is, option.process)
        told = f"{title_of(option.name)}: what would be new or changed is marked."
        return Map(option.process, marks, title_of(option.name)), told + (f" Gone: {', '.join(gone)}." if gone else "")
    if key == BEFORE:
        return Map(state.today(), Marks(), "Today"), "Today, before anything was decided."
    if key.startswith(TURN):
        turn = int(key.removeprefix(TURN))
        process = state.at(turn)
        marks, gone = marks_between(state.at(turn - 1), process)
        told = f"As it stood after turn {turn}; what that turn changed is marked."
        return Map(process, marks, f"Turn {turn}"), told + (f" Gone: {', '.join(gone)}." if gone else "")
    title = dict(choices(shown))[TODAY]
    if tab == "findings" and result is not None and result.as_is == state.process:
        return _hurting(state.process, result, title)
    return _changed(shown, title)


def _hurting(process: Process, result: Redesign, title: str) -> tuple[Map, str]:
    """Where the weightiest findings are, each with its number in the list: were all of them marked, all would be."""
    from assistant.redesign.shapes import meant
    from assistant.reports.evidence import claimed

    weightiest = tuple(claimed(result.findings)[0][:MOST_FINDINGS])
    marks = problem_marks(replace(result, findings=weightiest))
    numbers = {
        element: ", ".join(str(number) for number, finding in enumerate(weightiest, 1) if element in meant(finding))
        for element in marks.kinds
    }
    marks = replace(marks, signs={})  # the page writes them itself
    told = f"{title}. Marked: where the {plural(len(weightiest), 'weightiest finding')} hurt, by their numbers."
    return Map(process, marks, title, True, numbers), told


def _changed(shown: Shown, title: str) -> tuple[Map, str]:
    """The design as it is now, with what the last turn changed."""
    process = shown.state.process
    marks, gone = marks_between(shown.before, process)
    if len(marks.kinds) > len(list(walk(process))) * ALL_NEW:
        marks = Marks()
    told = [f"changed last: {len(marks.kinds)} marked"] if marks.kinds else []
    told += [f"gone: {', '.join(gone[:4])}"] if gone else []
    return Map(process, marks, title, True), f"{title}{', ' + '; '.join(told) if told else ''}."


def drawing(made: Map, comments: Mapping[str, list[str]]) -> dict[str, Any]:
    """A map as the page's script draws it: BPMN, and for each shape that can be chosen its block, name and marks."""
    from assistant.bpmn.scene import scene
    from assistant.bpmn.write import write

    process = made.process
    blocks = by_id(process)
    nodes = scene(process).graph.nodes.values()
    shapes = {
        node.id: {"block": node.block, "name": called(blocks[node.block]), **_said(made, node.block, comments)}
        for node in nodes
        if node.block is not None and node.block in blocks and not node.id.endswith(("_join", "_again"))
    }
    return {"title": made.title, "live": made.live, "xml": write(process).decode(), "shapes": shapes}


def _said(made: Map, block: str, comments: Mapping[str, list[str]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if block in made.marks.kinds:
        said |= {"mark": made.marks.kinds[block], "note": made.marks.notes.get(block, "")}
    if block in made.numbers:
        said["number"] = made.numbers[block]
    if made.live and block in comments:
        said["comments"] = comments[block]
    return said


def listed(process: Process) -> Iterator[dict[str, str]]:
    """The steps in reading order, for a screen reader and the keyboard."""
    for step in walk(process):
        if isinstance(step, Task | Wait | Call | End | Choice | AnyOf | Loop):
            role = process.role(getattr(step, "role", None))
            yield {"id": step.id, "name": called(step), "who": role.name if role else ""}


def comments_on(shown: Shown) -> dict[str, list[str]]:
    """What was said about each element, oldest first."""
    found: dict[str, list[str]] = {}
    for entry in shown.state.entries:
        if isinstance(entry.what, Note) and entry.what.about:
            found.setdefault(entry.what.about, []).append(entry.what.text)
    return found


def about(shown: Shown, element: str) -> dict[str, Any]:
    """What is told of one element in its menu: where it hurts, as far as that was looked for, and the comments."""
    hurts = problem_marks(shown.redesign).notes.get(element, "") if shown.redesign else ""
    return {"hurts": [title for title in hurts.split("; ") if title], "comments": comments_on(shown).get(element, [])}


def versions(shown: Shown) -> list[dict[str, Any]]:
    """The turns that changed something and count, oldest first, each with what was said or decided in it."""
    told: dict[int, str] = {}
    for entry in shown.state.entries:
        what = entry.what
        if isinstance(what, Said):
            told.setdefault(entry.turn, what.text)
        elif isinstance(what, Accepted):
            told[entry.turn] = f"Taken over: {what.title}"
        elif isinstance(what, Rejected):
            told[entry.turn] = f"Turned down: {what.title}"
    times = {entry.turn: entry.at.strftime("%d %b, %H:%M") for entry in shown.state.entries}
    return [
        {"turn": turn, "words": told.get(turn, "changed by hand")[:120], "at": times[turn]}
        for turn in shown.state.turns_changed()
    ]
