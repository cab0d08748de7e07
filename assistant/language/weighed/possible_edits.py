"""Every edit that the words of a turn could ask for, each with the words that speak for it and what can be counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from assistant.english.tables import any_of, worded
from assistant.language.change.mention import alike, content
from assistant.language.change.read_change import Fresh
from assistant.language.correct import how_often
from assistant.language.correct.figures_of_steps import WAITING, lasting
from assistant.language.correct.sentence_said import Sentence
from assistant.language.correct.sound_conditions import sound
from assistant.language.correct.told_as_lost import tells_of_loss
from assistant.language.weighed.clauses_said import condition_in
from assistant.language.weighed.lengths_said import (
    counts_something,
    denied_at,
    held,
    is_that,
    known_lengths,
    lengths_in,
    said_of,
)
from assistant.language.weighed.who_may_do_it import doers
from assistant.language.weighed.words_spoken_of import CUT, Likeness, Said, Spoken
from assistant.process.blocks import Task, Wait
from assistant.process.durations import Basis
from assistant.process.edits import Delete, DropRole, Edit, SetRole, SetValue, WrapInChoice
from assistant.process.model import Role

MOST_STEPS = 3
MOST_BRANCHES = 6
CONDITION = re.compile(rf"\b(?:{worded('possible-edits-condition')})\s", re.IGNORECASE)
ONLY = re.compile(r"\b(?:only|just|not (?:all|every)|unless|no need|don't need|doesn't need|skip)\b")


@dataclass(frozen=True)
class Way:
    """One thing a turn may mean: its kind, what it would do, the edits, which words speak for it, and its counts."""

    kind: str
    title: str
    edits: tuple[Edit, ...]
    at: frozenset[int]
    counts: dict[str, float] = field(default_factory=dict, compare=False)


def _sentence(spoken: Spoken) -> Sentence:
    return Sentence(spoken.catalogue, spoken.text, spoken.wrong, spoken.recent, "", spoken.told)


def _about(spoken: Spoken, said: Said) -> list[tuple[Likeness, float]]:
    """The steps a figure may be said of, each with how far the words that name it stand: in its part, before it, or
    anywhere; a step of somebody named alone and the steps spoken of last come after those."""
    part = spoken.part_of(min(said.at)) if said.at else 0
    found: dict[str, tuple[Likeness, float]] = {}
    for away, within in ((0.0, spoken.in_part(part)), (1.0, spoken.in_part(part - 1)), (2.0, None)):
        for like in spoken.likeness(within)[:MOST_STEPS]:
            found.setdefault(like.step, (like, away))
    for name in spoken.people:
        own = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id]
        if WAITING.search(spoken.low):  # `waiting for the doctor`: what waits for somebody is told already
            own = [step for step in own if getattr(spoken.catalogue.by_id[step], "wait", None)] or own
        for step in own if len(own) == 1 else ():
            found.setdefault(step, (Likeness(step, 0.3, False, name.at), 3.0))
    for other in known_lengths(spoken):
        if other.at != said.at:
            was = [step.id for step in spoken.catalogue.steps
                   if isinstance(step, Task | Wait) and is_that(other, held(spoken, step.id))]  # fmt: skip
            for step in was if len(was) == 1 else ():
                found.setdefault(step, (Likeness(step, 0.2, False, other.at), 3.0))
    for step in spoken.recent[:2]:
        found.setdefault(step, (Likeness(step, 0.1, False, frozenset()), 4.0))
    return list(found.values())


def _times(spoken: Spoken) -> Iterator[Way]:
    lengths, known = lengths_in(spoken), known_lengths(spoken)
    denied = [said for said in lengths if denied_at(spoken, min(said.at, default=0))]
    of_those = said_of(spoken, denied)
    best: list[Way] = []
    for said in [said for said in lengths[:3] if said not in denied or denied == lengths]:
        made: list[Way] = []
        for like, away in _about(spoken, said):
            if denied and said not in denied and like.step not in of_those:
                continue
            part = _said_with(spoken, said, like) if said.at else spoken.low
            old = held(spoken, like.step)
            others = [other for other in known if other.at != said.at and is_that(other, old)]
            was = f"{others[0].figure.low:g} {others[0].figure.unit}" if others else ""
            told = lasting(_sentence(spoken), like.step, said.figure, part, was)
            if told is None or (away and _stopped(spoken, like)) or (said in denied and is_that(said, old)):
                continue
            counts = {
                **of_step(spoken, like), "away": away / 4, "figures": float(len(lengths) > 1),
                "was": float(bool(others)),
                "first": float(said is lengths[0]), "same": float(is_that(said, old)),
                "denied": _in_denial(spoken, like), "not": denied_at(spoken, min(said.at, default=0)),
            }  # fmt: skip
            made.append(Way("time", told.title, told.edits, like.at | said.at, counts))
        yield from made
        best += [way for way in made[:1] if not way.counts["not"]]
    if len(best) > 1 and len({way.edits[0].id for way in best if isinstance(way.edits[0], SetValue)}) == len(best):
        yield joined("times", best)


def _said_with(spoken: Spoken, said: Said, like: Likeness) -> str:
    """The part a length stands in, with the one before it where that names the step (`resting, two hours`)."""
    own = spoken.part_of(min(said.at))
    first = own - 1 if any(spoken.part_of(place) == own - 1 for place in like.at) else own
    return spoken.low[spoken.parts[first][0] : spoken.parts[own][1]]


DENIES = re.compile(r"\b(?:not|no|never|nobody|no longer)\b|n't\b")


STOPPED = re.compile(r"\bany ?more\b|\bany longer\b|\bno longer\b|\bstopped\b")


def _stopped(spoken: Spoken, like: Likeness) -> bool:
    """Whether a step is said to be done no more: a length of time behind that is another's."""
    return any(STOPPED.search(spoken.low[slice(*spoken.parts[spoken.part_of(place)])]) for place in like.at)


