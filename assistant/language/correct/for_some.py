"""What only some cases get: "only one in six needs the pressure test, and that's ten minutes"."""

from __future__ import annotations

import re

from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.correct.sentence_said import Sentence
from assistant.language.figures.reading import figures_in
from assistant.language.figures.stated import as_duration
from assistant.process.blocks import Task
from assistant.process.edits import Edit, SetCondition, SetValue, WrapInChoice
from assistant.process.tree import branches, tasks

SOME = re.compile(
    r"^(?:and |but |well |no )*(?P<share>(?:only |just |about |roughly |perhaps )*[^,;]{2,40}?)\s+"
    r"(?:gets?|needs?|requires?|receives?|has|have)\s+(?P<what>(?:the|an?|this|that|their|its|his|her)\s+[^,;]{2,50}?)"
    r"(?:[,;–-]+\s*(?:and\s+)?(?:(?:that's|that is|that takes|which takes|which is|it takes|it's|this takes)\s+)?"
    r"(?P<time>[^;]+))?$",
    re.IGNORECASE,
)


def told_of_some(text: str) -> bool:
    """Whether words say what a share of the cases gets."""
    found = SOME.match(text)
    return found is not None and any(figure.kind == "chance" for figure in figures_in(found["share"]))


def tells_new_work(text: str) -> bool:
    """Whether words say how long that takes which only some cases get: no answer to how often a way is taken."""
    found = SOME.match(text.strip(" .!"))
    return told_of_some(text.strip(" .!")) and bool(found and found["time"] and figures_in(found["time"]))


def read(sentence: Sentence) -> Outcome | None:
    """The step they speak of, for that share of the cases and with that time; None where no step is it."""
    found = SOME.match(sentence.text)
    if found is None or not told_of_some(sentence.text):
        return None
    share = next(figure for figure in figures_in(found["share"]) if figure.kind == "chance").middle
    step = _step(sentence, found["what"])
    if step is None or not 0 < share < 1:
        return None
    what = re.sub(r"^\w+\s+", "", found["what"])
    edits = wrapped(sentence, step, share, f"needs the {what}")
    length = next((figure for figure in figures_in(found["time"] or "") if figure.kind == "duration"), None)
    if length is not None:
        value = as_duration(length, True).model_copy(update={"span": None}).document()
        edits.append(SetValue(id=step.id, field="work", value=value))
    return Outcome(f"{step.name} for {share:.0%}", tuple(edits))


def _step(sentence: Sentence, what: str) -> Task | None:
    """The one task whose name holds every word of what they get."""
    said = content(what)
    fits = [
        task
        for task in tasks(sentence.catalogue.process)
        if said and all(any(alike(word, part) for part in content(task.name)) for word in said)
    ]
    return fits[0] if len(fits) == 1 else None


def wrapped(sentence: Sentence, step: Task, share: float, when: str, question: str = "") -> list[Edit]:
    """The edits that let only that share of the cases come to the step."""
    catalogue = sentence.catalogue
    own = catalogue.branch_of(step.id)
    if own is not None and catalogue.inside(own) == [step.id] and len(catalogue.owner[own].branches) == 2:
        other = next(id_ for id_ in (branch.id for branch in catalogue.owner[own].branches) if id_ != own)
        assert own in branches(catalogue.process)
        return [SetCondition(id=own, p=share), SetCondition(id=other, p=round(1 - share, 6))]
    return [WrapInChoice(ids=(step.id,), id=Fresh(catalogue).id("decision"), question=question, when=when, p=share,
                         otherwise_when="otherwise")]  # fmt: skip
