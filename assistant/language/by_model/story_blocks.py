"""From lines to blocks: the part of the grammar that stories and changes share.

TASK role: verb and object | in system | work time | wait time | every time | 20 at a time | control | "quotation"
     (work time per run; on Tuesday, Friday; same run, no wait)
CHOICE question                 ANYOF question           PARALLEL              LOOP while condition | 40 per y
  WHEN condition | 20%            WHEN condition            PATH                  (lines done at least once)
    …                               …                         …                  REDO
WAIT time: for what             WAIT message party: what   END outcome | bad       (lines before the next round)
CALL role: name of another process
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Literal

from assistant.english.tables import any_of, classed
from assistant.gateway.port import ReplyFault
from assistant.gateway.reply_lines import Line
from assistant.language.by_model.chances import IN_WORDS, Chances
from assistant.language.figures.stated import WEEK_DAYS, Said, at_desk, days_in, read_time
from assistant.language.quotations import Evidence
from assistant.process.blocks import (
    AnyOf,
    Batch,
    Block,
    Branch,
    Call,
    Choice,
    End,
    Loop,
    Parallel,
    Sequence,
    Task,
    Wait,
)
from assistant.process.durations import Basis, Duration, Fixed, Span
from assistant.process.model import Role
from assistant.process.tree import fresh_id

STOP, ID_WORDS = classed("changes", "stop"), (2, 3, 4)
"""Words that stand in no id, and how many others do: of a story's step the fewest that tell it from those before."""
JOINING = frozenset({"and", "or"})
STEPS = frozenset({"TASK", "CHOICE", "ANYOF", "PARALLEL", "LOOP", "WAIT", "END", "CALL"})
BLOCK_WORDS = ("TASK", "CHOICE", "ANYOF", "PARALLEL", "LOOP", "WAIT", "END", "CALL", "WHEN", "PATH", "REDO")
INSIDE: dict[str, frozenset[str]] = {
    "CHOICE": frozenset({"WHEN"}), "ANYOF": frozenset({"WHEN"}), "PARALLEL": STEPS | {"PATH"},
    "WHEN": STEPS, "PATH": STEPS, "LOOP": STEPS | {"REDO"}, "REDO": STEPS,
}  # fmt: skip
PARTNERS = {"WHEN": frozenset({"CHOICE", "ANYOF"}), "PATH": frozenset({"PARALLEL"}), "REDO": frozenset({"LOOP"})}
OTHER_WORDS: dict[str, Callable[[Line], Line]] = {
    "ELSE": lambda line: replace(line, word="WHEN", text=line.text or "otherwise"),
    "OTHERWISE": lambda line: replace(line, word="WHEN", text=line.text or "otherwise"),
    "IF": lambda line: replace(line, word="WHEN"),
}
_SYSTEM = re.compile(rf"\b{any_of('system-noun')}\b", re.I)
_UNKNOWN = frozenset({"", "?", "-", "unknown", "not said", "n/a", "nobody"})


class Roles:
    """The roles met so far: the same name, articles and case aside, is the same role."""

    def __init__(self, known: Iterable[Role] = ()) -> None:
        self.all: dict[str, Role] = {role.id: role for role in known}
        self._by_name = {_role_key(role.name): role.id for role in self.all.values()}

    def put(self, name: str, **fields: Any) -> str | None:
        """The id of the role of that name, made or completed; None where nobody is named."""
        clean = re.sub(r"^(?:the|a|an)\s+", "", " ".join(name.split()), flags=re.I)
        if clean.lower() in _UNKNOWN:
            return None
        clean = clean[:1].upper() + clean[1:]
        key = _role_key(clean)
        role_id = self._by_name.get(key)
        if role_id is None:
            role_id = fresh_id(clean, self.all)
            kind = "system" if _SYSTEM.search(clean) else "person"
            self.all[role_id] = Role(id=role_id, name=clean[:200], kind=kind)
            self._by_name[key] = role_id
        if fields:
            self.all[role_id] = self.all[role_id].model_copy(update=fields)
        return role_id


