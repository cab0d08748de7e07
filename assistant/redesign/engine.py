"""The redesign of a process, end to end: complete it, find what hurts, propose, put together, simulate and compare.

Each step takes a value and returns one. The alternatives are the process of today with edits applied, nothing else:
what is declared is what changed. All of them and today's process are played on the same random numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.process.apply import apply
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.questions import Question, open_questions
from assistant.redesign.alternatives import Bundle, Trial, bundle
from assistant.redesign.asking import by_effect, each_once
from assistant.redesign.brief import NO_BRIEF, Brief, Play
from assistant.redesign.catalogue import PRACTICES
from assistant.redesign.consulting import Consulted, consult
from assistant.redesign.contradictions import contradictions, told_time
from assistant.redesign.customers import reliefs, weighed
from assistant.redesign.doubts import doubts, overloads
from assistant.redesign.effects import effects
from assistant.redesign.enablers import asked_for
from assistant.redesign.estimates import batched, complete, nearest
from assistant.redesign.findings import find_in, thresholds
from assistant.redesign.guards import faults, kept
from assistant.redesign.judging import Own, own_proposals
from assistant.redesign.paper import with_paper
from assistant.redesign.proposals import Offers, offers
from assistant.redesign.quoting import quoted, unheard, wishes_answered
from assistant.redesign.ranges import Ranges
from assistant.redesign.recommending import despite
from assistant.redesign.recommending import recommend as recommend
from assistant.redesign.result import Redesign as Redesign
from assistant.redesign.running_through import with_those_who_run_through
from assistant.redesign.shapes import (
    Alternative,
    Completed,
    Effect,
    Finding,
    Stance,
    Verdict,
)
from assistant.redesign.shelf import Shelf
from assistant.redesign.software import by_people, by_software, suited
from assistant.redesign.typical import AS_IT_STANDS, all_typical
from assistant.redesign.unknown_effects import HANGS_ON_ANSWERS, known, shown_by_words, unknown
from assistant.redesign.unknowns import firm
from assistant.redesign.verdict import NONE, dominated, judge
from assistant.redesign.view import View
from assistant.redesign.what_became import NONE_MADE, fates, none_made
from assistant.redesign.wholes import of_the_whole
from assistant.redesign.words import percent
from assistant.settings import BUILT_IN, RedesignSettings, Settings
from assistant.simulation.relief import unsettled

if TYPE_CHECKING:
    from assistant.gateway.port import LanguageModel
    from assistant.library.entries import ProcessEntry
    from assistant.library.overlooked import Missing
    from assistant.library.store import Library
    from assistant.simulation.results import Result

AS_IS = "as-is"
STANCES: tuple[Stance, ...] = ("small steps", "rethink", "technology first")


def redesign(
    process: Process,
    library: Library | None = None,
    settings: Settings | RedesignSettings | None = None,
    brief: Brief = NO_BRIEF,
    model: LanguageModel | None = None,
) -> Redesign:
    """Redesign a process: findings, alternatives with their simulated effects, a recommendation and questions.

    `brief` says what to reach and to respect; `model` judges meaning and adds proposals of its own. Raises
    InvalidProcess when some work can be done by nobody, UsageError when a number does not fit.
    """
    known = _looked_at(process, library, thresholds(settings), brief, model)
    made = _made(known, brief)
    return with_paper(made, known.consulted, brief, model, lambda left: _made(known, brief.without(left)))


@dataclass(frozen=True)
class _Known:
    """What is known of a process before alternatives are put together: what was filled in, what hurts, what a model
    said and proposes, what the rules offer for the rest, and what is asked."""

    process: Process
    library: Library | None
    shelf: Shelf
    entry: ProcessEntry | None
    completed: Completed
    today: Result | None
    view: View
    consulted: Consulted
    findings: tuple[Finding, ...]
    own: Own
    first: Offers
    asked: tuple[Question, ...]


def _looked_at(
    process: Process,
    library: Library | None,
    limits: RedesignSettings,
    brief: Brief,
    model: LanguageModel | None,
) -> _Known:
    entry = nearest(library, process)
    completed = complete(process, entry)
    codes = tuple(PRACTICES)
    consulted = consult(process, brief, model, codes)
    judged = consulted.judged
    if judged.edits:
        completed = replace(completed, process=apply(completed.process, judged.edits))
    today = _today(completed.process, brief.play)
    view = View(
        completed.process,
        limits,
        today,
        brief.keep,
        frozenset((filling.element, filling.field) for filling in completed.filled),
        story=brief.story,
        batched=batched(process),
    )
    view.protection.reasons.update({n: why for n, why in judged.protected.items() if n not in view.protection.reasons})
    findings = quoted(consulted.found(view, weighed(find_in(view), brief.complaints)), view, brief.story)
    brief.tell(_so_far(findings))
    stays = (*consulted.stays, *view.protection.stays, *(f"Must stay: {words}" for words in brief.keep))
    asking = None if consulted.failed else model
    shelf = Shelf(library, entry)
    own = own_proposals(process, findings, asking, codes, shelf, brief, facts=consulted.facts, stays=stays, view=view)
    answered = {name for proposal in own.proposals for name in proposal.because}
    first = offers(
        view, [finding for finding in findings if finding.id not in answered], shelf, free_outcomes=brief.free_outcomes
    )
    # whoever read the whole story asks the sharper questions; beside them only figures that cannot be are asked about
    unsure = overloads(view) if consulted.diagnosis else doubts(view)
    asked = (*consulted.questions, *own.questions, *unsure, *first.questions)
    return _Known(process, library, shelf, entry, completed, today, view, consulted, tuple(findings), own, first, asked)


def _made(start: _Known, brief: Brief) -> Redesign:
    """The redesign of what is known: alternatives put together, played and compared, and what became of each idea."""
    process, view, completed, findings = start.process, start.view, start.completed, start.findings
    consulted, own, limits = start.consulted, start.own, start.view.settings
    trial = Trial(limits, brief.play.seed)
    bundles = []
    for stance, seen in _by_stance(view, findings, consulted.diagnosis is None):
        brief.tell(f"Putting together “{stance[:1].upper()}{stance[1:]}”.")
        bundles.append(bundle(stance, view, seen, trial, brief, start.shelf, own.proposals))
    played: dict[str, Process] = {AS_IS: completed.process}
    played.update((bundle.stance, bundle.played) for bundle in bundles)
    brief.tell(f"Playing today and {plural(len(bundles), 'alternative')}, {brief.play.replications} times each.")
    results = _simulated(played, brief.play, start.today)
    brief.tell("Comparing what came out.")
    ranges = Ranges(played[AS_IS], completed.filled, brief.play.seed, limits, told_time(process), brief.draws)
    alternatives = _compared([_alternative(process, view, bundle, results, ranges, played) for bundle in bundles])
    alternatives = with_those_who_run_through(alternatives, played, brief.play, AS_IS)
    chosen, why = recommend(alternatives, brief.goal, limits)
    if consulted.sound or (not findings and all_typical(view)):
        chosen, why = None, consulted.sound or AS_IT_STANDS
    ideas = fates(start.first, bundles, alternatives, chosen, own.proposals, own.refused)
    if why == NONE_MADE:
        why = none_made(findings, ideas)
    filled = (completed.work_filled, completed.elapsed_filled)
    against = () if consulted.sound else contradictions(process, results[AS_IS], *filled)
    if against:
        chosen, why = despite(against[0].text, alternatives)
    return Redesign(
        as_is=process,
        completed=completed,
        findings=findings,
        suited=tuple(quoted(_rested_on(alternatives, view, findings), view, brief.story)),
        alternatives=alternatives,
        recommended=chosen,
        why_recommended=why,
        questions=(
            *(objection.question for objection in against),
            *by_effect(
                _questions(process, (*start.asked, *_weighed_questions(bundles)), brief.story),
                completed.process,
            ),
        ),
        entry=start.entry,
        overlooked=_missing(start.library, process, start.entry, brief.story),
        filled=completed.filled,
        results=results,
        made_by=own.made_by or consulted.judged.made_by or BUILT_IN,
        goal=brief.goal,
        keep=brief.keep,
        refused=start.first.refused,
        fits=asked_for(view, brief.goal or ""),
        proposals=ideas,
        notes=(
            *(objection.text for objection in against),
            *_notes(completed, view),
            *wishes_answered(view),
            *consulted.notes,
            *own.notes,
        ),
        unread=() if consulted.diagnosis else unheard(brief.story, process, brief.unread),
        complaints=tuple(reliefs(brief.complaints, AS_IS, played, results)),
        customers=brief.complaints,
        decision=own.decision,
        root=consulted.diagnosis.root if consulted.diagnosis else "",
        sound=consulted.sound,
        sound_quote=consulted.sound_quote,
        stays=(*consulted.kept(view), *view.protection.stays),
    )


def _so_far(findings: Sequence[Finding]) -> str:
    """What hurts, before anything was played."""
    return f"{plural(len(findings), 'finding')} so far{f': {findings[0].title}' if findings else ''}."


def _rested_on(alternatives: Sequence[Alternative], view: View, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What technology first saw beyond what hurts and rests a proposal on: its reasons have a name too."""
    known = {finding.id for finding in findings}
    reasons = {name for alternative in alternatives for proposal in alternative.proposals for name in proposal.because}
    return tuple(finding for finding in suited(view, findings) if finding.id in reasons - known)


