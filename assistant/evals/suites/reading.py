"""reading and pieces: stories against maps drawn by hand, told as a whole and in pieces.

Experts' maps of one story agree among themselves .57 on tasks, .18 on flows and .86 on splits: that is the ceiling.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from assistant.evals import style
from assistant.evals.asked import asked_first, told_already
from assistant.evals.casefile import bundled_cases
from assistant.evals.compact import compact, opened
from assistant.evals.door import Door
from assistant.evals.halves import half_of
from assistant.evals.maps import f1, pair_up, score_map, similarity
from assistant.evals.planted import expanded
from assistant.evals.shapes import Case, Suite
from assistant.evals.shortform import with_roles
from assistant.process.blocks import Choice, Loop, Task
from assistant.process.checks import check
from assistant.process.codec import from_data
from assistant.process.model import SCHEMA, Process
from assistant.process.tree import tasks, walk
from assistant.settings import bundled, plain_yaml

CEILINGS = {"task_f1": 0.57, "flow_f1": 0.18, "split_f1": 0.86}
ALIKE = 0.5
PERIOD = {"per day": 86400.0, "per week": 604800.0, "per month": 30 * 86400.0, "per year": 365 * 86400.0}


def _load() -> list[Case]:
    return [*story_cases(), *_told(), *_parallel(), *_listed(), *bundled_cases("reading")]


def story_cases() -> list[Case]:
    """The stories whose map was drawn by hand."""
    return [
        Case(
            f"stories/{gold.stem}", {"story": story_file(gold.stem).read_text(encoding="utf-8")},
            {"process": json.loads(gold.read_text(encoding="utf-8"))},
            "a story as people tell it, its map drawn by hand",
        )
        for gold in sorted((bundled("evals") / "stories").glob("*.json"))
    ]  # fmt: skip


def story_file(name: str) -> Path:
    """The words of a story of ours; the one of the demo lies with the templates."""
    own = bundled("evals") / "stories" / f"{name}.txt"
    return own if own.is_file() else bundled("templates") / "demo" / f"{name}.txt"


def _told() -> list[Case]:
    folder = bundled("evals") / "told"
    return [
        Case(
            f"told/{path.stem}", {"story": path.with_suffix(".txt").read_text(encoding="utf-8")},
            plain_yaml(path.read_bytes()), "written by somebody who never saw the reader",
        )
        for path in sorted(folder.glob("*.yaml"))
    ]  # fmt: skip


def _parallel() -> list[Case]:
    folder = bundled("evals") / "parallel"
    return [
        Case(
            f"parallel/{path.stem}", {"story": path.with_suffix(".txt").read_text(encoding="utf-8")},
            {"process": {"schema": "process/1", **{k: v for k, v in _json(path).items() if k in ("name", "flow")}}},
            "work side by side and ways that part", half=half_of(path),
        )
        for path in sorted(folder.glob("*.json"))
    ]  # fmt: skip


def _listed() -> list[Case]:
    """The told stories with pains: what their steps are, without a map."""
    folder = bundled("evals") / "told_pains"
    return [
        Case(
            f"told_pains/{path.stem}", {"story": path.with_suffix(".txt").read_text(encoding="utf-8")},
            {"tasks": _json(path)["tasks"]}, "a told story; its steps listed by a careful analyst", half=half_of(path),
        )
        for path in sorted(folder.glob("*.json"))
    ]  # fmt: skip


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def gold_of(expected: dict[str, Any]) -> Process | None:
    """The map a case gives, written out or in short form; None when it only lists the steps."""
    if "process" in expected:
        return from_data({"schema": SCHEMA, **expanded(expected["process"])})
    return with_roles(expected["flow"]) if "flow" in expected else None


def _play(door: Door, case: Case) -> dict[str, Any]:
    process = door.read(case.given["story"])
    return {"process": compact(process), "unfounded": _unfounded(process, case.given["story"]),
            "asked": asked_first(process, case.given["story"])}  # fmt: skip


def _unfounded(process: Process, story: str) -> list[str]:
    """Steps that rest on no words of the story: no place there, or one that cuts a word."""
    return [task.name for task in tasks(process) if not _whole(task, story)]


def _whole(task: Task, story: str) -> bool:
    if task.span is None or not 0 <= task.span.start < task.span.end <= len(story):
        return False
    start, end = task.span.start, task.span.end
    begins = start == 0 or not (story[start - 1].isalnum() and story[start].isalnum())
    ends = end == len(story) or not (story[end - 1].isalnum() and story[end].isalnum())
    return begins and ends


LABELS = "label-"
"""Issues of the checks of a process that speak of how a step is called: verb and object, short, one thing, its own."""


def _score(case: Case, output: Any) -> dict[str, float]:
    """How the map stands to the gold, whether it can run, and how many of its steps are called as a step should be."""
    found, gold = opened(output["process"]), gold_of(case.expected)
    names = [task.name for task in tasks(found)]
    issues = check(found)
    ill_named = {element for issue in issues if issue.id.startswith(LABELS) for element in issue.elements}
    scores: dict[str, float] = {
        "grounded": 1 - len(output["unfounded"]) / len(names) if names else 1.0,
        "sound": float(not any(issue.severity == "error" for issue in issues)),
        "labels": sum(task.id not in ill_named for task in tasks(found)) / len(names) if names else 1.0,
    }
    if gold is not None:
        scores |= {name: value for name, value in score_map(gold, found).items() if name != "grounded"}
    else:
        scores["task_f1"] = _list_f1(case.expected["tasks"], names)
    if "facts" in case.expected:
        right = [_fact(found, *fact) for fact in case.expected["facts"]]
        scores["figures"] = sum(right) / len(right) if right else 1.0
        if asked := output["asked"]:
            scores["questions"] = 1 - len(told_already(asked, case.expected["facts"])) / len(asked)
    return scores | style.style_scores(found)


def _why(case: Case, output: Any) -> list[str]:
    found, gold = opened(output["process"]), gold_of(case.expected)
    wanted = tasks(gold) if gold is not None else _listed_steps(case.expected["tasks"])
    told = [issue.text for issue in check(found) if issue.severity == "error" or issue.id.startswith(LABELS)]
    cut = [f"rests on no whole words: {name}" for name in output["unfounded"]]
    again = [
        f"asked though it was told: {text}" for text in told_already(output["asked"], case.expected.get("facts", ()))
    ]
    return [*_steps_apart(wanted, tasks(found)), *cut, *again, *told, *style.style_faults(found)]


def _steps_apart(wanted: list[Task], found: list[Task]) -> list[str]:
    pairs = pair_up(wanted, found)
    missed = [task.name for task in wanted if task.id not in pairs.values()]
    return [f"step missed: {name}" for name in missed] + [f"no such step: {t.name}" for t in found if t.id not in pairs]


def _listed_steps(names: list[str]) -> list[Task]:
    return [Task(id=f"g{number}", name=name) for number, name in enumerate(names)]


def _list_f1(gold: list[str], found: list[str]) -> float:
    made = pair_up(_listed_steps(gold), _listed_steps(found))
    return f1(len(made), len(gold), len(found))


def _fact(process: Process, name: str, kind: str, value: float) -> bool:
    """Whether a figure the story gives stands where it belongs."""
    found: list[float | None] = []
    if kind == "volume":
        gap = process.volume.between.mean_seconds if process.volume else None
        found = [PERIOD[name] / gap if gap else None]
        found += [share * found[0] for share in (1 / 3, 3 / 8, 5 / 7, 5 / 21) if found[0] is not None]
    elif kind == "capacity":
        found = [float(role.capacity) for role in process.roles if role.capacity and _alike(name, role.name)]
    elif kind == "chance":
        for step in walk(process):
            if isinstance(step, Choice):
                found += [branch.p for branch in step.branches if _alike(name, branch.when or "")]
            elif isinstance(step, Loop) and _alike(name, step.while_):
                found.append(step.p)
    else:
        for item in walk(process):
            if _alike(name, str(getattr(item, "name", ""))):
                durations = [getattr(item, field, None) for field in (kind, "duration")]
                found += [duration.mean_seconds for duration in durations if duration is not None]
    return any(figure is not None and abs(figure - value) <= 0.05 * abs(value) for figure in found)


def _alike(a: str, b: str) -> bool:
    return similarity(a, b) >= ALIKE


def _pieces() -> list[Case]:
    return [
        Case(case.id, {**case.given, "pieces": in_pieces(case.given["story"])}, case.expected, case.origin)
        for case in [*story_cases(), *_told()]
    ] + bundled_cases("pieces")


def in_pieces(story: str, most: int = 5) -> list[str]:
    """A story cut between sentences into at most so many turns of about the same length."""
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(story.split()))
    size = max(1, -(-len(sentences) // most))
    return [" ".join(sentences[start : start + size]) for start in range(0, len(sentences), size)]


def _play_pieces(door: Door, case: Case) -> dict[str, Any]:
    talk = door.talk()
    for piece in case.given["pieces"]:
        talk.say(piece)
    return {"process": compact(talk.session.process), "whole": compact(door.read(case.given["story"]))}


def _score_pieces(case: Case, output: Any) -> dict[str, float]:
    """How the map from pieces stands to the gold, and how alike it is to the one from the whole story."""
    found, whole, gold = opened(output["process"]), opened(output["whole"]), gold_of(case.expected)
    same = score_map(whole, found)
    scores = {"same_steps": same["task_f1"], "same_flow": same["flow_f1"]}
    return scores if gold is None else {**scores, "task_f1": score_map(gold, found)["task_f1"]}


def _why_pieces(case: Case, output: Any) -> list[str]:
    """What of the whole story's map is not in the one from pieces, and the other way round."""
    return _steps_apart(tasks(opened(output["whole"])), tasks(opened(output["process"])))


