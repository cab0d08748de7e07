"""A library entry made from a process that was told, drawn or designed: its flow, roles and words, without whose it is.

Names of people and firms and every figure are taken out: an entry says how such work runs, not how it ran in one house.
What nobody can know from a process (pains, measures, how to bring it in) stands as TODO, and `library check` names it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

from assistant.english.alike import stem
from assistant.errors import ServiceError, UsageError
from assistant.gateway.port import LanguageModel
from assistant.gateway.redact import TITLES, find_personal
from assistant.language.by_model.library_words import EntryWords, entry_words
from assistant.library.entries import ProcessEntry
from assistant.library.store import Library
from assistant.library.words import concept, is_action
from assistant.library.writing import to_yaml
from assistant.process.blocks import AnyOf, Block, Call, Choice, End, Loop, Parallel, Sequence, Task, Wait
from assistant.process.model import Process, Role
from assistant.process.tree import fresh_id, tasks, walk

Words = Callable[[str, list[str], list[str]], EntryWords | None]
"""Gives the words of an entry for its name, its steps as lines, and their ids; None when it cannot."""
STAGE = 8
"""Steps a stage holds at most when they are cut into stages."""
AGAIN = 0.1
MASKS = {"NAME": "a colleague", "EMAIL": "an address", "PHONE": "a number", "IBAN": "an account", "CARD": "a card"}
_FIRM = re.compile(
    r"(?:[A-ZÄÖÜ][\w&'\-]+ ){1,3}(?:GmbH(?: & Co\. KG)?|AG|KG|SE|Ltd\.?|Limited|Inc\.?|LLC|LLP|plc|PLC|Corp\.?|"
    r"S\.A\.|SA|BV|B\.V\.|NV|AB|Oy|SpA|SRL|S\.r\.l\.|"
    r"(?:& |and |und |et )(?:Sons?|Söhne|Daughters|Partners?|Associates|Co\.?|Cie\.?)|"
    r"(?:& )?(?:Brothers|Bros\.?))(?!\w)"
)
_INITIAL = re.compile(rf"\b(?:{TITLES})\b\.? [A-Z]\b\.?")
"""A person of whom only the first letter is left, as a reading of a story has it."""
_UNITS = r"(?:euros?|eur|dollars?|usd|pounds?|gbp|francs?|chf|k)"
_MONEY = re.compile(rf"(?:[€$£]\s?\d[\d.,']*k?|\b\d[\d.,']*\s?(?:€|\$|£|{_UNITS}\b))", re.IGNORECASE)
_TIME = re.compile(
    r"\b\d[\d.,]*\s?(?:seconds?|minutes?|mins?|hours?|hrs?|(?:working |business )?days?|weeks?|months?|years?|[hd])\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\b\d[\d.,]*\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![A-Za-z0-9])#?\d[\d.,'/\-]*(?![A-Za-z])")
HEAD = """\
# Made from a process; names of people and firms and all figures were taken out. Look through it before you hand it in.
# Chances are even between answers, and {again:g} for work done again, until you say yours; times are for you to write.
"""


class _Maker:
    """Writes an entry's parts from a process; remembers what stands for whom."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.roles = {role.id: fresh for role, fresh in zip(process.roles, _ids(process.roles), strict=True)}
        self.data = {item.id: fresh for item, fresh in zip(process.data, _ids(process.data), strict=True)}
        self.steps: list[dict[str, Any]] = []
        self.taken: list[str] = []
        self.nobody = False

    def items(self, flow: Sequence) -> list[Any]:
        return [item for block in flow.items for item in self._block(block)]

    def _block(self, block: Block) -> list[Any]:
        if isinstance(block, Task | Call):
            return [self._step(block)]
        if isinstance(block, Choice):
            return [self._choice(block)] if len(block.branches) > 1 else self._all(block)
        if isinstance(block, Loop):
            return self._loop(block)
        if isinstance(block, AnyOf):
            return self._beside([[self._optional(self.items(branch.do), branch.when)] for branch in block.branches])
        if isinstance(block, Parallel):
            return self._beside([self.items(branch.do) for branch in block.branches])
        if isinstance(block, Wait):
            return [{"wait": {"name": clean(block.name) or "Wait"}}]
        if isinstance(block, End):
            return [{"end": {"outcome": clean(block.outcome) or "Ended", "negative": bool(block.negative)}}]
        return self.items(block)

    def _all(self, block: Choice) -> list[Any]:
        return [item for branch in block.branches for item in self.items(branch.do)]

    def _choice(self, block: Choice) -> dict[str, Any]:
        share = round(1 / len(block.branches), 2)
        rest = round(1 - share * (len(block.branches) - 1), 2)
        shares = [*[share] * (len(block.branches) - 1), rest]
        branches = [
            {"when": clean(branch.when or "") or f"case {number}", "p": p, "do": self.items(branch.do)}
            for number, (branch, p) in enumerate(zip(block.branches, shares, strict=True), 1)
        ]
        return {"choice": {"question": clean(block.question) or "Which case is it?", "branches": branches[:8]}}

    def _loop(self, block: Loop) -> list[Any]:
        do, redo = self.items(block.do), self.items(block.redo)
        if not do and not redo:
            return []
        condition = clean(block.while_ or block.question) or "something is missing"
        return [{"loop": {"while": condition, "p": AGAIN, "do": do, "redo": redo}}]

    def _beside(self, paths: list[list[Any]]) -> list[Any]:
        held = [path for path in paths if path]
        return [{"parallel": held}] if len(held) > 1 else [item for path in held for item in path]

    def _optional(self, items: list[Any], when: str | None) -> Any:
        yes = {"when": clean(when or "") or "needed", "p": 0.5, "do": items}
        return {"choice": {"question": "Is it needed?", "branches": [yes, {"when": "not needed", "p": 0.5}]}}

    def _step(self, block: Task | Call) -> str:
        name = clean(block.name) or "Do the step"
        step_id = fresh_id(name, self.taken)
        self.taken.append(step_id)
        role = self.roles.get(block.role or "")
        self.nobody = self.nobody or role is None
        step: dict[str, Any] = {"id": step_id, "name": name, "role": role or "somebody"}
        if isinstance(block, Task):
            step |= {
                name: [self.data[item] for item in items if item in self.data]
                for name, items in (("reads", block.reads), ("writes", block.writes))
                if items
            }
            step["value"] = block.value_class or "BVA"
            if block.is_control:
                step["control"] = "TODO: what it guards against"
            if block.legal_basis:
                step["legal_basis"] = clean(block.legal_basis)
        self.steps.append({**step, "why": "TODO: what goes wrong without it"})
        return step_id

    def roles_written(self) -> list[dict[str, Any]]:
        names = [_role_name(role) for role in self.process.roles]
        before = [names[:place].count(name) for place, name in enumerate(names)]
        roles = [
            {"id": self.roles[role.id], "name": f"{name} {again + 1}" if again else name, "kind": role.kind}
            for role, name, again in zip(self.process.roles, names, before, strict=True)
        ]
        return [*roles, {"id": "somebody", "name": "TODO: who does it"}] if self.nobody or not roles else roles

    def stages(self) -> list[dict[str, Any]]:
        parts = [self.steps[at : at + STAGE] for at in range(0, len(self.steps), STAGE)]
        if len(parts) > 12:
            raise UsageError("The process has too many steps for an entry.", "A template has 8 to 25, at most 96.")
        names = [{"id": f"part_{number}", "name": f"TODO: part {number}"} for number in range(1, len(parts) + 1)]
        return [
            {**name, "accountable": steps[0]["role"], "steps": steps} for name, steps in zip(names, parts, strict=True)
        ]


