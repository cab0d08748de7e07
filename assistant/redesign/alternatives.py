"""Putting proposals together: one at a time, the best first, findings computed again after each, each tried by a short
simulation; what makes things worse, repeats what is done already or contradicts it, is left out and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.process.apply import apply
from assistant.process.durations import Basis
from assistant.process.model import Process
from assistant.process.questions import Question
from assistant.redesign.brief import NO_BRIEF, Brief
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.effects import effects, flexibility_index
from assistant.redesign.estimates import resting
from assistant.redesign.findings import find_in
from assistant.redesign.guards import faults
from assistant.redesign.judging import gated
from assistant.redesign.proposals import Offer, as_now, giving_way, offers, touched
from assistant.redesign.shapes import Finding, Proposal, Stance
from assistant.redesign.shelf import BARE, Shelf
from assistant.redesign.software import FIRST
from assistant.redesign.two_forms import instead, stronger
from assistant.redesign.verdict import WORSE, judge, worth
from assistant.redesign.view import STRENGTH, View
from assistant.redesign.what_edits_move import only_less, quiet, same_odds
from assistant.settings import RedesignSettings

if TYPE_CHECKING:
    from assistant.simulation.results import Result

CASE_OWNER = "case_owner"
MOST_FINDINGS = 40
MOST_DEARER = 0.1
"""How much dearer a bolder change may make a case that is shown for what the figures do not hold."""
MOST_STIFFER = 5.0
"""Points of the flexibility index that a change without any other figure may cost before a person has to weigh it."""
USUAL_SIZE = 30
"""Steps up to which the short simulation has its full length; larger processes are played with fewer cases."""


@dataclass
class Trial:
    """Short simulations, each process played once."""

    settings: RedesignSettings
    seed: int
    played: dict[int, Result | None] = field(default_factory=dict)
    kept: list[Process] = field(default_factory=list)

    def run(self, process: Process) -> Result | None:
        """The short simulation of a process; None when it cannot be played."""
        from assistant.simulation.made_before import simulate
        from assistant.simulation.precision import cases_that_fit

        if id(process) not in self.played:
            self.kept.append(process)  # holds the object, so that its id stays its own
            cases = cases_that_fit(process, self.settings.quick_cases, USUAL_SIZE, 20)
            times = self.settings.quick_replications
            try:
                self.played[id(process)] = simulate(process, cases=cases, replications=max(2, times), seed=self.seed)
            except AssistantError:
                self.played[id(process)] = None
        return self.played[id(process)]

    def if_queues(self, process: Process) -> Result | None:
        """The short simulation where somebody may queue; elsewhere the closed figures say as much (None)."""
        limited = any(role.capacity is not None for role in process.roles)
        return self.run(process) if limited else None


@dataclass(frozen=True)
class Bundle:
    """The proposals taken, in order, the process they lead to when played, and what was left out with its reason.

    `played` is without the changes that rest on an assumption: no size is promised for them.

    `left` says the same by the id of the proposal left out.
    """

    stance: Stance
    proposals: tuple[Proposal, ...]
    played: Process
    dropped: tuple[str, ...]
    conflicts: tuple[str, ...]
    weighed: tuple[Question, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)


def bundle(
    stance: Stance,
    start: View,
    findings: Sequence[Finding],
    trial: Trial,
    brief: Brief = NO_BRIEF,
    shelf: Shelf = BARE,
    own: Sequence[Proposal] = (),
) -> Bundle:
    """Take proposals one by one as long as they help. `small steps` keeps roles, systems and who does what.

    `own` are proposals of a language model that read the whole story, the weightiest first; they come before those of
    the rules, which add only what they leave open: where the model answers a pain with a large change, no other idea
    stands in its place in the small step. What was decided before is not taken again.
    Where no proposal is small, the small step is the one proposal that promises most.
    """
    answered = frozenset(reason for proposal in own for reason in proposal.because)
    own = [proposal for proposal in own if is_small(proposal)] if stance == "small steps" else stronger(own, findings)
    found = _bundle(stance, start, findings, trial, brief, shelf, own, answered)
    if stance == "small steps" and not found.proposals:
        return _bundle(stance, start, findings, trial, brief, shelf, (), answered, only=True)
    return found


def _bundle(
    stance: Stance,
    start: View,
    findings: Sequence[Finding],
    trial: Trial,
    brief: Brief,
    shelf: Shelf,
    own: Sequence[Proposal],
    answered: frozenset[str],
    only: bool = False,
) -> Bundle:
    bold = stance != "small steps"
    search = _Search(stance == "small steps" and not only, start, trial, brief)
    view, current = start, list(findings)
    while len(search.taken) < (1 if only else trial.settings.most_proposals):
        found = _left_open(offers(view, current[:MOST_FINDINGS], shelf, bold, brief.free_outcomes).offers, answered)
        if own:
            found = [*search.fitting(view, own, brief.free_outcomes), *found]
        if stance == "technology first":
            found.sort(key=lambda ranked: ranked.proposal.practice not in FIRST)
        offer = search.next(view, found)
        if offer is None:
            break
        search.take(offer)
        played, done = trial.if_queues(offer.process), frozenset(search.done)
        view = View(offer.process, view.settings, played, brief.keep, start.filled, done, start.story)
        view.protection.reasons.update(start.protection.reasons)
        current = _still_open(view, findings, search.taken)
    if bold and search.taken and all(map(is_small, search.taken)):
        found = _left_open(offers(view, current[:MOST_FINDINGS], shelf, bold, brief.free_outcomes).offers, answered)
        if (offer := search.bolder(view, found)) is not None:
            search.take(offer)
            view = _after(view, offer, search, start, brief)
    played_to = view.process
    room = 1 if only else min(MOST_ASSUMED + len(search.taken), trial.settings.most_proposals)
    while len(search.taken) < room and not any(proposal.own for proposal in search.taken):
        current = _still_open(view, findings, search.taken)
        offer = search.next(view, offers(view, current[:MOST_FINDINGS], shelf, bold, brief.free_outcomes).assumed)
        if offer is None:
            break
        search.take(offer)
        view = _after(view, offer, search, start, brief)
    return Bundle(
        stance,
        tuple(search.taken),
        played_to,
        tuple(search.dropped.values()),
        tuple(search.conflicts),
        tuple(search.weighed.values()),
        search.left,
    )


MOST_ASSUMED = 3
"""How many changes that rest on an assumption an alternative holds beside those that do not."""


def _after(view: View, offer: Offer, search: _Search, start: View, brief: Brief) -> View:
    """The process with an offer taken, to look on from; nobody plays it for what comes next."""
    after = View(offer.process, view.settings, None, brief.keep, start.filled, frozenset(search.done), start.story)
    after.protection.reasons.update(start.protection.reasons)
    return after


def _still_open(view: View, findings: Sequence[Finding], taken: Sequence[Proposal]) -> list[Finding]:
    """What of the findings the changed process still has: seen again by a detector, or told and not answered yet."""
    known = {finding.id for finding in findings}
    seen = [finding for finding in find_in(view) if finding.id in known]
    again = {finding.id for finding in seen}
    answered = {reason for proposal in taken for reason in proposal.because}
    told = [
        finding
        for finding in findings
        if finding.details.get("told", finding.details.get("variant") == "technology first")
        and finding.id not in again | answered
        and set(finding.elements) <= set(view.steps)
    ]
    return [*seen, *told]


def _left_open(found: Sequence[Offer], answered: frozenset[str]) -> list[Offer]:
    """The offers of the rules for what a model proposed nothing for."""
    return [offer for offer in found if not set(offer.proposal.because) <= answered]


MOST_GUESSED = 0.3
"""Share of a case's elapsed or hands-on time on filled-in figures above which the play of a single idea says nothing
against it."""


class _Search:
    """The choice of the next proposal, and what was left out on the way."""

    def __init__(self, small_only: bool, start: View, trial: Trial, brief: Brief) -> None:
        self.small_only, self.trial, self.goal, self.decided = small_only, trial, brief.goal, brief.decided
        self.told, self.guessed = start.process, max(resting(start.process)) > MOST_GUESSED
        self.elements = {*start.steps, *start.roles, CASE_OWNER}
        self.taken: list[Proposal] = []
        self.done: set[tuple[str, str]] = set()
        self.dropped: dict[tuple[str, str, str], str] = {}
        self.weighed: dict[str, Question] = {}
        self.left: dict[str, str] = {}
        self.conflicts: list[str] = []

    def take(self, offer: Offer) -> None:
        """Remember a proposal as taken, with the figures it changes itself: another may name what only moves along."""
        self.taken.append(offer.proposal)
        self.done |= touched(offer.proposal.edits) - set(offer.proposal.beside)

    def next(self, view: View, found: Sequence[Offer]) -> Offer | None:
        """The best offer that fits the stance, is not done already, contradicts nothing and makes nothing worse."""
        ids = {earlier.id for earlier in self.taken}
        for offer in found:
            proposal = offer.proposal
            other = next((taken for taken in self.taken if instead(proposal, taken)), None)
            if other is not None:
                self.left.setdefault(proposal.id, f"“{other.title}” was taken instead.")
                continue
            if proposal.id in self.decided:
                self.left[proposal.id] = self.decided[proposal.id]
                continue
            foreign = not set(proposal.elements) <= self.elements  # a step that an earlier proposal has put in
            too_large = self.small_only and not is_small(proposal)
            if foreign or too_large or offer.key in self.dropped or proposal.id in ids:
                continue
            if reason := self._left_out(view, offer):
                self.dropped[offer.key] = reason
                self.left[proposal.id] = reason
                continue
            return offer
        return None

    def fitting(self, view: View, own: Sequence[Proposal], free_outcomes: bool) -> list[Offer]:
        """Those of a model's proposals that fit the process as it is now, in its order; of the others, why not."""
        taken = {proposal.id for proposal in self.taken}
        left = [as_now(giving_way(proposal, self.done), view) for proposal in own if proposal.id not in taken]
        found, broken = gated(view, left, self.told, free_outcomes)
        for name, why in broken.items():
            after = f"It does not go together with “{self.taken[-1].title}”, which was taken. " if self.taken else ""
            self.left.setdefault(name, f"{after}{why}")
        return found

    def bolder(self, view: View, found: Sequence[Offer]) -> Offer | None:
        """A change of structure whose price is small and whose gain is not in the figures, to be shown with its price.

        A rethink without any would be the small steps once more; the verdict and the recommendation say what it costs.
        """
        for offer in found:
            if offer.key not in self.dropped or offer.proposal.id not in self.weighed or is_small(offer.proposal):
                continue
            if not _cheap(view, offer, self.trial):
                continue
            del self.dropped[offer.key]
            return offer
        return None

    def _left_out(self, view: View, offer: Offer) -> str:
        proposal = offer.proposal
        if touched(proposal.edits) & self.done:
            return f"{proposal.title}: left out, another proposal has changed the same figure."
        if against := _against(proposal, self.taken):
            told = f"{proposal.title} ({proposal.practice}) pulls against {against.title} ({against.practice})."
            self.conflicts.append(told)
            return f"{told} The latter was taken."
        if proposal.own and self.guessed:
            return ""  # a play of filled-in figures does not dismiss what was read in the story
        verdict = _hurts(view, offer, self.trial, self.goal)
        if verdict and "+" in (proposal.effects.get("quality"), proposal.effects.get("flexibility")):
            self.weighed[proposal.id] = _weigh(proposal, verdict)
        return f"{proposal.title}: left out, {verdict}" if verdict else ""


