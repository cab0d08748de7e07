"""Whether words can be a condition: they must say what differs, and no pronoun, number or broken-off clause does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.english.tables import any_of, classed, worded
from assistant.language.change.mention import content
from assistant.language.figures.hours import calendar_in
from assistant.language.figures.numbers import value_of
from assistant.process.blocks import Block, Choice
from assistant.process.blocks import Sequence as Flow
from assistant.process.edits import AddBranch, Edit, Insert, Replace, SetCondition, WrapInChoice
from assistant.process.model import Process
from assistant.process.tree import branches, walk

OF_A_SHARE = re.compile(r"in (?:about )?[\d.,]+ ?% of (?:the )?cases|otherwise|not .+", re.IGNORECASE)
"""What the house calls ways that are known by their share alone, or by what the other way is."""
POINTS = classed("said", "sets-nothing-apart")
LIMIT = re.compile(r"\b(?:over|above|under|below|than|least|most|from|beyond)\b.*\d|[€$£%]", re.IGNORECASE)
BEGINS = re.compile(r"^(?:they|we|he|she|it|i|that|this|which|there|and|but)\b", re.IGNORECASE)
HOW_OFTEN = re.compile(r"\b(?:once|twice|\w+ times) (?:an?|per|every|each|in an?) [a-z]+$", re.IGNORECASE)
"""How often something is done is no case of it (`Mia does the letters once a month`)."""
IN_A_ROW = re.compile(worded("in-a-row"), re.IGNORECASE)
"""What is said of an order of steps, or that something is done as well, sets no cases apart."""
FROM = re.compile(r"^(?:there |here |in )?(?=(?:from|between)\b)", re.IGNORECASE)
SAID_OF_ALL = re.compile(
    r"(?:(?:for|of|in) )?(?:every|each|all|any|everybody|everyone)\b(?: (?!that\b|who\b)[a-z]+){0,2}", re.IGNORECASE
)
"""Of all cases alike (`written for every pupil`): no case apart."""
WAITED_FOR = re.compile(r"(?:after|until|till|before) (?:the |our |an? )?[a-z][^\d]*", re.IGNORECASE)
"""What has to be there first (`only after the couple has paid`): it is waited for, and holds for all."""
ONLY_A_THING = re.compile(r"(?:the|our|my|an?) [a-z-]+", re.IGNORECASE)
HOLDS = re.compile(rf"\b{any_of('has-room-for')}\b.*\b(?:at (?:a|one|the same) time|at once|together)\b", re.IGNORECASE)
"""How much something has room for (`holds one cake at a time`)."""
BROKEN_OFF = re.compile(r"\b(?:the|an?|our|his|her|their|and|or|of|to|with|that)$", re.IGNORECASE)


def sound(text: str, linked: bool = True) -> bool:
    """Whether words can be a condition; where no `if` or the like stands before them, they must not tell what
    somebody spoken of does (`they pay half of it`)."""
    text = text.strip(" .,;:!?")
    if not linked and BEGINS.match(text):
        return False
    if HOW_OFTEN.search(text) or IN_A_ROW.search(text) or HOLDS.search(text) or _hours(text):
        return False
    if any(form.fullmatch(text) for form in (SAID_OF_ALL, WAITED_FOR, ONLY_A_THING)):
        return False
    means = [word for word in content(text) if word not in POINTS and value_of(word) is None and not word[0].isdigit()]
    return (bool(means) or LIMIT.search(text) is not None) and BROKEN_OFF.search(text) is None


def _hours(text: str) -> bool:
    """Whether words tell when somebody is there, and no kind of case: `from half past 8 to 1`."""
    return FROM.match(text) is not None and calendar_in(f"is in {FROM.sub('', text)}") is not None


def unsound(process: Process, edits: Sequence[Edit]) -> bool:
    """Whether edits write a condition that is none."""
    known = {branch.when for _, branch in branches(process).values()}
    return any(
        when not in known and not OF_A_SHARE.fullmatch(when) and not sound(when)
        for edit in edits for when in conditions_of(edit)
    )  # fmt: skip


def conditions_of(edit: Edit) -> Iterator[str]:
    """The conditions an edit writes."""
    if isinstance(edit, WrapInChoice | SetCondition) and edit.when:
        yield edit.when
    if isinstance(edit, AddBranch):
        yield from _of(edit.branch.do.items)
        yield from filter(None, [edit.branch.when])
    if isinstance(edit, Insert | Replace):
        yield from _of(edit.blocks)


def _of(blocks: Sequence[Block]) -> Iterator[str]:
    held = Process(name="-", flow=Flow(items=tuple(blocks)))
    for choice in (block for block in walk(held) if isinstance(block, Choice)):
        yield from (branch.when for branch in choice.branches if branch.when)
