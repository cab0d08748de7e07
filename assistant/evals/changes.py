"""Changes in plain words: the case with who does what, and how the process that comes out is scored.

A case may give, beside the flow that should come out, attributes by the name of what has them: a step's `role`, `work`
and `wait` (seconds) and `system`, a branch's `p`, a role's `capacity`, and `per_day` of the process. A case with
`question` must come back as a question with at least that many readings that can be carried out, and no edits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.errors import EditRefused
from assistant.evals.shortform import form, short_process
from assistant.process.apply import apply
from assistant.process.edits import SetRole
from assistant.process.model import Process, Role
from assistant.process.tree import branches, by_id, fresh_id, tasks, walk
from assistant.settings import bundled

if TYPE_CHECKING:
    from assistant.evals.runner import Case
    from assistant.language.changing import ChangeReading


def change_cases() -> list[Case]:
    """The cases of the suite, each with what is given and what should come out."""
    import yaml

    from assistant.evals.runner import Case

    data = yaml.safe_load((bundled("evals") / "changes" / "cases.yaml").read_text(encoding="utf-8"))
    return [
        Case(
            row["id"],
            [row["before"], row["request"], row.get("by", {})],
            {key: row[key] for key in ("after", "attributes", "question") if key in row},
        )
        for row in data["cases"]
    ]


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


def score_change(case: Case, model: Any) -> dict[str, float]:
    """Whether the change came out exactly, in shape, with the steps that stay keeping their ids."""
    from assistant.language.changing import read_change

    before = process_of(case.given[0], case.given[2])
    read = read_change(before, case.given[1], model)
    if case.expected.get("question"):
        right = float(_asks(before, read) >= case.expected["question"])
        return {"exact": right, "shape": right, "kept": float(not read.edits)}
    wanted = short_process(case.expected["after"]) if "after" in case.expected else before
    edits = read.edits or (read.readings[0].edits if read.readings else ())
    try:
        after = apply(before, edits)
    except EditRefused:
        return {"exact": 0.0, "shape": 0.0, "kept": 1.0}
    gone = {task.name for task in tasks(before)} - {task.name for task in tasks(wanted)}
    kept = [task.id in by_id(after) for task in tasks(before) if task.name not in gone]
    hold = all(_has(after, *row) for row in case.expected.get("attributes", {}).items())
    return {
        "exact": float(form(after.flow, True) == form(wanted.flow, True) and hold),
        "shape": float(form(after.flow, False) == form(wanted.flow, False)),
        "kept": sum(kept) / len(kept) if kept else 1.0,
    }


def _asks(before: Process, read: ChangeReading) -> int:
    """How many different processes the readings of a question give; none when something is carried out unasked."""
    made: list[Process] = []
    for one in read.readings if read.question and not read.edits else ():
        try:
            after = apply(before, one.edits)
        except EditRefused:
            return 0
        if after not in (before, *made):
            made.append(after)
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
    step: Any = next((one for one in tasks(process) if one.name == name), None)
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