def _role_key(name: str) -> str:
    plain = re.sub(r"^(?:the|a|an|our|my)\s+", "", name.lower())
    return re.sub(r"[^a-z0-9]+", " ", plain).strip() or name.lower()


class Builder:
    """Makes blocks of lines. With `evidence` every element looks for its quotation; without, it rests on the request.

    `assumed` collects ids of elements whose quotation is missing or is not in the text, `estimated` what figures were
    not found there, `remarks` fields that hold no more than a remark (without evidence they are faults). `resolve` may
    stand for lines of other words (a change's KEEP).
    """

    def __init__(
        self,
        roles: Roles,
        taken: Iterable[str] = (),
        evidence: Evidence | None = None,
        resolve: Callable[[Line], Block | None] | None = None,
    ) -> None:
        self.roles, self.evidence, self._resolve = roles, evidence, resolve
        self.taken = set(taken)
        self.assumed: list[tuple[str, str]] = []
        self.estimated: list[tuple[str, str]] = []
        self.chances = Chances()
        self.counted: dict[str, tuple[float, Basis]] = {}
        self.remarks: list[str] = []

    def sequence(self, lines: Iterable[Line]) -> Sequence:
        """The steps of lines, in order."""
        return Sequence(items=tuple(block for line in lines for block in self.blocks(line)))

    def blocks(self, line: Line) -> list[Block]:
        """The block of a line, or none when it holds nothing."""
        if self._resolve is not None and (kept := self._resolve(line)) is not None:
            return [kept]
        make = _MAKERS.get(line.word)
        if make is None:
            raise line.fault("it stands where a step is expected.")
        block = make(self, line)
        return [] if block is None else [block]

    def new_id(self, stem: str) -> str:
        """An id that is not taken yet, of few words: a model is sent those of a story, and writes them, many times."""
        words = [word for word in stem.split() if word.lower() not in STOP]
        many = ID_WORDS if self.evidence is not None else ID_WORDS[-1:]
        short = [" ".join(words[:most]) for most in many if words[:most] and words[:most][-1].lower() not in JOINING]
        free = next((name for name in short if fresh_id(name, ()) not in self.taken), short[0] if short else stem)
        made = fresh_id(free, self.taken)
        self.taken.add(made)
        return made

    def ground(self, line: Line, element: str, what: str) -> tuple[Span | None, Basis, Said | None]:
        """Where an element was said, what it rests on, and the figures said near it."""
        if self.evidence is None:
            return None, Basis.STATED, None
        span = self.evidence.find(line.quote) if line.quote else None
        if span is None:
            self.assumed.append((element, what))
            return None, Basis.ESTIMATED, None
        return span, Basis.STATED, self.evidence.near(span)

    def time(self, line: Line, text: str, element: str, span: Span | None, said: Said | None) -> Duration:
        """A duration with its basis. Raises ReplyFault when it cannot be read."""
        duration = read_time(text)
        if duration is None:
            raise line.fault(f"{text!r} is no time; write a number and a unit, such as `10 min` or `2 to 3 d`.")
        near = self.evidence is None or (said is not None and said.has_time(duration))
        stated = near or self.said_of(said, lambda told: told.has_time(duration))
        if not stated:
            self.estimated.append((element, text))
        basis = Basis.STATED if stated else Basis.ESTIMATED
        return duration.model_copy(update={"basis": basis, "span": span if near else None})

    def rhythm(self, line: Line, text: str, element: str, said: Said | None) -> Duration:
        """How often collected cases are done, with its basis; a day of the week says it too."""
        duration = read_time(text)
        if duration is not None and self.said_of(said, lambda told: told.has_rhythm(duration)):
            return duration.model_copy(update={"basis": Basis.STATED})
        return self.time(line, text, element, None, said)

    def said_of(self, said: Said | None, holds: Callable[[Said], bool]) -> bool:
        """Whether the story says it, near the quotation or in another place; without a quotation nothing is said."""
        return self.evidence is not None and said is not None and (holds(said) or holds(self.evidence.anywhere))

    def share(self, line: Line, text: str, element: str, said: Said | None) -> tuple[float, Basis]:
        """A chance with its basis. Raises ReplyFault when it cannot be read."""
        share = self.chances.read(text)
        if share is None:
            raise line.fault(
                f"{text!r} is no chance; write `20%`, `5 of 200`, `40 per y` or `{'`, `'.join(IN_WORDS)}`."
            )
        rough = self.chances.rough(share)
        stated = not rough and (
            self.evidence is None or self.said_of(said, lambda told: self.chances.said(share, told))
        )
        if not stated:
            self.estimated.append((element, text))
        return share, Basis.STATED if stated else Basis.ESTIMATED

    def _says_number(self, said: Said | None, number: float) -> Basis:
        told = self.said_of(said, lambda near: near.has_number(number))
        return Basis.STATED if told else Basis.ESTIMATED

    def chance(self, line: Line, element: str, said: Said | None) -> tuple[float | None, Basis | None]:
        """The chance among a line's fields, if there is one; other fields are remarks."""
        found: tuple[float | None, Basis | None] = (None, None)
        for text in line.fields:
            if text.lower().startswith("until "):
                continue
            count = self.chances.count(text) if self.evidence is not None else None
            if count is not None:
                self.counted[element] = (count[0], self._says_number(said, count[1]))
            elif self.chances.read(text) is None and self.evidence is not None:
                self.remarks.append(text[:200])
            else:
                found = self.share(line, text, element, said)
        return found


