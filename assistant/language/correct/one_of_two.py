"""Of two that are taken for one the other is to go: `drop the second weighing, “Weigh goods” is the weighing`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.language.change.catalogue import Catalogue
from assistant.language.change.mention import alike, content
from assistant.process.edits import Delete, Edit
from assistant.process.model import Process

THE_OTHER = re.compile(
    r"\bthe (?:second|other|extra|duplicate|double) [^,;.]{2,40}[,;.–-]+\s*(?:because |as |since )?"
    r"(?P<one>[^,;.]{2,60}?) (?:is|are) (?:already |really |just )*(?:the|that|our|the same)\b",
    re.IGNORECASE,
)


def takes_out_the_one(process: Process, words: str, edits: Sequence[Edit]) -> bool:
    """Whether the step would go that the words say it is, and not the other one."""
    said = THE_OTHER.search(words)
    if said is None:
        return False
    catalogue, one = Catalogue(process), content(said["one"])
    gone = [id_ for edit in edits if isinstance(edit, Delete) for id_ in edit.ids]
    names = [content(step.name) for step in catalogue.named if step.id in gone]
    return any(all(any(alike(word, part) for part in one) for word in name) for name in names)
