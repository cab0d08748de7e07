"""A step that somebody else does for one kind of case: `Lena draws the sketch for the small cakes`."""

from __future__ import annotations

import re

from assistant.language.change.mention import content
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.correct.sentence_said import Sentence, clause_at, known_role
from assistant.language.turn.intent import without_lead
from assistant.process.blocks import Branch, Choice, Task
from assistant.process.blocks import Sequence as Flow
from assistant.process.edits import Replace

KIND = r"(?:the |our )?(?P<kind>(?!all\b|every\b|each\b)(?:[a-z-]+ ){1,2}[a-z-]+s)"
BEHIND = re.compile(rf"^(?P<clause>[^,;]+?) for {KIND}$", re.IGNORECASE)
IN_FRONT = re.compile(rf"^(?:but )?for {KIND},? (?P<clause>(?:the |our )?[a-z-]+ [a-z]+s\b[^,;]*)$", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """The step in two ways: for that kind by whom the words name, else by whoever does it now."""
    text = without_lead(sentence.request).strip(" .!")
    said = BEHIND.match(text) or IN_FRONT.match(text)
    told = clause_at(sentence, said["clause"]) if said else None
    if said is None or told is None:
        return None
    who, step, rest = told
    role, block = known_role(sentence.catalogue, who), sentence.catalogue.by_id[step]
    if role is None or not isinstance(block, Task) or block.role in (None, role.id):
        return None
    if not content(rest) or sentence.catalogue.branch_of(step):
        return None
    fresh, kind = Fresh(sentence.catalogue), said["kind"].lower()
    own = block.model_copy(update={"id": fresh.id(block.id), "role": role.id, "span": None})
    question = fresh.id("decision")
    ways = (
        Branch(id=f"{question}_1", when=f"for the {kind}", do=Flow(items=(own,))),
        Branch(id=f"{question}_2", when="otherwise", do=Flow(items=(block,))),
    )
    made = Choice(id=question, question=f"Is it one of the {kind}?", branches=ways)
    return Outcome(f"{role.name} does “{block.name}” for the {kind}", (Replace(id=step, blocks=(made,)),))