def _task(builder: Builder, line: Line) -> Block:
    role, name = _role_and_name(line, builder.evidence)
    task_id = builder.new_id(name)
    span, basis, said = builder.ground(line, task_id, name)
    values: dict[str, Any] = {}
    for text in line.fields:
        read = _field_or_remark(builder, line, text, task_id, span, said)
        if "batch" in read and "batch" in values:  # so many at a time, and every so often
            first, then = values["batch"], read["batch"]
            read["batch"] = first.model_copy(
                update=then.model_dump(exclude_none=True) | {"every": then.every or first.every}
            )
        values.update(read)
    if values.get("setup") and "batch" not in values:
        values["batch"] = Batch()  # how many cases a run holds was not told
    return Task(id=task_id, name=name, role=builder.roles.put(role), span=span, basis=basis, **values)


def _role_and_name(line: Line, evidence: Evidence | None) -> tuple[str, str]:
    """`Clerk: check order`. Without a colon the role is not known; a role may hold one if the text calls it so."""
    role, colon, name = line.text.partition(":")
    longer, _, rest = line.text.rpartition(":")
    if evidence is not None and longer != role and rest.strip() and " ".join(longer.split()) in evidence.flat:
        role, name = longer, rest
    if not colon:
        role, name = "", line.text
    name = " ".join(name.split()).rstrip(".")
    if not name:
        raise line.fault("it names no activity; write `TASK role: verb and object`.")
    if len(name) > 200:
        raise line.fault("the name is too long; a verb and its object are enough.")
    return role.strip(), name[:1].upper() + name[1:]


def _field_or_remark(
    builder: Builder, line: Line, text: str, element: str, span: Span | None, said: Said | None
) -> dict[str, Any]:
    """A field, or in a story its words as a note: a frill that cannot be read is no reason to ask again."""
    try:
        return _task_field(builder, line, text, element, span, said)
    except ReplyFault:
        if builder.evidence is None:
            raise
        return {"note": text[:500]}


def task_field(builder: Builder, line: Line, text: str, element: str) -> dict[str, Any]:
    """One field of a task as attributes; for changes, where nothing is quoted."""
    return _task_field(builder, line, text, element, None, None)


