"""Waits told beside the steps: "the insurer takes three weeks", "result after two days": they come after what was told.

What somebody outside takes begins when it is with them, so it is a wait of its own behind the step told last.
"""

from __future__ import annotations

from itertools import pairwise

from assistant.english.tables import classed
from assistant.language.figures.stated import as_duration
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.statements import Act, Item, Said
from assistant.language.offline.words.word_tables import OUTSIDE, TITLES
from assistant.process.durations import UNITS, Span

_TAKES = frozenset("takes take took needs need".split())
_COMES = frozenset("comes come arrives arrive".split())
_FIXED = frozenset("the a an our their his her its then and".split())
_ANSWERS = classed("reading", "comes-back")
_HOUSES = frozenset("hall house chamber board embassy museum".split())
_MOST = 3
"""Words that name whom or what is waited for."""


def awaited(mark: Mark, own: list[Act], earlier: list[Act]) -> str:
    """Whom or what the time that passes is spent waiting for, behind the step told last; empty where it is none."""
    words = mark.words[: mark.before]
    named = [word for word in words[:-1] if word not in _FIXED]
    if mark.how != "inside" or not 0 < len(named) <= _MOST or not (own or earlier):
        return ""
    last = (own or earlier)[-1]
    if words[-1] == "after" and named[-1] in _ANSWERS:
        return " ".join(named)
    if words[-1] in _COMES and mark.words[mark.before + mark.quantity.end - mark.quantity.start :][:1] == ("after",):
        return " ".join(named)  # "the money comes thirty days after that"
    party = is_party(mark) and bool({*named} & (OUTSIDE | TITLES | _HOUSES)) and not own
    ours = {word for act in earlier for word in (act.role or "").lower().split()}
    return " ".join(named) if party and not ours & {*named} and named[-1] not in last.thing.lower().split() else ""


def answer_awaited(mark: Mark) -> bool:
    """ "it takes a day until we hear from them": the wait comes after the step, for an answer from outside."""
    return not _COMES & set(mark.words) and bool(_REPLYING & set(mark.words))


def answer_from(mark: Mark, own: list[Act], known: list[Act]) -> tuple[str, str | None] | None:
    """ "The register replies in two days", "they answer after three weeks", "it comes back after a week": what the wait
    behind the step told last is called, and whom it is for; None where nothing is said of an answer."""
    front = mark.words[: mark.before]
    back = front[-3:-1] in (("comes", "back"), ("come", "back"))
    if mark.how == "front" or not (is_reply(front) or (back and front[-1] in _AFTER)):
        return None
    who = [word for word in front[: -3 if back else -2] if word not in _FIXED]
    ours = {word for act in known for word in (act.role or "").lower().split()}
    busy = any(act.role for act in own if act not in known)
    if known[-1].verb == "wait" or len(who) > _MOST or ours & {*who} or busy:
        return None
    party = None if back or who in (["they"], ["he"], ["she"], ["it"]) else " ".join(who)
    from_whom = f"{party[:1].upper()}{party[1:]}" if party else known[-1].contact
    awaited_thing = known[-1].thing if back and known[-1].thing else "answer"
    named = from_whom[:1].lower() + from_whom[1:] if from_whom and awaited_thing == "answer" else ""
    return f"Wait for {awaited_thing}{f' of {named}' if named else ''}", from_whom


def is_reply(front: tuple[str, ...]) -> bool:
    """Whether the words before a time say after how long somebody else answers: "the register replies in two days"."""
    return len(front) > 1 and front[-1] in _AFTER and front[-2] in _REPLYING and front[0] not in ("we", "i")


_AFTER = frozenset(("in", "after"))
_REPLYING = frozenset("hear answer answers reply replies respond responds back response".split())


def waited_for(mark: Mark) -> str:
    """Who from outside something is said to wait for: "then they wait for the customer for three days"."""
    words = [word for word in mark.words[: mark.before] if word not in _FIXED]
    waits = next((place for place, word in enumerate(words) if word in ("wait", "waits")), len(words))
    party = words[waits + 2 : waits + 3]
    return party[0] if words[waits + 1 : waits + 2] == ["for"] and party and party[0] in OUTSIDE else ""


def thing_waited_for(mark: Mark, told: list[Said]) -> str:
    """What no person is and a case is said to wait for: "he packs the box and it waits two days for the van"."""
    front, behind = mark.words[: mark.before], mark.words[mark.before + mark.quantity.end - mark.quantity.start :]
    ours = {word for said in told for act in said.acts() for word in (act.role or "").lower().split()}
    thing = behind[2] if behind[:1] == ("for",) and behind[1:2] == ("the",) and len(behind) == _MOST else ""
    waits = front[:1] in _THINGS and front[-1] in ("wait", "waits")
    return thing if waits and thing and thing not in ours | TITLES | OUTSIDE else ""


