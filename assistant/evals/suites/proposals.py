"""proposals: what every redesign must keep, and what it promises against a longer play of the same processes.

Nothing is compared with a gold redesign here: the checks hold for any process. A control stays, an alternative is
today's process with its edits and nothing else, every proposal has its reasons, what was rejected is not recommended,
no alternative is worse than another in everything, and the effect a longer play with other random numbers shows lies
in the interval that was promised.
"""

from __future__ import annotations

from typing import Any

from assistant.evals.casefile import bundled_cases
from assistant.evals.door import Door
from assistant.evals.grounding import Known, numbers_of, relative_effects, ungrounded, untold_guesses
from assistant.evals.judging import ANSWER, TODAY
from assistant.evals.merits import MEANS, STEADY_RUNS, merit_faults, merit_scores, merits
from assistant.evals.planted import expanded
from assistant.evals.shapes import Case, Suite
from assistant.evals.suites.pains import planted_cases
from assistant.language.paper.writing import PROMPTS as PAPER
from assistant.process.apply import apply
from assistant.process.checks import check
from assistant.process.codec import from_data
from assistant.process.model import Process
from assistant.process.outline import to_outline
from assistant.process.tree import by_id, enclosing
from assistant.redesign.engine import Redesign
from assistant.redesign.guards import faults
from assistant.redesign.shapes import DIMENSIONS, Alternative, Effect
from assistant.redesign.view import View
from assistant.settings import RedesignSettings

PROMPTS = ("map", "diagnose", "judge_steps", "propose", *PAPER)
OTHER_SEED, LONGER = 7919, {"cases": 200, "replications": 4}
SHORTEST = {"cases": 30, "replications": 2, "draws": 0}
"""Enough to see what is proposed; nothing rests on its effects."""
RECOMMENDABLE = ("better", "mixed")


def _load() -> list[Case]:
    planted = [
        Case(
            case.id, case.given, {}, case.origin, "a redesign keeps controls, says what it does, and does what it says"
        )
        for case in planted_cases()
    ]
    return [*planted, *bundled_cases("proposals")]


def _play(door: Door, case: Case) -> dict[str, Any]:
    given: Any = case.given.get("story")
    if given is None:
        given = _process(case.given["process"])
    if case.given.get("after"):
        found = door.compare(given, _process(case.given["after"]))
        return {"verdict": found.word, "why": found.why}
    options = {"goal": case.given.get("goal"), "keep": tuple(case.given.get("keep", ()))}
    result = door.redesign(given, **options)
    again = door.redesign(result.as_is, seed=OTHER_SEED, draws=0, **{**options, **LONGER})
    runs = [again, *_other_runs(door, result, options)]
    rejected = _rejected(door, result)
    return {
        "faults": _faults(result, options["keep"]), "recommended": result.recommended, "rejected_again": rejected,
        ANSWER: answer_in_words(result), TODAY: to_outline(result.as_is),
        "promises": _promises(result, again),
        "merits": merits(result, runs, door.app.library), "findings": [finding.title for finding in result.findings],
        "alternatives": [
            {"name": alternative.name, "word": alternative.word,
             "practices": [p.practice for p in alternative.proposals],
             "proposals": [p.title for p in alternative.proposals]}
            for alternative in result.alternatives
        ],
        "steps_kept": {
            phrase: all(_same_place(result.as_is, alternative.process, step) for alternative in result.alternatives
                        for step in _named(result, phrase))
            for phrase in case.expected.get("keep", ())
        },
    }  # fmt: skip


def _other_runs(door: Door, result: Redesign, options: dict[str, Any]) -> list[Redesign]:
    """More runs with other random numbers, to see whether the same comes out; a model is not asked again for that."""
    if door.app.model is not None:
        return []
    seeds = range(OTHER_SEED + 1, OTHER_SEED + STEADY_RUNS - 1)
    return [door.redesign(result.as_is, seed=seed, draws=0, **options) for seed in seeds]


def _process(data: Any) -> Process:
    return from_data({"schema": "process/1", **expanded(data)})


