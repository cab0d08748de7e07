"""changing: one change in plain words, and the process it must give, with the steps that stay keeping their ids.

A case may give, beside the flow that should come out, attributes by the name of what has them: a step's `role`, `work`
and `wait` (seconds) and `system`, a branch's `p`, a role's `capacity`, and `per_day` of the process. A case with
`question` must come back as a question with at least that many readings that can be carried out, and no edits.
"""

from __future__ import annotations

from typing import Any

from assistant.errors import EditRefused
from assistant.evals.casefile import bundled_cases
from assistant.evals.compact import compact, opened
from assistant.evals.door import Door
from assistant.evals.shapes import Case, Suite
from assistant.evals.shortform import form, short_process
from assistant.process.apply import apply
from assistant.process.edits import SetRole
from assistant.process.model import Process, Role
from assistant.process.tree import branches, by_id, fresh_id, tasks, walk
from assistant.settings import bundled, plain_yaml


def _load() -> list[Case]:
    data = plain_yaml((bundled("evals") / "changes" / "cases.yaml").read_text(encoding="utf-8"))
    cases = [
        Case(
            row["id"], {"before": row["before"], "request": row["request"], "by": row.get("by", {})},
            {key: row[key] for key in ("after", "attributes", "question") if key in row}, "evals/changes",
        )
        for row in data["cases"]
    ]  # fmt: skip
    return [*cases, *bundled_cases("changing")]


def process_of(flow: list[Any], by: dict[str, list[str]]) -> Process:
    """The process of a case: its flow in short form and who does what."""
    process = short_process(flow)
    taken: set[str] = set()
    ids = {getattr(step, "name", ""): getattr(step, "id", "") for step in walk(process)}
    given: list[SetRole] = []
    roles: list[Role] = []
    for name, steps in by.items():
        role = Role(id=fresh_id(name, taken), name=name)
        taken.add(role.id)
        roles.append(role)
        given.append(SetRole(ids=tuple(ids[step] for step in steps), role=role.id))
    return apply(process.model_copy(update={"roles": tuple(roles)}), given)


def _before(case: Case) -> Process:
    return process_of(case.given["before"], case.given.get("by", {}))


def _play(door: Door, case: Case) -> dict[str, Any]:
    before = _before(case)
    made = door.change(before, case.given["request"])
    offered: list[dict[str, Any] | None] = []
    for reading in made.readings:
        try:
            offered.append(compact(apply(before, reading.edits)))
        except EditRefused:
            offered.append(None)
    unasked = bool(made.question) and made.after != made.before
    return {"process": compact(made.after), "question": made.question, "readings": offered, "unasked": unasked,
            "changed": made.after != made.before}  # fmt: skip


def _score(case: Case, output: Any) -> dict[str, float]:
    """Whether the change came out exactly and in shape, and the steps that stay keep their ids, doers and figures."""
    before = _before(case)
    if case.expected.get("question"):
        right = float(_asked(before, output) >= case.expected["question"])
        return {"exact": right, "shape": right, "kept": float(not output["changed"])}
    wanted = short_process(case.expected["after"]) if "after" in case.expected else before
    first = output["readings"][0] if output["question"] and output["readings"] else None
    after = opened(first or output["process"])
    gone = {task.name for task in tasks(before)} - {task.name for task in tasks(wanted)}
    kept = [task.id in by_id(after) for task in tasks(before) if task.name not in gone]
    hold = all(_has(after, name, row) for name, row in case.expected.get("attributes", {}).items())
    return {
        "exact": float(form(after.flow, True) == form(wanted.flow, True) and hold),
        "shape": float(form(after.flow, False) == form(wanted.flow, False)),
        "kept": sum(kept) / len(kept) if kept else 1.0,
        "untouched": float(not touched(before, after, case.expected.get("attributes", {}))),
    }


def touched(before: Process, after: Process, asked: dict[str, Any]) -> list[str]:
    """What changed of steps that stay though nobody asked for it: who does them, their times, their system."""
    later = {task.id: task for task in tasks(after)}
    return [
        f"{field} of {task.name}"
        for task in tasks(before)
        if task.id in later and not {task.name, later[task.id].name, "process"} & asked.keys()
        for field in ("role", "work", "wait", "system")
        if getattr(task, field) != getattr(later[task.id], field)
    ]


def _asked(before: Process, output: Any) -> int:
    """How many different processes the readings of a question give; none when something is carried out unasked."""
    if not output["question"] or output["unasked"] or None in output["readings"]:
        return 0
    made: list[Any] = []
    for reading in output["readings"]:
        if reading not in (compact(before), *made):
            made.append(reading)
    return len(made)


def _has(process: Process, name: str, wanted: dict[str, Any]) -> bool:
    """Whether what is called `name` has the attributes."""
    found = _attributes(process, name)
    return all(_same(found.get(key), value) for key, value in wanted.items())


def _attributes(process: Process, name: str) -> dict[str, Any]:
    if name == "process":
        return {"per_day": 86400 / process.volume.between.mean_seconds if process.volume else None}
    for _, branch in branches(process).values():
        if branch.when == name:
            return {"p": branch.p}
    for role in process.roles:
        if role.name == name:
            return {"capacity": role.capacity}
    step: Any = next((task for task in tasks(process) if task.name == name), None)
    doer = process.role(step.role) if step else None
    return {
        "role": doer.name if doer else None,
        "work": step.work.mean_seconds if step and step.work else None,
        "wait": step.wait.mean_seconds if step and step.wait else None,
        "system": step.system if step else None,
    }


def _same(found: Any, wanted: Any) -> bool:
    if isinstance(found, int | float) and isinstance(wanted, int | float):
        return abs(found - wanted) <= 0.01 * max(abs(wanted), 0.01)
    return bool(found == wanted)


def _why(case: Case, output: Any) -> list[str]:
    before = _before(case)
    if case.expected.get("question"):
        asked = _asked(before, output)
        return [] if asked >= case.expected["question"] else [f"it offers {asked} readings that can be carried out"]
    after = opened(output["process"])
    lacking = [name for name, row in case.expected.get("attributes", {}).items() if not _has(after, name, row)]
    changed = touched(before, after, case.expected.get("attributes", {}))
    return [f"{name} is not as asked" for name in lacking] + [f"changed unasked: {what}" for what in changed]


MEANS = {
    "exact": "1 when the process that comes out is the one asked for, conditions, doers and figures included.",
    "shape": "1 when steps, order and decisions are right, whatever the words of the conditions.",
    "kept": "Share of the steps that should stay which are still there under their ids.",
    "untouched": "1 when nobody's doer, time or system changed unasked.",
}


SUITES = (
    Suite(
        "changing", "Changes in plain words against the process they should give.", _load, _play, _score,
        ("change",), frozenset({"exact", "kept", "untouched"}), why=_why,
        means=MEANS,
    ),
)  # fmt: skip
