"""Putting proposals together: one at a time, the best first, findings computed again after each, each tried by a short
simulation; what makes things worse, repeats what is done already or contradicts it, is left out and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.process.apply import apply
from assistant.process.edits import Edit
from assistant.process.model import Process
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.effects import effects
from assistant.redesign.findings import find_in
from assistant.redesign.guards import faults
from assistant.redesign.proposals import Cites, Offer, no_cites, offers, touched
from assistant.redesign.shapes import Finding, Proposal, Stance
from assistant.redesign.verdict import WORSE, judge, worth
from assistant.redesign.view import View
from assistant.settings import RedesignSettings

if TYPE_CHECKING:
    from assistant.simulation.results import Result

STRUCTURAL = {"extract_to_call", "rename", "put_data", "set_process"}
QUIET_FIELDS = {
    "accountable",
    "consulted",
    "informed",
    "same_performer_as",
    "channels",
    "digital_input",
    "contact",
    "system",
}


@dataclass
class Trial:
    """Short simulations, each process played once."""

    settings: RedesignSettings
    seed: int
    played: dict[int, Result | None] = field(default_factory=dict)
    kept: list[Process] = field(default_factory=list)

    def run(self, process: Process) -> Result | None:
        """The short simulation of a process; None when it cannot be played."""
        from assistant.simulation.run import simulate

        if id(process) not in self.played:
            self.kept.append(process)  # holds the object, so that its id stays its own
            cases, times = self.settings.quick_cases, self.settings.quick_replications
            try:
                self.played[id(process)] = simulate(process, cases=cases, replications=max(2, times), seed=self.seed)
            except AssistantError:
                self.played[id(process)] = None
        return self.played[id(process)]


@dataclass(frozen=True)
class Bundle:
    """The proposals taken, in order, the process they lead to when played, and what was left out with its reason."""

    stance: Stance
    proposals: tuple[Proposal, ...]
    played: Process
    dropped: tuple[str, ...]
    conflicts: tuple[str, ...]


def bundle(
    stance: Stance,
    start: View,
    findings: Sequence[Finding],
    trial: Trial,
    cites: Cites = no_cites,
    keep: tuple[str, ...] = (),
    goal: str | None = None,
    free_outcomes: bool = False,
) -> Bundle:
    """Take proposals one by one as long as they help. `small steps` keeps roles, systems and who does what."""
    bold = stance == "rethink"
    taken: list[Proposal] = []
    dropped: dict[tuple[str, str, str], str] = {}
    conflicts: list[str] = []
    done: set[tuple[str, str]] = set()
    known = {one.id for one in findings}
    view, current = start, list(findings)
    while len(taken) < trial.settings.most_proposals:
        found = offers(view, current, cites, bold, free_outcomes)
        offer = _next(stance, found.offers, taken, dropped, done, conflicts, view, trial, goal)
        if offer is None:
            break
        taken.append(offer.proposal)
        done |= touched(offer.proposal.edits)
        view = View(offer.process, view.settings, trial.run(offer.process), keep)
        current = [one for one in find_in(view) if one.id in known]
    return Bundle(stance, tuple(taken), view.process, tuple(dropped.values()), tuple(conflicts))


def _next(
    stance: Stance,
    found: Sequence[Offer],
    taken: list[Proposal],
    dropped: dict[tuple[str, str, str], str],
    done: set[tuple[str, str]],
    conflicts: list[str],
    view: View,
    trial: Trial,
    goal: str | None,
) -> Offer | None:
    """The best offer that fits the stance, is not done already, contradicts nothing taken and does not make it worse."""
    ids = {one.id for one in taken}
    for offer in found:
        proposal = offer.proposal
        if offer.key in dropped or proposal.id in ids or (stance == "small steps" and not is_small(proposal)):
            continue
        if touched(proposal.edits) & done:
            dropped[offer.key] = f"{proposal.title}: left out, another proposal has changed the same figure."
            continue
        if against := _against(proposal, taken):
            told = f"{proposal.title} ({proposal.practice}) pulls against {against.title} ({against.practice}); the latter was taken."
            conflicts.append(told)
            dropped[offer.key] = told
            continue
        if reason := _hurts(view, offer, trial, goal):
            dropped[offer.key] = f"{proposal.title}: left out, {reason}"
            continue
        return offer
    return None


def is_small(proposal: Proposal) -> bool:
    """Whether a proposal keeps roles, systems and who does what, so that it can start on Monday."""
    return PRACTICES[proposal.practice].small and proposal.keeps_roles


def _against(proposal: Proposal, taken: list[Proposal]) -> Proposal | None:
    """A proposal taken before that pulls the other way at the same elements."""
    for other in taken:
        opposed = (
            other.practice in PRACTICES[proposal.practice].against
            or proposal.practice in PRACTICES[other.practice].against
        )
        if opposed and set(other.elements) & set(proposal.elements):
            return other
    return None


def _hurts(view: View, offer: Offer, trial: Trial, goal: str | None) -> str:
    """Why a proposal makes things worse, by a short simulation; empty when it does not."""
    if quiet(offer.proposal.edits):
        return ""
    before, after = trial.run(view.process), trial.run(offer.process)
    if before is None or after is None:
        return "it cannot be played"
    effect = effects(view.process, offer.process, (before, after))
    verdict = judge(effect, trial.settings)
    if verdict.word == WORSE or (verdict.word == "mixed" and worth(effect, goal) < 0):
        return f"the short simulation says {verdict}."
    return ""


def quiet(edits: Sequence[Edit]) -> bool:
    """Whether edits change no time, order or chance, so that there is nothing to play."""
    return all(edit.op in STRUCTURAL or (edit.op == "set" and edit.field in QUIET_FIELDS) for edit in edits)


def accept(
    process: Process, proposal: Proposal, keep: tuple[str, ...] = (), settings: RedesignSettings | None = None
) -> Process:
    """The process with a proposal taken over. Raises EditRefused when it does not fit or a guard objects."""
    from assistant.errors import EditRefused

    view = View(process, settings or RedesignSettings(), None, keep)
    after, broken = faults(view, proposal.edits, proposal.caught)
    if after is None or broken:
        raise EditRefused(
            f"{proposal.title} cannot be taken over.",
            " ".join(broken),
            "Ask for proposals again: the process has changed.",
        )
    return apply(process, proposal.edits)