def _by_stance(view: View, findings: Sequence[Finding], by_names: bool) -> list[tuple[Stance, list[Finding]]]:
    """The findings each stance works on: technology first looks at every step that software could do as well.

    By the names of steps only where nobody read the story, who would have said which of them suit it.
    """
    more = {"technology first": [*findings, *(suited(view, findings) if by_names else ())]}
    return [(stance, more.get(stance, list(findings))) for stance in STANCES]


def _missing(library: Library | None, process: Process, entry: ProcessEntry | None, text: str) -> tuple[Missing, ...]:
    """What the library's entry for this kind of process has that the story lacks."""
    if library is None or entry is None:
        return ()
    from assistant.library.match import of_this_kind
    from assistant.library.overlooked import overlooked

    return overlooked(process, entry, text) if of_this_kind(library, entry, process) else ()


def _today(process: Process, play: Play) -> Result | None:
    """The play that `simulate` shows, so that findings say what it says; None where it cannot be played."""
    from assistant.simulation.made_before import simulate

    try:
        return simulate(process, **asdict(play))
    except AssistantError:
        return None  # said where the alternatives are played


def _simulated(played: Mapping[str, Process], play: Play, today: Result | None) -> dict[str, Result]:
    from assistant.simulation.made_before import simulate_all

    first: dict[str, str] = {}  # the same process is played once, whatever it is called
    for name, process in played.items():
        first[name] = next((known for known in first.values() if played[known] == process), name)
    unlike = {name: played[name] for name in first.values()}
    found = simulate_all(unlike, **asdict(play), alone=today)
    return {name: found[known] for name, known in first.items()}


