"""What is said about single steps besides time: media, batches, legal grounds, error rates."""

from __future__ import annotations

import re

from assistant.english.ruled import denies_rule, protected_words
from assistant.english.tables import any_of, classed, worded, wordings
from assistant.language.figures.figure import Figure
from assistant.language.figures.hours import there_on_days
from assistant.language.figures.numbers import value_of
from assistant.language.offline.amounts.so_often import SO_OFTEN
from assistant.language.offline.sentences.chances import chance_is_error
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.statements import Act, Said
from assistant.process.blocks import Batch
from assistant.process.durations import UNITS, Basis, Fixed, Span

MEDIA = tuple((medium, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for medium, words in wordings("medium"))
"""By which words a medium is known; "the paper" is the case itself ("go through the paper"), and none."""
_LEGAL = re.compile(rf"\b(?:{worded('by-statute')})\b", re.IGNORECASE)
_ASKS = r"\b(?:require|insist|want|demand|ask|prescribe|because)\w*"
_ASKS_FOR_IT = {
    **dict.fromkeys(("auditor", "auditors"), re.compile(rf"{_ASKS}|\bfor\b", re.IGNORECASE)),
    "tax office": re.compile(_ASKS, re.IGNORECASE),
}
"""Who is no ground by itself, and what else is said where it is one: who only gets something asks for nothing."""
_BATCH = re.compile(worded("in-batches"), re.IGNORECASE)
_GATHERS = re.compile(rf"\b(?:{worded('gathers-up')})\b", re.IGNORECASE)
_CARES = classed("reading", "cares-again")
SELDOM = 28 * UNITS["d"]
"""A rhythm this slow is a run only where its own sentence tells what is done then."""


OF_THE_WORK = 400 * UNITS["d"]
"""`Each is looked at every two years` says when a case comes, and not that cases are collected so long."""
_LIES = classed("reading", "lies")


def attach_remarks(text: str, told: list[Said]) -> None:
    """Give media, batches, legal grounds and error rates to the steps they speak of."""
    last: Act | None = None
    for place, said in enumerate(told):
        acts = [item.act for item in said.items if item.kind == "act" and item.act is not None]
        sentence = text[said.span.start : said.span.end]
        for act in acts:
            _medium(text, act)
        if _on_their_days(sentence, told):
            continue
        target = acts or ([last] if last else [])
        if target:
            _legal(sentence, said, acts or _spoken_of(told[:place], sentence))
            coming = next((later.acts() for later in told[place + 1 :] if later.acts()), [])
            lies = not acts and coming and bool(said.words & _LIES)  # what it lies for is told next
            here = not acts and _there_on_days(sentence, told[:place], last)
            named = _only_on_days(said, told[place + 1 :])
            if named and _waits_for(said, named[0]):
                continue
            if _lies_till(sentence, said, acts, coming):
                continue
            _batches(sentence, said, named or acts, named or here or (coming[:1] if lies else target))
            _errors(said, target[0] if not acts else acts[-1], last)
        last = acts[-1] if acts else last


def _medium(text: str, act: Act) -> None:
    words = text[act.span.start : act.span.end]
    for medium, pattern in MEDIA:
        if pattern.search(words):
            act.facts.setdefault("medium", medium)
            return
    if act.system:
        act.facts.setdefault("medium", "system")


_POINTS = re.compile(r"(?:and |but |by law |legally )?(?:this|that|it|these|they|both)\b", re.IGNORECASE)


def _spoken_of(before: list[Said], sentence: str) -> list[Act]:
    """The steps a sentence without a step of its own speaks of: told just before where it says "this", else one whose
    words it uses ("the ordinance says that the registration has to be checked"); none where it uses no step's words."""
    acts = [act for earlier in before for act in earlier.acts() if act.verb != "wait"]
    if _POINTS.match(sentence):
        return acts[-1:]
    words = content(" ".join(word.strip(".,;:()") for word in protected_words(sentence).split()))
    best = max(acts, key=lambda act: len(words & content(act.name)), default=None)
    return [best] if best is not None and len(words & content(best.name)) > 0 else []


def _legal(sentence: str, said: Said, acts: list[Act]) -> None:
    match = _LEGAL.search(sentence)
    if match is None or not acts or denies_rule(sentence):
        return
    if (asking := _ASKS_FOR_IT.get(match.group().lower())) and not asking.search(sentence):
        return
    place = said.span.start + match.start()
    act = min(
        acts,
        key=lambda a: (
            0 if a.span.start <= place <= a.span.end else min(abs(a.span.start - place), abs(a.span.end - place))
        ),
    )
    act.facts["legal_basis"] = " ".join(sentence.split())[:300]
    act.facts["is_control"] = True


def _batches(sentence: str, said: Said, acts: list[Act], target: list[Act]) -> None:
    rhythm = next(
        (m.quantity for m in said.marks if m.quantity.kind == "rhythm" and m.quantity.unit in ("d", "w", "h")), None
    )
    size = _BATCH.search(sentence)
    if size is None and (rhythm is None or not _GATHERS.search(sentence)):
        return
    amiss = any(item.condition is not None and item.condition.every for item in said.items)
    if rhythm is not None and (amiss or SO_OFTEN.match(sentence)):
        return  # how often something goes amiss
    if rhythm is not None and ((not acts and rhythm.seconds() >= SELDOM) or _happens(sentence, rhythm, said)):
        return  # "the pile grows every month" tells of no run
    if rhythm is not None and not acts and _CALLS.search(sentence):
        return  # "customers ring twelve times a day to ask where it is"
    if rhythm is not None and not acts and not _of_the_step(sentence, said, target[0]):
        return
    why = _WHY.search(sentence)
    behind = why is not None and all(act.span.start > said.span.start + why.start() for act in acts)
    if rhythm is not None and behind and rhythm.a <= said.span.start + 1:
        return  # "twice a month two people come for the same barrel because I forgot": trouble, and no run
    if rhythm is not None and rhythm.seconds() < UNITS["d"] and acts and acts[-1].verb in _CARES:
        return  # "walks the dog twice a day": the same case is cared for again, none are collected
    if rhythm is not None and rhythm.seconds() > OF_THE_WORK:
        return
    words = next((g for g in size.groups() if g), "") if size else ""
    value = value_of(words.lower()) if words else None
    every = (
        Fixed(value=round(rhythm.low, 6), unit=rhythm.unit, basis=Basis.STATED, span=Span(start=rhythm.a, end=rhythm.b))
        if rhythm
        else None
    )
    count = int(value) if value and value >= 2 else None
    if every is None and count is None:
        return
    told = [act for act in acts if rhythm and act.span.start < rhythm.a]
    act = told[-1] if told else target[0]
    act.facts["batch"] = Batch(size=count, every=every, reason=" ".join(sentence.split())[:200])
    if rhythm is not None and acts and rhythm.a < acts[0].span.start:
        _time_of_the_run(sentence, act, acts)


_WHY = re.compile(r"\b(?:because|since|so that|and then)\b", re.IGNORECASE)
_CALLS = re.compile(rf"\b{any_of('outsiders')}\b[\w ]{{0,20}}?\b{any_of('asks-again')}\b", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|every one|apiece|a piece|per \w+)\b(?! \w+day)", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:that|it)(?:'s|’s| is| takes?)\b|\b(?:altogether|in all|all told)\b", re.IGNORECASE)


