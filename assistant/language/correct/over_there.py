"""A way of a decision that is over for the case: `if the customer does not agree, that's it`, `after the leaflet it is
over`, `the small loss ends there`."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.english.tables import worded
from assistant.language.change.read_change import Doubt, Fresh, Outcome
from assistant.language.correct.inside_way import OTHERWISE, denied, way_of
from assistant.language.correct.sentence_said import ARTICLE, PRONOUNS, Sentence, by_verb, one_step
from assistant.language.figures.reading import figure_from
from assistant.process.blocks import Branch, End
from assistant.process.durations import Basis
from assistant.process.edits import Delete, Edit, Insert, Place, SetCondition
from assistant.process.tree import step_id

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
_LEAD = r"^\W*(?:(?:and|but|so|then|no|well)\b,?\s*)*"
_ENDS = f"(?:{worded('is-over')})"
_AFTER = re.compile(rf"{_LEAD}(?:right |just )?(?:after|once|as soon as)\s+(?P<step>[^,;]{{3,60}}?),?\s+{_ENDS}$")
_ENDS_AFTER = re.compile(
    rf"{_LEAD}(?:(?:for|with|in) [^,;]{{3,40}}?,?\s+)?{_ENDS}\s+(?:right )?(?:after|once)\s+(?P<step>[^,;]{{3,60}})$"
)
_ENDS_THERE = re.compile(
    rf"{_LEAD}(?:(?:for|with|in)\s+)?(?P<way>[^,;]{{3,40}}?),?\s+(?:{_ENDS}|ends?) (?:there|here|then)\b"
)

_ONLY_SOME = "If it is over only in some cases, say in which: “if …, it is over”."


def read(sentence: Sentence) -> Outcome | Doubt | None:
    """The end put on the one way whose condition is said, or that stands against it, or behind the step that is named;
    an outcome without edits where that way ends already."""
    text = sentence.text.strip(" .!")
    if told := _AFTER.match(text) or _ENDS_AFTER.match(text):
        step = _step(sentence, told["step"])
        return _after(sentence, step) if step else None
    if (told := _ENDS_THERE.match(text)) and (way := way_of(sentence, ARTICLE.sub("", told["way"]))):
        inside = sentence.catalogue.inside(way.id)
        return _after(sentence, inside[-1]) if inside else None
    return _where(sentence)


def _step(sentence: Sentence, words: str) -> str | None:
    verb, _, rest = words.partition(" ")
    return one_step(sentence.catalogue, words) or by_verb(sentence.catalogue, base_of(verb) or verb, rest)


def _after(sentence: Sentence, step: str) -> Outcome | Doubt:
    """The case is over after a step. What would never be done then is asked about."""
    catalogue = sentence.catalogue
    title = f"the case is over after “{catalogue.name(step)}”"
    behind = [catalogue.by_id[each] for each in catalogue.after(step)]
    on_a_way = catalogue.branch_of(step) is not None
    if isinstance((behind or [catalogue.by_id[step]])[0], End) or not (behind or on_a_way):
        return Outcome(title, ())
    end = Insert(blocks=(End(id=Fresh(catalogue).id("end"), outcome="Ended"),), place=Place(after=step))
    if not behind and _some_go_on(sentence, step):
        return Outcome(title, (end,))
    if not behind:
        return Doubt(f"Then no case would go on behind “{catalogue.name(step)}”. {_ONLY_SOME}", ())
    names = [f"“{catalogue.name(step_id(each))}”" for each in (behind[0], behind[-1])]
    lost = " to ".join(dict.fromkeys(names))
    gone = Outcome(f"{title}, {lost} left out", (Delete(ids=tuple(step_id(each) for each in behind)), end))
    return Doubt(f"Then {lost} would never be done. {_ONLY_SOME} Or do you mean:", (gone,))


def _some_go_on(sentence: Sentence, step: str) -> bool:
    """Whether another way beside the one of a step leads on."""
    way = sentence.catalogue.branch_of(step) or ""
    others = [branch for branch in sentence.catalogue.owner[way].branches if branch.id != way]
    return any(not (branch.do.items and isinstance(branch.do.items[-1], End)) for branch in others)


def _where(sentence: Sentence) -> Outcome | None:
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
