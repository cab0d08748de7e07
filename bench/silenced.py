"""Which rules of a room of `language/` could go: each is made to say nothing in its turn, and what is lost is counted.

    python bench/silenced.py ROOM [--requests CASES.jsonl --scorer FILE] [--every N] [--most N]

ROOM is a folder of `assistant/language`, such as `change` or `correct`. Without `--requests` the turns of
`evals/talk_cases` are played (`--every` so-manieth). A rule is a function that may answer nothing: one whose return
value is `X | None`. Only cases in which it does answer are played again, in a process of their own; rules that answer
in more than `--most` cases carry the room and are not tried. A rule that loses nothing is not thereby dead: it may be a
kind of sentence that people say and that no case holds.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import inspect
import json
import os
import sys
import tempfile
import types
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import assistant.language

ROOT = Path(assistant.language.__file__).parent
Played = Callable[[], float]
Groups = Iterator[list[tuple[str, Played]]]


class Rule(NamedTuple):
    """A function that may answer nothing."""

    name: str
    made: Any
    lines: int


def rules(room: str) -> dict[types.CodeType, Rule]:
    """The rules of a room by their code."""
    found: dict[types.CodeType, Rule] = {}
    for path in sorted((ROOT / room).rglob("*.py")):
        name = ".".join(("assistant.language", *path.relative_to(ROOT).with_suffix("").parts))
        module = importlib.import_module(name.removesuffix(".__init__"))
        for made in vars(module).values():
            made = inspect.unwrap(made) if callable(made) else made
            own = isinstance(made, types.FunctionType) and made.__module__ == module.__name__
            if own and "None" in str(made.__annotations__.get("return")) and not made.__code__.co_freevars:
                lines = len(inspect.getsource(made).splitlines())
                found[made.__code__] = Rule(f"{path.stem}.{made.__name__}", made, lines)
    return found


def answering(play: Played, known: dict[types.CodeType, Rule]) -> tuple[float, set[types.CodeType]]:
    """The score of a case, and the rules that answered in it."""
    found: set[types.CodeType] = set()

    def left(frame: types.FrameType, event: str, value: Any) -> Any:
        if event == "return" and value is not None:
            found.add(frame.f_code)
        return left

    def entered(frame: types.FrameType, event: str, value: Any) -> Any:
        if frame.f_code not in known or frame.f_code in found:
            return None
        frame.f_trace_lines = False
        return left

    sys.settrace(entered)
    try:
        return play(), found
    finally:
        sys.settrace(None)


def silence(rule: Rule) -> None:
    """Make a rule answer nothing, wherever it was imported to."""
    nothing: dict[str, Any] = {}
    exec("def nothing(*given, **named): return None", nothing)
    rule.made.__code__ = nothing["nothing"].__code__


def apart(work: Callable[[], Any]) -> Any:
    """What work gives in a process of its own, as JSON; None when it fails."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writes, "w") as file:
            try:
                json.dump(work(), file)
            finally:
                file.flush()
                os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as file:
        said = file.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else None


def requests(cases: Path, scorer: Path, every: int) -> Groups:
    """Each change request as a case of its own: 1 when the process that comes out is the one expected."""
    from assistant.bpmn.read import read
    from assistant.bpmn.write import write
    from assistant.errors import AssistantError
    from assistant.language.changing import read_change
    from assistant.process.apply import apply

    found = importlib.util.spec_from_file_location("scorer", scorer)
    assert found is not None
    assert found.loader is not None
    scores = importlib.util.module_from_spec(found)
    found.loader.exec_module(scores)
    out = Path(tempfile.mkdtemp()) / "out.bpmn"
    for line in cases.read_text(encoding="utf-8").splitlines()[::every]:
        case = json.loads(line)
        before = read((cases.parent / case["before"]).read_bytes()).process
        wanted = scores.load(cases.parent / case["after"])

        def play(case: Any = case, before: Any = before, wanted: Any = wanted) -> float:
            try:
                made = read_change(before, case["request"])
                edits = made.edits or (made.readings[0].edits if made.readings else ())
                out.write_bytes(write(apply(before, edits)))
            except AssistantError:
                return 0.0
            return float(bool(edits) and scores.same(scores.load(out), wanted, True))

        yield [(case["id"], play)]


def turns(every: int) -> Groups:
    """Turns of plain talk, those over the same story together: what was said before is said once."""
    from assistant.app import App
    from assistant.evals.compact import compact
    from assistant.evals.door import Conversation, Door
    from assistant.evals.suites import by_name

    suite = by_name()["turns"]
    app = App.build({"ASSISTANT_HOME": tempfile.mkdtemp(), "ASSISTANT_MODEL": "offline"})
    by_story: dict[tuple[str, ...], list[Any]] = {}
    for case in suite.load()[::every]:
        by_story.setdefault(tuple(case.given["before"]), []).append(case)
    for before, cases in by_story.items():
        talk = Door(app).talk()
        for words in before:
            talk.say(words)

        def play(case: Any, talk: Conversation = talk) -> float:
            was = compact(talk.session.process)
            reply = talk.say(case.given["say"])
            now = compact(talk.session.process)
            asked = [row["text"] for row in reply["questions"]]
            output = {"kind": reply["kind"], "lines": reply["lines"], "questions": asked, "changed": was != now,
                      "process": now}  # fmt: skip
            return sum(suite.score(case, output).values())

        yield [(case.id, partial(play, case)) for case in cases]


def main() -> None:
    """Play all cases, then each again without each rule that answered in it; print rule by rule what that lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("room")
    parser.add_argument("--requests", type=Path)
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--most", type=int, default=60)
    given = parser.parse_args()
    known = rules(given.room)
    told: dict[str, list[float]] = {rule.name: [] for rule in known.values()}
    by_name = {rule.name: rule for rule in known.values()}
    groups = requests(given.requests, given.scorer, given.every) if given.requests else turns(given.every)
    for group in groups:
        for _, play in group:

            def traced(play: Played = play) -> tuple[float, list[str]]:
                score, found = answering(play, known)
                return score, [known[code].name for code in found]

            score, answered = apart(traced) or (0.0, [])
            for name in answered:

                def without(rule: Rule = by_name[name], play: Played = play) -> float:
                    silence(rule)
                    return play()

                if len(told[name]) < given.most:
                    told[name].append((apart(without) or 0.0) - score)
    for rule in sorted(known.values(), key=lambda rule: -rule.lines):
        moved = told[rule.name]
        lost, won = sum(value < 0 for value in moved), sum(value > 0 for value in moved)
        if moved and not lost:
            print(f"{rule.name:44} {rule.lines:3} lines, answers in {len(moved):3} cases, won {won}")
    tried = [rule for rule in known.values() if told[rule.name]]
    free = [rule for rule in tried if not any(value < 0 for value in told[rule.name])]
    print(
        f"{given.room}: {len(known)} rules, {len(known) - len(tried)} never answer, {len(free)} of the others lose "
        f"nothing when silenced ({sum(rule.lines for rule in free)} lines)"
    )


if __name__ == "__main__":
    main()