def _in_denial(spoken: Spoken, like: Likeness) -> float:
    """Whether the words that name a step stand in a part that denies something."""
    parts = {spoken.part_of(place) for place in like.at}
    return float(any(DENIES.search(spoken.low[slice(*spoken.parts[part])]) for part in parts))


def joined(kind: str, made: list[Way]) -> Way:
    """Several ways of one kind as one."""
    counts = {name: min(way.counts.get(name, 0.0) for way in made) for name in made[0].counts}
    at = frozenset(place for way in made for place in way.at)
    return Way(
        kind, "; ".join(way.title for way in made), tuple(edit for way in made for edit in way.edits), at, counts
    )


def of_step(spoken: Spoken, like: Likeness) -> dict[str, float]:
    """What can be counted of a step that words may mean."""
    others = [other.score for other in spoken.likeness() if other.step != like.step]
    role = getattr(spoken.catalogue.by_id[like.step], "role", None)
    return {
        "like": like.score, "verb": float(like.verb), "exact": float(like.exact),
        "ahead": like.score - max(others, default=0.0),
        "recent": float(like.step in spoken.recent), "mine": float(any(name.role.id == role for name in spoken.people)),
        "asked": float(any(like.step == element for element, _ in spoken.asked)),
    }  # fmt: skip


