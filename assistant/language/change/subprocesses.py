"""Parts that become a subprocess of their own, and calls that are opened in their place."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.change.marked_words import Said
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.where_it_goes import Places
from assistant.process.blocks import Block, Branch, Call, Choice, End, Parallel, Sequence
from assistant.process.edits import ExtractToCall, InlineCall, Replace

OPEN = rf"\b{any_of('open-up', 'stems')}"
SUB = r"\bsubprocess|\bsub-process"


def extract(said: Said) -> Outcome | None:
    """A run of steps becomes a subprocess, called from where they stood."""
    calls = [n for n in said.new_names() if n.lower().startswith("subprocess")]
    if not calls and not said.has(SUB + r"|separate process|process of (?:its|their) own"):
        return None
    if any(isinstance(said.catalogue.by_id[step], Call) for step in said.steps()):
        return None
    run = _run(said)
    if not run:
        return None
    others = [n for n in said.new_names() if not n.lower().startswith("subprocess")]
    name = calls[0] if calls else f"Subprocess {others[0]}" if others else "Subprocess"
    fresh = Fresh(said.catalogue)
    edit = ExtractToCall(ids=tuple(run), id=fresh.id(f"call {name}"), subprocess=fresh.id(name), name=name)
    ends = [step for step in run if isinstance(said.catalogue.by_id[step], End)]
    if ends:
        run = [step for step in run if step not in ends]
        edit = edit.model_copy(update={"ids": tuple(run)})
    told = ", ".join(said.catalogue.name(step) for step in run)
    return Outcome(f"put {told} into {name}", (edit,))


def _run(said: Said) -> list[str]:
    """Which steps go into the subprocess."""
    line, catalogue = said.line, said.catalogue
    rest = re.search(r"(?:except(?: for)?|but|apart from|only keep|keep only|keep(?:ing)?|only show|simply keep|to "
                     r"only show|besides|other than)(?: not)?"
                     r"(?: the| start| end| start,| event| and|,)* <s(\d+)>", line)  # fmt: skip
    line = re.sub(r"<s(\d+)> (?:is |should be |gets )?followed by", r"after <s\1>", line)
    behind = re.search(
        r"(?:after|behind|follow\w*|coming after|from|between) (?:the )?<s(\d+)>(?! (?:to|-|until|through|and) (?"
        r":the )?<s)",
        line,
    )
    between = re.search(r"(?:between|from) (?:the )?<s(\d+)> (?:and|to|until|through) (?:the )?<s(\d+)>", line)
    onward = re.search(r"<s(\d+)>[^.]*\bfollowed by (?:a |the |only |task )*<n\d+>", said.line)
    if onward and len(said.steps()) == 1:
        return catalogue.after(said.step(onward[1]))
    tail = re.search(r"from (?:the )?<(?:split|gate)> (?:on|onwards?|to (?:the )?end|until (?:the )?end)", line)
    first = Places(said).block(line) if tail else None
    if first:
        return [first, *catalogue.after(first)]
    if between:
        a, b = said.step(between[1]), said.step(between[2])
        inner = catalogue.lifted([a, b])
        return inner if line[between.start() :].startswith("from") else inner[1:-1]
    if rest:
        keep = said.step(rest[1])
        row = catalogue.rows[catalogue.spots[keep].sequence]
        following = row[row.index(keep) + 1 :]
        return following or row[: row.index(keep)]
    named = re.sub(
        r"(?:after|behind|following|before|between|keep|with only|consists? of[^.]*) (?:only )?(?:the )?<s\d+>",
        " ",
        line,
    )
    steps = said.steps(named)
    whole = re.search(
        r"everyth\w*|everthing|\ball (?:the )?(?:other |remaining )?(?:operations|elements|process\w*|steps|tasks|"
        r"rest|of it)|\bthe rest\b|\bremaining\b",
        line,
    )
    if behind and (whole or not steps or said.has(r"coming after|process after")):
        return catalogue.after(said.step(behind[1]))
    block = Places(said).block(line) if said.has(r"<(?:gate|gates|split|join)>|\boptional paths") else None
    if steps and said.has(r"\b(?:delet|remov)\w* everything"):
        return catalogue.after(steps[0])
    return catalogue.lifted(steps + ([block] if block else [])) if steps or block else []


def inline(said: Said) -> Outcome | None:
    """A call is opened: by the flow kept for it, or by what the request says is in it."""
    catalogue = said.catalogue
    calls = [step for step in said.steps() if isinstance(catalogue.by_id[step], Call)]
    if not calls and said.has(SUB):
        calls = [step.id for step in catalogue.named if isinstance(step, Call)][:1]
    if not calls or not (said.has(OPEN) or said.new_names()):
        return None
    call = catalogue.by_id[calls[0]]
    assert isinstance(call, Call)
    kept = {sub.id for sub in catalogue.process.subprocesses}
    if call.process in kept and not said.new_names():
        return Outcome(f"open {call.name} in its place", (InlineCall(id=call.id),))
    if said.has(r"^(?:please )?(?:rename|chang\w* the name)"):
        return None
    blocks = described(said)
    if blocks:
        return Outcome(f"replace {call.name} by its steps", (Replace(id=call.id, blocks=tuple(blocks)),))
    return None


def described(said: Said) -> list[Block]:
    """The flow a request describes: what comes first, what under which condition, what comes after both."""
    fresh = Fresh(said.catalogue)
    names = said.new_names()
    ways = _ways(said)
    inside = [name for _, group in ways for name in group]
    if said.has(r"<and>|\bparallel") and len(names) >= 2 and not ways:
        branches = tuple(Branch(id=fresh.id("way"), do=Sequence(items=(fresh.task(name),))) for name in names[:2])
        return [Parallel(id=fresh.id("parallel"), branches=branches), *(fresh.task(name) for name in names[2:])]
    if len(ways) < 2:
        return [fresh.task(name) for name in names] if len(names) >= 2 else []
    first = [name for name in names if name not in inside and _ahead(said, name)]
    last = [name for name in names if name not in inside and name not in first]
    decision = fresh.id("decision")
    branches = tuple(
        Branch(id=f"{decision}.{n}", when=when, do=Sequence(items=tuple(fresh.task(name) for name in group)))
        for n, (when, group) in enumerate(ways, 1)
    )
    return [
        *(fresh.task(name) for name in first),
        Choice(id=decision, branches=branches),
        *(fresh.task(name) for name in last),
    ]


def _ahead(said: Said, name: str) -> bool:
    """Whether a step is said to come before the decision."""
    mark = f"<n{said.names.index(name)}>"
    return (
        re.search(
            rf"(?:first|starts? with|begins? with|before (?:the )?(?:<\w*gate>|decision))[^.,]{{0,20}}{mark}", said.line
        )
        is not None
    )


CONDITION = r"(<q\d+>|\btrue\b|\bfalse\b|\byes\b|\bno\b|\bdefault\b|\botherwise\b|\belse\b)"


def _ways(said: Said) -> list[tuple[str, list[str]]]:
    """Each condition with the steps done under it."""
    found: dict[str, list[str]] = {}
    order: list[str] = []
    taken: set[str] = set()
    line = said.line
    marks = [(m.start(), "c", m[1]) for m in re.finditer(CONDITION, line)] + [
        (m.start(), "n", m[1]) for m in re.finditer(r"<n(\d+)>", line)
    ]
    marks.sort()
    front = _condition_first(line)
    for index, (_at, kind, value) in enumerate(marks):
        if kind != "c":
            continue
        near = _near(marks, index, front)
        if near is None:
            continue
        name = said.names[int(near)]
        when = said.conditions[int(value.strip("<q>"))] if value.startswith("<q") else value
        if when in found or name in taken:
            continue
        found[when] = [name]
        order.append(when)
        taken.add(name)
    if len(order) == 2 and order[1] in ("default", "otherwise", "else"):
        from assistant.language.change.condition_words import opposite

        found[opposite(order[0])] = found.pop(order[1])
    return list(found.items())


def _condition_first(line: str) -> bool:
    """Whether conditions stand before their steps (`if true task B`) or behind (`task B if true`)."""
    before = re.findall(rf"{CONDITION}(\s*,?[^.,;<]{{0,45}})<n\d+>", line)
    behind = re.findall(rf"<n\d+>(\s*[,(]?(?:[^.,;<]|<s\d+>){{0,30}}?){CONDITION}", line)
    told_before = sum(not re.search(r"\b(?:and|or|if|when)\b", words) for _, words in before)
    told_behind = sum(bool(re.search(r"\b(?:if|when|in case|on|for|under)\b|\(", words)) for words, _ in behind)
    if told_before != told_behind:
        return told_before > told_behind
    first = re.search(rf"{CONDITION}|<n\d+>", line)
    return first is None or not first[0].startswith("<n")


def _near(marks: list[tuple[int, str, str]], index: int, front: bool) -> str | None:
    steps = [(at, value) for at, kind, value in (marks[index + 1 :] if front else marks[:index][::-1]) if kind == "n"]
    if not steps:
        return None
    at, value = steps[0]
    low, high = sorted((at, marks[index][0]))
    return value if high - low < 90 else None
