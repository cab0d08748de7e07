"""Which alternative to take, and why: by the stated goal, and no larger a step than what it brings is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.process.durations import humane
from assistant.redesign.alternatives import is_small
from assistant.redesign.shapes import Alternative, Effect
from assistant.redesign.verdict import BETTER, GOALS, MIXED, WORSE, worth
from assistant.redesign.what_became import NONE_MADE
from assistant.redesign.words import listed, percent
from assistant.settings import RedesignSettings

CLEARLY_MORE = 1.2
"""How many times the worth of the smaller step the larger one must bring, because it asks more of people."""
MUCH_FASTER = 0.15
"""Share of today's time by which a larger step must be ahead to be worth it whatever the filled-in figures say."""
FLEXIBLE_POINTS = 2.0
TECHNOLOGY = re.compile(r"\b(?:software|technolog\w*|automat\w*|digital\w*|ai|artificial intelligence|robots?)\b", re.I)
BY_WORDS = "by what you said, not by figures"
NOTHING = "No alternative is better than today's process by more than chance, or it costs more than it brings."
WORTH_TRYING = "No figure decides here; worth trying is"
UNPRICED = "It is not recommended, since nobody has said what its software costs to build and run."


def recommend(
    alternatives: Sequence[Alternative], goal: str | None = None, settings: RedesignSettings | None = None
) -> tuple[str | None, str]:
    """The name of the alternative to take and why; None when none was made or is better on balance.

    Technology first is shown for comparison and taken only where the goal asks for software, since nobody has said what
    it costs to build and run. Among the better ones the larger step must bring clearly more than the smaller one,
    weighed by the goal.
    """
    if not any(alternative.proposals for alternative in alternatives):
        return None, NONE_MADE
    wanted = TECHNOLOGY.search(goal or "") is not None
    rated = [
        (worth(alternative.effects, goal), alternative)
        for alternative in alternatives
        if alternative.word in (BETTER, MIXED)
        and alternative.proposals
        and (wanted or alternative.stance != "technology first")
    ]
    good = [pair for pair in rated if pair[1].word == BETTER] or [pair for pair in rated if pair[0] > 0]
    if not good:
        return by_what_was_told(alternatives, wanted) or (None, _nothing(alternatives))
    best_worth, best = good[0]
    for value, alternative in good[1:]:
        if value > best_worth * CLEARLY_MORE or _much_faster(alternative, best):
            best_worth, best = value, alternative
    if fuller := _fuller(alternatives, best, wanted):
        return fuller
    others = [
        alternative
        for alternative in alternatives
        if alternative is not best and alternative.proposals and not same_changes(alternative, best)
    ]
    others.sort(key=lambda alternative: alternative.stance == "technology first")
    if any(same_changes(alternative, best) for alternative in alternatives if alternative is not best) and not others:
        others = [alternative for alternative in alternatives if alternative is not best and alternative.proposals]
    why = _priority(goal) + _reason(best, others, settings or RedesignSettings())
    if any(proposal.practice == "H25" for proposal in best.proposals):
        why += " What the software costs to build and run is not in these figures."
    return best.name, why


def _nothing(alternatives: Sequence[Alternative]) -> str:
    """Why none is recommended; where the play calls one better that is not, only the price of its software is open."""
    if trying := _worth_trying(alternatives):
        return trying
    better = next((alternative for alternative in alternatives if alternative.word == BETTER), None)
    return f"{_label(better)} comes out better in the play: {_verdict(better)}. {UNPRICED}" if better else NOTHING


def despite(text: str, alternatives: Sequence[Alternative]) -> tuple[str | None, str]:
    """What is recommended where told figures contradict each other: what was read in the story; no size is promised."""
    told = by_what_was_told(alternatives)
    if told is None:
        return None, f"{text} Nothing is recommended until that is settled."
    return told[0], f"{text} No size is promised until that is settled. {told[1]}"


def by_what_was_told(alternatives: Sequence[Alternative], technology: bool = False) -> tuple[str, str] | None:
    """The fullest alternative whose changes answer the words of the story, where figures are too few to decide.

    It rests on the pains told and on nothing filled in, so no size is promised; one the figures call worse is none.
    """
    told = [
        (sum(proposal.own for proposal in alternative.proposals), alternative)
        for alternative in alternatives
        if alternative.word not in (WORSE, MIXED) and (technology or alternative.stance != "technology first")
    ]
    most = max((count for count, _ in told), default=0)
    full = [alternative for count, alternative in told if count == most]
    count, best = most, full[0] if full else None
    if best is not None and (bolder := next((other for other in full if other.stance == "rethink"), None)):
        best = best if _own(best) == _own(bolder) else bolder  # of two forms it holds the one that takes the cause away
    if best is None or not count:
        return None
    return best.name, (
        f"{_label(best)} is recommended {BY_WORDS}: it takes away the causes you told of. "
        "How much time and money that saves cannot be computed until the open questions are answered."
    )


def _worth_trying(alternatives: Sequence[Alternative]) -> str:
    """What may be tried where each change takes something for granted that was not told; else empty."""
    open_yet = [other for other in alternatives if other.word != WORSE and not _only_costs(other)]
    rated = [(sum(bool(proposal.assumes) for proposal in other.proposals), other) for other in open_yet]
    most, best = max(rated, key=lambda pair: pair[0], default=(0, None))
    return f"{WORTH_TRYING} {_label(best)}: what it takes for granted is asked first." if best and most else ""


