"""RedesignBench: whether a system that is told how work runs answers with a better process. The judge is executable.

A case holds a story, today's process with its figures, and the moves that help: each with a condition that can be seen
in the answered process (a step is gone, two run side by side, one comes before another, another role does it) and with
what then changes in today's process. The process with the moves that were made is played against today's and against
the one with all moves: the share of the possible gain is the score. What the answer claims about times and costs counts
for nothing; steps it makes up cost time. What must stay and is gone, or a trap that was walked into, makes it nothing.
"""

from __future__ import annotations

import copy
import json
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from assistant.app import App
from assistant.errors import AssistantError, UnreadableFile, UsageError
from assistant.evals.door import Door
from assistant.evals.maps import pair_up, similarity
from assistant.evals.planted import expanded
from assistant.process.blocks import Parallel, Task
from assistant.process.codec import from_data
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.tree import branches, ids_below, tasks, walk
from assistant.settings import bundled, plain_yaml
from assistant.simulation.run import simulate

PLAY = {"cases": 400, "replications": 6, "seed": 11, "workers": 1}
MADE_UP = {"kind": "fixed", "value": 5, "unit": "min", "basis": "estimated"}
ALIKE = 0.5
MOST_OUTPUT = 20_000_000


@dataclass(frozen=True)
class BenchCase:
    """One case of the bench."""

    name: str
    story: str
    as_is: dict[str, Any]
    moves: tuple[dict[str, Any], ...]
    keep: tuple[str, ...]
    traps: tuple[dict[str, Any], ...]
    measure: str


def load_bench(folder: Path | None = None) -> list[BenchCase]:
    """The cases, by name. Raises UnreadableFile for one that breaks the shape of the README beside them."""
    found = []
    for path in sorted((folder or bundled("evals") / "redesign_bench").glob("*.yaml")):
        try:
            data = plain_yaml(path.read_text(encoding="utf-8"))
            as_is = {"schema": "process/1", **expanded(data["process"])}
            from_data(as_is)
            found.append(BenchCase(path.stem, data["story"], as_is, tuple(data["moves"]), tuple(data.get("keep", ())),
                               tuple(data.get("traps", ())), data.get("measure", "cycle_time")))  # fmt: skip
        except (AssistantError, OSError, yaml.YAMLError, KeyError, TypeError) as error:
            raise UnreadableFile(f"{path} is no case of the bench.", str(error)[:400]) from None
    return found


def run_bench(
    app: App,
    system: str | None,
    seconds: float,
    tell: Callable[[str], None],
    told: bool = False,
    folder: Path | None = None,
) -> dict[str, Any]:
    """Every case (of a `folder` of one's own) tried with a system (None: our own, from the story when `told`).

    Raises UsageError, and UnreadableFile for a case that breaks the shape.
    """
    if system is not None and not ("{out}" in system and ("{story}" in system or "{process}" in system)):
        raise UsageError(
            "The command must name {story} or {process}, and {out}.", remedy='--system "tool {story} {out}"'
        )
    command = _words(system) if system is not None else []
    rows = []
    cases = load_bench(folder)
    if not cases:
        raise UsageError("There is no case to try.", f"No .yaml file lies in {folder}.")
    for number, case in enumerate(cases):
        tell(f"{number} of {len(cases)} tried …")
        try:
            answer = _ours(app, case, told) if system is None else _theirs(app, command, case, seconds)
            rows.append(judged(case, answer))
        except (AssistantError, subprocess.SubprocessError, OSError) as error:
            why = " ".join(str(error).split())[:300]
            rows.append({"case": case.name, "gained": 0.0, "broken": [], "told": [why], "error": why})
    return {
        "system": system or f"this assistant ({app.made_by})",
        "score": round(sum(r["gained"] for r in rows) / len(rows), 4),
        "kept": sum(not row["broken"] and "error" not in row for row in rows),
        "errors": sum("error" in row for row in rows), "cases": rows,
    }  # fmt: skip


def _ours(app: App, case: BenchCase, told: bool) -> Process:
    result = Door(app).redesign(case.story if told else from_data(case.as_is), cases=200, replications=4)
    chosen = result.alternative(result.recommended or "")
    return chosen.process if chosen is not None else result.as_is


def _words(system: str) -> list[str]:
    """The words of a command line. Raises UsageError for one whose quotes are not closed."""
    try:
        return shlex.split(system)
    except ValueError as error:
        raise UsageError(f"The command cannot be read: {system}", f"{error}.", "Close its quotes.") from None


