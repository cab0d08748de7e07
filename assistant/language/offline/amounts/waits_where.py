"""Before which step something lies, by the words that say where: in whose tray, in front of which machine, how much
later."""

from __future__ import annotations

import re

from assistant.english.forms import base_of
from assistant.english.tables import classed
from assistant.language.offline.amounts.no_spans import WAITING
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.labels import task_name
from assistant.language.offline.sentences.same_step import content, stem
from assistant.language.offline.sentences.statements import Act, Item, Said
from assistant.process.durations import Basis, Fixed, Span

_TRAYS = frozenset("inbox in-box in-tray intray mailbox queue".split())
_DESKS = _TRAYS | frozenset("desk bench table tray pile shelf".split())
_LASTS = frozenset("is takes lasts needs".split())


def behind_figure(mark: Mark) -> tuple[str, ...]:
    """The words of a figure's clause behind it."""
    return mark.words[mark.before + mark.quantity.end - mark.quantity.start :]


def is_done_later(mark: Mark, own: list[Act], after: list[Act]) -> bool:
    """ "The painter paints the sign, on average 5 days later", "the lab sends the result after three days": so long it
    lies before that step, not behind it."""
    front, behind = mark.words[: mark.before], behind_figure(mark)
    later = behind in (("later",), ("afterwards",)) or (front[-1:] == ("after",) and not behind)
    return later and bool(own) and not after and not {"then", "and", "back"} & {*front}


def is_run(mark: Mark, own: list[Act], after: list[Act]) -> bool:
    """ "The laboratory looks for germs, that takes two days": how long a run takes, and no time before it."""
    doer = set((own[-1].role or "").split()) if own and not after else set()
    return mark.how in ("aside", "pointing") and bool(doer & _RUNS) and not (WAITING | {"later"}) & {*mark.words}


_RUNS = frozenset("lab laboratory oven kiln furnace machine press dryer drier mill incubator robot".split())


def lies_with(mark: Mark, places: frozenset[str] = _DESKS) -> set[str]:
    """The words that say whose desk or tray something lies on, as in "on Leo's desk for three days"."""
    words = [word.removesuffix("'s").removesuffix("\u2019s") for word in mark.words]
    at = next((k for k, word in enumerate(words) if word in places), 0)
    return {word for word in words[max(0, at - 4) : at] if word not in ("'s", "\u2019s")}


def until_next(said: Said, coming: Act | None) -> bool:
    """ "It sits there until Jonas gets round to it, two days": what Jonas does next waits so long, told or not yet."""
    if not {"until", "till"} & said.words:
        return False
    who = {*(coming.role or "").split()} if coming is not None else set()
    return (
        who <= {word.rstrip("_") for word in said.words}
        if who
        else coming is None and any(item.target == "once" for item in said.items)
    )


def in_own_tray(mark: Mark, last: Act) -> bool:
    """ "The chef assesses the menu. Menus wait a day in the chef's inbox": they lie there before he does it."""
    who = set((last.role or "").split())
    return last.verb != "wait" and bool(who) and who <= lies_with(mark, _TRAYS)


def on_next_desk(mark: Mark, last: Act | None, coming: Act | None) -> bool:
    """ "It lies on Leo's desk for three days. He types it up": before what Leo does next."""
    with_whom = lies_with(mark)
    if coming is None or not coming.role or not set(coming.role.split()) <= with_whom:
        return False
    return last is None or last.role != coming.role


def lies_between(mark: Mark, own: list[Act], last: Act | None, following: list[Said]) -> bool:
    """ "Anna writes the bill. It lies there for a week. The boss signs it", "… on my desk. I sign it": it lies before
    what somebody else does next, and not before it was made."""
    coming = next((said.acts()[0] for said in following if said.acts()), None)
    front = {stem(word) for word in mark.words[: mark.before]}
    if last is None or coming is None or not front & _LYING:
        return False
    where = lies_with(mark)
    a_case = bool({"a", "an", "each", "every"} & {*mark.words[:3]}) and not {"his", "her", "their"} & where
    if not coming.role:
        return a_case and not own and bool(last.role)
    there = coming.role != last.role and set(coming.role.split()) <= where
    if there or (coming.role in _ME and {"my", "our"} & where):
        return True
    of_last = {*(last.role or "").split()} & where
    if coming.role == last.role or own or of_last:
        return False
    if a_case:
        return True  # "a case lies there for eight days": no word of whoever acted last
    if {"until", "till", "before"} & {*mark.words}:
        return False
    going_on = content(coming.thing) & (content(last.thing) | content(" ".join(mark.words[: mark.before])))
    return bool(going_on) and (last.verb in _MAKING or (following[0].cue == "then" and not {"his", "her"} & where))


