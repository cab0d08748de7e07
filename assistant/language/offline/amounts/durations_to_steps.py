"""Durations to steps: what is hands-on work, what is waiting and why, and which step is meant.

Minutes and hours are work unless the words say waiting; days and weeks are waiting unless they say work. "Within two
days" is a deadline and "after two days without an answer" a timeout: neither is a duration of a step.
"""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.english.alike import share
from assistant.english.forms import base_of
from assistant.english.tables import classed
from assistant.language.figures.figure import DAY_NAMES
from assistant.language.figures.numbers import COUNT_WORD
from assistant.language.figures.stated import as_duration
from assistant.language.offline.amounts.days_at_work import are_worked, work_of
from assistant.language.offline.amounts.no_spans import WAITING, is_no_span, is_per_period
from assistant.language.offline.amounts.waits_at_steps import kept_by_others, left_alone, lies, till_fetched
from assistant.language.offline.amounts.waits_beside import (
    answer_awaited,
    answer_from,
    awaited,
    before_that,
    is_party,
    is_reply,
    only_then,
    ordered,
    says_yes,
    thing_waited_for,
    wait_behind,
    waited_for,
)
from assistant.language.offline.amounts.waits_where import (
    in_own_tray,
    is_done_later,
    is_run,
    lies_between,
    on_next_desk,
    queue_before,
    runs_when_full,
    stands,
    until_next,
)
from assistant.language.offline.sentences.figures_cut_out import Mark
from assistant.language.offline.sentences.same_step import content
from assistant.language.offline.sentences.statements import Act, Said
from assistant.language.offline.words.word_tables import OUTSIDE
from assistant.process.blocks import WaitCause
from assistant.process.durations import Duration, Span

WORKING = frozenset("work working handling hands-on effort busy".split())
_PROMISED = frozenset("must should shall has have promise promised expects expected wants due next".split())
BRIEF = 6  # words of a sentence that says nothing but a time of the one before
LONGEST = 2 * 365 * 86400.0
"""What lasts longer is history, or a time for which something is kept."""
_DEADLINE = {"within", "latest", "deadline", "max", "maximum"}
_HANDING = frozenset("escalate forward send pass hand submit assign transfer give route return carry".split())
CAUSES: tuple[tuple[WaitCause, frozenset[str]], ...] = (
    ("batching", classed("reading", "timing-causes-3")),
    ("external", classed("reading", "timing-causes-2")),
    ("unavailability", classed("reading", "timing-causes")),
    ("prioritisation", frozenset("urgent priority first prefer important other".split())),
    ("contention", classed("reading", "causes")),
    ("transfer", frozenset("post mail courier transport truck shipped deliver delivers delivery travels".split())),
)


def attach_times(told: list[Said]) -> None:
    """Give every duration of the story to the step it speaks of."""
    acts: list[Act] = []
    pending: list[tuple[Mark, Said]] = []
    for place, said in enumerate(told):
        own = said.acts()
        if pending and own:
            for mark, source in pending:
                (_wait_on if is_waiting(mark) else _work_on)(own[0], mark, source)
            pending = []
        for mark in said.marks:
            if (
                mark.quantity.kind == "duration"
                and not _spoken_of_again(mark, acts)
                and not _one(said, mark, acts, own, told, place)
            ):
                pending.append((mark, said))
        acts.extend(own)
        del acts[:-12]
    for mark, _ in pending:  # nothing came behind it
        if acts and is_waiting(mark):
            wait_behind(told, acts[-1], mark, "Wait", None)