def _theirs(app: App, command: list[str], case: BenchCase, seconds: float) -> Process:
    """What a command writes for a story: a process, BPMN, or what `redesign --json` prints."""
    with tempfile.TemporaryDirectory() as name:
        story, out = Path(name) / f"{case.name}.txt", Path(name) / "out.json"
        story.write_text(case.story, encoding="utf-8")
        today = Path(name) / f"{case.name}.json"
        today.write_text(json.dumps(case.as_is), encoding="utf-8")
        places = {"{story}": str(story), "{process}": str(today), "{out}": str(out)}
        words = [_filled(word, places) for word in command]
        ran = subprocess.run(words, capture_output=True, text=True, timeout=seconds)
        if not out.is_file() or out.stat().st_size > MOST_OUTPUT:
            last = (ran.stderr.strip().splitlines() or [f"it ended with {ran.returncode}"])[-1]
            raise UnreadableFile("The system wrote no process.", last[:200])
        data = out.read_bytes()
        if data.lstrip()[:1] == b"{" and b'"alternatives"' in data:
            return _chosen(json.loads(data))
        return app.read_process(out)


def _filled(word: str, places: dict[str, str]) -> str:
    for name, place in places.items():
        word = word.replace(name, place)
    return word


def _chosen(document: dict[str, Any]) -> Process:
    named = {row["name"]: row["process"] for row in document["alternatives"]}
    return from_data(named.get(document.get("recommended"), document["process"]))


def judged(case: BenchCase, answer: Process) -> dict[str, Any]:
    """How much of the possible gain an answer brings, and what it breaks."""
    today = from_data(case.as_is)
    found = _Answer(today, answer)
    made = [move for move in case.moves if found.holds(move["when"])]
    broken = [f"{name} is gone" for name in case.keep if not found.has(name)]
    broken += [trap["text"] for trap in case.traps if found.holds(trap["when"])]
    before, best = _played(case, ()), _played(case, case.moves)
    after = _played(case, made, found.made_up)
    possible = before - best
    gained = 0.0 if broken or possible <= 0 else max(0.0, min(1.0, (before - after) / possible))
    told = [f"{'made' if move in made else 'missed'}: {move['text']}" for move in case.moves]
    told += [f"{plural(found.made_up, 'step')} more than today"] if found.made_up else []
    told.append(f"{case.measure}: today {before:.0f}, answered {after:.0f}, possible {best:.0f}")
    return {"case": case.name, "gained": round(gained, 4), "broken": broken, "told": told}


def best_answer(case: BenchCase) -> Process:
    """Today's process with all moves made: what reaches the whole gain."""
    data = copy.deepcopy(case.as_is)
    for move in case.moves:
        _change(data, move["then"])
    return from_data(data)


def _played(case: BenchCase, moves: Any, made_up: int = 0) -> float:
    """The measure of today's process with some moves made."""
    data = copy.deepcopy(case.as_is)
    for move in moves:
        _change(data, move["then"])
    flow = _items(data)
    flow += [{"task": {"id": f"made_up_{n}", "name": f"Made up step {n}", "work": MADE_UP}} for n in range(made_up)]
    return _measured(json.dumps(data), case.measure)


@lru_cache(maxsize=256)
def _measured(process: str, measure: str) -> float:
    """A measure of a process, played once: today and the best are held against every answer to a case."""
    value: float = getattr(simulate(from_data(json.loads(process)), **PLAY), measure).mean
    return value


def _items(data: dict[str, Any]) -> list[Any]:
    flow = data["flow"]
    found: list[Any] = flow["sequence"] if isinstance(flow, dict) else flow
    return found


def _change(data: dict[str, Any], then: dict[str, Any]) -> None:
    """What a move does to today's process: steps gone, values set, steps side by side, one put before another."""
    flow = _items(data)
    for step in then.get("gone", ()):
        flow[:] = [item for item in flow if _id(item) != step]
    for step, values in then.get("set", {}).items():
        body = next(item["task"] for item in flow if _id(item) == step)
        body.update(expanded(values))
    if "parallel" in then:
        inside = [item for item in flow if _id(item) in then["parallel"]]
        place = flow.index(inside[0])
        flow[:] = [item for item in flow if item not in inside]
        flow.insert(place, {"parallel": {"id": f"p_{place}", "branches": [{"do": [item]} for item in inside]}})
    if "before" in then:
        moving = [item for item in flow if _id(item) in then["before"]["steps"]]
        flow[:] = [item for item in flow if item not in moving]
        place = next(number for number, item in enumerate(flow) if _id(item) == then["before"]["step"])
        flow[place:place] = moving


