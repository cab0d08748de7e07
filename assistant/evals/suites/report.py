"""report: the handed over report and package: every number grounded, plain language, nothing missing, one file."""

from __future__ import annotations

import re
from typing import Any

from assistant.evals.casefile import bundled_cases
from assistant.evals.door import Door
from assistant.evals.grounding import Known, numbers_of, relative_effects, ungrounded, untold_guesses
from assistant.evals.planted import expanded
from assistant.evals.shapes import Case, Suite
from assistant.evals.suites.pains import exact, planted_cases
from assistant.evals.suites.reading import story_cases
from assistant.evals.suites.safety import ADDRESS
from assistant.handover.inputs import yearly_cases
from assistant.handover.package import package
from assistant.language.paper.writing import PROMPTS as PAPER
from assistant.process.codec import from_data
from assistant.process.expected import expected
from assistant.process.tree import tasks
from assistant.redesign.engine import Redesign

MOST_BYTES = 1_500_000
A_YEAR = 52
SAMPLE = 8
WRONG = {
    "number and noun": r"(?<![\d.,–-])1[ \u00a0](?:figures|steps|roles|findings|cases|tasks|people|times|ways)\b",
    "a doubled word": r"(?<![\w-])(the|a|an|of|to|for|is|are|with|by|in|and)[ \u00a0]\1\b(?![-'])",
    "an id": r"\b[a-z]{3,}_[a-z_]{2,}\b|\bt\d+\b",
    "a word of the code": r"\b(?:None|True|False)\b(?! [a-z])|\bnan\b|\binf\b|\bnull\b|\{\{|\}\}",
    "a word of the trade": r"\b(?:gateway|DAG|XOR|stochastic|Monte Carlo|p-value|bootstrap|lognormal|M/M/c)\b",
    "empty quotes": r"“\s*”",
    "doubled marks": r"(?<!\.)\.\.(?!\.)|,,|;;|::|\?\?|\.;",
}  # fmt: skip
JUDGED = re.compile(r"```.*?```|`[^`]*`|“[^”]*”", re.DOTALL)
BASES = ("measured", "stated", "estimated", "library", "inferred", "computed", "simulated", "unknown")


def _load() -> list[Case]:
    guards = "no number comes from nowhere, and a package holds what a team needs"
    stories = [Case(case.id, case.given, {}, case.origin, guards) for case in story_cases()]
    planted = [Case(case.id, case.given, {}, case.origin, guards) for case in planted_cases()[::SAMPLE]]
    return [*stories, *planted, *bundled_cases("report")]


def _play(door: Door, case: Case) -> dict[str, Any]:
    story = case.given.get("story")
    given: Any = story
    if given is None:
        given = from_data({"schema": "process/1", **expanded(case.given["process"])})
    result = door.redesign(given, goal=case.given.get("goal"), keep=tuple(case.given.get("keep", ())))
    handed = package(result, door.app.library)
    page, text = door.report(result)
    document = result.document()
    said = numbers_of(story or case.given["process"]) | _rates(result.as_is)
    shown = [document, handed, relative_effects(result.alternatives), _yearly(result)]
    held = [result.entry, door.app.library.figures, _pays(result)]
    known = Known(said | numbers_of(shown, texts=False) | numbers_of(held))
    process_numbers = (
        said | numbers_of(document["process"]) | numbers_of(document["results"]) | numbers_of(document["filled"])
    )
    return {
        "ungrounded": ungrounded(text, known)[:20],
        "findings": _finding_faults(result, process_numbers),
        "guesses": untold_guesses(result.as_is, result.completed),
        "language": plain_faults(text),
        "missing": _missing(result, handed, text),
        "page": {"bytes": len(page.encode()), "outside": ADDRESS.findall(page), "script": "<script" in page.lower()},
        "quotes": [q.text for f in result.findings for q in f.quotes if not exact(q, story, result.as_is)],
        "recommended": result.recommended, "words": len(text.split()),
    }  # fmt: skip


def _yearly(result: Redesign) -> list[float]:
    """What the share of a finding comes to over the cases of a year: worked out once more from its parts."""
    cases, whole = yearly_cases(result.as_is, result.completed.process), expected(result.completed.process)
    parts = {"time": whole.elapsed.value, "cost": whole.cost.value}
    shares = [(finding.share or 0.0) * parts.get(str(finding.share_of), 0.0) for finding in result.findings]
    return [share * (cases or 0.0) for share in shares]


def _pays(result: Redesign) -> list[str]:
    """From what cost on software pays, as readers are told: computed when it is told."""
    return [step.pays for alternative in result.alternatives for step in alternative.by_software]


def _rates(process: Any) -> set[float]:
    """Cases in each span of time readers are told of, by the time between two."""
    gap = process.volume.between.mean_seconds if process.volume else 0
    hours = [line for role in process.roles for line in role.calendar or ()]
    spans = [3600.0, 8 * 3600.0, 86400.0, 5 * 8 * 3600.0, 604800.0, 30 * 86400.0, 365 * 86400.0, *numbers_of(hours)]
    return {span / gap for span in spans} if gap else set()


