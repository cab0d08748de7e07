"""Known steps at another place: before or behind another, at an edge, or at the same time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from assistant.language.change.how_it_is_to_be import at_edge
from assistant.language.change.read_change import Fresh
from assistant.language.weighed.clauses_said import AFTER, BEFORE, BESIDE, clauses, words_of
from assistant.language.weighed.possible_edits import Way, of_step
from assistant.language.weighed.steps_placed import EDGES, HALF_NAMED, SIDES
from assistant.language.weighed.words_spoken_of import Likeness, Spoken
from assistant.process.blocks import Choice
from assistant.process.edits import Edit, Move, Parallelise, Place

LEAST_NAMED = 0.3
"""How much of the name of a step must be said for it to be one of those whose order is told."""
FIRST_THEN = re.compile(r"\bfirst\b.*\b(?:then|after|afterwards|next)\b")
WAITS_UNTIL = re.compile(r"\bwaits? (?:until|till)\b")
THAT_STEP = re.compile(r"\b(?:that|this) (?:step|one|bit|part)\b|^(?:it|that|this) (?:belongs|comes|goes|is)\b")


def moved(spoken: Spoken) -> Iterator[Way]:
    """A step that is there before or behind another, at an edge, or at the same time."""
    if WAITS_UNTIL.search(spoken.low):
        return  # `she waits until the guest is out`: a wait, and no other order
    parts = clauses(spoken.text)
    for n, (text, link) in enumerate(parts):
        for like in _anchors(spoken, words_of(spoken, text)) if link in BEFORE + AFTER + BESIDE else ():
            rest = " ".join(part for m, (part, _) in enumerate(parts) if m != n)
            mine = frozenset(place for m, (part, _) in enumerate(parts) if m != n for place in words_of(spoken, part))
            plain = frozenset(place for part, other in parts if not other for place in words_of(spoken, part))
            told = [*spoken.clearly(mine)[:2], *(spoken.clearly(plain)[:2] if plain != mine else ())]
            for what in {like.step: like for like in (*told, *_whose(spoken, mine))}.values():
                if what.step == like.step or not rest:
                    continue
                apart = abs(min(what.at, default=0) - min(like.at, default=0))
                counts = {**of_step(spoken, what), "there": like.score, "when": float(link == "when"),
                          "plain": float(what.at <= plain), "apart": min(10, apart) / 10}  # fmt: skip
                if link in BESIDE:
                    both: Edit = Parallelise(
                        groups=((like.step,), (what.step,)), id=Fresh(spoken.catalogue).id("parallel")
                    )
                    yield Way("beside", "side by side", (both,), like.at | what.at, counts)
                    continue
                place = Place(before=like.step) if link in BEFORE else Place(after=like.step)
                title = f"“{spoken.catalogue.name(what.step)}” {link} “{spoken.catalogue.name(like.step)}”"
                move = Move(ids=(_whole_way(spoken, what.step) or what.step,), place=place)
                yield Way("moved", title, (move,), like.at | what.at, counts)
    yield from _first_then(spoken)


def _anchors(spoken: Spoken, said: frozenset[int]) -> list[Likeness]:
    """The steps that a clause with a place may speak of: by its words, or by who acts in it (`before customs lets go of
    the box`)."""
    likes = spoken.clearly(said)[:2]
    return [*likes, *(like for like in _whose(spoken, said) if like.at and not any(like.step == o.step for o in likes))]


def _whose(spoken: Spoken, mine: frozenset[int]) -> Iterator[Likeness]:
    """The one step of somebody who is named for it (`the doctor is after the scale`), and the step spoken of last."""
    liked = {like.step for like in spoken.likeness(mine)[:2]}
    for name in spoken.people:
        own = [step.id for step in spoken.catalogue.named if getattr(step, "role", None) == name.role.id]
        if name.at <= mine and own and own[0] not in liked:
            yield Likeness(own[0], HALF_NAMED if len(own) == 1 else HALF_NAMED / 2, False, name.at)
    if not liked or THAT_STEP.search(spoken.low):
        yield from (Likeness(step, 0.1, False, frozenset()) for step in spoken.recent[:1])


def _whole_way(spoken: Spoken, step: str) -> str | None:
    """The decision that a step alone is all of: one moves with the other."""
    found = next((id_ for id_, inner in spoken.catalogue.rows.items() if list(inner) == [step]), None)
    owner = spoken.catalogue.owner.get(found or "")
    if (
        not isinstance(owner, Choice)
        or sum(1 for branch in owner.branches if spoken.catalogue.rows.get(branch.id)) != 1
    ):
        return None
    return owner.id


def _first_then(spoken: Spoken) -> Iterator[Way]:
    likes = spoken.clearly(range(len(spoken.tokens)))
    found = [like for like in likes if like.score > LEAST_NAMED][:5]
    order = [step.id for step in spoken.catalogue.named]
    for pair in combinations(found, 2):
        shared = pair[0].at & pair[1].at  # `the sheets get folded first and cut afterwards`
        if any(not like.at - shared for like in pair):
            continue
        a, b = sorted(pair, key=lambda like: min(like.at - shared))
        if order.index(a.step) > order.index(b.step):
            counts = {"like": a.score, "there": b.score, "side": float(bool(SIDES.search(spoken.low))),
                      "inside": float(spoken.catalogue.branch_of(a.step) is not None),
                      "first": float(bool(FIRST_THEN.search(spoken.low)))}  # fmt: skip
            yield Way("in turn", f"“{spoken.catalogue.name(a.step)}” before “{spoken.catalogue.name(b.step)}”",
                      (Move(ids=(a.step,), place=Place(before=b.step)),), a.at | b.at, counts)  # fmt: skip
    for like in found:
        for edge, pattern in EDGES:
            if pattern.search(spoken.low):
                yield Way(f"to {edge}", f"“{spoken.catalogue.name(like.step)}” at the {edge}",
                          (Move(ids=(like.step,), place=at_edge(spoken.catalogue, edge)),), like.at,
                          {**of_step(spoken, like), "two": float(len(found) > 1)})  # fmt: skip


READERS = (moved,)