def _id(item: dict[str, Any]) -> str:
    body: dict[str, Any] = next(iter(item.values()))
    return str(body.get("id"))


class _Answer:
    """An answered process, its steps paired with today's by name."""

    def __init__(self, today: Process, answer: Process) -> None:
        self.today, self.answer = today, answer
        known = {task.id for task in tasks(today)}
        same = {task.id: task.id for task in tasks(answer) if task.id in known and _alike(today, answer, task.id)}
        rest = pair_up(
            [t for t in tasks(today) if t.id not in same.values()], [t for t in tasks(answer) if t.id not in same]
        )
        self.now = {old: new for new, old in {**same, **rest}.items()}
        self.made_up = max(0, len(tasks(answer)) - len(tasks(today)))
        self.order = [task.id for task in tasks(answer)]

    def has(self, name: str) -> bool:
        """Whether a step of today, by id or name, is still there."""
        old = next((t for t in tasks(self.today) if name in (t.id, t.name)), None)
        return old is not None and old.id in self.now

    def holds(self, when: dict[str, Any]) -> bool:
        """Whether a condition is seen in the answer; several must all hold."""
        seen: dict[str, Callable[[Any], bool]] = {
            "gone": self._gone, "parallel": self._parallel, "before": self._before, "role": self._role,
            "shorter_wait": self._shorter_wait, "only_sometimes": self._only_sometimes,
        }  # fmt: skip
        return all(seen[name](value) for name, value in when.items())

    def _gone(self, steps: list[str]) -> bool:
        return not any(step in self.now for step in steps)

    def _parallel(self, steps: list[str]) -> bool:
        places = [self.now.get(step) for step in steps]
        return None not in places and any(
            isinstance(block, Parallel) and all(any(p in ids_below(way.do) for way in block.branches) for p in places)
            and len({_way(block, p) for p in places}) == len(places)
            for block in walk(self.answer)
        )  # fmt: skip

    def _before(self, pair: list[str]) -> bool:
        first, second = (self.now.get(step) for step in pair)
        return first is not None and second is not None and self.order.index(first) < self.order.index(second)

    def _role(self, wanted: dict[str, str]) -> bool:
        steps = {task.id: task for task in tasks(self.answer)}

        def right(step: str, role: str) -> bool:
            doer = self.answer.role(steps[self.now[step]].role) if step in self.now else None
            return doer is not None and similarity(doer.name, role) >= ALIKE

        return all(right(step, role) for step, role in wanted.items())

    def _shorter_wait(self, steps: list[str]) -> bool:
        """The wait before a step was cut: the step is gone, its wait is said to be shorter, or somebody else does what
        waited for one person. An answer without figures, as plain BPMN is, says nothing of waits by leaving them out.
        """
        then, now = ({t.id: t for t in tasks(p)} for p in (self.today, self.answer))

        def cut(step: str) -> bool:
            if step not in self.now:
                return True
            old, new = then[step], now[self.now[step]]
            if old.wait is None:
                return False
            if new.wait is not None:
                return new.wait.mean_seconds <= 0.8 * old.wait.mean_seconds
            return new.work is not None or (old.wait_cause == "unavailability" and self._another_does(old, new))

        return all(cut(step) for step in steps)

    def _another_does(self, old: Task, new: Task) -> bool:
        before, after = self.today.role(old.role), self.answer.role(new.role)
        return before is not None and after is not None and similarity(before.name, after.name) < ALIKE

    def _only_sometimes(self, step: str) -> bool:
        """A step that everybody had is now done only on one branch of a choice, or not at all."""
        place = self.now.get(step)
        inside = [way for _, way in branches(self.answer).values() if place in ids_below(way.do)]
        return place is None or any(way.when for way in inside)


def _way(block: Parallel, step: str | None) -> int:
    return next(number for number, way in enumerate(block.branches) if step in ids_below(way.do))


def _alike(today: Process, answer: Process, step: str) -> bool:
    names = [next(t.name for t in tasks(p) if t.id == step) for p in (today, answer)]
    return similarity(*names) >= ALIKE