def _weigh(proposal: Proposal, verdict: str) -> Question:
    """A proposal whose price is in the figures and whose gain is not: a question for a person."""
    gain = "quality" if proposal.effects.get("quality") == "+" else "flexibility"
    return Question(
        id=f"practice:{proposal.practice}:{proposal.elements[0] if proposal.elements else 'process'}",
        text=f"{proposal.title}: would what it gains in {gain} be worth its price to you?",
        why=f"By itself {verdict} What it gains in {gain} is not in the figures.",
        elements=proposal.elements,
        weight=0.3,
        field="practice",
    )


def is_small(proposal: Proposal) -> bool:
    """Whether a proposal keeps roles, systems and who does what, so that it can start on Monday."""
    practice = PRACTICES.get(proposal.practice)
    return (proposal.own or (practice is not None and practice.small)) and proposal.keeps_roles


def _against(proposal: Proposal, taken: list[Proposal]) -> Proposal | None:
    """A proposal taken before that pulls the other way at the same elements; two of one reader of the story do not."""
    for other in taken:
        if proposal.own and other.own:
            continue
        opposed = other.practice in _opposite(proposal) or proposal.practice in _opposite(other)
        if opposed and set(other.elements) & set(proposal.elements):
            return other
    return None


def _opposite(proposal: Proposal) -> tuple[str, ...]:
    practice = PRACTICES.get(proposal.practice)
    return practice.against if practice else ()


