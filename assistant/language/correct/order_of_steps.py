"""Corrections of the order: `the bill comes before the test`, `first the check, then the approval`."""

from __future__ import annotations

import re

from assistant.english.tables import worded
from assistant.language.change.catalogue import Catalogue
from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Outcome
from assistant.language.correct.parts_of_a_turn import steps_in
from assistant.language.correct.sentence_said import Sentence, clause_at, likely, mentioned, one_step, role_of
from assistant.language.correct.which_figure import told_with
from assistant.process.edits import Move, Place

SIDES = re.compile(
    r"^(?P<what>.+?)[\s,]+(?:right |directly |immediately |just |only |straight )?(?P<side>before|after|"
    r"behind|ahead of|in "
    r"front of|following|prior to)\s+(?P<where>[^,;]+)(?:[,;].*)?$",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"^(?P<side>before|after)\s+(?P<where>[^,;]+?)\s+(?:comes|goes|is|we have|there's|there is)\s+(?P<what>[^,;]+)$",
    re.I,
)
FIRST_THEN = re.compile(
    r"^(?:it's\s+)?first\s+(?P<a>[^,;]+?)[,;]?\s+(?:and\s+)?(?:then|after that)\s+(?P<b>[^,;]+?)(?:[,;].*)?$", re.I
)
EDGE = re.compile(
    r"^(?P<what>[^,;]+?)\s+(?:comes|goes|is|happens|is done|must come|should come)\s+(?:at the (?:very )?)?"
    r"(?P<edge>first|last|beginning|start|end)(?:\s+of all)?$",
    re.IGNORECASE,
)
HAPPENS = re.compile(worded("order-of-steps-happens"), re.IGNORECASE)
PASSIVE = re.compile(r"^(?P<what>.+?)\s+(?:is|are|gets?)\s+(?P<verb>\w+)$", re.IGNORECASE)
LONE = re.compile(
    r"^(?:it's |that's )?(?:right |only )?(?P<side>before|after)\s+(?P<where>(?:the |that )?\w+(?: \w+)?)$", re.I
)
CLOSE = re.compile(r"\b(?:right|directly|immediately|straight) (?:before|after|behind)\b", re.IGNORECASE)
THING = re.compile(r"^(?:(?:the|our|that)\s+\w+(?:\s\w+)?|\w+ing(?:\s+(?:the\s+)?\w+)?)$", re.IGNORECASE)
UNTIL = re.compile(
    r"^(?P<what>[^,;]+?\s+(?:(?:is|are|does|do)(?:n't| not))\b[^,;]*?)\s+until(?:\s+after)?\s+(?P<where>[^,;]+)$",
    re.IGNORECASE,
)
"""`the deposit isn't paid until after the baking`."""
NOT_BEFORE = re.compile(
    r"^(?:(?:please\s+)?(?:never|do(?:n't| not)(?: ever)?|"
    r"(?:nobody|no one|you|we) (?:may|must|can|should)(?:n't| not| never)?)\s+"
    r"(?:start (?:to|with) )?(?P<what>[^,;]+?)|(?P<thing>[^,;]+?)\s+(?:must|may|can|should)(?:n't|not| not| never)\s+"
    r"(?P<passive>be\s+)?(?P<verb>[^,;]+?))\s+(?:before|until|unless)\s+(?P<where>[^,;]+)$",
    re.IGNORECASE,
)
"""`never ship the goods before the invoice is sent`, `the box must not be glued until it is dry`."""
PUT = re.compile(worded("order-of-steps-put"), re.IGNORECASE)
THAT = frozenset("that this it they these those".split())


def read(sentence: Sentence) -> Outcome | None:
    """Which step comes before or after which; an empty outcome where it is so already and a mistake is owned to."""
    text = PUT.sub("", sentence.text)
    if found := NOT_BEFORE.match(text):
        return put_in_order(sentence, _held_back(sentence, found), _where(sentence, found["where"]), False)
    if found := UNTIL.match(text):
        return put_in_order(
            sentence, likely(sentence.catalogue, found["what"]), _where(sentence, found["where"]), False
        )
    if found := LONE.match(text):
        before = found["side"] == "before"
        return put_in_order(sentence, list(sentence.recent)[:1], _where(sentence, found["where"]), before)
    if found := FIRST_THEN.match(text):
        return put_in_order(sentence, _what(sentence, found["a"]), _where(sentence, found["b"]), True)
    if found := SIDES.match(text) or AHEAD.match(text):
        before = found["side"] in ("before", "ahead of", "in front of", "prior to")
        where = _where(sentence, found["where"])
        return put_in_order(sentence, _what(sentence, found["what"]), where, before, bool(CLOSE.search(text)))
    if found := EDGE.match(text):
        return _edge(sentence, found)
    return None


def _edge(sentence: Sentence, found: re.Match[str]) -> Outcome | None:
    catalogue = sentence.catalogue
    step = one_step(catalogue, found["what"]) if found["what"] not in THAT else _recent(sentence)
    if step is None:
        return None
    place = at_edge(catalogue, "start" if found["edge"] in ("first", "beginning", "start") else "end")
    row = catalogue.rows["flow"]
    if row and row[0 if place.at == "start" else -1] == step:
        return Outcome(f"{catalogue.name(step)} stands there", ())
    return Outcome(f"move {catalogue.name(step)}", (Move(ids=(step,), place=place),))


def _held_back(sentence: Sentence, found: re.Match[str]) -> list[str]:
    """The step that must not come too early."""
    if found["what"]:
        return likely(sentence.catalogue, found["what"])
    if found["passive"]:
        return likely(sentence.catalogue, f"{found['verb']} {found['thing']}")
    told = clause_at(sentence, f"{found['thing']} {found['verb']}")
    return [told[1]] if told else likely(sentence.catalogue, found["verb"])