def _alternative(
    as_is: Process,
    start: View,
    one: Bundle,
    results: Mapping[str, Result],
    ranges: Ranges,
    played: Mapping[str, Process],
) -> Alternative:
    edits = [edit for proposal in one.proposals for edit in proposal.edits]
    process = apply(as_is, edits)
    firmly = [proposal for proposal in one.proposals if not proposal.assumes]
    sizing = [edit for proposal in firmly for edit in proposal.edits]
    caught = tuple(told for proposal in one.proposals for told in proposal.caught)
    _, broken = faults(start, edits, caught, story_read=any(proposal.own for proposal in one.proposals))
    limits = ranges.limits
    effect = effects(played[AS_IS], one.played, (results[AS_IS], results[one.stance]), limits)
    effect = ranges.of(effect, one.played, sizing)
    effect = known(effect, (as_is, apply(as_is, sizing)), (played[AS_IS], one.played), firm=firm(sizing))
    if one.proposals and not firmly:
        effect = {name: unknown(dimension, HANGS_ON_ANSWERS) for name, dimension in effect.items()}
    if any(proposal.own for proposal in one.proposals):
        effect = shown_by_words(effect, played[AS_IS], (as_is, process))
    effect = of_the_whole(effect, as_is, results[AS_IS])
    verdict = judge(effect, limits)
    guards = kept(start, process, caught)
    return Alternative(
        name=one.stance,
        stance=one.stance,
        proposals=one.proposals,
        process=process,
        effects=effect,
        verdict=_verdict(verdict, effect) if one.proposals else f"{NONE}: nothing is changed",
        word=verdict.word if one.proposals else NONE,
        guards=(*guards, *broken),
        dropped=one.dropped,
        conflicts=one.conflicts,
        by_software=by_software(as_is, one.played, one.proposals, _told_yearly(as_is, start), ranges.seed),
        by_people=by_people(start) if one.stance == "technology first" else (),
    )


def _told_yearly(process: Process, view: View) -> float | None:
    """Cases a year where somebody said how many come."""
    return view.yearly if process.volume is not None else None


def _verdict(verdict: Verdict, effect: Mapping[str, Effect]) -> str:
    """The verdict in words; where nothing decides because the time is not known, that is why."""
    time = effect["time"]
    if verdict.word == NONE and time.change is None and time.reason:
        return f"{NONE}: {time.reason}"
    return str(verdict)


def _compared(found: list[Alternative]) -> tuple[Alternative, ...]:
    """The alternatives with those marked that another one beats or equals in every dimension.

    Technology first beats nobody: what it costs to build and run is in none of its figures.
    """
    priced = [finding for finding in found if finding.stance != "technology first"]
    return tuple(
        replace(
            finding,
            dominated=any(dominated(finding.effects, other.effects) for other in priced if other is not finding),
        )
        for finding in found
    )


def _weighed_questions(bundles: Sequence[Bundle]) -> list[Question]:
    return [question for bundle in bundles for question in bundle.weighed]


def _questions(process: Process, practice: Sequence[Question], text: str) -> tuple[Question, ...]:
    """What is missing in the story and what only a person can judge, the weightiest first, nothing twice."""
    found = {question.id: question for question in (*open_questions(process, text), *practice)}
    return tuple(each_once(sorted(found.values(), key=lambda question: (-question.weight, question.id))))


def _notes(completed: Completed, view: View) -> tuple[str, ...]:
    told = []
    if completed.elapsed_filled > 0:
        told.append(
            f"{percent(completed.elapsed_filled)} of the expected elapsed time and {percent(completed.work_filled)} of "
            "the work rest on estimates or library figures, not on what was said or measured."
        )
    over = unsettled(completed.process)
    if over:
        told.append(f"{', '.join(over)}: more work comes than can be done, so waiting grows with every case played.")
    told.extend(view.protection.stays)
    return tuple(told)
