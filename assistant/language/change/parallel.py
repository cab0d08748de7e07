"""Work at the same time: steps made parallel, choices turned into parallel work and back."""

from __future__ import annotations

import re

from assistant.english.tables import any_of, worded
from assistant.language.change.marked_words import Said
from assistant.language.change.read_change import Fresh, Outcome
from assistant.language.change.where_it_goes import Places
from assistant.process.blocks import AnyOf, Branch, Choice, Parallel
from assistant.process.edits import Parallelise, PutInSequence, Replace

SAME_TIME = worded("same-time")
CHANGE = rf"\b{any_of('turn-into', 'stems')}"
ANY_GATE = r"<(?:gate|gates|split|join|newgate)>"


def together(said: Said) -> Outcome | None:
    """Steps or blocks run in parallel, or a choice becomes parallel work."""
    if said.has(r"\binclusive\b|\bany[- ]of\b|one or more of the (?:branches|paths)") and not said.has(SAME_TIME):
        return _inclusive(said)
    if said.has(r"\b(?:to|into|in|with) (?:an? )?(?:<newgate>|<gate>|exclusive)") and said.has(
        rf"{CHANGE}\w*[^.]*<and>[^.]*(?:<newgate>|<gate>)"
    ):
        return _turned(said, Choice)
    linked = said.has(r"<(?:newgate|gates)>.*\bconnect\w*[^.]*(?:with|through|via|by|to) <s\d+>") and said.has(
        r"after <s\d+>"
    )
    if (
        not linked
        and not said.has(SAME_TIME)
        and not said.has(
            r"\bboth\b[^.]*<s\d+> and <s\d+>[^.]*(?:rather than|instead of|not) (?:only|just)? ?(?:one|either)"
        )
    ):
        return None
    if linked and said.branches():
        return None
    if said.has(r"(?:instead of|rather than|not|no longer|no more)(?: in)?(?: a)? (?:parallel|<and>)") and any(
        isinstance(split, Parallel) for split in said.catalogue.splits
    ):
        return _sequential(said)
    tops = _free_steps(said)
    if _turning(said, tops):
        return _turned(said, Parallel)
    return _side_by_side(said, tops)


def _sequential(said: Said) -> Outcome | None:
    block = next((split for split in said.catalogue.splits if isinstance(split, Parallel)), None)
    if block is None:
        return None
    return Outcome("run the branches one after the other", (PutInSequence(id=block.id),))


def _free_steps(said: Said) -> list[str]:
    """The steps spoken of, those aside that only say where."""
    anchor = (
        r"(?:after|before|behind|following|between|in front of|prior to|instead of (?:following|after))(?: the| "
        r"task| doing| executing| performing| starting| running| completing| continuing with)* (<s\d+>(?:(?:,? and|"
        r" or) <s\d+>)*)"
    )
    line = re.sub(r"<s\d+> (?:is |should be |to be |gets )?followed by", " ", said.line)
    spots = {step for match in re.finditer(anchor, said.line) for step in said.steps(match[1])}
    free = [step for step in said.steps(line) if step not in spots]
    return free or said.steps()


def _turning(said: Said, tops: list[str]) -> bool:
    """Whether the choice itself is to become parallel, rather than something beside it."""
    catalogue = said.catalogue
    if not catalogue.choices:
        return False
    if tops and len(tops) > 1:
        branches = [catalogue.branch_of(step) for step in tops]
        owners = {catalogue.owner[branch].id for branch in branches if branch}
        if all(branches) and len(owners) == 1 and len(set(branches)) == len(tops):
            return True
    outside = [step for step in tops if catalogue.branch_of(step) is None]
    if said.has(rf"<and> (?:instead of|rather than|in place of|replaces?) (?:the )?{ANY_GATE}"):
        return True
    if outside and said.has(
        rf"{ANY_GATE}[^.<]{{0,20}}\b(?:and|with) (?:the )?<s|<s\d+> (?:and|with) (?:the )?{ANY_GATE}"
    ):
        return False
    told = said.has(rf"{CHANGE}\w*[^.]*(?:{ANY_GATE}|\bx\b)[^.]*(?:{SAME_TIME})") or said.has(rf"{CHANGE}\w* <and>")
    if told and not said.has(r"\b(?:move|add|insert|introduc)"):
        return True
    return not outside and said.has(ANY_GATE) and said.has(CHANGE)


def _turned(said: Said, kind: type[Choice] | type[Parallel] | type[AnyOf]) -> Outcome | None:
    """A split becomes another kind of split; its branches stay, to the id."""
    catalogue = said.catalogue
    candidates = [split for split in catalogue.splits if not isinstance(split, kind)]
    wanted = Places(said).block(said.line)
    block = next((split for split in candidates if split.id == wanted), candidates[0] if candidates else None)
    if block is None:
        return None
    keep = kind is not Parallel
    branches = tuple(
        Branch(id=branch.id, when=branch.when if keep else None, p=branch.p if keep else None,
               p_basis=branch.p_basis if keep else None, span=branch.span, do=branch.do)
        for branch in block.branches
    )  # fmt: skip
    common = {"id": block.id, "branches": branches, "span": block.span, "basis": block.basis, "note": block.note}
    question = {"question": getattr(block, "question", "")} if keep else {}
    made = kind(**common, **question)
    words = {Choice: "one of them", Parallel: "all of them at the same time", AnyOf: "one or more of them"}[kind]
    return Outcome(f"take {words}", (Replace(id=block.id, blocks=(made,)),))


def _inclusive(said: Said) -> Outcome | None:
    if not said.catalogue.choices or not said.has(CHANGE):
        return None
    return _turned(said, AnyOf)


def _side_by_side(said: Said, tops: list[str]) -> Outcome | None:
    """Two or more runs of steps become the branches of a new parallel block."""
    catalogue = said.catalogue
    fresh = Fresh(catalogue)
    if not tops and not said.new_names():
        return None
    groups = _groups(said, tops)
    if groups is None:
        return None
    made = Parallelise(groups=tuple(tuple(group) for group in groups), id=fresh.id("parallel"))
    told = " beside ".join(" and ".join(catalogue.name(step) for step in group) for group in groups)
    return Outcome(f"do {told} at the same time", (made,))


def _groups(said: Said, tops: list[str]) -> list[list[str]] | None:
    """What runs beside what, in the order it stands now."""
    catalogue = said.catalogue
    span = catalogue.lifted(tops)
    outer = list(dict.fromkeys(_top(said, step, span) for step in tops)) if span else tops
    if len(outer) >= 2:
        outer = [step for step in span if step in outer] if span else outer
        return [[step] for step in outer]
    if not outer:
        return None
    one = outer[0]
    block = Places(said).block(said.line) if said.has(ANY_GATE) else None
    if (
        block
        and block != one
        and catalogue.spots.get(block)
        and catalogue.spots[block].sequence == catalogue.spots[one].sequence
    ):
        pair = sorted((block, one), key=lambda step: catalogue.spots[step].position)
        return [[pair[0]], [pair[1]]]
    row = catalogue.before(one)
    return [[row[-1]], [one]] if row else None


def _top(said: Said, step: str, span: list[str]) -> str:
    return next((around for around in said.catalogue.chain(step) if around in span), step)