def answer_in_words(result: Redesign) -> str:
    """What is recommended, as a judge reads it: each change with reasons, risks and guards, and the process then."""
    chosen = result.alternative(result.recommended or "")
    if chosen is None:
        return f"Nothing is recommended. {result.why_recommended}"
    titles = {finding.id: finding.title for finding in (*result.findings, *result.suited)}
    told = [f"{chosen.name}: {chosen.verdict}", result.why_recommended]
    for proposal in chosen.proposals:
        parts = {"Because": [titles.get(name, name) for name in proposal.because], "Risks": proposal.risks,
                 "Guards": proposal.guards}  # fmt: skip
        told += [f"- {proposal.title}", *(f"  {name}: {'; '.join(texts)}" for name, texts in parts.items() if texts)]
    return "\n".join([*told, "The process then:", to_outline(chosen.process)])


def _same_place(today: Process, after: Process, step: str) -> bool:
    """Whether a step is what it was, under the conditions it had."""
    now, then = enclosing(today), enclosing(after)
    return by_id(after).get(step) == by_id(today)[step] and now.get(step) == then.get(step)


def _named(result: Redesign, phrase: str) -> list[str]:
    from assistant.redesign.protection import matching

    return matching(result.as_is, phrase)


def _rejected(door: Door, result: Redesign) -> bool:
    """Whether a proposal that was turned down is made again."""
    if not any(alternative.proposals for alternative in result.alternatives):
        return False
    session = door.session(result.as_is)
    session.redesign(**SHORTEST)
    first = session.proposal(1).id
    session.reject(1)
    after = session.redesign(**SHORTEST)
    return first in {proposal.id for alternative in after.alternatives for proposal in alternative.proposals}


def _faults(result: Redesign, keep: tuple[str, ...]) -> list[str]:
    """What is wrong with a redesign whatever the process, in words."""
    view = View(result.as_is, RedesignSettings(), keep=keep)
    told = [*untold_guesses(result.as_is, result.completed), *_made_up(result)]
    for alternative in result.alternatives:
        told += [f"{alternative.name}: {fault}" for fault in _of_alternative(result, view, alternative)]
    names = {alternative.name: alternative for alternative in result.alternatives}
    chosen = names.get(result.recommended or "")
    if result.recommended is not None and (chosen is None or chosen.word not in RECOMMENDABLE or chosen.dominated):
        told.append(f"{result.recommended} is recommended though it is {chosen.word if chosen else 'not there'}")
    adopted = {fate.proposal.id for fate in result.proposals if fate.became == "adopted"}
    refused = {fate.proposal.id for fate in result.proposals if fate.became == "refused"}
    taken = {p.id for alternative in result.alternatives for p in alternative.proposals}
    if refused & taken:
        told.append(f"refused and yet taken: {sorted(refused & taken)}")
    if taken - adopted - {fate.proposal.id for fate in result.proposals if fate.became == "other alternative"}:
        told.append("a proposal taken is not accounted for")
    return told


def _made_up(result: Redesign) -> list[str]:
    """Numbers in the verdicts, and in why one is recommended, that no effect gives."""
    effects = [alternative.effects for alternative in result.alternatives]
    known = Known(numbers_of([effects, relative_effects(result.alternatives), result.results], texts=False))
    said = [*(alternative.verdict for alternative in result.alternatives), result.why_recommended]
    return [f"a number from nowhere: {fault}" for text in said for fault in ungrounded(text, known)]


def _of_alternative(result: Redesign, view: View, one: Alternative) -> list[str]:
    told = []
    if one.process != apply(result.as_is, one.edits):
        told.append("it is not today's process with its edits")
    known = {(issue.id, issue.elements) for issue in check(result.as_is) if issue.severity == "error"}
    errors = [i for i in check(one.process) if i.severity == "error" and (i.id, i.elements) not in known]
    told += [issue.text for issue in errors]
    caught = tuple(text for proposal in one.proposals for text in proposal.caught)
    free, read = result.goal is not None, any(proposal.own for proposal in one.proposals)
    told += faults(view, one.edits, caught, free_outcomes=free, story_read=read)[1]
    findings = {finding.id for finding in (*result.findings, *result.suited)}
    for proposal in one.proposals:
        if not proposal.because or not set(proposal.because) <= findings:
            told.append(f"{proposal.id} has no finding for a reason")
        if not (proposal.risks and proposal.failure and proposal.guards and set(proposal.effects) == set(DIMENSIONS)):
            told.append(f"{proposal.id} lacks risks, failure, guards or directions")
    told += [f"the effect on {name} is neither a number nor a reason" for name, effect in one.effects.items()
             if effect.change is None and not effect.reason]  # fmt: skip
    return told