def _chances(spoken: Spoken) -> Iterator[Way]:
    for said in _shares(spoken)[:3]:
        text = spoken.low[: said.figure.a] + " " + spoken.low[said.figure.b :]
        meant = how_often.ways_meant(_sentence(spoken), how_often.about_words(text))
        asked = [element for element, name in spoken.asked if name == "p" and element in spoken.catalogue.by_id]
        open_ = [id_ for id_, branch in spoken.catalogue.branches.items() if branch.when and branch.when != "otherwise"]
        for id_ in dict.fromkeys((*meant[:3], *asked, *open_[:MOST_BRANCHES])):
            branch = id_ if id_ in spoken.catalogue.branches else _first_way(spoken, id_)
            told = how_often.shared(_sentence(spoken), branch, said.figure.middle) if branch else None
            if told is None:
                continue
            own = content(f"{told.title}")
            at = frozenset(n for n in spoken.heavy if any(alike(spoken.tokens[n].low, part) for part in own))
            share = len(at) / max(1, len([word for word in own if not word.isdigit()]))
            counts = {
                "like": share, "asked": float(id_ in asked), "only": float(len(meant) == 1), "n": float(bool(at)),
                "not": denied_at(spoken, min(said.at, default=0)),
                "meant": float(id_ in meant), "alone": float(len(open_) == 1),
                "recent": float(_inside(spoken, branch)), "bare": float(said.figure.kind == "number"),
                "same": float(_known_share(spoken, branch) == round(said.figure.middle, 3)),
                "was": float(any(_known_share(spoken, branch) == round(other.figure.middle, 3)
                                 for other in _shares(spoken) if other.at != said.at)),
            }  # fmt: skip
            yield Way("chance", told.title, told.edits, at | said.at, counts)


def _shares(spoken: Spoken) -> list[Said]:
    """The shares of a turn; a bare number behind one, or where a share is all that fits, is one in percent (`15 percent
    was last year, we're closer to 30`)."""
    found = [said for said in spoken.figures if said.figure.kind == "chance"]
    bare = (
        [
            said
            for said in spoken.figures
            if said.figure.kind == "number" and 1 <= said.figure.low < 100 and not counts_something(spoken, said)
        ]
        if found
        else []
    )
    return found + [
        Said(replace(said.figure, kind="number", low=said.figure.low / 100, high=said.figure.high / 100), said.at)
        for said in bare
    ]


def _known_share(spoken: Spoken, branch: str | None) -> float | None:
    known = spoken.catalogue.branches.get(branch or "")
    return None if known is None or known.p is None else round(known.p, 3)


def _inside(spoken: Spoken, branch: str | None) -> bool:
    """Whether a step that was spoken of last lies on a way."""
    inner = spoken.catalogue.rows.get(branch or "", ())
    return any(step in spoken.recent for step in inner)


WRONG = re.compile(rf"\b(?:{worded('possible-edits-wrong')})\b")


def _errors(spoken: Spoken) -> Iterator[Way]:
    """How often a step goes wrong: a share beside a word for a mistake."""
    if not WRONG.search(spoken.low):
        return
    for said in [said for said in spoken.figures if said.figure.kind == "chance"][:1]:
        for like, away in _about(spoken, said):
            if isinstance(block := spoken.catalogue.by_id[like.step], Task):
                title = f"“{block.name}” goes wrong in {said.figure.middle:.0%} of the cases"
                edit = SetValue(id=like.step, field="error_rate", value=said.figure.middle)
                yield Way("error", title, (edit,), like.at | said.at, {**of_step(spoken, like), "away": away / 4})


def _first_way(spoken: Spoken, id_: str) -> str | None:
    block = spoken.catalogue.by_id.get(id_)
    branches = getattr(block, "branches", ())
    open_ = [branch.id for branch in branches if branch.when and branch.when != "otherwise"]
    return open_[0] if open_ else id_ if block is not None and not branches else None