def generated(
    process: Process, name: str | None = None, today: dt.date | None = None, words: Words | None = None
) -> str:
    """The YAML text of a draft entry that tells how such a process runs. Raises UsageError for one without steps.

    `words` gives what the process does not tell, for the ids and names it is handed (see `asking`).
    """
    if not tasks(process):
        raise UsageError("The process has no steps an entry could be made of.")
    title = " ".join((name or clean(process.name) or "Process").split())[:200]
    maker = _Maker(process)
    flow = maker.items(process.flow)
    review = (today or dt.date.today()) + dt.timedelta(days=365)
    customers = [
        {"name": clean(served.name), "kind": served.kind, "needs": [*map(clean, served.needs)] or ["TODO: their needs"]}
        for served in process.customers
    ]
    document = {
        "id": fresh_id(title, ()).replace("_", "-"),
        "name": title,
        "also_called": [],
        "people_say": [f"TODO: {how} would ask for it" for how in ("how a colleague", "how a customer", "how a boss")],
        "function": "TODO: the department or departments",
        "industry": ["any"],
        "trigger": clean(process.trigger or "") or "TODO: what starts a case",
        "end": _endings(process) or "TODO: how a case ends",
        "customers": customers or [{"name": "TODO: whom it serves", "needs": ["TODO: what they need of it"]}],
        "roles": maker.roles_written(),
        "data": [{"id": maker.data[item.id], "name": clean(item.name)} for item in process.data],
        "stages": maker.stages(),
        "flow": flow,
        "kpis": [_days()],
        "pains": [{"pattern": "TODO: what hurts", "shows_as": "TODO: how one notices", "practices": ["H05"]}],
        "rollout": dict.fromkeys(("pilot", "training", "data_and_systems", "briefing", "rollback"), "TODO"),
        "grade": "D",
        "author": "TODO: your name",
        "version": "1.0",
        "review_date": review.isoformat(),
        "status": "draft",
    }
    if words is not None:
        _fill(document, words)
    ProcessEntry.model_validate(document)
    return HEAD.format(again=AGAIN) + to_yaml(document)