def _time_of_the_run(sentence: str, act: Act, acts: list[Act]) -> None:
    """ "Every Tuesday I go through the box and order the glass, that's two hours": the hours are those of the run, done
    once for all that lies there."""
    timed = [other for other in acts if other.role == act.role and "work" in other.facts]
    if len(timed) == 1 and _OF_ALL.search(sentence) and not _EACH.search(sentence):
        act.facts["setup"] = timed[0].facts.pop("work")
        act.facts["work"] = Fixed(value=0, unit="min", basis=Basis.STATED)


_TILL = re.compile(
    r"\b(?:lie|lay|sit|stay|stand|wait|rest|pile up)s?\b[^.;]*?\b(?:till|until) (?:the )?(?:next )?"
    r"(?:(?P<week>(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|end of the week)|"
    r"(?:end of the )?(?P<month>month))",
    re.IGNORECASE,
)
_ON_A_DAY = re.compile(
    r"\bon an? (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"[^.;]*\b(?:that week|of the week|together|in one go|at once)\b",
    re.IGNORECASE,
)
"""`I order the packs on a Thursday for all the rafts of that week together`."""
_ROUNDS = {"week": (1, "w"), "month": (30, "d")}


def _lies_till(sentence: str, said: Said, acts: list[Act], coming: list[Act]) -> bool:
    """ "The slips lie there till Friday, then she types them": what comes behind is done for all of a week at once."""
    lies, all_at_once = _TILL.search(sentence), _ON_A_DAY.search(sentence)
    if lies is None and all_at_once is not None and acts and "batch" not in acts[0].facts:
        every = Fixed(value=1, unit="w", basis=Basis.STATED)
        acts[0].facts["batch"] = Batch(every=every, reason=" ".join(sentence.split())[:200])
        return False
    behind = [act for act in acts if lies and act.span.start >= said.span.start + lies.end()]
    target = behind or ([] if any(mark.quantity.kind == "duration" for mark in said.marks) else coming)
    if lies is None or not target or "batch" in target[0].facts:
        return False
    value, unit = _ROUNDS["month" if lies.groupdict().get("month") else "week"]
    every = Fixed(value=value, unit=unit, basis=Basis.STATED)
    target[0].facts["batch"] = Batch(every=every, reason=" ".join(sentence.split())[:200])
    return True


_SOON = 3


def without_days_told_ahead(told: list[Said], us: str | None) -> None:
    """ "We operate only on Wednesdays. … The vet operates": on which days, told ahead of the step, makes no step."""
    for place, said in enumerate(told):
        own = [item for item in said.items if item.kind == "act" and item.act is not None]
        days = any(mark.quantity.kind == "rhythm" and "only" in mark.words for mark in said.marks)
        act = own[0].act if days and len(own) == 1 else None
        if act is None or act.role not in (None, us):
            continue
        later = [other for each in told[place + 1 : place + 1 + _SOON] for other in each.acts()]
        if any(other.verb == act.verb and other.role not in (None, us) for other in later):
            said.items.remove(own[0])