def _hurts(view: View, offer: Offer, trial: Trial, goal: str | None) -> str:
    """Why a proposal makes things worse, by a short simulation; empty when it does not.

    A check at the source of late errors is kept by its own rule of cost (less than the late repair), because the play
    repeats only the step that erred and so does not see most of the gain.
    """
    if quiet(offer.proposal.edits):
        return _stiffer(view, offer)
    if offer.key[2] == "unowned_step" or only_less(view, offer.proposal):
        return ""  # somebody does the work today too: who, changes only our own estimate of its price
    before, after = trial.run(view.process), trial.run(offer.process)
    if before is None or after is None:
        return "it cannot be played."
    effect = effects(view.process, offer.process, (before, after), trial.settings)
    if same_odds(offer.proposal.edits):
        effect = {name: moved for name, moved in effect.items() if name != "quality"}
    verdict = judge(effect, trial.settings)
    if offer.key[2] == "late_error" and (effect.get("quality") is None or effect["quality"].better is not False):
        return ""
    if verdict.word == WORSE or (verdict.word == "mixed" and worth(effect, goal) < 0):
        return f"the short simulation says {verdict}."
    return ""


def _stiffer(view: View, offer: Offer) -> str:
    """Why a change that moves no figure but flexibility costs too much of it, where its reason is weak; else empty."""
    if offer.proposal.confidence > STRENGTH[Basis.ESTIMATED]:
        return ""
    now, then = flexibility_index(view.process), flexibility_index(offer.process)
    if then > now - MOST_STIFFER:
        return ""
    return f"fewer people could do the work: {then:.0f} of 100 instead of {now:.0f}."


def _cheap(view: View, offer: Offer, trial: Trial) -> bool:
    """Whether a proposal loses no time or quality and costs little more."""
    before, after = trial.run(view.process), trial.run(offer.process)
    if before is None or after is None:
        return False
    effect = effects(view.process, offer.process, (before, after), trial.settings)
    kept = all(effect[name].better is not False for name in ("time", "quality"))
    return kept and (effect["cost"].relative or 0.0) <= MOST_DEARER


def accept(
    process: Process, proposal: Proposal, keep: tuple[str, ...] = (), settings: RedesignSettings | None = None
) -> Process:
    """The process with a proposal taken over. Raises EditRefused when it does not fit or a guard objects."""
    from assistant.errors import EditRefused

    view = View(process, settings or RedesignSettings(), None, keep)
    after, broken = faults(view, proposal.edits, proposal.caught, story_read=proposal.own)
    if after is None or broken:
        raise EditRefused(
            f"{proposal.title} cannot be taken over.",
            " ".join(broken),
            "Ask for proposals again: the process has changed.",
        )
    return apply(process, proposal.edits)
