"""A case of one's own begun from what went wrong: what was given and what came out, to be put right by hand."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from assistant.app import App
from assistant.errors import StorageError, UsageError
from assistant.evals.casefile import read_cases
from assistant.evals.door import Door
from assistant.evals.schema import FORMS, SCHEMA
from assistant.gateway.gateway import Gateway
from assistant.gateway.redact import find_personal
from assistant.intake.door import read_text
from assistant.process.blocks import Choice, Parallel, Sequence, Task
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.tree import tasks
from assistant.projects.journal import Said
from assistant.settings import BUILT_IN, plain_yaml

SPECIAL = re.compile(r"[.^$*+?{}\[\]\\|()]")
"""What a pattern of a case would not take to the letter."""
_STATE = """\
# What stands in a pattern is searched in names, in small or large letters. A few that are often wanted:
#   no_task: [coffee]                        no step is called so
#   task: [{like: phone, role: clerk}]       a step like that is there; also work_s, wait_s (seconds) and n (how many)
#   order: [[check stock, phone supplier]]   the first comes before the second
"""
_FLOW = """\
# A flow is a list of steps, each `Role: Verb object`; decisions, parallel work, loops, waits and ends stand in it as in
# process JSON, for instance:
#   - choice: {question: "Large?", branches: [{when: "yes", p: 0.2, do: ["Boss: Sign order"]}, {when: "no", do: []}]}
"""
_FACTS = """\
# facts are [what, kind, value]: [Sign order, work, 300] or wait (seconds); ["yes", chance, 0.2]; [per day, volume, 8];
# [Clerk, capacity, 3]
"""
_AFTER = """\
# after is the flow that should come out (steps by their names alone); question: how many readings must be offered
# instead; attributes: {Sign order: {work: 300, role: Boss}} what a step must have
"""
_FOUND = """\
# any_of: ids or codes of entries, any of which should come first; [] says that nothing there is close
"""
MEANING = {
    "turns": _STATE, "conversation": _STATE, "recorded": _STATE, "reading": _FLOW + _FACTS, "changing": _AFTER + _FLOW,
    "retrieval": _FOUND,
}  # fmt: skip
"""What the checks of a suite mean that its names alone do not say."""
NOTE = "begun by eval new-case: `expect` holds what came out; put right what is wrong"


def from_turn(app: App, project: str, turn: int | None) -> tuple[str, dict[str, Any]]:
    """A case from what was said in a project: of the suite `turns` by the built-in rules, of `recorded` with a model.

    With a model it holds what that answers in each turn: it is asked once more, but for what it answered before where
    answers are kept (`language.cache`). Raises UsageError when there is no such turn.
    """
    said, _ = said_in(app, project)
    if not said or (turn or 1) > len(said):
        heard_of = f"In the project {project} {plural(len(said), 'turn')} of talk can be played"
        raise UsageError(f"{heard_of}: there is no turn {turn or 1}.", "Commands and templates are no talk.",
                         f"`assistant project log {project}` shows what was said.")  # fmt: skip
    place = (turn or len(said)) - 1
    name = f"{project} turn {place + 1}"
    heard: list[dict[str, Any]] = []
    talk = Door(_listening(app, heard)).talk()
    for words in said[: place + 1]:
        heard.append({"say": words})
        reply = talk.say(words)
    seen = {"kind": reply["kind"], "changed": reply["changed"]}
    end = {"steps": len(tasks(talk.session.process)), "task": [{"like": name} for name in _changed_names(reply)]}
    state = {key: value for key, value in end.items() if value != []}
    if app.model is None:
        return "turns", _row(name, {"before": said[:place], "say": said[place]}, {**seen, **state})
    return "recorded", _row(name, {"turns": heard}, {"end": state, "replies": {str(place + 1): seen}})


def said_in(app: App, project: str) -> tuple[list[str], list[str]]:
    """What was said in a project, turn by turn, and the models that heard some of it."""
    journal = app.session(project).state.journal
    said = [entry.what.text for entry in journal if isinstance(entry.what, Said)]
    return said, sorted({entry.made_by for entry in journal if entry.made_by and entry.made_by != BUILT_IN})


def _listening(app: App, heard: list[dict[str, Any]]) -> App:
    """The app with a model whose every answer is written to the turn under way, by the name of its prompt."""
    model = app.model
    if not isinstance(model, Gateway):
        return app

    def told(prompt: str, text: str) -> None:
        answers = heard[-1].setdefault("answers", {})
        before = answers.get(prompt)
        answers[prompt] = text if before is None else [*([before] if isinstance(before, str) else before), text]

    model.listener = told
    return replace(app, handed=model)


def _changed_names(reply: dict[str, Any]) -> list[str]:
    """The names of the steps a turn has added, also of those inside decisions and loops."""
    return [SPECIAL.sub(r"\\\g<0>", name) for edit in reply["edits"] for name in _names_in(edit.get("blocks", ()))]


def _names_in(data: Any) -> Iterator[str]:
    """The names of all tasks in the blocks of an edit."""
    if isinstance(data, list | tuple):
        for item in data:
            yield from _names_in(item)
    elif isinstance(data, dict):
        for key, item in data.items():
            if key == "task":
                yield str(item["name"])
            else:
                yield from _names_in(item)


def from_story(app: App, path: Path) -> tuple[str, dict[str, Any]]:
    """A `reading` case from a story that was read wrong. Raises UnreadableFile."""
    story = read_text(path)
    process = Door(app).read(story)
    return "reading", _row(path.stem, {"story": story}, {"flow": short_flow(process)})


def from_request(app: App, path: Path, request: str) -> tuple[str, dict[str, Any]]:
    """A `changing` case from a process and a request. Raises the errors of reading a process."""
    process = app.read_process(path)
    made = Door(app).change(process, request)
    before, after = short_flow(process, doers=False), short_flow(made.after, doers=False)
    return "changing", _row(f"{path.stem}: {request[:60]}", {"before": before, "request": request}, {"after": after})


def from_query(app: App, query: str) -> tuple[str, dict[str, Any]]:
    """A `retrieval` case from what was asked."""
    found = app.search(query, top=1).results
    return "retrieval", _row(query[:100], {"query": query}, {"any_of": [hit.code or hit.id for hit in found]})


def _row(name: str, given: dict[str, Any], expect: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "origin": NOTE, "guards": "", "given": given, "expect": expect}


def short_flow(process: Process, doers: bool = True) -> list[Any]:
    """A flow in the short form of cases."""
    roles = {role.id: role.name for role in process.roles} if doers else {}
    return _short(process.flow, roles)


def _short(sequence: Sequence, roles: dict[str, str]) -> list[Any]:
    found: list[Any] = []
    for step in sequence.items:
        if isinstance(step, Task):
            doer = roles.get(step.role or "")
            found.append(f"{doer}: {step.name}" if doer else step.name)
        elif isinstance(step, Choice):
            ways = [{"when": way.when or "", **({"p": way.p} if way.p is not None else {}), "do": _short(way.do, roles)}
                    for way in step.branches]  # fmt: skip
            found.append({"choice": {"question": step.question, "branches": ways}})
        elif isinstance(step, Parallel):
            found.append({"parallel": {"branches": [_short(way.do, roles) for way in step.branches]}})
        elif step.block == "loop":
            found.append(
                {"loop": {"do": _short(step.do, roles), "while": step.while_, "redo": _short(step.redo, roles)}}
            )
        elif step.block == "end":
            found.append({"end": {"outcome": step.outcome}})
    return found


class _Dumper(yaml.SafeDumper):
    """Safe YAML in which texts of several lines stand as they are."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def masked_in(row: dict[str, Any]) -> str:
    """What of people stands in a case that begins with a story, counted: a case is no place for it; empty for none."""
    found = find_personal(str(row["given"].get("story", "")))
    names, others = sum(each.kind == "NAME" for each in found), sum(each.kind != "NAME" for each in found)
    told = ((names, "name"), (others, "address or account"))
    return " and ".join(plural(count, what) for count, what in told if count)


def write_case(path: Path, suite: str, row: dict[str, Any]) -> None:
    """Write a case file, or add to one of the same suite. Raises UsageError, UnreadableFile, StorageError."""
    rows = [row]
    if path.exists():
        known = read_cases(path)
        if {name for name, _ in known} != {suite}:
            raise UsageError(f"{path} holds cases of another suite.", remedy="Name another file.")
        if row["id"] in {case.id for _, case in known}:
            raise UsageError(f"{path} has a case named {row['id']!r} already.", remedy="Give another --name.")
        rows = [*plain_yaml(path.read_text(encoding="utf-8"))["cases"], row]
    text = io.StringIO()
    text.write(f"# Under `expect` there may stand: {', '.join(_expectable(suite))}.\n{MEANING.get(suite, '')}")
    document = {"schema": SCHEMA, "suite": suite, "cases": rows}
    yaml.dump(document, text, _Dumper, allow_unicode=True, sort_keys=False, width=110)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.getvalue(), encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path} cannot be written.", str(error.strerror or error)) from None


def _expectable(suite: str) -> list[str]:
    """What a case of a suite may expect, by its published shape."""
    return list(FORMS[suite].expect.model_fields)
