"""The suites there are: what each one gives the assistant, what should come out, and how that is scored."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.errors import NotAProcess
from assistant.evals.changes import change_cases, score_change
from assistant.evals.maps import score_map
from assistant.evals.runner import Case, Suite
from assistant.evals.shortform import short_process
from assistant.process.apply import apply
from assistant.process.codec import loads
from assistant.process.edits import Edit, PutRole, Rename, SetRole
from assistant.process.model import Process, Role
from assistant.process.tree import fresh_id, tasks
from assistant.settings import bundled


def suites() -> tuple[Suite, ...]:
    """All suites, by name."""
    return (
        Suite("stories", "Stories as people tell them against maps drawn by hand.", "task_f1", _stories, _score_story),
        Suite("told", "Stories written by somebody who never saw the reader.", "task_f1", _told, _score_told),
        Suite(
            "changes",
            "Changes in plain words against the process they should give.",
            "exact",
            change_cases,
            score_change,
        ),
        Suite(
            "findings", "Processes with planted pains: found, and nothing invented.", "f1", _planted, _score_findings
        ),
        Suite(
            "search", "What people ask the library for, in lay and expert words.", "first_five", _queries, _score_query
        ),
    )


def _stories() -> list[Case]:
    return [
        Case(gold.stem, story_file(gold.stem).read_text(encoding="utf-8"), gold.read_text(encoding="utf-8"))
        for gold in sorted((bundled("evals") / "stories").glob("*.json"))
    ]


def story_file(name: str) -> Path:
    """The words of a story of ours; the one of the demo lies with the templates."""
    own = bundled("evals") / "stories" / f"{name}.txt"
    return own if own.is_file() else bundled("templates") / "demo" / f"{name}.txt"


def _score_story(case: Case, model: Any) -> dict[str, float]:
    from assistant.language.reading import read_story

    try:
        found = read_story(case.given, model).process
    except NotAProcess:
        found = Process(name="none")
    return score_map(loads(case.expected), found)


def _told() -> list[Case]:
    import yaml

    folder = bundled("evals") / "told"
    return [
        Case(path.stem, path.with_suffix(".txt").read_text(encoding="utf-8"), yaml.safe_load(path.read_bytes()))
        for path in sorted(folder.glob("*.yaml"))
    ]


def _score_told(case: Case, model: Any) -> dict[str, float]:
    from assistant.language.reading import read_story

    try:
        found = read_story(case.given, model).process
    except NotAProcess:
        found = Process(name="none")
    return score_map(_with_roles(case.expected["flow"]), found)


def _with_roles(flow: list[Any]) -> Process:
    """A process from its short form, in which a step is `Role: Verb object`."""
    process = short_process(flow)
    edits: list[Edit] = []
    roles: dict[str, Role] = {}
    for task in tasks(process):
        role, _, name = task.name.partition(":")
        edits.append(Rename(id=task.id, name=name.strip()))
        if role.strip():
            known = roles.setdefault(
                role.strip(), Role(id=fresh_id(role, {r.id for r in roles.values()}), name=role.strip())
            )
            edits.append(SetRole(ids=(task.id,), role=known.id))
    return apply(process, [*(PutRole(role=role) for role in roles.values()), *edits])


def _planted() -> list[Case]:
    from assistant.evals.planted import load_planted

    return [
        Case(one.name, one.process.document(), [[pain.text, pain.planted] for pain in one.pains])
        for one in load_planted()
    ]


def _score_findings(case: Case, _: Any) -> dict[str, float]:
    from assistant.evals.planted import read_planted, score
    from assistant.redesign.findings import find
    from assistant.settings import load_settings

    planted = read_planted(bundled("evals") / "planted" / f"{case.id}.yaml")
    result = score(planted, find(planted.process, load_settings()))
    recall = result.met / result.planted if result.planted else 1.0
    precision = result.right / result.findings if result.findings else 1.0
    both = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    return {"recall": recall, "precision": precision, "f1": both}


def _queries() -> list[Case]:
    import yaml

    from assistant.library.store import load_library

    path = bundled("evals") / "search" / "queries.yaml"
    rows: Iterable[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["queries"]
    there = {entry.code for entry in load_library().entries}
    rows = [row for row in rows if not row["expect"] or there & set(row["expect"])]
    return [Case(f"{number:03} {row['text']}", row["text"], row["expect"]) for number, row in enumerate(rows, 1)]


def _score_query(case: Case, _: Any) -> dict[str, float]:
    from assistant.library.search import search
    from assistant.library.store import load_library

    hits = [{hit.id, hit.code} for hit in search(load_library(), case.given, top=5, dense=False).results]
    wanted = set(case.expected)
    if not wanted:  # about nothing the library holds: right is that nothing is close
        return {"first": float(not hits), "first_five": float(not hits)}
    return {
        "first": float(bool(hits) and bool(hits[0] & wanted)),
        "first_five": float(any(hit & wanted for hit in hits)),
    }