def _only_on_days(said: Said, later: list[Said]) -> list[Act]:
    """ "She books the slot; repairs only on Thursdays": the repair told later, or else what is done next."""
    rhythm = next((m for m in said.marks if m.quantity.kind == "rhythm"), None)
    if rhythm is not None and "only" in rhythm.words and not any(item.kind == "act" for item in said.items):
        stems = content(" ".join(rhythm.words))
        if again := [act for each in later[:_SOON] for act in each.acts() if act.verb in stems]:
            return again[:1]
    if rhythm is None or rhythm.words[1:2] != ("only",) or not rhythm.words[0].endswith("s"):
        return []
    acts = [act for each in later for act in each.acts() if act.verb != "wait"]
    thing = content(rhythm.words[0])
    return [act for act in acts if thing & content(act.name)][:1] or acts[:1]


def _waits_for(said: Said, act: Act) -> bool:
    """ "Operations only on Wednesdays, wait about eight days": the days are spent before the operation, in all."""
    wait = next((item for item in said.items if item.kind == "wait" and item.act and item.act.name == "Wait"), None)
    length = wait.act.facts.get("duration") if wait is not None and wait.act is not None else None
    if wait is None or length is None:
        return False
    said.items.remove(wait)
    act.facts |= {"wait": length, "wait_cause": "batching"}
    return True


def _of_the_step(sentence: str, told: Said, act: Act) -> bool:
    """Whether a rhythm told in a sentence of its own speaks of a step: in few words, by pointing at it, by what lies or
    who comes on that day; "I water the flowers on Tuesdays" does not."""
    clause = next((mark.words for mark in told.marks if mark.quantity.kind == "rhythm"), ())
    said = content(" ".join(clause)) & content(act.name)
    few = len(sentence.split()) <= FEW
    return few or bool(said) or _POINTS.match(sentence) is not None or not _DAYS_OF.isdisjoint(clause)


FEW = 5
_DAYS_OF = _LIES | classed("reading", "timing-causes-3") | frozenset("goes runs leaves comes come there in".split())
_THERE = re.compile(worded("media-and-errors-there"), re.I)


def _there_on_days(sentence: str, before: list[Said], last: Act | None) -> list[Act]:
    """ "The boss signs every offer. He changes one in fifty. He's in on Fridays": what waits for them is what they do
    with every case, not what they do with some."""
    if last is None or not _THERE.match(sentence):
        return []
    theirs = [
        act
        for said in before[-3:]
        if not any(mark.quantity.kind == "chance" for mark in said.marks)
        for act in said.acts()
        if act.role is not None and act.role == last.role
    ]
    return theirs[-1:]


def _on_their_days(sentence: str, told: list[Said]) -> bool:
    """ "Karl is there on Tuesdays only": all that Karl does is done on those days, whatever was told last."""
    there = there_on_days(sentence.strip(" .!"))
    who = there[0].lower().removeprefix("the ").removeprefix("our ") if there else ""
    theirs = [act for said in told for act in said.acts() if act.role == who and act.verb != "wait"]
    if there is None or there[2] or not theirs:
        return False
    every = Fixed(value=round(1 / there[1], 6), unit="w", basis=Basis.STATED)
    for act in theirs:
        act.facts["batch"] = Batch(every=every, reason=" ".join(sentence.split())[:200])
    return True


_HAPPENS = classed("reading", "absent") | classed("reading", "falls-away")


def _happens(sentence: str, rhythm: Figure, said: Said) -> bool:
    """Whether a rhythm says how often something goes amiss or somebody is away, and not when work is done.

    "About once a week a blank is broken", "he is off on Fridays": its own clause is asked, not the whole sentence.
    """
    place = rhythm.a - said.span.start
    left = max((match.end() for match in _STOPS.finditer(sentence, 0, place)), default=0)
    right = _STOPS.search(sentence, place)
    clause = _GOES_OUT.sub("", sentence[left : right.start() if right else len(sentence)].lower()).split()
    return bool(_HAPPENS.intersection(word.strip(".,;:()") for word in clause))


_GOES_OUT = re.compile(r"\b(?:goes|go|sent) out\b")
"""What is sent, and nobody who is out."""
_STOPS = re.compile(r"[,;:]|\b(?:and|but|so)\b")


def _errors(said: Said, act: Act, last: Act | None) -> None:
    for mark in said.marks:
        if mark.quantity.kind == "chance" and chance_is_error(mark) and mark.how != "front":
            chosen = _before(said, mark) or last or act
            chosen.facts.setdefault("error_rate", mark.quantity.middle)


def _before(said: Said, mark: Mark) -> Act | None:
    own = [
        item.act
        for item in said.items
        if item.kind == "act" and item.act is not None and item.act.span.start < mark.quantity.a
    ]
    return own[-1] if own else None