def _hands(spoken: Spoken) -> Iterator[Way]:
    """Another role for a step: everybody named, and strangers, for the steps the other words speak of."""
    for role, at, counts, edits in doers(spoken):
        likes = spoken.tasks(spoken.likeness(frozenset(range(len(spoken.tokens))) - at))[:MOST_STEPS]
        known = {like.step for like in likes}
        likes += [Likeness(step, 0.1, False, frozenset()) for step in spoken.recent[:1] if step not in known]
        likes += [like for like in _denied(spoken) if like.step not in known]
        for like in likes:
            block = spoken.catalogue.by_id.get(like.step)
            if not isinstance(block, Task) or block.role == role.id:
                continue
            if _done_to(block, role) or _at_it(spoken, like, block):
                continue
            denied = any(name.against and name.role.id == block.role for name in spoken.people)
            parts = {spoken.part_of(place) for place in at}
            near = any(spoken.part_of(place) in parts for place in like.at)
            own = frozenset[int]().union(*(spoken.in_part(part) for part in parts)) - at
            here = next((other.score for other in spoken.likeness(own) if other.step == like.step), 0.0)
            more = {**of_step(spoken, like), **counts, "denied": float(denied), "near": float(near), "here": here}
            made = (*edits, SetRole(ids=(like.step,), role=role.id))
            against = frozenset(place for name in spoken.people if name.against for place in name.at)
            title = f"{role.name} does “{block.name}”"
            gone, left = _without_work(spoken, block)
            if not left:
                yield Way("hands", title, made, at | like.at | against, more)
            if gone:
                yield Way("hands", title, (*made, gone), at | like.at | against, {**more, "leaves": 1.0})
            if (several := _alike(spoken, likes, like)) and like is likes[0]:
                both = (*edits, SetRole(ids=several, role=role.id))
                yield Way("hands", f"{title} and all like it", both, at | like.at | against, {**more, "several": 1.0})


def _done_to(task: Task, role: Role) -> bool:
    """Whether the name of a step says that it is done to somebody (`Ring vet`), who then does not do it."""
    who, rest = content(role.name), content(task.name)[1:]
    return bool(who) and all(any(alike(word, part) for part in rest) for word in who)


BESIDE = re.compile(r"^(?:while|whilst|as long as|during)\b")


def _at_it(spoken: Spoken, like: Likeness, block: Task) -> bool:
    """Whether a step is only what somebody is at meanwhile (`while the cook is cooking, the guest reads`)."""
    parts = {spoken.part_of(place) for place in like.at}
    beside = [spoken.in_part(part) for part in parts if BESIDE.match(spoken.low[slice(*spoken.parts[part])].strip())]
    return any(name.role.id == block.role and name.at <= part for name in spoken.people for part in beside)


def _denied(spoken: Spoken) -> list[Likeness]:
    """The steps of somebody who is said not to do them (`not the landlord, the owners' meeting has to say yes`)."""
    denied = [name for name in spoken.people if name.against]
    return [
        Likeness(step.id, 0.25, False, name.at)
        for name in denied for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id
    ][:2]  # fmt: skip


NO_MORE = re.compile(worded("no-more"))


def _without_work(spoken: Spoken, block: Task) -> tuple[Edit | None, bool]:
    """That somebody who may be there no more goes with their only step; whether that is said outright."""
    own = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == block.role]
    named = [name for name in spoken.people if name.role.id == block.role]
    if not block.role or not named or own != [block.id] or not NO_MORE.search(spoken.low):
        return None, False
    return DropRole(id=block.role), named[0].gone


def _alike(spoken: Spoken, likes: list[Likeness], like: Likeness) -> tuple[str, ...]:
    """The steps that words speak of as much as of one: of the same verb (`both times`)."""
    verb = spoken.catalogue.name(like.step).split()[0]
    same = [other.step for other in likes if spoken.catalogue.name(other.step).split()[0] == verb and other.verb]
    return tuple(same) if len(same) > 1 else ()


REMOVES = re.compile(rf"\b{any_of('sounds-removed')}\b(?:\s+(?:what i said|out|off|about))*")
REACH = 24
"""How many letters may stand between a word of removing and what goes."""


def _ordered_out(spoken: Spoken, like: Likeness) -> float:
    """Whether a word of removing stands right before the words that name a step (`leave out the contract please`)."""
    start = spoken.tokens[min(like.at)].start
    ends = [removes.end() for removes in REMOVES.finditer(spoken.low)]
    return float(any(0 <= start - end <= REACH and not CUT.search(spoken.low[end:start]) for end in ends))