def _one(said: Said, mark: Mark, earlier: list[Act], own: list[Act], told: list[Said], place: int) -> bool:
    """Attach one duration; False when it waits for the step told next."""
    q = mark.quantity
    if _is_limit(mark, said) or is_per_period(mark) or _of_unread(mark, said, own):
        return True
    before = sorted((act for act in own if act.span.start <= q.a), key=lambda act: act.span.start)
    after = [act for act in own if act.span.start > q.b]
    waits = [item.act for item in said.items if item.kind == "wait" and item.act is not None]
    waits = [wait for wait in waits if wait.span.start <= q.a < wait.span.end] or waits
    if waits and earlier and earlier[-1] not in own and in_own_tray(mark, earlier[-1]):
        said.items = [item for item in said.items if item.act is not waits[0]]
        _wait_on(earlier[-1], mark, said)
        return True
    if waits and ("wait" in {w.rstrip("s") for w in mark.words} or waits[0].span.start <= q.a < waits[0].span.end):
        waits[0].facts.setdefault("duration", as_duration(q))
        waits[0].facts.setdefault("wait_cause", cause_of(mark, said, waits[0]))
        return True
    brief = not own and len(said.words) <= BRIEF
    waiting = is_waiting(mark) and not are_worked(mark, before or (earlier[-1:] if brief else []))
    known = [*earlier, *before]
    if is_done_later(mark, before, after):
        _wait_on(before[-1], mark, said)
        return True
    if waiting and not after and known and (behind := _behind(mark, said, own, before, earlier, told)):
        wait_behind(told, known[-1], mark, *behind)
        return True
    if is_run(mark, before, after):
        _work_on(before[-1], mark, said)
        return True
    coming = next((later.acts()[0] for later in told[place + 1 :] if later.acts()), None)
    last = known[-1] if known else None
    kept = not own and (kept_by_others(mark) or left_alone(mark))
    then = kept or only_then(mark, told, place) or stands(mark, own, told, place) or _for_next(mark, coming)
    if waiting and not after and then:
        return False
    ahead = on_next_desk(mark, last, coming) or runs_when_full(said, last, coming) or until_next(said, coming)
    if waiting and ((ahead and not own) or (not after and lies_between(mark, own, last, told[place + 1 : place + 2]))):
        return False
    target = queue_before(said, known) if waiting and not after else None
    target = target or _target(mark, waiting, before, after, earlier)
    if target is None:
        return not waiting
    if waiting and target in known and _waits_already(target, mark):
        wait_behind(told, target, mark, "Wait", None)
        return True
    group = _all_told(target, own) if mark.words[:1] == ("each",) else _same_work(target, own)
    for act in group:
        (_wait_on if waiting else _work_on)(act, mark, said)
    return True


def _spoken_of_again(mark: Mark, earlier: list[Act]) -> bool:
    """ "It lies for five months. … After the five months the master comes": the wait that was told, no second one."""
    if not is_waiting(mark) or mark.words[: mark.before][-1:] not in (("the",), ("those",), ("these",)):
        return False
    length = as_duration(mark.quantity)
    waits = (act.facts.get("wait") or act.facts.get("duration") for act in earlier)
    return any(wait is not None and _size(wait) == _size(length) for wait in waits)


def _size(length: Duration) -> tuple[str, str, float | None]:
    return length.kind, length.unit, getattr(length, "value", None)


def _of_unread(mark: Mark, said: Said, own: list[Act]) -> bool:
    """ "Then he does the thing with the pump, an hour": the time of work no rule could read is no other step's, nor is
    that of what was taken for no step ("our vet stamps it again, which takes two days")."""
    if said.beside and not own and "which" in mark.words:
        return True
    beside = said.words - set(mark.words)
    return mark.how == "aside" and not own and not is_waiting(mark) and len(beside) > 3


def _behind(
    mark: Mark, said: Said, own: list[Act], before: list[Act], earlier: list[Act], told: list[Said]
) -> tuple[str, str | None] | None:
    """What a wait behind the step told last is called, and whom it is for; None where it is no wait of its own."""
    known = [*earlier, *before]
    if says_yes(mark, before, earlier) or (answer_awaited(mark) and (before or "until" in mark.words)):
        who = known[-1].contact
        return f"Wait for answer{f' of {who[:1].lower()}{who[1:]}' if who else ''}", who
    if answer := answer_from(mark, own, known):
        return answer
    if party := awaited(mark, before, earlier):
        return f"Wait for {party}", f"{party[:1].upper()}{party[1:]}" if is_party(mark) else None
    if what := ordered(mark, known):
        return f"Wait for {what}", known[-1].contact
    party = "" if own else waited_for(mark)
    if who_or_what := party or thing_waited_for(mark, told):
        return f"Wait for {who_or_what}", party.capitalize() or None
    theirs = till_fetched(mark) or (kept_by_others(mark) and not any(later.acts() for later in told[said.index + 1 :]))
    return ("Wait for customer", "Customer") if not own and theirs else None


def _waits_already(act: Act, mark: Mark) -> bool:
    """Whether a step has another wait: the one told now is behind it then."""
    length = act.facts.get("wait")
    return length is not None and length.span != Span(start=mark.quantity.a, end=mark.quantity.b)


def _all_told(target: Act, own: list[Act]) -> list[Act]:
    """The steps of the sentence a step was told in, and of its alternatives: "each one takes about a day"."""
    told = own if target in own else target.siblings
    return [act for act in told if act.verb != "wait"] or [target]


