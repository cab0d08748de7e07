"""Whom a wait is for, put right: `it's the surveyor we wait for, not the customer`. Nothing else changes."""

from __future__ import annotations

import re

from assistant.english.tables import patterns
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import ARTICLE, Sentence, somebody
from assistant.language.correct.waits_told import length_in
from assistant.process.blocks import Wait
from assistant.process.edits import Edit, Rename, SetValue

FORMS = patterns("waited-for-instead")


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The wait with whom it is for; a question where no wait, or more than one, is for whom it is said not to be."""
    text, catalogue = sentence.request.replace("’", "'").strip(" .!"), sentence.catalogue
    said = next((found for form in FORMS if (found := form.match(text))), None)
    new, old = (ARTICLE.sub("", said[name].strip()) for name in ("new", "old")) if said else ("", "")
    if said is None or not somebody(catalogue, new):
        return None
    length = length_in(said["time"])
    waits = [
        step for step in catalogue.named if isinstance(step, Wait)
        and any(alike(word, other) for word in content(old) for other in content(f"{step.name} {step.contact or ''}"))
        and (length is None or step.duration is None or abs(step.duration.mean_seconds - length.mean_seconds) < 1)
    ]  # fmt: skip
    ways = tuple(_for(wait, new, old) for wait in waits)
    if len(ways) == 1:
        return ways[0]
    none = f"I have no such wait for {old}, so nothing was changed. Say before which step you wait for {new}."
    return Doubt("Which wait do you mean?" if ways else none, ways)


def _for(wait: Wait, new: str, old: str) -> Outcome:
    called = wait.name if re.search(re.escape(old), wait.name, re.IGNORECASE) else ""
    name = re.sub(re.escape(old), new, called, flags=re.IGNORECASE) if called else f"Wait for {new}"
    edits: list[Edit] = [SetValue(id=wait.id, field="contact", value=new[:1].upper() + new[1:])]
    return Outcome(f"the wait “{wait.name}” is for {new}", (*edits, Rename(id=wait.id, name=name)))
