"""What no law asks for: `typing the data is not a control`, `the list is not required by law`."""

from __future__ import annotations

import re

from assistant.english.ruled import NO_GROUND, denies_rule
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Doubt, Outcome
from assistant.language.correct.sentence_said import Sentence, likely
from assistant.process.blocks import Task
from assistant.process.edits import DropRemark, Edit, SetProcess, SetValue

SAYS = re.compile(
    r"^(?:no,? |but )*(?!there\b)(?P<what>[^,;]+?)\s*(?:\b(?:is|are|was)\b\s*|(?=n't))(?:really |just )?"
    rf"{NO_GROUND}(?! (?:for|if|when|unless|below|under|above|with|on) (?!the law|law|any law)).*$|"
    r"^(?:no,? |but )*(?:there(?:'s| is) )?no (?:legal )?(?:law|rule|regulation|ground|duty|reason in law)\s+"
    r"(?:\w+ )?(?:for|on|about|behind|demands|requires|wants)\s+(?P<of>[^,;]+?)(?:[,;].*)?$",
    re.IGNORECASE,
)

_OF_LAW = re.compile(r"\b(?:law|legal\w*|statutory|regulation|rule|control)\b", re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The marks of a rule taken off the step that words say stands under none; nothing where it bears none."""
    said = SAYS.match(sentence.request.strip())
    if said is None or "?" in sentence.request or not denies_rule(sentence.request):
        return None
    catalogue, what = sentence.catalogue, (said["what"] or said["of"]).strip(" \"'“”")
    known = {step.id: step for step in catalogue.steps if isinstance(step, Task)}
    found = [id_ for id_ in _meant(sentence, what) if id_ in known]
    marked = [id_ for id_ in found if _unmarked(sentence, known[id_])]
    found = marked if len(marked) == 1 else found
    if len(found) > 1:
        ways = tuple(
            Outcome(f"{catalogue.name(id_)} stands under no rule", _unmarked(sentence, known[id_])) for id_ in found
        )
        return Doubt("Which step is meant?", ways)
    if not found or (not marked and not _OF_LAW.search(sentence.request)):
        return None
    return Outcome(f"{catalogue.name(found[0])} stands under no rule", _unmarked(sentence, known[found[0]]))


def _meant(sentence: Sentence, what: str) -> list[str]:
    if re.fullmatch(r"(?:it|that|this|that step|this step)", what, re.IGNORECASE):
        return list(sentence.recent[-1:])
    return likely(sentence.catalogue, what) if content(what) else []


def _unmarked(sentence: Sentence, step: Task) -> tuple[Edit, ...]:
    """What takes every mark of a rule off a step: its ground, that it controls, that it must stay, what was said."""
    process = sentence.catalogue.process
    edits: list[Edit] = []
    if step.legal_basis:
        edits.append(SetValue(id=step.id, field="legal_basis", value=None))
    if step.is_control:
        edits.append(SetValue(id=step.id, field="is_control", value=False))
    if any(pinned.id == step.id for pinned in process.protected):
        kept = [pinned.document() for pinned in process.protected if pinned.id != step.id]
        edits.append(SetProcess(field="protected", value=kept))
    own = content(step.name)
    edits += [
        DropRemark(id=remark.id)
        for remark in process.remarks
        if remark.kind == "control" and step.id in remark.elements
        and sum(any(alike(word, part) for part in content(remark.text)) for word in own) >= min(2, len(own))
    ]  # fmt: skip
    return tuple(edits)
