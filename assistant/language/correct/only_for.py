"""What somebody does for one kind of cases alone: `the chef cooks a menu, but only for groups`."""

from __future__ import annotations

import re

from assistant.english.tables import worded
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.correct.piece_of_story import piece, tasks_in
from assistant.language.correct.sentence_said import Sentence, clause_at, known_role
from assistant.language.correct.told_under_condition import on_a_way, somebody_acts
from assistant.language.figures.reading import figures_in
from assistant.process.blocks import Task
from assistant.process.edits import WrapInChoice

ONLY_FOR = re.compile(worded("only-for-a-kind"), re.IGNORECASE)


def read(sentence: Sentence) -> Outcome | None:
    """The new step on a way of its own; a step that is there is done for that kind alone."""
    found = ONLY_FOR.match(sentence.request)
    if found is None or figures_in(found["kind"]) or not _acts(sentence, found["do"]):
        return None
    kind, catalogue = found["kind"].strip(), sentence.catalogue
    role = known_role(catalogue, kind)
    if role is not None and role.kind != "external":
        return None  # `she prints it, but only for the clerk`
    told = clause_at(sentence, found["do"])
    own = content(catalogue.name(told[1]))[1:] if told else []
    if told is None or not any(alike(word, part) for word in content(told[2]) for part in own):
        return on_a_way(sentence, kind, found["do"], None)
    if not isinstance(catalogue.by_id[told[1]], Task):
        return None
    wrap = WrapInChoice(
        ids=(told[1],), id=Fresh(catalogue).id("decision"), question=f"{kind[0].upper()}{kind[1:]}?", when=kind,
        otherwise_when="otherwise",
    )  # fmt: skip
    return Outcome(f"{catalogue.name(told[1])} only for {kind}", (wrap,))


def _acts(sentence: Sentence, words: str) -> bool:
    """Whether somebody of the work, or anybody who is named, does something."""
    return somebody_acts(sentence, words) or any(task.role for task in tasks_in(piece(sentence, words)[0]))