_LYING, _ME, _MAKING = frozenset("lie sit wait".split()), frozenset(("me", "we")), classed("reading", "makes-paper")


def runs_when_full(said: Said, last: Act | None, coming: Act | None) -> bool:
    """ "The mill only runs once it has a full disc, so designs sit there two days": before the step of that machine,
    which is told next, where the words say so: its verb, or that what lies there is what the last step makes."""
    if not {"full", "only"} <= said.words or said.acts() or last is None or coming is None:
        return False
    stems = {stem(word) for word in said.words} | {base_of(word, "ing") for word in said.words}
    if last.verb in stems - _made_by(last, said):
        return False
    return coming.verb in stems or bool(_made_by(last, said)) or coming.role is None


def stands(mark: Mark, own: list[Act], told: list[Said], place: int) -> bool:
    """ "They build the scaffold. It stands five weeks. Then they take it down": it stands behind what was told;
    "We don't begin before the money is there, which takes ten days. Then …": what is told next waits."""
    front = mark.words[: mark.before]
    held = bool({"begin", "start"} & told[place].words) and bool({"before", "until"} & told[place].words)
    brief = (held or front[-1:] in (("stands",), ("stand",))) and not own
    following = [said for said in told[place + 1 : place + (3 if held else 2)] if said.acts()]
    return brief and any(said.cue == "then" for said in following[:1])


def queue_before(said: Said, known: list[Act]) -> Act | None:
    """ "Twelve trays wait in front of the scanner, which is a day and a half": it waits to be scanned."""
    if not {"front", "queue", "queues", "pile", "piles", "waiting"} & said.words:
        return None
    devices = [word for word in said.words if word.endswith(("er", "or", "ers", "ors"))]
    fits = (act for act in reversed(known) if len(act.verb) > 3 and any(w.startswith(act.verb) for w in devices))
    return next(fits, None)


def _made_by(last: Act, said: Said) -> set[str]:
    """The verb of a step where its product is spoken of: "designs" of "Design crown"."""
    return {last.verb} & {word.removesuffix("s") for word in said.words if word.endswith("s")}


def add_lasting(told: list[Said]) -> None:
    """ "Milling is an hour": a step that is told only by how long it takes, where no other sentence tells it."""
    known = {act.verb for said in told for act in said.acts()}
    thing = ""
    for said in told:
        verb = "" if said.acts() or said.row or said.beside else _lasting(said)
        if verb and thing and verb not in known:
            act = Act(task_name(verb, [thing.split()], []), verb, said.span, thing=thing, sentence=said.index)
            said.items.append(Item("act", act))
            said.unread = False
        thing = next((act.thing for act in reversed(said.acts()) if act.thing), thing)


def _lasting(said: Said) -> str:
    """The verb of a sentence that says nothing but how long something takes."""
    mark = said.marks[0] if len(said.marks) == 1 and said.marks[0].quantity.kind == "duration" else None
    front = mark.words[: mark.before] if mark else ()
    front = front[1:] if front[:1] in (("the",), ("then",)) else front
    if mark is None or len(front) != 2 or front[1] not in _LASTS or behind_figure(mark):
        return ""
    verb = base_of(front[0], "ing") or ""
    return "" if front[0] in WAITING or verb in WAITING else verb


_OVERNIGHT = re.compile(r"\b(?P<verb>[a-z]+)(?: there)? overnight\b", re.IGNORECASE)
_BY_ITSELF = frozenset("rest dry harden set cool soak cure settle stand rise prove thaw".split())
NIGHT = 12.0
"""Hours that "overnight" is taken for: an estimate, no figure of the teller's."""


def add_nights(text: str, told: list[Said]) -> None:
    """ "The model has to harden overnight": a night passes before what is told next, and nobody does anything."""
    known = False
    for said in told:
        night = _OVERNIGHT.search(text, said.span.start, said.span.end)
        verb = stem(night["verb"]) if night else ""
        known = known or bool(said.acts())
        if night is None or verb not in _BY_ITSELF or said.row or not known:
            continue
        said.items = [item for item in said.items if item.act is None or item.act.verb != verb]
        span = Span(start=night.start(), end=night.end())
        act = Act(f"{verb.capitalize()} overnight", "wait", span, sentence=said.index)
        length = Fixed(value=NIGHT, unit="h", basis=Basis.ESTIMATED, span=span, note="told as overnight")
        act.facts = {"duration": length, "wait_cause": "other"}
        place = sum(1 for item in said.items if item.act is None or item.act.span.start < night.start())
        said.items.insert(place, Item("wait", act))
        said.unread = False
