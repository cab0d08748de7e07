"""Conditions in words: `a is greater than 10` is `a>10`; and what the opposite of a condition is."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, classed, wordings

NUMBER = r"-?\d+(?:[.,]\d+)*%?"
VALUE = rf"(?:(?:the )?(?:value|number) )?(?P<value>{NUMBER}|\"[^\"]{{1,40}}\")"
OPERATORS = wordings("compares")
SUBJECT = r"(?:(?:the )?(?:result|value|output|outcome|variable|parameter|status) (?:of )?)*(?:task |variable )?"
VARIABLE = r"(?P<variable>[A-Za-z_]\w*)"
ANY_OPERATOR = "|".join(f"(?:{words})" for _, words in OPERATORS)
COMPARISON = re.compile(rf"\b{SUBJECT}{VARIABLE} ?(?P<operator>{ANY_OPERATOR}) ?{VALUE}", re.IGNORECASE)
BARE = re.compile(rf"(?<![\w<>!=])(?P<operator>{ANY_OPERATOR}) ?{VALUE}", re.IGNORECASE)
SAID = re.compile(
    r"\b((?:equals?|unequal|equal to|unequal to|greater than|less than|larger than|smaller than|than|not equal to) "
    r"(?:to )?)"
    r"(zero|one|two|three|five|ten|hundred)\b",
    re.IGNORECASE,
)
OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "=": "!=", "!=": "="}
SPACED = re.compile(r"^(?P<variable>\w+)\s*(?P<operator><=|>=|!=|=|<|>)\s*(?P<value>.+)$")
WORDS = (("true", "false"), ("yes", "no"), ("accepted", "rejected"), ("approved", "rejected"), ("ok", "not ok"),
         ("valid", "invalid"), ("complete", "incomplete"), ("available", "not available"))  # fmt: skip
NO_VARIABLE = classed("changes", "no-variable")


FREE = re.compile(
    r"\b(until|while|as long as|only if|only when|if|in case|unless|provided that)\s+(?!<|we |you |i |possible|"
    r"needed|necessary|there is no need)"
    r"([^<.,;]{3,60}?)(?=\s*(?:[.,;]|$|\bthen\b|\band (?:then|repeat|skip|otherwise)\b|\botherwise\b|\belse\b))",
    re.IGNORECASE,
)
NUMBERS = {"zero": "0", "one": "1", "two": "2", "three": "3", "five": "5", "ten": "10", "hundred": "100"}


def canonical(variable: str, operator: str, value: str) -> str:
    """A comparison as it is written on a branch."""
    if operator.strip().lower() == "is":
        return f"{variable}={value}"
    for sign, words in OPERATORS:
        if re.fullmatch(words, operator.strip(), re.IGNORECASE):
            return f"{variable}{sign}{value}"
    return f"{variable}{operator}{value}"


def opposite(condition: str) -> str:
    """What holds when a condition does not: `a>10` for `a<=10`, `no` for `yes`, else `not ...`."""
    found = SPACED.match(condition.strip())
    if found and found["operator"] in OPPOSITE:
        return f"{found['variable']}{OPPOSITE[found['operator']]}{found['value']}"
    low = condition.strip().lower()
    if re.match(r"(?:all|every\w*|each|both)\b", low):
        return f"not {condition.strip()}"
    for a, b in WORDS:
        if low in (a, b):
            return b if low == a else a
    negated = re.sub(rf"\b({any_of('turns-round')})\b(?! not)", r"\1 not", condition.strip(), count=1)
    plain = re.sub(rf"\b({any_of('turns-round')}) not\b", r"\1", condition.strip(), count=1)
    if plain != condition.strip():
        return plain
    if negated != condition.strip():
        return negated
    return low.removeprefix("not ") if low.startswith("not ") else f"not {condition.strip()}" if low else ""


def comparisons(text: str) -> list[tuple[int, int, str]]:
    """Every comparison in a text: where it starts and ends, and how it is written on a branch.

    `a is greater than 10 and less or equal to 10 otherwise` gives two: the second takes the first one's variable.
    """
    found: list[tuple[int, int, str]] = []
    variable, at = "", 0
    while True:
        whole = _next(COMPARISON, text, at)
        bare = BARE.search(text, at) if variable else None
        if whole is None and bare is None:
            return found
        match = whole if bare is None or (whole is not None and whole.start() <= bare.start()) else bare
        assert match is not None
        if match is whole:
            variable = match["variable"]
        condition = canonical(variable, match["operator"], match["value"].strip('"'))
        found.append((match.start(), match.end(), condition))
        at = match.end()


def _next(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """The next comparison whose variable is one."""
    while (match := pattern.search(text, at)) is not None:
        if match["variable"].lower() not in NO_VARIABLE and not match[0].lower().startswith("task "):
            return match
        at = match.start("variable") + 1
    return None


def bare(condition: str | None) -> str:
    """A condition as two are compared: without spaces, lower case, one sign for equal."""
    return re.sub(r"\s", "", condition or "").lower().replace("==", "=")