def _finding_faults(result: Any, numbers: set[float]) -> list[str]:
    """Figures in the reasons of findings that neither the process, nor its play, nor their own value gives."""
    told = []
    for finding in result.findings:
        values = numbers_of([line.value for line in finding.because]) | numbers_of(dict(finding.details))
        known = Known(numbers | values | ({finding.share} if finding.share is not None else set()))
        told += [f"{finding.id}: {fault}" for line in finding.because for fault in ungrounded(line.text, known)]
        told += [f"{finding.id}: a reason without basis" for line in finding.because if line.basis not in BASES]
        if not finding.because:
            told.append(f"{finding.id} has no reason")
    return told


def plain_faults(text: str) -> list[str]:
    """What is no plain language in a text we wrote (quotes, names and pictures are not ours)."""
    bare = JUDGED.sub("“x”", text).replace("\\_", "_")
    found = [
        f"{name}: {match.group(0)}"
        for name, pattern in WRONG.items()
        for match in re.finditer(pattern, text if name == "empty quotes" else bare)
    ]
    return list(dict.fromkeys(found))


def _missing(result: Any, handed: Any, text: str) -> list[str]:
    """What a complete package has and this one lacks, in words."""
    told = []
    if not 3 <= len(handed.kpis) <= 7 or len({kpi.dimension for kpi in handed.kpis}) < 3:
        told.append(f"{len(handed.kpis)} measures in {len({kpi.dimension for kpi in handed.kpis})} dimensions")
    for kpi in handed.kpis:
        empty = [
            name for name in ("formula", "unit", "owner", "source", "cadence", "direction") if not getattr(kpi, name)
        ]
        if empty or not kpi.target.reason:
            told.append(f"measure {kpi.name} lacks {', '.join(empty) or 'a reason for its target'}")
    inside = {role.id for role in handed.to_be.roles if role.kind != "external"}
    steps = {task.id for task in tasks(handed.to_be) if task.role in inside}
    lines = {line.step: line for line in handed.raci}
    told += [f"nobody answers for {step}" for step in sorted(steps) if step not in lines or not lines[step].accountable]
    plan = handed.rollout
    told += [] if plan.packages else ["there is no plan"]
    told += ["the plan takes over a year and does not say so"] if plan.weeks > A_YEAR and not plan.warning else []
    told += [] if handed.briefings or not handed.changes else ["nobody is told of the change"]
    told += (
        []
        if handed.pilot.entry and handed.pilot.exit and handed.pilot.rollback
        else ["the pilot has no way in, out or back"]
    )
    told += [] if handed.review.agenda and handed.controls else ["there is no meeting or control plan"]
    told += [f"alternative {alternative.name} is not in the report" for alternative in result.alternatives
             if alternative.proposals and alternative.name.lower() not in text.lower()]  # fmt: skip
    bare = re.sub(r"\\(.)|[“”]", r"\1", text)  # the paper sets step names in quotation marks
    told += [
        f"finding {f.id} is not in the report" for f in result.findings if re.sub("[“”]", "", f.title)[:40] not in bare
    ]
    for alternative in result.alternatives:
        told += [f"{name} of {alternative.name} has neither number nor reason"
                 for name, effect in alternative.effects.items()
                 if effect.change is None and not effect.reason]  # fmt: skip
    return told


def _score(case: Case, output: Any) -> dict[str, float]:
    page = output["page"]
    return {
        "grounded": float(not any(output[name] for name in ("ungrounded", "findings", "quotes", "guesses"))),
        "plain": float(not output["language"]),
        "complete": float(not output["missing"]),
        "one_file": float(page["bytes"] <= MOST_BYTES and not page["outside"] and not page["script"]),
    }


def _why(case: Case, output: Any) -> list[str]:
    named = {"ungrounded": "a number from nowhere", "findings": "a finding", "guesses": "a guess that is not told",
             "quotes": "no words of the story", "language": "not plain", "missing": "not complete"}  # fmt: skip
    return [f"{words}: {fault}" for name, words in named.items() for fault in output[name]]


MEANS = {
    "grounded": "1 when every number of report and findings comes from story, process, library or computation.",
    "plain": "1 when the text has no id, word of the code or of the trade, doubled word or wrong plural.",
    "complete": "1 when measures, who answers for what, plan, pilot with its way back, and controls are all there.",
    "one_file": "1 when the report is one small file without script and outside address.",
}


SUITES = (
    Suite(
        "report", "The report and package: numbers grounded, language plain, nothing missing.", _load, _play, _score,
        ("map", "diagnose", "judge_steps", "propose", *PAPER),
        frozenset({"grounded", "plain", "complete", "one_file"}), every=4, why=_why,
        means=MEANS,
    ),
)  # fmt: skip