MEANS = {
    "task_f1": "How many steps of the expert's map are there and how many of ours are in it (F1), paired by name.",
    "flow_f1": "As task_f1, of which step follows which directly.",
    "order_f1": "As task_f1, of which step comes before which, however far apart: what happens, not how it is drawn.",
    "split_f1": "As task_f1, of decisions, parallel work and loops, counted by kind.",
    "role_f1": "Of the steps that were paired: how many are done by whom the expert says.",
    "figures": "Share of the figures the story states that stand where they belong, within 5 %.",
    "questions": "Share of what would be asked first (at most five) that the story does not answer already.",
    "grounded": "Share of steps that rest on whole words of the story; the others would be made up.",
    "sound": "1 when the map can run: every step is reached, every case ends, nothing contradicts itself.",
    "labels": "Share of steps called by a verb and what it is done to, short, one thing, each by its own name.",
    **style.MEANS,
}
PIECES_MEANS = {
    "same_steps": "How alike the steps told in pieces are to those of the same story told in one go (F1).",
    "same_flow": "As same_steps, of which step follows which.",
    "task_f1": MEANS["task_f1"],
}


SUITES = (
    Suite(
        "reading", "Stories, told and written, against maps drawn by hand.", _load, _play, _score,
        ("map",), frozenset({"grounded", "sound"}), CEILINGS, why=_why,
        means=MEANS, trends=frozenset(style.MEANS),
    ),
    Suite(
        "pieces", "The same stories told in pieces, in the chat.", _pieces, _play_pieces, _score_pieces, ("map",),
        ceilings={"task_f1": CEILINGS["task_f1"]}, every=2, why=_why_pieces,
        means=PIECES_MEANS,
    ),
)  # fmt: skip