def _recent(sentence: Sentence) -> str | None:
    return sentence.recent[0] if len(sentence.recent) == 1 else None


def _what(sentence: Sentence, phrase: str) -> list[str]:
    """The step that is to stand elsewhere: a known one, told as a noun, passive or with its doer."""
    bare = HAPPENS.sub("", phrase).strip(" ,")
    if bare in THAT:
        step = _recent(sentence)
        return [step] if step else []
    if bare == phrase.strip(" ,"):
        if found := PASSIVE.match(bare):
            bare = f"{found['verb']} {found['what']}"
        else:
            told = clause_at(sentence, phrase)
            if told is None and THING.match(bare):
                return likely(sentence.catalogue, bare)
            return [told[1]] if told and _same(sentence, told) else []
    return likely(sentence.catalogue, bare)


def _same(sentence: Sentence, told: tuple[str, str, str]) -> bool:
    role = role_of(sentence.catalogue, told[1])
    return any(named.id == role for named in mentioned(sentence.catalogue, told[0]))


def _where(sentence: Sentence, phrase: str) -> list[str]:
    """The steps that a place names: a clause, a passive or a noun."""
    return where_steps(sentence, phrase)


def where_steps(sentence: Sentence, phrase: str) -> list[str]:
    """The steps that words behind `before` or `after` mean; several where they fit equally well."""
    told = clause_at(sentence, phrase)
    if told is not None:
        return [told[1]]
    phrase = re.sub(r"^(?:we|they|he|she|it|you)\s+", "", phrase.strip())
    if found := re.match(r"^(?P<what>.+?)\s+(?:is|are|gets?|get|has been|have been)\s+(?P<verb>\w+)$", phrase):
        phrase = f"{found['verb']} {found['what']}"
    found_steps = likely(sentence.catalogue, phrase)
    if found_steps:
        found_steps = meant_most(sentence, phrase, found["verb"] if found else "", found_steps)
    timed = {step for step, _ in told_with(sentence, phrase)} if len(found_steps) != 1 else set()
    if found_steps or len(timed) == 1:  # `while the cheese rests`: the step whose wait was told so
        return list(timed) if len(timed) == 1 else found_steps
    named = mentioned(sentence.catalogue, phrase)
    own = sentence.catalogue.of_role(named[0].id if named else None)
    if len(own) == 1:
        return own
    if own and (edge := AT_WORK.search(phrase)):
        return own[:1] if edge["start"] else own[-1:]
    same = [id_ for id_ in own if _thing_of(sentence.catalogue.name(id_), phrase, named[0].name)]
    if len(same) == 1:  # `before the doctor sees the patient`: examines the patient
        return same
    found_ones = steps_in(sentence, phrase)
    return list(found_ones) if len(found_ones) == 1 else []


MAKING = frozenset("make do take hold have carry perform run give conduct".split())


def meant_most(sentence: Sentence, phrase: str, verb: str, steps: list[str]) -> list[str]:
    """Of several steps with a thing, the one that is it (`the scan`: make the scan), or that has the word of what is
    done (`the bottles are labelled`: stick on the labels)."""
    names = {id_: content(sentence.catalogue.name(id_)) for id_ in steps}
    if verb:
        named = [id_ for id_ in steps if any(alike(verb, word) for word in names[id_])]
        every = [
            step.id for step in sentence.catalogue.named if any(alike(verb, word) for word in content(step.name)[1:])
        ]
        return named or (every if len(every) == 1 else steps)
    said = content(phrase)
    making = [id_ for id_ in steps if len(said) == 1 and len(names[id_]) == 2 and names[id_][0] in MAKING]
    return making if len(making) == 1 else steps


AT_WORK = re.compile(
    r"\b(?:(?P<start>starts?|begins?|gets? (?:to work|started)|sets? to work)|finish(?:es)?|(?:is|"
    r"are) (?:done|finished|through))\W*$"
)


def _thing_of(name: str, phrase: str, who: str) -> bool:
    """Whether words name the thing of a step, besides who does it."""
    said = [word for word in content(phrase) if not any(alike(word, part) for part in content(who))]
    return any(alike(word, thing) for word in said for thing in content(name)[1:])


def put_in_order(
    sentence: Sentence, what: list[str], where: list[str], before: bool, close: bool = False
) -> Outcome | None:
    """One step before or after another; an empty outcome where it is so and a mistake is owned to."""
    catalogue = sentence.catalogue
    where = [step for step in where if step not in what[:1]]
    if len(what) != 1 or not where or len(where) > 3:
        return None
    step, anchor = what[0], where[0] if before else where[-1]
    names = f"{catalogue.name(step)} {'before' if before else 'after'} {catalogue.name(anchor)}"
    order = [block.id for block in catalogue.steps]  # type: ignore[union-attr]
    apart = abs(order.index(step) - order.index(anchor)) > 1
    if (order.index(step) < order.index(anchor)) == before and not (close and apart):
        return Outcome(names, ()) if sentence.wrong else None
    place = beside(catalogue, step, anchor, before)
    return Outcome(f"move {names}", (Move(ids=(step,), place=place),)) if place else None


def beside(catalogue: Catalogue, step: str | None, anchor: str, before: bool) -> Place | None:
    """The place next to a step; outside of a branch where the step that moves is not on it."""
    row = catalogue.spots[step].sequence if step else catalogue.spots[anchor].sequence
    target = next((around for around in catalogue.chain(anchor) if catalogue.spots[around].sequence == row), None)
    target = target or anchor
    if step and target in catalogue.chain(step):
        return None
    return Place(before=target) if before else Place(after=target)
