"""The changes drawn and the page on which somebody decides, in one voice: whoever reads both is not told two things.

The page is written from the story alone and then read once more beside the changes (`review`). Where it is right, how a
change is run is told as the page has it; what the page leaves out, and what it has beside them, is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.process.apply import apply
from assistant.process.edits import Edit, SetValue

if TYPE_CHECKING:
    from assistant.language.paper.putting_right import OfDrawn
    from assistant.language.paper.writing import Checked
    from assistant.redesign.result import Redesign
    from assistant.redesign.shapes import Alternative, Proposal


_NOTHING = re.compile(r"\W*(?:nothing|none|no(?: longer)? needs?)\W*", re.I)
"""What is said where a change needs nothing beforehand."""


def drawn_lines(proposals: Sequence[Proposal]) -> list[str]:
    """The changes, numbered, each with how it is run, when otherwise, and what must be there first."""
    return [f"{number}. {proposal.title.rstrip('.')}{_run(proposal)}" for number, proposal in enumerate(proposals, 1)]


def _run(proposal: Proposal) -> str:
    rules = "".join(f" {rule.rstrip('.')}." for rule in proposal.plan.rules)
    unless = "".join(f" Unless {case}: {then}." for case, then in proposal.plan.unless)
    needs = "".join(f" Needs: {need.rstrip('.')}." for need in proposal.needs.organisation if proposal.own)
    return f":{rules}{unless}{needs}" if rules or needs else "."


def in_one_voice(
    made: Redesign, paper: Checked, proposals: Sequence[Proposal], proposed: Callable[[str], str]
) -> Redesign:
    """The redesign with the paper, its changes told as the paper has them. `proposed` marks figures of one's own."""
    told: dict[str, Proposal] = {}
    for number, proposal in enumerate(proposals, 1):
        told[proposal.id] = _as_told(proposal, [line for line in paper.drawn if line.number == number], proposed)
    otherwise = frozenset(proposal.id for proposal in proposals if told[proposal.id].plan != proposal.plan)
    left = left_out(paper, proposals)
    more = tuple(line.text for line in paper.drawn if line.word == "MORE")
    alternatives = tuple(_with(each, told, made) for each in made.alternatives)
    ideas = tuple(replace(fate, proposal=told.get(fate.proposal.id, fate.proposal)) for fate in made.proposals)
    return replace(
        made,
        alternatives=alternatives,
        proposals=ideas,
        paper=replace(paper, left=left, otherwise=otherwise, more=more),
    )


def left_out(paper: Checked, proposals: Sequence[Proposal]) -> dict[str, str]:
    """The changes that the page does without, by id, with why."""
    return {
        proposal.id: line.text
        for number, proposal in enumerate(proposals, 1)
        for line in paper.drawn
        if (line.word, line.number) == ("NOT", number)
    }


def _as_told(proposal: Proposal, said: Sequence[OfDrawn], proposed: Callable[[str], str]) -> Proposal:
    """A change with what the page says of it otherwise."""
    old, title = proposal.plan, next((line.text for line in said if line.word == "TITLE"), proposal.title)
    rules = tuple(proposed(line.text) for line in said if line.word == "RULE")
    unless, risks = _pairs(said, "UNLESS", proposed), _pairs(said, "RISK", proposed)
    plan = replace(old, rules=rules or old.rules, unless=unless or old.unless, risks=risks or old.risks)
    edits = tuple(_noted(edit, old.rules, plan.rules) for edit in proposal.edits)
    named = tuple(risk for risk, _ in risks)
    needed = [proposed(line.text) for line in said if line.word == "NEEDS"]
    there = tuple(need for need in needed if not _NOTHING.fullmatch(need))
    needs = replace(proposal.needs, organisation=there) if needed else proposal.needs
    return replace(proposal, title=title, plan=plan, edits=edits, risks=named or proposal.risks, needs=needs)


def _pairs(said: Sequence[OfDrawn], word: str, proposed: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """What is said in two halves: the case or the risk, and what is then done."""
    pairs = [line.text.partition("|") for line in said if line.word == word]
    return tuple((proposed(case.strip()), proposed(then.strip())) for case, _, then in pairs if then.strip())


def _noted(edit: Edit, before: Sequence[str], after: Sequence[str]) -> Edit:
    """A note of the rules at a step, as they are now."""
    old, new = (" ".join(f"{rule.rstrip('.')}." for rule in rules) for rules in (before, after))
    if old == new or not isinstance(edit, SetValue) or edit.field != "note" or old not in str(edit.value):
        return edit
    return edit.model_copy(update={"value": str(edit.value).replace(old, new)[:500]})


def _with(each: Alternative, told: dict[str, Proposal], made: Redesign) -> Alternative:
    """An alternative with its changes as they are told; one that was fitted to those before it keeps its edits."""
    proposals = tuple(_fitted(proposal, told.get(proposal.id, proposal)) for proposal in each.proposals)
    before, after = ([edit for proposal in those for edit in proposal.edits] for those in (each.proposals, proposals))
    process = each.process if before == after else apply(made.as_is, after)
    return replace(each, proposals=proposals, process=process)


def _fitted(here: Proposal, told: Proposal) -> Proposal:
    return replace(told, edits=tuple(_noted(edit, here.plan.rules, told.plan.rules) for edit in here.edits))
