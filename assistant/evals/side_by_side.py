"""Two outputs of a case beside each other: as lines people can read, what differs marked; as maps, marked too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from markupsafe import Markup, escape

from assistant.bpmn.marks import Kind, Marks
from assistant.errors import AssistantError
from assistant.evals.compact import opened
from assistant.evals.maps import pair_up
from assistant.handover.change import marks_between
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.outline import to_outline
from assistant.process.tree import by_id, tasks

AROUND = 1
"""Lines shown before and after one that differs; longer stretches that are the same are counted."""
MOST_LINES, SHORT, ALIKE = 2000, 90, 0.4
WORD = re.compile(r"\w+|\W")


@dataclass(frozen=True)
class Line:
    """A line of the comparison: both sides as markup, and whether they are the same, other, or left out."""

    before: Markup
    after: Markup
    kind: str

    @property
    def size(self) -> int:
        """About how many bytes it weighs in a page."""
        return len(self.before.encode()) + len(self.after.encode()) + 60


def in_lines(data: Any) -> str:
    """JSON data as lines people can read: names without underscores, a process as its outline."""
    return "\n".join(_lines(data, 0))


def process_of(data: Any) -> Process | None:
    """The process an output holds, None when it holds none."""
    try:
        return opened(data["process"])
    except (AssistantError, KeyError, TypeError):
        return None


def _lines(data: Any, depth: int) -> Iterator[str]:
    if isinstance(data, dict) and "flow" in data and (process := process_of({"process": data})) is not None:
        yield from _indented(to_outline(process).strip().splitlines(), depth)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _named(str(key).replace("_", " "), value, depth)
    elif isinstance(data, list | tuple):
        for item in data:
            yield from _item(item, depth)
    else:
        yield from _indented(_scalar(data).splitlines() or [""], depth)


def _named(name: str, value: Any, depth: int) -> Iterator[str]:
    short = _short(value)
    if short is not None:
        yield from _indented([f"{name}: {short}"], depth)
        return
    yield from _indented([f"{name}:"], depth)
    yield from _lines(value, depth + 1)


def _item(item: Any, depth: int) -> Iterator[str]:
    short = _short(item)
    if short is not None:
        yield from _indented([f"- {short}"], depth)
        return
    first, *rest = list(_lines(item, 0)) or [""]
    yield from _indented([f"- {first}", *(f"  {line}" for line in rest)], depth)


def _short(value: Any) -> str | None:
    """What fits on one line: a word or number, a few of them, a small table of them. None for what does not."""
    if isinstance(value, dict):
        if "flow" in value or any(isinstance(inner, dict | list | tuple) and inner for inner in value.values()):
            return None
        text = "; ".join(f"{str(key).replace('_', ' ')} {_scalar(inner)}" for key, inner in value.items())
    elif isinstance(value, list | tuple):
        if any(isinstance(inner, dict | list | tuple) for inner in value):
            return None
        text = ", ".join(map(_scalar, value)) or "none"
    else:
        text = _scalar(value)
        return text if "\n" not in text else None
    return text if len(text) <= SHORT and "\n" not in text else None


def _scalar(value: Any) -> str:
    if value is None or value in ({}, [], ()):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _indented(lines: Sequence[str], depth: int) -> Iterator[str]:
    return (f"{'  ' * depth}{line}" for line in lines)


def beside(before: str, after: str, most: int) -> list[Line]:
    """Two texts line by line, words that differ marked, what is the same left out but for a line around; at most so
    many bytes, and the last line says how much more differs."""
    old, new = before.splitlines()[:MOST_LINES], after.splitlines()[:MOST_LINES]
    shown: list[Line] = []
    room = most
    rows = list(_rows(old, new))
    for number, line in enumerate(rows):
        room -= line.size
        if room < 0:
            left = sum(row.kind == "other" for row in rows[number:])
            return [*shown, _gap(f"… {plural(left, 'line')} more that differ")] if left else shown
        shown.append(line)
    return shown


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (what, a, b, c, d) in enumerate(steps):
        if what == "equal":
            yield from _same(old[a:b], number > 0, number < len(steps) - 1)
            continue
        for place in range(max(b - a, d - c)):
            left = old[a + place] if a + place < b else None
            right = new[c + place] if c + place < d else None
            yield _apart(left, right)


def _same(lines: Sequence[str], after_one: bool, before_one: bool) -> Iterator[Line]:
    head = AROUND if after_one else 0
    tail = AROUND if before_one else 0
    if len(lines) <= head + tail + 1:
        yield from (_equal(line) for line in lines)
        return
    yield from (_equal(line) for line in lines[:head])
    yield _gap(f"… {plural(len(lines) - head - tail, 'line')} the same")
    yield from (_equal(line) for line in lines[len(lines) - tail :])


def _equal(line: str) -> Line:
    return Line(escape(line), escape(line), "same")


def _gap(text: str) -> Line:
    return Line(escape(text), Markup(""), "gap")


def _apart(left: str | None, right: str | None) -> Line:
    """A line that differs: its words marked where the two are alike, else as a whole."""
    if left is None or right is None:
        return Line(_marked(left, "del"), _marked(right, "ins"), "other")
    words, others = WORD.findall(left), WORD.findall(right)
    found = SequenceMatcher(None, words, others, autojunk=False)
    if found.ratio() < ALIKE:
        return Line(_marked(left, "del"), _marked(right, "ins"), "other")
    gone, come = [], []
    for what, a, b, c, d in found.get_opcodes():
        gone.append(_marked("".join(words[a:b]), "" if what == "equal" else "del"))
        come.append(_marked("".join(others[c:d]), "" if what == "equal" else "ins"))
    return Line(Markup("").join(gone), Markup("").join(come), "other")


def _marked(text: str | None, tag: str) -> Markup:
    if not text:
        return Markup("")
    return Markup(f"<{tag}>{escape(text)}</{tag}>") if tag else escape(text)


def marks_of_change(before: Process, after: Process) -> tuple[Marks, Marks]:
    """Marks for both maps: what is gone on the old one, what is new or changed on the new one."""
    new = by_id(after)
    gone: dict[str, Kind] = {key: "removed" for key in by_id(before) if key not in new}
    return Marks(gone, dict.fromkeys(gone, "Gone")), marks_between(before, after)[0]


def marks_of_missed(gold: Process, found: Process) -> Marks:
    """Marks for the map that should come out: the steps that are missing in the one that came."""
    pairs = pair_up(tasks(gold), tasks(found))
    missed: dict[str, Kind] = {task.id: "problem" for task in tasks(gold) if task.id not in pairs.values()}
    return Marks(missed, dict.fromkeys(missed, "Not in the map now"))
