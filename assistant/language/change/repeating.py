"""Repeating steps: which ones, tested before or after, and under which condition."""

from __future__ import annotations

import re
from collections import Counter

from assistant.english.tables import any_of
from assistant.language.change.condition_reach import governed
from assistant.language.change.condition_words import opposite
from assistant.language.change.marked_words import Said
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.where_it_goes import Places
from assistant.process.blocks import Loop
from assistant.process.edits import Edit, SetCondition, SetValue, WrapInLoop

SURE = re.compile(
    r"<b\d+>[^.;]*\bagain\b|\bagain\b[^.;]*<b\d+>|"
    r"\bcycl|\bcheck\w*(?: \w+){0,3} again|\brepeatable\b|\b(?:if|when)\b[^.]*<[bq]\d+>[^.]*\b(?:again|redo)\b|\b(?"
    r":if not|unless)\b[^.]*\b(?:repeat|redo|again)|"
    r"<newgate>[^.]*<s\d+>.*(?:connected to|points? to|leads? to|goes to) (?:the )?(?:<gate>|<split>|<join>|"
    r"previous)[^.]*<b\d+>|"
    r"\bloop|\buntil\b|\bwhile\b(?! (?:keep|maintain|leav|preserv|retain|remain|stay))[^.,;]{0,40}(?:<[bq]\d+>(?! ?"
    r"-?(?:path|branch|case|side|way))|\bnot (?:met|ful|true|sat)|\bcondition (?:is|holds|applies))(?![^.]*(?"
    r":unchanged|same|not changed))|while-loop|\bas long as\b|"
    r"\bjump(?:s|ing)? back|\b(?:go(?:es)?|going|lead\w*|feed\w*|return\w*|rout\w*|root\w*|step|sent|send|com\w*|"
    r"mov\w*) (?:\w+ ){0,3}(?:back\b|again\b)|\bback to\b|"
    r"zero or more|one or more|at least once|\bself[- ]loop|\brepeat(?:ed|s|edly|ing)?\b[^.]*\b(?:if|when|case|"
    r"unless|in case)\b|"
    r"\b(?:if|when|case)\b[^.]*\brepeat|\biterat|\b(?:done|executed|performed) (?:\w+ ){0,2}again\b[^.]*\b(?:if|"
    r"when|until|unless)\b|\bevaluat\w* again|\bchecked? again|"
    r"\b(?:multiple|several|many|n) times\b|\breturn(?:s)? to <|\bfrom <(?:gate|newgate)> after <s|"
    r"after (?:the )?<s(\d+)>.*<b\d+>[^.]*\b(?:move|go|connect\w*|return|route) (?:\w+ )?to <s\1>"
)
PRE = (
    (r"connect <s\d+> back|loop back from <s|<s\d+> (?:leads?|goes|connects?|flows?|returns?|is connected|points?) "
     r"(?:\w+ )?back", 3),
    (r"\bonly (?:do|execute|perform|run) (?:the )?<s\d+> (?:if|when|while)", 3),
    (r"\bloop (?:right |directly )?before <s\d+>", 3),
    (r"<b\d+> (?:which )?(?:leads?|goes|points?|routes?|leading|going) to (?:the )?<s\d+>|before <s\d+>,? (?:check|"
     r"test|evaluat|a check)|check\w*[^.]*(?:is|happens|comes|done) before <s\d+>|gateway in front of <s", 3),
    (r"zero or more|zero times|\b0 times|minimum[^.]*\b0\b|not at all|\boptional", 4),
    (r"check(?:ed|s)? (?:\w+ ){0,3}first|first (?:\w+ ){0,2}check|pre-?(?:condition|test|loop|check)|before (?"
     r":each|every|executing|performing|doing)", 4),
    (r"\bwhile[- ]?loop|\bas long as|\bskip", 3),
    (r"\b(?:else|otherwise),? (?:then )?(?:do|execute|perform|run|go to|continue with|goes to)? ?(?:the )?<s\d+>", 3),
    (r"(?:if|when|in case|while)[^.;]{0,40}<[bq]\d+>\s*,?(?: then| add| do| execute| perform| run| i want| want| "
     r"we do| trigger| go to| continue with| needs?| the)* <s\d+>", 2),
    (r"<s\d+> (?:is|gets|will|should|needs to|to) ?(?:only )?(?:be )?(?:only )?(?:performed|executed|done|"
     r"triggered) (?:only )?(?:if|when|while|and)", 2),
    (r"either (?:\w+ )?(?:end|finish|stop|exit)|instead of <s|\bonly (?:be )?(?:executed|performed|done|triggered)", 2),
    (r"(?:<newgate>|<gates?>|<split>|<join>) (?:right |directly )?before <s\d+>(?! and| or| after)", 1),
)  # fmt: skip
POST = (
    (r"<(?:join|newgate|gate)>,? (?:followed by|then) (?:the )?<s\d+>", 2),
    (r"do-?\s?while|minimum[^.]*\b1\b|after (?:each|every) (?:execution|iteration|run|time|loop)|(?:do|execute|"
     r"perform|run) <s\d+>,? (?:and )?then (?:check|test|evaluat)", 4),
    (r"(?:executed|performed|done|run) and (?:then |afterwards )?(?:repeated|looped)|\bredo", 3),
    (r"one or more|at least (?:once|one)|post-?(?:condition|test|loop|check)|before (?:check|evaluat|test|the "
     r"check)|\bonce\b|always (?:be )?(?:executed|performed|triggered|done)", 4),
    (r"\bback\b|\breturn\w*|\brepeat(?!edly)|\bagain\b|\bredo", 1),
    (r"after (?:executing|performing|doing|completing|the (?:execution|completion) of)|after <s\d+>|<s\d+> and (?"
     r":then )?(?:another|<newgate>)", 1),
    (r"before and after <s\d+>|before <s\d+> and (?:one |another )?after", 2),
)  # fmt: skip
VALUE = r"<[bq]\d+>|\btrue\b|\bfalse\b|\byes\b|\bnot (?:met|fulfilled|true|satisfied)\b|\b(?:met|fulfilled|satisfied)\b"
AGAIN = (
    r"\b(?:repeat\w*|again|back\w*|return\w*|redo\w*|iterat\w*|re-?enter\w*|feeds?|jump\w*|cycl\w*)\b|connected to "
    r"(?:the )?<(?:gate|split|join)>"
)
LEAVES = (
    r"\b(?:end|ends|ended|exit\w*|exists?|finish\w*|terminat\w*|output|complet\w*|leave\w*|stop\w*|endpoint|skip\w*)\b"
)
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


def _score(cues: tuple[tuple[str, int], ...], line: str) -> int:
    return sum(weight for pattern, weight in cues if re.search(pattern, line))


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
