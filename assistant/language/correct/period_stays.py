"""A time that nobody may shorten: `the fourteen days are the law`, `the 14 days before signing must stay`."""

from __future__ import annotations

import re

from assistant.english.ruled import denies_rule
from assistant.english.tables import worded
from assistant.language.change.read_change import Outcome
from assistant.language.correct.sentence_said import Sentence, likely
from assistant.language.evidence_cues.figures_in_cues import figures_in as figures_of_remark
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task, Wait
from assistant.process.edits import Edit, PutRemark, SetValue
from assistant.process.remarks import Remark
from assistant.process.tree import fresh_id

STAYS = re.compile(worded("lasts-as-long"), re.IGNORECASE)
_BEFORE = re.compile(
    r"\bbefore\s+(?P<step>\"[^\"]+\"|“[^”]+”|[^,;.]+?)(?=\s+(?:must|has|have|is|are|can|may|should)\b|[,;.]|$)"
)


def read(sentence: Sentence) -> Outcome | None:
    """The rule on a time, noted at the step that waits so long; where the words name the step the wait stands before
    and another has it, it goes there."""
    figures = [figure for figure in figures_in(sentence.text) if not figure.vague]
    if "?" in sentence.text or not STAYS.search(sentence.text) or denies_rule(sentence.request):
        return None
    if len(figures) != 1 or figures[0].kind != "duration":
        return None
    seconds = figures[0].seconds()
    held = {
        step.id: step for step in sentence.catalogue.steps if isinstance(step, Task | Wait) and _lasts(step, seconds)
    }
    if not held:
        return None
    found = _BEFORE.search(sentence.request)
    named = likely(sentence.catalogue, found["step"].strip(' "“”')) if found else []
    edits: list[Edit] = []
    if len(named) == 1 and named[0] not in held and len(held) == 1:
        edits, held = _moved(sentence, next(iter(held.values())), named[0])
    process = sentence.catalogue.process
    remark = Remark(
        id=fresh_id("remark", {each.id for each in process.remarks}),
        kind="control",
        elements=tuple(held),
        text=sentence.request[:300],
        figures=figures_of_remark(sentence.request),
    )
    return Outcome("the time stays as it is", (*edits, PutRemark(remark=remark)))


def _lasts(step: Task | Wait, seconds: float) -> bool:
    time = step.duration if isinstance(step, Wait) else step.wait
    return time is not None and abs(time.mean_seconds - seconds) <= 0.01 * seconds


def _moved(sentence: Sentence, step: Task | Wait, to: str) -> tuple[list[Edit], dict[str, Task | Wait]]:
    """The wait of a step put before another one that has none; as it is where that does not fit."""
    goal = sentence.catalogue.by_id.get(to)
    if not isinstance(step, Task) or not isinstance(goal, Task) or goal.wait is not None or step.wait is None:
        return [], {step.id: step}
    edits: list[Edit] = [
        SetValue(id=step.id, field="wait", value=None),
        SetValue(id=to, field="wait", value=step.wait.document()),
    ]
    return edits, {to: goal}
