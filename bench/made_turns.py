"""Turns made from forms (`evals/talk_cases/forms.tsv`) and processes that are there, with what must hold after them.

A form has the kind of what it says and places for what it is said of: a step (`{doing}`, `{does}`, `{do}`, `{done}`,
`{obj}`), who does it (`{role}`, `{roles}`) and who might (`{role2}`), another step (`{doing2}`), two in their order
(`{a.…}`, `{b.…}`), new work (`{new.…}`), a time, a share, hours and so on.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from made_words import (
    CLOCKS,
    CONDITIONS,
    LEADS,
    LONG,
    MANY,
    MANY_IS,
    MONEY,
    NEW,
    NUMBERS,
    PARTICLES,
    PREPOSITIONS,
    SHARES,
    STRANGERS,
    THINGS,
    TIMES,
)

from assistant.english.forms import gerund, participle, past, third_person, verb_forms
from assistant.english.tables import rows
from assistant.process.blocks import Choice, Sequence, Task
from assistant.process.model import Process, Role
from assistant.process.tree import tasks, walk

FORMS = Path(__file__).parent.parent / "evals/talk_cases/forms.tsv"
PLACE = re.compile(r"\{([\w.]+)\}")
NAME = re.compile(r"[A-Z][\w'-]*(?: [a-z][\w'-]*){1,4}")


@dataclass(frozen=True)
class Made:
    """A made turn: the words, the checks, the kind, and whether anything is to change."""

    kind: str
    words: str
    expect: dict[str, Any]


def forms() -> list[tuple[str, str]]:
    """The kinds and the forms."""
    lines = FORMS.read_text(encoding="utf-8").splitlines()
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]


def made(process: Process, told: list[tuple[str, str]], seed: str) -> Iterator[Made]:
    """A turn of each form that this process has all places for."""
    chance = random.Random(seed)
    for kind, form in told:
        places = _Places(process, chance)
        expect = places.fill(kind)
        if expect is None:
            continue
        if not set(PLACE.findall(form)) <= set(places.said):
            continue
        words = form
        for name in PLACE.findall(form):
            words = words.replace("{" + name + "}", places.said[name])
        if kind.startswith(("new", "plain")) and "{time}" in form:
            expect["task"][0]["time_s"] = places.seconds
        if "share" in form and "choice" in expect:
            expect["choice"][0]["p"] = places.share
        lead = chance.choice(LEADS) if words[0].islower() else ""
        yield Made(kind, lead + words, expect)


def _obj(rest: list[str]) -> str:
    return " ".join(rest) if not rest or rest[0] in PREPOSITIONS or rest[-1].endswith("ly") else "the " + " ".join(rest)


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _acts(prefix: str, verb: str, rest: str) -> dict[str, str]:
    """All forms of doing something; a verb may have its particle behind it."""
    first, _, more = verb.partition(" ")
    tail = f" {more} {rest}".replace("  ", " ").rstrip() if more else f" {rest}".rstrip()
    behind = f" {more}" if more else ""
    return {
        f"{prefix}do": first + tail, f"{prefix}does": third_person(first) + tail,
        f"{prefix}doing": gerund(first) + tail,
        f"{prefix}done": participle(first) + behind, f"{prefix}past": past(first) + tail, f"{prefix}obj": rest,
    }  # fmt: skip


class _Places:
    """What stands in the places of one form."""

    def __init__(self, process: Process, chance: random.Random) -> None:
        self.process, self.chance, self.said = process, chance, dict[str, str]()
        self.steps = [step for step in tasks(process) if self._plain(step)]
        self.own = [role for role in process.roles if role.kind in ("person", "group") and "(" not in role.name]
        self.seconds, self.share = 0, 0.0

    def _plain(self, step: Task) -> bool:
        first = step.name.split()[0].lower()
        role = self.process.role(step.role)
        known = any(form.form == "base" for form in verb_forms(first))
        return known and role is not None and "(" not in role.name and NAME.fullmatch(step.name) is not None

    def fill(self, kind: str) -> dict[str, Any] | None:
        """Puts something in every place; the checks, or None where the process has not what it takes."""
        if not self.steps or len(self.own) < 2:
            return None
        step = self.chance.choice(self.steps)
        if kind == "was":
            timed = [
                other for other in self.steps if other.work is not None and other.work.mean_seconds in dict(_told())
            ]
            if not timed:
                return None
            step = self.chance.choice(timed)
            self.said["old"] = dict(_told())[step.work.mean_seconds] if step.work else ""
        role = self.process.role(step.role)
        assert role is not None
        other = self.chance.choice([one for one in self.own if one.id != role.id] or [role])
        self._of_step("", step)
        self._of_roles(role, other)
        self._figures()
        kind = "told_plainly" if kind == "plain" else kind.replace(" ", "_")
        return getattr(self, f"_{kind}", self._none)(step, role, other)

    def _of_step(self, prefix: str, step: Task) -> None:
        verb, *rest = (word.lower() if place == 0 else word for place, word in enumerate(step.name.split()))
        if rest and rest[0] in PARTICLES and len(rest) > 1:
            verb, rest = f"{verb} {rest[0]}", rest[1:]
        acts = _acts(prefix, verb, _obj(rest))
        alone = sum(other.name.split()[0] == step.name.split()[0] for other in self.steps) == 1
        draw = self.chance.random()
        if draw < 0.2 and alone:
            acts[f"{prefix}doing"] = gerund(verb.split()[0]) + verb[len(verb.split()[0]) :]
        elif draw < 0.45 and len(rest) > 1:
            short = rest[-1:] if rest[0] not in PREPOSITIONS and not set(rest) & PREPOSITIONS else rest[:1]
            if short[0] not in PREPOSITIONS:
                acts[f"{prefix}doing"] = f"{gerund(verb.split()[0])}{verb[len(verb.split()[0]) :]} the {short[0]}"
        elif draw < 0.6 and alone:
            acts[f"{prefix}doing"] = "the " + gerund(verb.split()[0])
        acts[f"{prefix}Doing"] = acts[f"{prefix}doing"][0].upper() + acts[f"{prefix}doing"][1:]
        self.said |= acts | {
            f"{prefix}thing": rest[-1] if rest else "?",
            f"{prefix}role": _who(self.process.role(step.role)),
        }

    def _of_roles(self, role: Role, other: Role) -> None:
        name = role.name.lower()
        self.said |= {
            "role": _who(role), "Role": _who(role)[0].upper() + _who(role)[1:], "role2": _who(other), "bare": name,
            "bare2": other.name.lower(),
            "roles": _plural(name), "Roles": _plural(name)[0].upper() + _plural(name)[1:],
            "who": _who(self._somebody()),
            "stranger": self.chance.choice([word for word in STRANGERS if word not in name]),
            "newthing": self.chance.choice(THINGS),
        }  # fmt: skip
        for prefix, (verb, rest) in zip(("new.", "new2."), self.chance.sample(NEW, 2), strict=True):
            self.said |= _acts(prefix, verb, rest)
        self.said["new.cond"], self.cond = self.chance.choice(CONDITIONS)

    def _somebody(self) -> Role:
        self.doer = self.chance.choice(self.own)
        return self.doer

    def _figures(self) -> None:
        draw = self.chance.choice
        (self.said["time"], self.seconds), (self.said["time2"], self.seconds2) = self.chance.sample(TIMES, 2)
        self.said["share"], self.share = draw(SHARES)
        self.said["money"], self.money = draw(MONEY)
        self.said["n"], self.number = draw(NUMBERS)
        self.said["from"], self.from_, self.said["to"], self.to = draw(CLOCKS)
        place = self.chance.randrange(len(MANY))
        self.said["many"], self.many = MANY[place], MANY_IS[place]

    # What must hold, by the kind of the form.
    def _none(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        return None

    def _time(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"task": [{"like": _exactly(step.name), "time_s": self.seconds}]}

    _was = _time

    def _span(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"task": [{"like": _exactly(step.name), "time_s": 1200}]}

    def _times(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        second = self.chance.choice(self.steps)
        if second.id == step.id or second.name == step.name:
            return None
        acts = _Places(self.process, self.chance)
        acts._of_step("", second)
        self.said["doing2"] = acts.said["doing"]
        return {"task": [{"like": _exactly(step.name), "time_s": self.seconds},
                         {"like": _exactly(second.name), "time_s": self.seconds2}]}  # fmt: skip

    def _wait(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        self.said["time"], self.seconds = self.chance.choice(LONG)
        return {"task": [{"like": _exactly(step.name), "wait_s": [self.seconds, self.seconds / 3]}]}

    def _hands(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"task": [{"like": _exactly(step.name), "role": _exactly(other.name), "n": 1}]}

    def _handstime(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"task": [{"like": _exactly(step.name), "role": _exactly(other.name), "time_s": self.seconds}]}

    def _strange(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"task": [{"like": _exactly(step.name), "role": _exactly(self.said["stranger"]), "n": 1}]}

    def _strangetime(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"task": [{"like": _exactly(step.name), "role": self.said["stranger"], "time_s": self.seconds}]}

    def _count(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        return {"role": [{"like": _exactly(role.name), "capacity": self.number}]} if not _named(role) else None

    def _counttime(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        count = self._count(step, role, other)
        own = [task for task in tasks(self.process) if task.role == role.id]
        return {**count, **self._time(step, role, other)} if count and len(own) == 1 else None

    def _one(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        return {"role": [{"like": _exactly(role.name), "capacity": 1}]} if not _named(role) else None

    def _price(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"role": [{"like": _exactly(role.name), "cost_per_hour": self.money}]}

    def _hours(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"hours": [self.from_, self.to]}

    _houses = _hours

    def _hourscount(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        count = self._count(step, role, other)
        return {**count, "hours": [self.from_, self.to]} if count else None

    def _chance(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        whens = [
            branch.when for split in walk(self.process) if isinstance(split, Choice) for branch in split.branches
            if branch.when and branch.when != "otherwise" and len(branch.when.split()) < 8
        ]  # fmt: skip
        if not whens:
            return None
        when = self.chance.choice(whens)
        self.said["cond"] = when
        return {"choice": [{"like": _exactly(when), "p": self.share}]}

    def _error(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"task": [{"like": _exactly(step.name), "error": self.share}]}

    def _volume(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"volume_per_day": [self.many, self.many / 5, self.many / 7, self.many / 30, self.many / 21]}

    def _gone(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"no_task": [_exactly(step.name)]}

    def _rows(self) -> Iterator[tuple[Task, Task]]:
        for items in [self.process.flow.items, *(s.items for s in _sequences(self.process))]:
            for first, second in pairwise(items):
                if first in self.steps and second in self.steps:
                    yield first, second  # type: ignore[misc]

    def _before(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        pairs = list(self._rows())
        if not pairs:
            return None
        now_first, now_second = self.chance.choice(pairs)
        self._of_step("a.", now_second)
        self._of_step("b.", now_first)
        return {"order": [[_exactly(now_second.name), _exactly(now_first.name)]]}

    def _new(self, *order: list[str]) -> dict[str, Any]:
        like = _like(self.said["new.do"])
        return {"task": [{"like": like, "role": _exactly(self.doer.name), "n": 1}],
                "order": [[like if name == "*" else name for name in pair] for pair in order]}  # fmt: skip

    def _around(self, step: Task) -> tuple[str | None, str | None]:
        before = next((_exactly(first.name) for first, second in self._rows() if second.id == step.id), None)
        after = next((_exactly(second.name) for first, second in self._rows() if first.id == step.id), None)
        return before, after

    def _newbefore(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        before, _ = self._around(step)
        return self._new(["*", _exactly(step.name)], *([[before, "*"]] if before else []))

    def _newafter(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        _, after = self._around(step)
        return self._new([_exactly(step.name), "*"], *([["*", after]] if after else []))

    def _second(self, found: dict[str, Any]) -> dict[str, Any]:
        second = {"like": _like(self.said["new2.do"]), "role": _exactly(self.doer.name), "n": 1}
        return {**found, "task": [*found["task"], second]}

    def _newafter2(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return self._second(self._newafter(step, role, other))

    def _newbefore2(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return self._second(self._newbefore(step, role, other))

    def _newbetween(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        pairs = list(self._rows())
        if not pairs:
            return None
        first, second = self.chance.choice(pairs)
        self._of_step("a.", first)
        self._of_step("b.", second)
        return self._new([_exactly(first.name), "*"], ["*", _exactly(second.name)])

    def _newinstead(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {**self._newbeside(step, role, other), "no_task": [_exactly(step.name)]}

    def _left(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        own = [task for task in tasks(self.process) if task.role == role.id]
        alone = len(own) == 1 and other.id != role.id and not _named(role)
        return {**self._hands(step, role, other), "no_role": [_exactly(role.name)]} if alone else None

    def _newstart(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return self._new(["*", _exactly(tasks(self.process)[0].name)])

    def _newend(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return self._new([_exactly(tasks(self.process)[-1].name), "*"])

    def _told_plainly(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        found = self._newend(step, role, other)
        told = found["task"][0]
        return found | {"task": [{**told, "role": f"{told['role']}|^{re.escape(self.said['stranger'])}$"}]}

    def _newbeside(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        before, after = self._around(step)
        return self._new(*([[before, "*"]] if before else []), *([["*", after]] if after else []))

    def _newif(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        like = _like(self.said["new.do"])
        return {**self._new(), "choice": [{"like": self.cond, "has": like}]}

    def _newifbefore(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return self._newbefore(step, role, other) | {"choice": self._newif(step, role, other)["choice"]}

    def _newifafter(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return self._newafter(step, role, other) | {"choice": self._newif(step, role, other)["choice"]}

    def _only(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"choice": [{"like": self.cond, "has": _exactly(step.name)}]}

    def _called(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        if self.said["thing"] in ("?", *PREPOSITIONS):
            return None
        return {"task": [{"like": self.said["newthing"], "n": 1}]}

    def _role_name(self, step: Task, role: Role, other: Role) -> dict[str, Any] | None:
        return {"role": [{"like": _exactly(self.said["stranger"])}]} if not _named(role) else None

    def _nothing(self, step: Task, role: Role, other: Role) -> dict[str, Any]:
        return {"changed": False}


def _told() -> list[tuple[float, str]]:
    return [(float(seconds), words) for words, seconds in TIMES]


def _sequences(process: Process) -> list[Sequence]:
    return [branch.do for step in walk(process) for branch in getattr(step, "branches", ()) if hasattr(branch, "do")]


def _exactly(name: str) -> str:
    return f"^{re.escape(name)}$"


def _like(act: str) -> str:
    words = [word for word in act.split() if word not in ("the", "a", "an")]
    return rf"^{words[0]}\b.*{words[-1]}" if len(words) > 1 else words[0]


def _first_names() -> frozenset[str]:
    return frozenset(row[0] for row in rows("names"))


def _named(role: Role) -> bool:
    """Whether a role is somebody by name."""
    return role.name.split()[0].lower() in _first_names() or role.name.lower().startswith(("mr", "mrs", "ms", "our "))


def _who(role: Role | None) -> str:
    name = role.name if role else "somebody"
    return name if role is None or _named(role) else "the " + name.lower()
