"""What a condition in a request decides: the words that go with it, before it (`go back if false`) or behind it."""

from __future__ import annotations

import re

from assistant.english.tables import worded

MARK = r"<[bq]\d+>|\btrue\b|\bfalse\b|\byes\b|\bno\b(?! (?:task|step|activity|action))"
IF = re.compile(rf"\b(?:{worded('condition-reach-if')})\b")


def governed(line: str, start: int, end: int) -> str:
    """The words that say what happens under the condition marked at `start` to `end`."""
    behind = re.split(rf"{MARK}|[.;]|\belse\b|\botherwise\b", line[end:])[0]
    front = re.split(rf"{MARK}|[.,;:]|\belse\b|\botherwise\b", line[:start])[-1]
    told = IF.search(front) or re.search(r"\b(?:in|on|for|at)(?: the| a)? $", front)
    if told and len(re.findall(r"\w{2,}|<", front[: told.start()])) >= 2:
        inner = behind.split(",")[0] if re.search(r"\b(?:and|or)\b", behind) is None else ""
        return front[: told.start()] + " | " + inner
    return behind