def _only_costs(alternative: Alternative) -> bool:
    """Whether its figures are known and none of them is better than today's."""
    known = [effect.better for effect in alternative.effects.values() if effect.better is not None]
    return False in known and True not in known


def _fuller(alternatives: Sequence[Alternative], best: Alternative, technology: bool) -> tuple[str, str] | None:
    """The alternative that answers all the better one does and more of what hurts, where a reader of the story made it.

    What figures show is part of what hurts: a small gain that can be counted is no reason to leave the rest as it is.
    """
    told = by_what_was_told(alternatives, technology)
    full = next((other for other in alternatives if told is not None and other.name == told[0]), best)
    if not _own(best) < _own(full) or _much_faster(best, full):
        return None
    causes = {reason for proposal in full.proposals if proposal.own for reason in proposal.because}
    left = len(causes - {reason for proposal in best.proposals for reason in proposal.because})
    if not left:
        return None
    leaves = f"{_label(best)} leaves {f'{left} of them' if left > 1 else 'one of them'}"
    return full.name, f"{_label(full)} is recommended {BY_WORDS}: it takes away the causes you told of; {leaves}."


def _own(alternative: Alternative) -> set[str]:
    return {proposal.id for proposal in alternative.proposals if proposal.own}


def _much_faster(one: Alternative, other: Alternative) -> bool:
    """Whether one takes so much more of a case's time away that figures filled in elsewhere do not outweigh it."""
    mine, theirs = (effects.get("time") for effects in (one.effects, other.effects))
    if mine is None or theirs is None or mine.relative is None or theirs.relative is None or mine.better is not True:
        return False
    return theirs.relative - mine.relative >= MUCH_FASTER


def _priority(goal: str | None) -> str:
    told = (goal or "").lower()
    first = [name for name, cues in GOALS.items() if any(cue in told for cue in cues)]
    return f"As you put {listed(first)} first: " if first else ""


def _reason(best: Alternative, others: Sequence[Alternative], limits: RedesignSettings) -> str:
    name = _label(best)
    if not others:
        return f"{name} is recommended, {_won(best)}."
    other = others[0]
    if same_changes(best, other):
        return f"{name} is recommended: nothing bolder is supported by what was told, so both come to the same changes."
    if other.word not in (BETTER, MIXED):
        return f"{name} is recommended, {_won(best)}; {_label(other)} is not better than today on balance."
    if other.word == MIXED and best.word == BETTER:
        return f"{name} is recommended: it gives nothing up, while {_label(other)} is {_verdict(other)}."
    ahead, behind = leads(best, other, limits), leads(other, best, limits)
    if best.stance == "small steps":
        plain = "it needs no new roles or systems" if all(map(is_small, best.proposals)) else "it is the smaller change"
        gain = f" and is {listed(ahead)} than {_label(other)}" if ahead else ""
        if not behind:
            return f"{name} is recommended: {plain}{gain}, and {_label(other)} brings nothing more."
        rest = f"{_label(other)} would add too little ({listed(behind)}) to ask more of people"
        return f"{name} is recommended: {plain}{gain}; {rest}."
    cost = f", though {_label(other)} is {listed(behind)}" if behind else ""
    gain = f"it is {listed(ahead)} than {_label(other)}" if ahead else "it is better on balance"
    return f"{name} is recommended: {gain}, which is worth the larger change{cost}."


def same_changes(one: Alternative, other: Alternative) -> bool:
    """Whether two alternatives take the same proposals."""
    return {p.id for p in one.proposals} == {p.id for p in other.proposals}


def leads(one: Alternative, other: Alternative, limits: RedesignSettings) -> list[str]:
    """In what one alternative is ahead of another by more than is worth naming, in words."""
    found = []
    for name, mine in one.effects.items():
        theirs = other.effects.get(name)
        if theirs is not None and mine.measure == theirs.measure and (told := _lead(mine, theirs, limits)):
            found.append(told)
    return found


def _lead(mine: Effect, theirs: Effect, limits: RedesignSettings) -> str:
    if mine.after is None or theirs.after is None:
        return ""
    gap, today = theirs.after - mine.after, abs(mine.before or 0.0)
    if mine.better is None:
        return ""
    if mine.dimension == "time":
        return f"{humane(gap)} a case faster" if today and gap > limits.worth * today else ""
    if mine.dimension == "cost":
        less = "less work" if mine.measure == "work_time" else "cheaper"
        return f"{percent(gap / today)} {less}" if today and gap > limits.worth * today else ""
    if mine.dimension == "flexibility":
        return f"more flexible (index {mine.after:.0f} against {theirs.after:.0f})" if -gap >= FLEXIBLE_POINTS else ""
    better = gap if mine.measure == "rework" else -gap
    return f"better in quality by {percent(better)} of cases" if better > limits.quality_tolerance else ""


def _won(one: Alternative) -> str:
    return "as it is " + _verdict(one)


def _verdict(one: Alternative) -> str:
    head = f"{one.word}: "
    text = one.verdict[len(head) :] if one.verdict.startswith(head) else one.verdict
    return text.split("; flexibility")[0]


def _label(one: Alternative) -> str:
    return f"“{one.name[:1].upper()}{one.name[1:]}”"
