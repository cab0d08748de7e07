"""A way of a decision that is over for the case: `if the customer does not agree, that's it`."""

from __future__ import annotations

import re

from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.correct.inside_way import OTHERWISE, denied, way_of
from assistant.language.correct.sentence_said import ARTICLE, PRONOUNS, Sentence
from assistant.language.figures.reading import figure_from
from assistant.process.blocks import Branch, End
from assistant.process.durations import Basis
from assistant.process.edits import Edit, Insert, Place, SetCondition

OVER = re.compile(
    r"^(?:and\s+|but\s+|so\s+|no,?\s+)*(?:if|when|where|in case)\s+(?P<cond>[^,;]{4,60}?)[\s,]+(?:then\s+)?"
    r"(?:that(?:'s| is| was) (?:it|all|that|(?:the|an) end\b.*?)|(?:it|that|all|everything)(?:'s| is| ends?| stops?)"
    r"(?: (?:all |then )?(?:over|done|closed|finished|here|there))?|"
    r"(?:the|that|this) (?:whole )?\w+ (?:is (?:over|done|closed|finished|dead|dropped|cancell?ed)|ends|stops)"
    r"(?: (?:here|there|then))?|"
    r"(?:there )?(?:is |there's )?nothing (?:more |else |further )?(?:happens|is done|to do|comes)(?: after that)?|"
    r"we (?:stop|end|drop it|leave it|close it|leave it at that|do nothing(?: more)?)(?: (?:here|there|then))?)"
    r"(?P<more>[\s,]+.*)?$",
    re.IGNORECASE,
)


def read(sentence: Sentence) -> Outcome | None:
    """The end put on the one way whose condition is said, or that stands against it; an outcome without edits where
    that way ends already."""
    said = OVER.match(sentence.text)
    way = way_of(sentence, said["cond"]) if said else None
    more = (said["more"] or "").strip(" ,.") if said else ""
    share = figure_from(more, "chance") if more else None
    if said is None or way is None or (more and share is None):
        return None
    edits: list[Edit] = [] if share is None else _shared(sentence, way, share.middle)
    title = f"where {said['cond']} it is over"
    if not (way.do.items and isinstance(way.do.items[-1], End)):
        name = _outcome(said["cond"], way)
        end = End(id=Fresh(sentence.catalogue).id("end"), outcome=name, negative=_bad(said["cond"]))
        edits.append(Insert(blocks=(end,), place=Place(into=way.id, at="end")))
    return Outcome(title, tuple(edits))


def _outcome(cond: str, way: Branch) -> str:
    """What the end is called: the condition; where that says who only by a pronoun, the one that is there."""
    by_pronoun = cond.split()[0] in PRONOUNS
    named = "" if (way.when or "otherwise").lower() in OTHERWISE else way.when or ""
    text = ARTICLE.sub("", (named or "Ended") if by_pronoun else cond)
    return text[:1].upper() + text[1:]


def _bad(cond: str) -> bool | None:
    """Whether an end is one that nobody wants; unknown where nothing is denied."""
    return True if denied(cond) else None


def _shared(sentence: Sentence, way: Branch, share: float) -> list[Edit]:
    others = [branch for branch in sentence.catalogue.owner[way.id].branches if branch.id != way.id]
    made: list[Edit] = [SetCondition(id=way.id, p=share, basis=Basis.STATED)]
    if len(others) == 1:
        made.append(SetCondition(id=others[0].id, p=round(1 - share, 6), basis=Basis.STATED))
    return made