def _promises(result: Redesign, again: Redesign) -> list[dict[str, Any]]:
    """Each simulated effect with the one a longer play shows; `inside`: it lies in the interval promised."""
    others = {alternative.name: alternative for alternative in again.alternatives}
    rows = []
    for alternative in result.alternatives:
        other = others.get(alternative.name)
        for name, effect in (
            alternative.effects.items() if other is not None and other.edits == alternative.edits else ()
        ):
            seen = other.effects[name] if other is not None else None
            if effect.basis == "simulated" and seen is not None and None not in (effect.change, seen.change):
                rows.append({
                    "alternative": alternative.name, "dimension": name, "promised": effect.change, "seen": seen.change,
                    "inside": _overlap(effect, seen), "same_way": _same_way(effect, seen),
                })  # fmt: skip
    return rows


def _overlap(a: Effect, b: Effect) -> bool:
    """Whether the intervals of two plays meet."""
    ends = (a.low, a.high, b.low, b.high)
    if any(end is None for end in ends):
        return True
    low, high, other_low, other_high = (float(end or 0.0) for end in ends)
    return low <= other_high + 1e-9 and other_low <= high + 1e-9


def _same_way(a: Effect, b: Effect) -> bool:
    """Whether two plays do not contradict each other on what is better."""
    return a.better is None or b.better is None or a.better == b.better


def _score(case: Case, output: Any) -> dict[str, float]:
    if "verdict" in output:
        return {"verdict": float(output["verdict"] == case.expected.get("verdict"))}
    promises = output["promises"]
    scores = {
        "sound": float(not output["faults"]),
        "decisions_kept": float(not output["rejected_again"] and all(output["steps_kept"].values())),
    }
    if promises:
        scores["promise_kept"] = sum(row["inside"] and row["same_way"] for row in promises) / len(promises)
    scores |= merit_scores(output["merits"])
    practices = {practice for alternative in output["alternatives"] for practice in alternative["practices"]}
    if case.expected.get("practices"):
        scores["practices"] = float(set(case.expected["practices"]) <= practices)
    if case.expected.get("not_practices"):
        scores["no_trap"] = float(not set(case.expected["not_practices"]) & practices)
    if "recommended" in case.expected:
        scores["recommends"] = float((output["recommended"] is not None) == case.expected["recommended"])
    return scores


def _why(case: Case, output: Any) -> list[str]:
    if "verdict" in output:
        right = output["verdict"] == case.expected.get("verdict")
        return [] if right else [f"{output['verdict']} instead of {case.expected.get('verdict')}: {output['why']}"]
    told = [*output["faults"], *(["what was turned down comes again"] if output["rejected_again"] else [])]
    told += [f"{phrase} does not stay" for phrase, kept in output["steps_kept"].items() if not kept]
    return told + [
        f"{row['dimension']} of {row['alternative']}: {row['promised']:.4g} was promised, {row['seen']:.4g} was seen"
        for row in output["promises"] if not (row["inside"] and row["same_way"])
    ] + merit_faults(output["merits"])  # fmt: skip


SCORES = {
    "sound": "1 when every alternative is today's process with its edits, can run, breaks no guard and says why.",
    "decisions_kept": "1 when what must stay stays as it is, and what was turned down is not proposed again.",
    "promise_kept": "Share of promised effects whose interval holds what a longer play with other numbers shows.",
    "practices": "1 when the practices the case asks for are proposed.",
    "no_trap": "1 when no practice is proposed that the case names as a trap.",
    "recommends": "1 when something is recommended where it should be, and nothing where it should not.",
    "verdict": "1 when two processes that are compared get the verdict the case names.",
    **MEANS,
}


SUITES = (
    Suite(
        "proposals", "What every redesign must keep, and its promises against a longer play.", _load, _play, _score,
        PROMPTS, frozenset({"sound", "decisions_kept", "no_trap", "verdict"}), every=4, why=_why,
        means=SCORES, trends=frozenset(MEANS),
    ),
)  # fmt: skip