def _endings(process: Process) -> str:
    """How a case ends, as the process says: well, else in any way."""
    ends = [block for block in walk(process) if isinstance(block, End) and block.outcome]
    good = [block for block in ends if not block.negative] or ends
    return ", or ".join(dict.fromkeys(clean(block.outcome or "") for block in good))[:400]


def asking(model: LanguageModel, library: Library, say: Callable[[str], None]) -> Words:
    """The words of an entry asked of a model, in one call; when it does not answer that is said, and TODO stays."""
    practices = {practice.code or practice.id: practice.name for practice in library.practices}

    def words(name: str, lines: list[str], steps: list[str]) -> EntryWords | None:
        try:
            return entry_words(name, "\n".join(lines), steps, practices, model).value
        except ServiceError as error:
            say(f"{error.what.rstrip('.')}: what the process does not tell stands as TODO.")
            return None

    return words


def _fill(document: dict[str, Any], words: Words) -> None:
    """Puts a model's words where TODO stands; names and figures are taken out of them as of all others."""
    steps = {step["id"]: step for stage in document["stages"] for step in stage["steps"]}
    roles = {role["id"]: role["name"] for role in document["roles"]}
    lines = [f"[{step['id']}] {roles[step['role']]}: {step['name']}" for step in steps.values()]
    told = words(document["name"], lines, list(steps))
    if told is None:
        return
    lists = {"also_called": told.also_called, "people_say": told.people_say, "scope_out": told.scope_out}
    document.update({field: [text for item in items if (text := clean(item))] for field, items in lists.items()})
    document["people_say"] = list(dict.fromkeys(document["people_say"]))
    document["function"], document["end"] = clean(told.function), clean(told.end)
    if document["trigger"].startswith("TODO"):
        document["trigger"] = clean(told.trigger)
    for item in told.whys:
        steps[item.step]["why"] = clean(item.why)
    document["pains"] = [
        {"pattern": clean(pain.pattern), "shows_as": clean(pain.shows_as), "practices": list(pain.practices)}
        for pain in told.pains
    ]


def clean(text: str) -> str:
    """A label without names of people and firms, addresses, numbers of accounts and every figure."""
    capital = text[:1].isupper()
    if is_action(concept(stem(text.split(" ", 1)[0].lower()))):  # its capital would hide that a name follows
        text = f"{text[:1].lower()}{text[1:]}"
    for personal in reversed(find_personal(text)):
        text = f"{text[: personal.start]}{MASKS.get(personal.kind, 'an address')}{text[personal.end :]}"
    text = _INITIAL.sub(MASKS["NAME"], text)
    text = re.sub(rf"\b(?:{TITLES})\b\.? (?=a colleague)", "", text)
    text = _FIRM.sub(_firm, text)
    for pattern, words in (
        (_MONEY, "the limit"), (_TIME, "the agreed time"), (_SHARE, "a share"), (_NUMBER, ""),
    ):  # fmt: skip
        text = pattern.sub(words, text)
    text = re.sub(r"\b(the|a) (?:the|a) ", r"\1 ", " ".join(text.split()))
    text = re.sub(r"\s+([.,;:?!)])", r"\1", text).strip(" -–,;:")
    return (f"{text[:1].upper()}{text[1:]}" if capital else text)[:400]


def _firm(found: re.Match[str]) -> str:
    """What stands for a firm's name: a label begins with what is done, and that is no part of the name."""
    first, _, rest = found.group().partition(" ")
    return f"{first} the firm" if is_action(concept(stem(first.lower()))) and " " in rest else "the firm"


def _role_name(role: Role) -> str:
    """What a role is called by its work: of “Porter Hans” the porter stays."""
    name = clean(role.name)
    if not name.lower().startswith("a colleague"):  # a capital at the start hides that a name follows
        name = re.sub(r" a colleague$", "", clean(f"{name[:1].lower()}{name[1:]}"))
        name = f"{name[:1].upper()}{name[1:]}"
    return "Member of staff" if not name or name.lower().startswith("a colleague") else name


def _ids(parts: Iterable[Any]) -> list[str]:
    found: list[str] = []
    for part in parts:
        name = _role_name(part) if isinstance(part, Role) else clean(part.name)
        found.append(fresh_id(name, found))
    return found


def _days() -> dict[str, Any]:
    return {
        "id": "days", "name": "Days from start to end", "formula": "median of ended - started", "unit": "days",
        "direction": "down", "kind": "time", "target": "TODO: how the target is found",
    }  # fmt: skip