def _task_field(
    builder: Builder, line: Line, text: str, element: str, span: Span | None, said: Said | None
) -> dict[str, Any]:
    word, _, rest = text.partition(" ")
    word, rest = word.lower().rstrip(":="), rest.strip()
    if word == "work" and (per_run := re.fullmatch(r"(.+?) (?:per|a|each|every) (?:run|batch)", rest, re.I)):
        time = builder.time(line, per_run[1], element, span, said)
        none = Fixed(value=0, unit="min", basis=time.basis)
        return {"setup": at_desk(time, "month" in rest.lower()), "work": none}
    if word in ("work", "wait") and rest:
        time = builder.time(line, rest, element, span, said)
        return {word: at_desk(time, "month" in rest.lower()) if word == "work" else time}
    if word == "in" and rest:
        return {"system": rest[:200]}
    if text.strip().lower() in ("same run", "no wait"):
        return {"wait": Fixed(value=0, unit="min", basis=Basis.STATED), "wait_cause": "batching"}
    if word == "on" and (days := days_in(rest)):
        every = Fixed(value=WEEK_DAYS / len(days), unit="d")
        basis = builder.rhythm(line, f"{every.value} d", element, said).basis
        return {"batch": Batch(every=every.model_copy(update={"basis": basis}), on=",".join(days))}
    if word == "every" and rest:
        return {"batch": Batch(every=builder.rhythm(line, rest, element, said))}
    if size := re.fullmatch(r"([1-9]\d{0,5}) at a time", text.strip(), re.I):
        number = int(size[1])
        told = number > 1 and (said is None or builder.said_of(said, lambda near: near.has_number(float(number))))
        return {"batch": Batch(size=number)} if told else {"note": text[:500]}
    if word == "error" and rest:
        return {"error_rate": builder.share(line, rest, element, said)[0]}
    if word == "with" and rest:
        ids = [builder.roles.put(name) for name in rest.split(",")]
        return {"with_roles": tuple(element_id for element_id in ids if element_id)}
    if word == "control":
        return {"is_control": True}
    if word == "assumed":
        return {}
    known = (
        "in SYSTEM, work TIME [per run], wait TIME, every TIME, on DAYS, same run, no wait, N at a time, error N%, "
        "with ROLE, control"
    )
    raise line.fault(f"{text[:40]!r} is no field of a task; fields are {known}; the quotation stands in double quotes.")


def _split(builder: Builder, line: Line) -> Block | None:
    kind = Choice if line.word == "CHOICE" else AnyOf
    if not line.inside:
        raise line.fault(f"a {line.word} needs at least one WHEN line inside it.")
    block_id = builder.new_id(line.text or "choice")
    span, basis, said = builder.ground(line, block_id, line.text or "a choice")
    branches = tuple(_branch(builder, inner, block_id, number, said) for number, inner in enumerate(line.inside, 1))
    return kind(id=block_id, question=line.text.rstrip(" :"), span=span, basis=basis, branches=branches)


def _branch(builder: Builder, line: Line, block_id: str, number: int, said: Said | None) -> Branch:
    branch_id = f"{block_id}.{number}"
    builder.taken.add(branch_id)
    span, near = None, said
    if builder.evidence is not None and line.quote:
        span = builder.evidence.find(line.quote)
        near = builder.evidence.near(span) if span else said
    share, basis = builder.chance(line, branch_id, near)
    return Branch(id=branch_id, when=line.text.rstrip(" :") or None, p=share, p_basis=basis, span=span,
                  do=builder.sequence(line.inside))  # fmt: skip


