"""Somebody who is there no more: `Petra isn't with us any more`. Who does the work now is asked."""

from __future__ import annotations

import re

from assistant.language.change.mention import role_named
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence
from assistant.process.edits import DropRole, SetRole

MORE = r"(?:any ?more|any longer)"
LEFT = re.compile(
    r"^(?:no,?\s+|oh,?\s+|sorry,?\s+)*(?:the |our )?(?P<who>[\w' -]{2,30}?)\s*"
    rf"(?:(?:is|are)(?: not|n't) (?:with us|here|there|working (?:here|for us|with us)|around) {MORE}|"
    rf"(?:does|do)(?: not|n't) work (?:here|for us|with us) {MORE}|no longer works? (?:here|for us|with us)|"
    r"(?:is|are) (?:gone|retired|no longer (?:with us|here|around))|(?:has|have) (?:left|quit|gone|retired)|"
    r"left)(?: us| here| the (?:company|firm|office|house))?(?: (?:last|this|in|a|two|three|since)\b[^,;]*)?$",
    re.IGNORECASE,
)
MOST = 4


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """Who does that work now, of those there are; somebody without work just goes. None for other words."""
    said = LEFT.match(sentence.request.strip(" .!"))
    role = role_named(sentence.catalogue, ARTICLE.sub("", said["who"])) if said else None
    if role is None:
        return None
    own = tuple(sentence.catalogue.of_role(role.id))
    if not own:
        return Outcome(f"{role.name} is gone", (DropRole(id=role.id),))
    others = [other for other in sentence.catalogue.process.roles if other.id != role.id and other.kind != "external"]
    named = " and ".join(f"“{sentence.catalogue.name(step)}”" for step in own[:MOST])
    ways = tuple(
        Outcome(f"{other.name} does {named}", (SetRole(ids=own, role=other.id), DropRole(id=role.id)))
        for other in others[:MOST]
    )
    return Doubt(f"Who does {named} now, without {role.name}? Say the name, if it is not here.", ways)
