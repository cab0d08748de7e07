"""Repeating steps: which ones, tested before or after, and under which condition."""

from __future__ import annotations

import re
from collections import Counter

from assistant.english.tables import any_of, worded, wordings
from assistant.language.change.condition_reach import governed
from assistant.language.change.condition_words import opposite
from assistant.language.change.marked_words import Said
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.where_it_goes import Places
from assistant.process.blocks import Loop
from assistant.process.edits import Edit, SetCondition, SetValue, WrapInLoop

SURE = re.compile(worded("sure-repeats"))
PRE = wordings("tested-before")
POST = wordings("tested-behind")
VALUE = r"<[bq]\d+>|\btrue\b|\bfalse\b|\byes\b|\bnot (?:met|fulfilled|true|satisfied)\b|\b(?:met|fulfilled|satisfied)\b"
AGAIN = worded("repeating-again")
LEAVES = worded("repeating-leaves")
MAYBE_AGAIN = r"\b(?:loop\w*|perform\w*|execut\w*|do|does|another|further|route|root|previous|first)\b|<s_target>"
MAYBE_LEAVES = r"\b(?:continue\w*|proceed\w*|nothing|move on|go on|moves on)\b"


def repeat(said: Said) -> Outcome | None:
    """Steps are wrapped in a loop; or the condition of a loop that is there changes."""
    if not SURE.search(said.line) and not (said.has(r"<gates?>|<newgate>") and said.has(r"\bback|\breturn")):
        return None
    if said.new_names() and not said.has(r"\bloop|\brepeat|\buntil|\biterat|jump"):
        return None
    target = _target(said)
    if not target:
        return None
    catalogue = said.catalogue
    again, leave = _conditions(said, target)
    first = catalogue.by_id[target[0]]
    if len(target) == 1 and isinstance(first, Loop):
        edits: tuple[Edit, ...] = (
            SetCondition(id=first.id, when=again),
            SetValue(id=first.id, field="until", value=leave or None),
        )
        return Outcome(f"repeat while {again}", edits)
    before = _score(PRE, said.line) > _score(POST, said.line) or not _score(POST, said.line)
    fresh = Fresh(catalogue).id("repeat")
    wrap = WrapInLoop.model_validate(
        {"ids": target, "id": fresh, "while": again, "as_part": "redo" if before else "do"}
    )
    made: list[Edit] = [wrap]
    if leave:
        made.append(SetValue(id=fresh, field="until", value=leave))
    names = " and ".join(catalogue.name(step) for step in target)
    how = "while" if before else "do once, then again while"
    return Outcome(f"repeat {names}: {how} {again or 'it is needed'}", tuple(made))


def _score(cues: tuple[tuple[str, str], ...], line: str) -> int:
    return sum(int(weight) for weight, pattern in cues if re.search(pattern, line))


def _target(said: Said) -> list[str]:
    """What is repeated: what is named right with the loop, else the step that is named most, else a block."""
    catalogue, line = said.catalogue, said.line
    listed = r"(?:the |tasks? )*((?:(?><s\d+>(?:,| and| to| -|\s)*))+)"
    for pattern in (
        rf"(?:loop\w*|repeat\w*|iterat\w*|redo\w*)(?: over| around| for| of| with| on| through|ing|s)* {listed}",
        rf"{listed}(?:{any_of('before-done')} )*(?:in a |in "
        rf"the |into a |put in(?:to)? a )?(?:repeat|loop|redo|iterat)",
        rf"(?:put|place|embed|wrap|include) {listed}(?:in|into|inside|within) (?:a |the )?(?:self |while )?loop",
    ):
        found = re.search(pattern, line)
        if found and (run := catalogue.lifted(said.steps(found[1]))):
            return run
    anchors = re.findall(
        r"(?:output of|based on(?: the output of)?|decision of|<gate> of) ((?:(?><s\d+>(?:,| and| or| respectively|"
        r"\s)*))+)",
        line,
    )
    ignored = {step for text in anchors for step in said.steps(text)}
    count = Counter(said.step(n) for n in re.findall(r"<s(\d+)>", line))
    for step in ignored:
        count.pop(step, None)
    if count:
        most = max(count.values())
        return [[step for step, times in count.items() if times == most][-1]]
    block = Places(said).block(line)
    return [block] if block and said.has(r"<(?:gate|split|gates|join)>|\bblock\b") else []


def _conditions(said: Said, target: list[str]) -> tuple[str, str]:
    """The condition to repeat and the one to go on."""
    line = said.line
    for step in target:
        line = line.replace(f"<s{said.catalogue.number(step)}>", "<s_target>")
    again = leave = ""
    for stay, out in ((AGAIN, LEAVES), (MAYBE_AGAIN, MAYBE_LEAVES)):
        for match in re.finditer(VALUE, line):
            side = _side(line, match, stay, out)
            again = again or (_value(said, match[0]) if side == "again" else "")
            leave = leave or (_value(said, match[0]) if side == "leave" else "")
        if again or leave:
            break
    return _both(said, again, leave)


def _side(line: str, found: re.Match[str], stay: str, out: str) -> str:
    """Whether a condition is the one to repeat or the one to go on, by the words that go with it."""
    front = re.split(r"[.,;]|<[bq]\d+>", line[: found.start()])[-1]
    if re.search(r"\buntil\b", front):
        return "leave"
    if re.search(r"\bwhile\b|\bas long as\b", front):
        return "again"
    words = governed(line, found.start(), found.end())
    back, away = re.search(stay, words), re.search(out, words)
    if (
        re.match(r"[\s,]*(?:and )?(?:if (?:it is |this is )?not|otherwise|else|if no)\b", line[found.end() :])
        and not away
    ):
        return "leave" if re.search(stay, line[found.end() :]) else ""
    if away and (back is None or away.start() < back.start()):
        return "leave"
    return "again" if back else ""


def _both(said: Said, again: str, leave: str) -> tuple[str, str]:
    """Both conditions, the missing one as the opposite; the process's own words where none is said."""
    if leave and (not again or again == leave):
        return opposite(leave), leave
    if again:
        return again, leave or opposite(again)
    used = {(branch.when or "").lower() for branch in said.catalogue.branches.values()}
    for yes, no in (("true", "false"), ("yes", "no")):
        if {yes, no} & used or re.search(rf"\b(?:{yes}|{no})\b", said.line):
            return no, yes
    return ("", "")


def _value(said: Said, mark: str) -> str:
    """A condition as it is written on a branch."""
    if mark.startswith("<b"):
        return said.catalogue.branches[said.branch_ids[int(mark.strip("<b>"))]].when or ""
    if mark.startswith("<q"):
        return said.conditions[int(mark.strip("<q>"))]
    if mark.startswith("not "):
        return "false"
    return "true" if mark in ("met", "fulfilled", "satisfied") else mark