def _parallel(builder: Builder, line: Line) -> Block:
    if not line.inside:
        raise line.fault("a PARALLEL needs PATH lines inside it.")
    paths = [inner.inside if inner.word == "PATH" else [inner] for inner in line.inside]
    block_id = builder.new_id("parallel")
    span, basis, _ = builder.ground(line, block_id, "parallel work") if line.quote else (None, None, None)
    branches = []
    for number, path in enumerate(paths, 1):
        builder.taken.add(f"{block_id}.{number}")
        branches.append(Branch(id=f"{block_id}.{number}", do=builder.sequence(path)))
    return Parallel(id=block_id, span=span, basis=basis, branches=tuple(branches))


def _loop(builder: Builder, line: Line) -> Block:
    goal = re.fullmatch(r"until\b\s*(.*)", line.text, re.I)
    condition = "" if goal else re.sub(r"^while\b\s*", "", line.text, flags=re.I)
    loop_id = builder.new_id(f"repeat {condition}".strip())
    span, basis, said = builder.ground(line, loop_id, f"repeating while {condition or 'needed'}")
    until = next((text[6:].strip() for text in line.fields if text.lower().startswith("until ")), None)
    until = goal.group(1) or None if goal else until
    share, share_basis = builder.chance(line, loop_id, said)
    redo = [inner for outer in line.inside if outer.word == "REDO" for inner in outer.inside]
    body = builder.sequence(inner for inner in line.inside if inner.word != "REDO")
    again = builder.sequence(redo)
    return Loop(id=loop_id, while_=condition, until=until, p=share, p_basis=share_basis, span=span, basis=basis,
                do=body, redo=again)  # fmt: skip


def _wait(builder: Builder, line: Line) -> Block:
    head, colon, name = line.text.partition(":")
    message = re.match(r"(?:for )?message\b\s*(?:from\s+)?(.*)", head, re.I)
    sender = re.search(r"\bfrom (?:the )?(.+)$", head, re.I) if not (message or colon) else None
    name = (name if colon else "" if message else head).strip()
    wait_id = builder.new_id(f"wait {name or head}")
    span, basis, said = builder.ground(line, wait_id, f"waiting {name or head}".strip())
    values: dict[str, Any] = {}
    for text in (*(() if message else (head,) if colon else ()), *line.fields):
        plain = re.sub(r"^(?:wait|about)\s+", "", text.strip(), flags=re.I)
        if plain.lower() in _UNKNOWN or plain.lower().startswith("assumed"):
            continue
        if read_time(plain) is None and builder.evidence is not None:
            values["note"] = plain[:500]
        else:
            values["duration"] = builder.time(line, plain, wait_id, span, said)
    contact = (message or sender).group(1).strip() if message or sender else ""  # type: ignore[union-attr]
    event: Literal["message", "timer"] = "message" if message or sender else "timer"
    return Wait(id=wait_id, name=(name or contact or "Wait")[:200], event=event,
                contact=contact or None, span=span, basis=basis, **values)  # fmt: skip


def _end(builder: Builder, line: Line) -> Block:
    outcome = line.text or "Done"
    end_id = builder.new_id(f"end {outcome}")
    span, basis, _ = builder.ground(line, end_id, f"ending with {outcome!r}") if line.quote else (None, None, None)
    words = {text.lower() for text in line.fields}
    return End(id=end_id, outcome=outcome[:1].upper() + outcome[1:], span=span, basis=basis,
               negative=True if "bad" in words else False if "good" in words else None)  # fmt: skip


def _call(builder: Builder, line: Line) -> Block:
    role, name = _role_and_name(line, builder.evidence)
    call_id = builder.new_id(name)
    span, basis, _ = builder.ground(line, call_id, name)
    return Call(id=call_id, name=name, role=builder.roles.put(role), span=span, basis=basis)


_MAKERS: dict[str, Callable[[Builder, Line], Block | None]] = {
    "TASK": _task, "CHOICE": _split, "ANYOF": _split, "PARALLEL": _parallel, "LOOP": _loop, "WAIT": _wait, "END": _end,
    "CALL": _call,
}  # fmt: skip
