"""What a step's name says about it: the rules that judge where nobody said whether a step is a control or adds value.

The tables hold verbs as people write them in task names. A judgement by name is weaker than a stated attribute: whoever
uses it gives it the basis `estimated`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.english.alike import share, stem
from assistant.english.classes import verbs
from assistant.english.tables import classed
from assistant.process.blocks import Task
from assistant.process.figures import listed as listed
from assistant.process.figures import percent as percent
from assistant.process.figures import plural as plural

CONTROL = verbs("control")
APPROVAL = verbs("approval") | {"sign-off"}
NO_VALUE = verbs("wasteful")
KEEPING = verbs("keeping")
REKEY, TYPING = verbs("rekey"), verbs("typing")
CLERICAL = verbs("clerical")
BODILY = verbs("bodily")
PASSIVE = verbs("passive")
RULES = verbs("by-rule")
REPORTS = verbs("reporting")
DELIVERY = verbs("delivery") | {"handover"}
COPIED = re.compile(
    r"\b(again|once more|a second time)\b"
    r"|\b(from|off)\b.*\b(paper|e-?mails?|fax(es)?|forms?|notes?|lists?|letters?|spreadsheets?|excel|pdfs?|sheets?)\b",
    re.I,
)
SAFETY = re.compile(
    r"\b(safety|four[- ]eyes|segregation of dut|statutory|legally required|required by law|compliance|sanction"
    r"|money[- ]laundering|patient identity|lock[- ]?out|hazard)", re.I
)  # fmt: skip
_STOP = classed("judging", "stop")


def words(text: str) -> list[str]:
    """The words of a text in small letters, hyphens kept."""
    return re.findall(r"[a-zà-ÿ0-9]+(?:[-'][a-zà-ÿ0-9]+)*", text.lower())


def is_one(word: str, table: frozenset[str]) -> bool:
    """Whether a word is a form of one of the table's verbs."""
    return word in table or stem(word) in _stems(table)


@lru_cache(maxsize=64)
def _stems(table: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(verb) for verb in table)


def verb(name: str) -> str:
    """The first word of a step's name: its verb, when it is named as a task should be."""
    found = words(name)
    return found[0] if found else ""


def content(text: str) -> set[str]:
    """The stems of the words that carry meaning."""
    return {stem(word) for word in words(text) if word not in _STOP and len(word) > 2}


def things(name: str) -> set[str]:
    """The stems of the words behind the verb of a step's name."""
    return content(" ".join(words(name)[1:]))


def says(name: str, table: frozenset[str]) -> bool:
    """Whether the name's verb is in the table; `sign off` counts as one word."""
    joined = name.lower().replace("sign off", "sign-off").replace("double check", "double-check")
    joined = joined.replace("re enter", "re-enter").replace("hand over", "handover")
    return is_one(verb(joined), table)


def by_body(task: Task) -> bool:
    """Whether a task takes somebody at the place: said so, or its verb says so ("drive out", "wash the tank")."""
    return task.physical or says(task.name, BODILY)


def is_control(task: Task) -> bool:
    """Whether a task is a control: said so, or its name says so and nobody says it adds value."""
    return task.is_control or (task.value_class != "VA" and says(task.name, CONTROL))


def is_approval(task: Task) -> bool:
    """Whether a task is somebody's sign-off."""
    return says(task.name, APPROVAL) and (task.is_control or task.value_class != "VA")


def no_value(task: Task) -> str | None:
    """Why a task looks like work without value: `stated`, `by name`, or None."""
    if task.value_class == "NVA":
        return "stated"
    paper_copy = says(task.name, KEEPING) and bool({"paper", "copy", "copi"} & {*words(task.name), *content(task.name)})
    if task.value_class is None and (says(task.name, NO_VALUE) or paper_copy) and not is_control(task):
        return "by name"
    return None


def is_rekeying(task: Task) -> bool:
    """Whether a task's name says that data which exist already are typed in once more."""
    if says(task.name, REKEY):
        return True
    typed = says(task.name, TYPING) or task.name.lower().startswith("key in ")
    return typed and bool(COPIED.search(task.name))


SAME = 0.66
"""Names that share so much mean the same work."""


def alike(a: str, b: str) -> float:
    """How alike two names are, 0 to 1: the words of meaning they share (Dice)."""
    return share(content(a), content(b))