AT_ALL = re.compile(r"\b(?:any\w*|at all|ever|all|both|every\w*)\b(?! ?more| longer)")


def _gone(spoken: Spoken) -> Iterator[Way]:
    if tells_of_loss(spoken.text):
        return
    for like in spoken.likeness()[:MOST_STEPS]:
        title = f"remove “{spoken.catalogue.name(like.step)}”"
        ordered = {"ordered": _ordered_out(spoken, like)}
        yield Way("gone", title, (Delete(ids=(like.step,)),), like.at, {**of_step(spoken, like), **ordered})
        if like is spoken.likeness()[0] and (several := _alike(spoken, list(spoken.likeness()), like)):
            counts = {
                **of_step(spoken, like),
                **ordered,
                "several": 1.0,
                "at all": float(bool(AT_ALL.search(spoken.low))),
            }
            yield Way("gone", f"{title} and all like it", (Delete(ids=several),), like.at, counts)
    for step in spoken.recent[:1]:
        counts = of_step(spoken, Likeness(step, 0.0, False, frozenset()))
        yield Way("gone", f"remove “{spoken.catalogue.name(step)}”", (Delete(ids=(step,)),), frozenset(), counts)


def only_if(spoken: Spoken, step: str, cond: str, share: float | None, not_for: bool = False) -> WrapInChoice:
    """A step done only where a condition holds, or only where it does not; `share`: of the cases it is done in."""
    return WrapInChoice(
        ids=(step,), id=Fresh(spoken.catalogue).id("decision"), question=f"{cond[0].upper()}{cond[1:]}?",
        when=f"not {cond}" if not_for else cond, otherwise_when=cond if not_for else "otherwise", p=share,
        basis=Basis.STATED if share is not None else None,
    )  # fmt: skip


def _under(spoken: Spoken) -> Iterator[Way]:
    """A step done only where a condition holds that the words say behind a word of condition."""
    share = next((said.figure.middle for said in spoken.figures if said.figure.kind == "chance"), None)
    for mark in list(CONDITION.finditer(spoken.low))[:3]:
        part = next((b for a, b in spoken.parts if a <= mark.start() < b), len(spoken.low))
        cond = spoken.text[mark.start() : part].strip(" ,.")
        bare = re.sub(
            r"^(?:if|when(?:ever)?|in case|for|with|where)\s+(?:there(?:'s|'re| is| are)\s+)?", "", cond, flags=re.I
        )
        if condition_in(spoken, bare, "if") != bare or not sound(bare):
            continue  # somebody acts in it: another clause begins there
        at = spoken.within(mark.start(), part)
        likes = spoken.likeness(frozenset(range(len(spoken.tokens))) - at)[:2]
        roles = [name for name in spoken.people if not name.at & at]
        for name in roles:
            own = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id]
            likes += tuple(Likeness(step, 0.3, False, name.at) for step in own if len(own) == 1)
        for like in likes if len(bare.split()) > 1 or bare.isalpha() else ():
            wrap = only_if(spoken, like.step, bare, share)
            counts = {
                **of_step(spoken, like), "only": float(bool(ONLY.search(spoken.low))),
                "share": float(share is not None), f"by {mark[0].strip().lower()}": 1.0,
                "part": float(mark.start() in {a for a, _ in spoken.parts}),
                "short": float(len(bare.split()) < 3), "numbers": float(bool(re.search(r"\d", bare))),
            }  # fmt: skip
            chance = frozenset(n for said in spoken.figures if said.figure.kind == "chance" for n in said.at)
            yield Way(
                "only", f"“{spoken.catalogue.name(like.step)}” only {cond}", (wrap,), at | like.at | chance, counts
            )


READERS: tuple[Callable[[Spoken], Iterator[Way]], ...] = (
    _times, _chances, _errors, _hands, _gone, _under,
)  # fmt: skip
