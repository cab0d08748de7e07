"""turns and conversation: one more turn after some others, and whole scripts with the state they must end in."""

from __future__ import annotations

import json
from typing import Any

from assistant.evals.asked import MOST
from assistant.evals.casefile import bundled_cases
from assistant.evals.compact import compact, opened
from assistant.evals.door import Door
from assistant.evals.halves import TUNED, UNTOUCHED
from assistant.evals.shapes import Case, Suite
from assistant.evals.state import failed, like
from assistant.language.paper.writing import PROMPTS as PAPER
from assistant.process.model import Process
from assistant.settings import bundled

MOST_KINDS = 3
PROMPTS = ("map", "change", "turn", "answer")


def _turns() -> list[Case]:
    rows = [
        (json.loads(line), path.stem)
        for path in sorted((bundled("evals") / "talk_cases").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    cases = [
        Case(row["id"], {"before": row["before"], "say": row["say"]}, {**row["expect"], "group": row["group"]},
             f"plain talk ({half}): {row['why']}", half=UNTOUCHED if half == "held" else TUNED)
        for row, half in rows
    ]  # fmt: skip
    return [*cases, *bundled_cases("turns")]


def _play(door: Door, case: Case) -> dict[str, Any]:
    talk = door.talk()
    for words in case.given["before"]:
        talk.say(words)
    before = talk.session.process
    reply = talk.say(case.given["say"])
    after = talk.session.process
    return {
        "kind": reply["kind"], "lines": reply["lines"], "questions": [row["text"] for row in reply["questions"]],
        "changed": compact(before) != compact(after), "process": compact(after),
    }  # fmt: skip


def _faults(case: Case, output: Any) -> list[str]:
    return [*_reply_faults(case.expected, output), *failed(case.expected, _state(output))]


def _state(output: Any) -> Process:
    return opened(output["process"])


def _reply_faults(expect: dict[str, Any], output: Any) -> list[str]:
    told, kinds = [], output["kind"]
    if "kind" in expect and (not set(expect["kind"]) & set(kinds) or len(kinds) > MOST_KINDS):
        told.append(f"the turn was taken as {kinds}, not as {expect['kind']}")
    if "changed" in expect and output["changed"] != expect["changed"]:
        told.append("the process has changed" if output["changed"] else "the process is unchanged")
    said = "\n".join(output["lines"])
    if expect.get("group") != "question":
        said += "\n" + "\n".join(output["questions"])
    told += [f"the reply lacks {pattern!r}" for pattern in expect.get("reply", []) if not like(pattern, said)]
    told += [f"the reply has {p!r}" for p in expect.get("reply_not", []) if like(p, "\n".join(output["lines"]))]
    return told


WRITES = ("a step is named", "a role is named", "the process has changed", "the owner is", "the trigger is")


def _score(case: Case, output: Any) -> dict[str, float]:
    """Whether all holds, the share of checks that hold, and whether nothing was written that nobody said."""
    faults = _faults(case, output)
    return {
        "hold": float(not faults),
        "nothing_wrong_written": float(not any(fault.startswith(WRITES) for fault in faults)),
        "understood": float(not any("was taken as" in fault for fault in faults)),
    }


def _scripts() -> list[Case]:
    return bundled_cases("conversation")


def _play_script(door: Door, case: Case) -> dict[str, Any]:
    talk, lines = door.talk(), []
    for words in case.given["turns"]:
        reply = talk.say(words)
        lines.append({"say": words, "lines": reply["lines"], "changed": reply["changed"], "kind": reply["kind"],
                      "questions": [row["text"] for row in reply["questions"]]})  # fmt: skip
    return {"turns": lines, "process": compact(talk.session.process), "exports": talk.exports}


def score_script(case: Case, output: Any) -> dict[str, float]:
    """Whether the conversation ends where it should, and whether each reply that is looked at says what it should."""
    return {"end_state": float(not _ends(case, output)), "replies": float(not script_replies(case, output)),
            "few_questions": float(not _too_many(output))}  # fmt: skip


def _too_many(output: Any) -> list[str]:
    return [
        f"turn {number} asks {len(turn['questions'])} things"
        for number, turn in enumerate(output["turns"], 1) if len(turn["questions"]) > MOST
    ]  # fmt: skip


def _ends(case: Case, output: Any) -> list[str]:
    ends = failed(case.expected.get("end", {}), _state(output))
    exported, made = case.expected.get("exports"), len(output["exports"])
    return ends if exported in (None, made) else [*ends, f"{made} exports instead of {exported}"]


def script_faults(case: Case, output: Any) -> list[str]:
    """What is wrong with the end and the replies of a script, in words."""
    ends = (f"at the end: {fault}" for fault in _ends(case, output))
    return [*ends, *script_replies(case, output), *_too_many(output)]


def script_replies(case: Case, output: Any) -> list[str]:
    """What is wrong with the replies of a script, in words; turns count from 1."""
    return [
        f"turn {number}: {fault}"
        for number, expect in case.expected.get("replies", {}).items()
        for fault in _reply_faults(expect, output["turns"][int(number) - 1])
    ]


TURN_MEANS = {
    "hold": "1 when everything that must hold of process and reply after the turn does.",
    "nothing_wrong_written": "1 when nothing was written into the process that nobody said.",
    "understood": "1 when the turn was taken as what it is: told, answer, correction, question, request …",
}
SCRIPT_MEANS = {
    "end_state": "1 when the conversation ends with the process it must end with.",
    "replies": "1 when each reply that is looked at says what it should.",
    "few_questions": "1 when no turn asks more than five things.",
}


SUITES = (
    Suite(
        "turns", "One turn of plain talk after some others: what must hold of process and reply.", _turns, _play,
        _score, PROMPTS, frozenset({"nothing_wrong_written"}), every=4, why=_faults,
        means=TURN_MEANS,
    ),
    Suite(
        "conversation", "Whole conversations with the state they must end in.", _scripts, _play_script, score_script,
        (*PROMPTS, "diagnose", "judge_steps", "propose", *PAPER), frozenset({"end_state"}),
        why=script_faults,
        means=SCRIPT_MEANS,
    ),
)  # fmt: skip