def _for_next(mark: Mark, coming: Act | None) -> bool:
    """Whether what waits is said to wait for who does the step told next: "waits two days for the manager"."""
    if "for" not in mark.words:
        return False
    whom = {word.removesuffix("'s").removesuffix("\u2019s") for word in mark.words[mark.words.index("for") + 1 :]}
    return coming is not None and bool(whom & set((coming.role or "").split()))


def _same_work(target: Act, own: list[Act]) -> list[Act]:
    """The step and those told as its alternatives: "she approves or rejects it, five minutes" is both."""
    group = [target]
    here = own if target in own else target.siblings
    for place in range(len(here) - 1, 0, -1):
        if here[place] in group and here[place].joined == "or":
            group.append(here[place - 1])
    return group


def _is_limit(mark: Mark, said: Said) -> bool:
    """Deadlines, timeouts, thresholds and figures about the whole are no duration of a step."""
    words = mark.words[: mark.before]
    if words and (
        words[-1] in _DEADLINE
        or (words[-1] == "in" and mark.how == "inside" and "takes" not in words and not _done_in(mark, words))
        or (words[-1] in ("than", "every", "for") and "valid" in words)
    ):
        return True
    if ({"later", "latest"} & set(words[-3:]) and "no" in words) or is_no_span(mark, words):
        return True
    if as_duration(mark.quantity).mean_seconds > LONGEST:
        return True
    timeout = words[-1:] == ("after",) and (said.words & {"if", "unless", "case"})
    figure = mark.quantity.end - mark.quantity.start
    aged = mark.words[mark.before + figure :][:1] == ("old",)  # but not "ten minutes with the old copier"
    return bool(timeout) or aged or bool(said.words & {"deadline", "sla", "warranty"}) or is_overall(mark)


def _done_in(mark: Mark, words: tuple[str, ...]) -> bool:
    """Whether `in` tells how fast somebody works ("checks it in 4 minutes", "sews it in 3 hours") and is no promise."""
    brief = (
        mark.quantity.unit == "h" and mark.quantity.high <= 8 and not (_COMING | _CARRYING | _HANDING) & _bases(words)
    )
    return (brief or mark.quantity.unit in ("min", "s") or is_reply(words)) and not _PROMISED & set(words)


_ARTICLES = frozenset("the a an his her their our its".split())
_COMING = frozenset("come arrive answer reply respond start begin leave be get".split())


def _bases(words: tuple[str, ...]) -> set[str]:
    """The plain forms of words that no article makes a noun."""
    return {base_of(word, "s") or word for ahead, word in pairwise(("", *words)) if ahead not in _ARTICLES}


def is_overall(mark: Mark) -> bool:
    """Whether a duration speaks of the whole process: "from order to payment it takes 90 days", "from the parcel to the
    shelf: seven months"."""
    said_length = mark.quantity.end - mark.quantity.start
    listed = [*mark.words[: mark.before], *mark.words[mark.before + said_length :]]
    words, front = set(listed), mark.words[: mark.before]
    if (
        front[-1:] in (("other",), ("remaining",))
        or ("start" in front and "finish" in front)
        or "door to door" in " ".join(front)
    ):
        return True
    summed = "all in all" in " ".join(mark.words) or "altogether" in words
    if (
        (summed and (mark.quantity.unit in ("d", "w") or front[:1] == ("it",)))
        or words & frozenset("overall whole entire end-to-end total".split())
        or "of which" in " ".join(mark.words)
    ):
        return True
    if front[:1] == ("from",) and "to" in front and mark.quantity.unit in ("d", "w"):
        return True
    if "time" in front and {"until", "till", "from"} & set(front[list(front).index("time") :]):
        return True
    if front[:1] == ("which",) and words & {"work", "working"} and words & {"is", "are"}:
        return True  # "two months, of which perhaps an hour is work"
    takes = words & frozenset("takes take took need needs lasts last is run runs average about spend spends".split())
    if "from" in listed and "to" in listed[listed.index("from") :] and takes and mark.how != "aside":
        return listed.index("from") < mark.before or bool(words & {"start", "end"}) or mark.quantity.unit in ("d", "w")
    return bool(
        words & frozenset("process procedure order-to-cash lead throughput turnaround".split())
        and takes
        and not words & {"step"}
    )


_MEETS = frozenset(("sit", "sits", "sat"))
"""Who sits down with somebody waits for nobody."""
_PASSES = (("go",), ("goes",), ("pass",), ("passes",))
_CREW = re.compile(rf"(?:\d+|{COUNT_WORD}) (?:men|people|persons|man|fitters|workers|of us|of them)$")


