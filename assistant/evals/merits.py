"""What a redesign is worth apart from its effects: reasons, pains met, technology that fits, sources, steadiness.

Which technology may do what kind of step is written here once more, from the domain notes and not from the rules of the
program, so that a slip in those shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import combinations
from statistics import fmean
from typing import Any

from assistant.process.blocks import Task
from assistant.process.measures import structure
from assistant.process.model import Process
from assistant.process.tree import by_id, tasks
from assistant.redesign.engine import Redesign
from assistant.redesign.shapes import Alternative, Finding, Proposal

UNMEASURED = 0.1
"""What a finding weighs that explains no share of time or cost: by rule of thumb."""
MOST_EXCEPTIONS = 0.1
STEADY_RUNS = 5

MEANS = {
    "traceable": "Share of proposals that name a practice, steps that are there, and findings with evidence.",
    "pains_met": "Share of what hurts, by its part of time or cost, that is changed or asked about.",
    "enabler_fit": "Share of technology proposed that the kind of step allows: no rules for judgement …",
    "cited": "Share of entries of the library that proposals name which are there.",
    "no_more_complex": "Ways of today's decisions over those of the most branched alternative; 1 where none are added.",
    "stable": "How alike practices and steps taken are in five runs with other random numbers (mean overlap of two).",
}

FITS: dict[str, Callable[[Task], bool]] = {
    "E01": lambda task: not task.judgement and task.rule_based is not False,
    "E03": lambda task: not task.physical and task.medium not in ("phone", "meeting"),
    "E04": lambda task: not task.judgement and task.rule_based is not False and _regular(task),
    "E05": lambda task: not task.physical,
    "E06": lambda task: not (task.is_control or task.legal_basis or task.physical),
    "E09": lambda task: not task.legal_basis,
    "E14": lambda task: task.physical,
    "E15": lambda task: False,
    "E17": lambda task: False,
    "E18": lambda task: task.physical,
}
"""For each enabler what a step must be like; those that are not here bear on no single step."""


def _regular(task: Task) -> bool:
    return (task.exception_rate or 0.0) <= MOST_EXCEPTIONS


def merits(result: Redesign, again: Sequence[Redesign], library: Any) -> dict[str, Any]:
    """What the scores of `MEANS` are worked out from, as JSON data."""
    proposals = _taken(result.alternatives)
    today, roles = by_id(result.as_is), {role.id for role in result.as_is.roles}
    findings = {finding.id: finding for finding in (*result.findings, *result.suited)}
    cites = [name for proposal in proposals for name in proposal.cites]
    fits = [fit for proposal in proposals for fit in _fits(proposal, result.as_is)]
    return {
        "proposals": len(proposals),
        "untraced": [p.title for p in proposals if not _traced(p, findings, {*today, *roles})],
        "cites": len(cites), "unknown_cites": sorted({name for name in cites if library.find(name) is None}),
        "enablers": len(fits), "misfits": [told for told in fits if told],
        "pains": _pains(result), "branching": [_branching(result.as_is), *map(_branching, _outcomes(result))],
        "taken": [_targets(run) for run in (result, *again)],
    }  # fmt: skip


def _taken(alternatives: Sequence[Alternative]) -> list[Proposal]:
    """Every proposal that stands in an alternative, once."""
    return list({p.id: p for alternative in alternatives for p in alternative.proposals}.values())


def _outcomes(result: Redesign) -> list[Process]:
    return [alternative.process for alternative in result.alternatives if alternative.proposals]


def _branching(process: Process) -> int:
    return structure(process).cfc


def _traced(proposal: Proposal, findings: dict[str, Finding], there: Collection[str]) -> bool:
    reasons = [findings.get(name) for name in proposal.because]
    grounded = bool(reasons) and all(reason is not None and reason.because for reason in reasons)
    return grounded and bool(proposal.practice and proposal.elements) and set(proposal.elements) <= set(there)


def _fits(proposal: Proposal, process: Process) -> list[str]:
    """For each enabler of a proposal what speaks against it, or "" where it fits one of the steps it is about."""
    about = [task for task in tasks(process) if task.id in proposal.elements]
    return [
        "" if not about or any(FITS[code](task) for task in about) else f"{code} for {', '.join(t.name for t in about)}"
        for code in proposal.enablers
        if code in FITS
    ]


def _pains(result: Redesign) -> list[dict[str, Any]]:
    """Each finding with its weight, and whether a proposal that was not refused rests on it."""
    open_ = {name for fate in result.proposals if fate.became != "refused" for name in fate.proposal.because}
    return [
        {"title": finding.title, "weight": round(finding.share or UNMEASURED, 4), "met": finding.id in open_}
        for finding in result.findings
    ]


def _targets(result: Redesign) -> list[list[str]]:
    """What is taken into the alternative that leads: practice and step."""
    return sorted(
        [f.proposal.practice, step] for f in result.proposals if f.became == "adopted" for step in f.proposal.elements
    )


def merit_scores(found: dict[str, Any]) -> dict[str, float]:
    """The scores of `MEANS` as far as there is something to score."""
    weight = sum(pain["weight"] for pain in found["pains"])
    today, *later = found["branching"]
    scores = {
        "traceable": _share(found["proposals"] - len(found["untraced"]), found["proposals"]),
        "cited": _share(found["cites"] - len(found["unknown_cites"]), found["cites"]),
        "enabler_fit": _share(found["enablers"] - len(found["misfits"]), found["enablers"]),
        "pains_met": _share(sum(pain["weight"] for pain in found["pains"] if pain["met"]), weight),
        "no_more_complex": _share(today + 1, max(later) + 1) if later else None,
        "stable": steadiness(found["taken"]),
    }
    return {name: value for name, value in scores.items() if value is not None}


def _share(part: float, whole: float) -> float | None:
    return min(1.0, part / whole) if whole else None


def steadiness(runs: Sequence[Sequence[Sequence[str]]]) -> float | None:
    """The mean overlap (Jaccard) of what two runs took; None when none took anything."""
    sets = [{tuple(pair) for pair in run} for run in runs]
    if len(sets) < 2 or not any(sets):
        return None
    return fmean(len(a & b) / len(a | b) if a | b else 1.0 for a, b in combinations(sets, 2))


def merit_faults(found: dict[str, Any]) -> list[str]:
    """What is below 1, in words."""
    told = [f"without reasons, practice or steps that are there: {title}" for title in found["untraced"]]
    told += [f"no such entry in the library: {name}" for name in found["unknown_cites"]]
    told += [f"technology that does not fit: {text}" for text in found["misfits"]]
    told += [f"nothing is proposed or asked about: {pain['title']}" for pain in found["pains"] if not pain["met"]]
    today, *later = found["branching"]
    told += [f"control-flow complexity {today} becomes {max(later)}"] if later and max(later) > today else []
    apart = {tuple(map(tuple, run)) for run in found["taken"]}
    told += [f"{len(apart)} of {len(found['taken'])} runs took different things"] if len(apart) > 1 else []
    return told
