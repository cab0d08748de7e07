"""How long a customer has the thing at home: `he wears it two weeks before the adjusting`."""

from __future__ import annotations

import re

from assistant.english.tables import any_of
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.correct.sentence_said import Sentence, clause_at
from assistant.language.correct.waits_said import step_called
from assistant.language.correct.waits_told import behind, length_in
from assistant.process.blocks import Task, Wait
from assistant.process.edits import Insert, Place

_WHO = r"(?:they|he|she|(?:the |our )(?:customer|client|patient|guest|buyer|owner|tenant|pupil)s?)"
_KEPT = re.compile(
    rf"^(?:(?:and|then|but|so) )*(?:(?P<first>after|before) (?P<step>(?:the )?[^,;]+?),? )?{_WHO} (?:then )?"
    rf"{any_of('keeps-it')} (?:it|them|that|the \w+)\b(?P<time>[^,;]*?)(?: (?P<at>after|before) (?P<place>[^,;]+))?$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | None:
    """The wait behind the step, or in front of the one, that is named; None where none is, or no one length is told."""
    said = _KEPT.match(sentence.request.strip(" .!"))
    length = length_in(said["time"]) if said else None
    place = (said["step"] or said["place"]) if said else None
    if said is None or length is None or not place:
        return None
    catalogue, told = sentence.catalogue, clause_at(sentence, place)
    step = told[1] if told else step_called(catalogue, place)
    if step is None:
        return None
    if (said["first"] or said["at"]).lower() == "after":
        return behind(catalogue, step, length, "Wait for customer", "Customer")
    ahead = catalogue.before(step)
    if ahead and isinstance(catalogue.by_id[ahead[-1]], Task):
        return behind(catalogue, ahead[-1], length, "Wait for customer", "Customer")
    wait = Wait(
        id=Fresh(catalogue).id("wait"), name="Wait for customer", duration=length, event="message", contact="Customer"
    )
    return Outcome(f"the wait before “{catalogue.name(step)}”", (Insert(blocks=(wait,), place=Place(before=step)),))