_THINGS = (("it",), ("they",), ("which",), ("that",))


def ordered(mark: Mark, known: list[Act]) -> str:
    """What was ordered, or who was asked to come, where a time says how long it is till then: "I order the fabric,
    which takes two weeks to come", "we ring her, and she does not come for two weeks", "the wood takes eight days"."""
    if not known or known[-1].verb in ("wait", "receive", "come"):
        return ""
    if not {*mark.words} & _TILL_THEN:
        front, thing = mark.words[: mark.before], known[-1].thing.lower().split()
        days = is_party(mark) and mark.quantity.seconds() >= UNITS["d"] and known[-1].verb in _ORDERING
        pointing = days and (front[:1] in _THINGS or front[:1] == ("this",))
        alone = mark.how == "aside" and not front and mark.quantity.seconds() >= UNITS["d"]
        if pointing or (alone and known[-1].verb in ("order", "buy")):
            return known[-1].thing  # "he orders it, that takes two weeks"
        until = {*mark.words[mark.before :]} if {"until", "till"} & {*mark.words} else set()
        return known[-1].thing if days and any(word in thing for word in (*front, *until)) else ""
    said = (*mark.words[: mark.before], *mark.words[mark.before + mark.quantity.end - mark.quantity.start :])
    last, subject = known[-1], next((word for word in said if word not in _FIXED | {"after"}), "")
    if subject in ("they", "he", "she"):
        return last.contact.lower() if last.contact else ""
    meant = subject in ("it", "which", "that", "this") or subject in last.thing.lower().split()
    return last.thing if meant and last.verb in _ORDERING else ""


_TILL_THEN = _COMES | frozenset("delivered fetch collect answer reply return back".split())
_ORDERING = frozenset("order book buy".split())


def says_yes(mark: Mark, own: list[Act], earlier: list[Act]) -> bool:
    """ "She mails it to the family and they take two weeks to say yes": what they take comes behind the mail.
    So it does in a sentence of its own: "I write an estimate. They take a week to say yes"."""
    theirs = mark.words[:1] in (("they",), ("he",), ("she",)) or not mark.before
    alone = not own and bool(earlier) and mark.words[:1] == ("they",)
    whose = alone or (theirs and bool(own) and own[-1].contact is not None)
    rest = mark.words[mark.before :]
    return whose and any(first == "to" and then in _SAYING for first, then in pairwise(rest))


_SAYING = frozenset("say decide agree confirm choose approve accept pay sign".split())


def is_party(mark: Mark) -> bool:
    """Whether a time is what somebody takes, and not when something comes."""
    return mark.words[: mark.before][-1:] != () and mark.words[mark.before - 1] in _TAKES


def before_that(mark: Mark) -> bool:
    """Whether the time passes before the step told last: "the order lies two days before that"."""
    rest = mark.words[mark.before :]
    return any(pair in (("before", "that"), ("before", "this")) for pair in pairwise(rest))


def only_then(mark: Mark, told: list[Said], place: int) -> bool:
    """ "The letter goes out, three weeks later they answer": what is told next waits, not what came before."""
    behind = mark.words[mark.before + mark.quantity.end - mark.quantity.start :]
    return behind[:1] == ("later",) and any(following.acts() for following in told[place + 1 :])


def still_left(text: str, told: list[Said], left: tuple[str, ...]) -> tuple[str, ...]:
    """What was left out without the sentences that told a wait, also one taken by a step told elsewhere, or an end."""
    lengths = [act.facts["wait"].span for said in told for act in said.acts() if "wait" in act.facts]
    taken = {span.start for span in lengths if span is not None}
    waits = [item.act.span.start for said in told for item in said.items if item.kind == "wait" and item.act]
    heard = [
        " ".join(text[said.span.start : said.span.end].split())
        for said in told
        if any(said.span.start <= start < said.span.end for start in waits)
        or any(item.kind == "end" for item in said.items)
        or (not said.acts() and any(said.span.start <= start < said.span.end for start in taken))
    ]
    return tuple(words for words in left if not any(words in sentence for sentence in heard))


def wait_behind(told: list[Said], after: Act, mark: Mark, name: str, contact: str | None) -> None:
    """Put a wait behind the step told last."""
    q, said = mark.quantity, told[after.sentence]
    act = Act(name, "wait", Span(start=q.a, end=q.b), contact=contact, message_from=contact, sentence=after.sentence)
    act.facts = {"duration": as_duration(q), "wait_cause": "external"}
    place = next((k for k, item in enumerate(said.items) if item.act is after), len(said.items) - 1)
    said.items.insert(place + 1, Item("wait", act))