def is_waiting(mark: Mark) -> bool:
    """Whether a duration is time that passes rather than hands-on work."""
    figure = range(mark.before, mark.before + mark.quantity.end - mark.quantity.start)
    words = {word for place, word in enumerate(mark.words) if place not in figure}  # "ten working days" is no work
    if mark.quantity.of_work or words & WORKING - {"busy"} or _CREW.search(" ".join(mark.words[: mark.before])):
        return False
    if lies(mark):
        return True
    if words & (WAITING - _MEETS if "down" in words else WAITING) or mark.words[figure.stop :][:1] in _PASSES:
        return True
    if mark.words[: mark.before][-1:] == ("after",):
        return True
    if mark.how == "aside" and mark.quantity.unit == "d" and mark.quantity.high < 1:
        return False  # "they come back, half a day": so long are they at it
    return mark.quantity.unit in ("d", "w")


def _target(mark: Mark, waiting: bool, before: list[Act], after: list[Act], earlier: list[Act]) -> Act | None:
    """The step a duration speaks of."""
    words = mark.words[: mark.before]
    known = [*earlier, *before]
    if known and before_that(mark):
        return known[-1]
    if (
        waiting
        and after
        and (
            mark.how == "front"
            or "until" in mark.words
            or words[-1:] == ("after",)
            or "before" in mark.words
            or not before
        )
    ):
        return after[0]
    if mark.how == "aside" and not before and not waiting and after and after[0].shared:
        return after[0]  # "Mia thinks about it, ten minutes, and writes the answer": no step's of somebody else
    own = frozenset("her his my our their him".split()) & set(mark.words)
    if mark.how == "inside" and words and words[0] not in ("which", "that", "it", "this") and not (waiting and own):
        named = _named(words, known, after, 0.6 if waiting else 0.3)
        if named is not None:
            return named
        if after and not before and is_party(mark) and len(words) < BRIEF:
            return after[0]  # "the session itself takes an hour and a half, I shoot and Lena holds the lamp"
    if "to" in mark.words[mark.before :]:
        doing = content(" ".join(mark.words[mark.before :]))
        if at_it := next((act for act in reversed(known) if act.verb in doing), None):
            return at_it
    ahead = "then" in mark.words or not known or known[-1].verb in _HANDING
    if waiting and mark.how == "inside" and not before and not own and ahead:
        return after[0] if after else None
    return known[-1] if known else (after[0] if after else None)


_LASTING = frozenset("takes take took needs need lasts last is costs can may usually lies sits".split())


def _named(words: tuple[str, ...], known: list[Act], after: list[Act], least: float) -> Act | None:
    """The step whose name is told before "takes": "the credit check takes ten minutes"."""
    stop = next((i for i, word in enumerate(words) if word in _LASTING), len(words))
    subject = content(" ".join(words[:stop]))
    names = [act for act in [*reversed(known), *after] if act.role and set(act.role.split()) & set(words[:stop])]
    if names and not any(act.verb in subject for act in known):
        return names[0]
    best, found = least, None
    for act in [*reversed(known), *after]:
        name = content(act.name)
        score = share(subject, name) + (0.3 if act.verb in subject else 0.0)
        if score > best + 0.01:
            best, found = score, act
    return found


def _work_on(act: Act, mark: Mark, said: Said) -> None:
    if act.verb == "wait":
        act.facts.setdefault("duration", as_duration(mark.quantity))
    else:
        act.facts.setdefault("work", work_of(mark, act))


def _wait_on(act: Act, mark: Mark, said: Said) -> None:
    if act.verb == "wait":
        act.facts.setdefault("duration", as_duration(mark.quantity))
    elif "wait" not in act.facts:
        act.facts["wait"] = as_duration(mark.quantity)
        act.facts.setdefault("wait_cause", cause_of(mark, said, act))


_BEING_THERE = frozenset("works work in here there".split())
_CARRYING = frozenset("deliver collect ship transport carry bring haul drive forward move take".split())


def cause_of(mark: Mark, said: Said, act: Act) -> WaitCause:
    """Why it waits, by the words of the sentence."""
    if act.verb in _CARRYING and OUTSIDE & set((act.role or "").split()):
        return "external"
    if act.contact is not None and act.verb in ("deliver", "collect", "ship", "transport"):
        return "transfer"
    days = any(word.removesuffix("s") in DAY_NAMES for word in said.words)
    if days and "only" in said.words and said.words & _BEING_THERE:
        return "unavailability"  # "Mo only works Tuesdays, so the lasts lie for three days"
    for words in (set(mark.words), set(said.words)):
        for cause, cues in CAUSES:
            if words & cues:
                return cause
    return "external" if act.contact is not None else "other"
