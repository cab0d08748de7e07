"""pains: processes with planted pains and told stories with pains; what is found, what is missed, what is invented.

Recall is over planted pains, precision over findings. In a process a finding is right when it names the pain's kind or
practice and one of its elements; in a told story, where ids are the reader's, when a step it names is called alike.
Alternatives are played on a short simulation; what they promise is looked at by the suite `proposals`.
"""

from __future__ import annotations

import json
from typing import Any

from assistant.evals.casefile import bundled_cases
from assistant.evals.door import Door
from assistant.evals.halves import half_of
from assistant.evals.maps import similarity
from assistant.evals.planted import expanded
from assistant.evals.shapes import Case, Suite
from assistant.language.paper.writing import PROMPTS as PAPER
from assistant.process.codec import from_data
from assistant.process.describe import name_of
from assistant.process.tree import by_id
from assistant.settings import bundled, plain_yaml

ALIKE = 0.5
PROMPTS = ("map", "diagnose", "judge_steps", "propose", *PAPER)


def _load() -> list[Case]:
    return [*planted_cases(), *_told(), *bundled_cases("pains")]


def planted_cases() -> list[Case]:
    """The planted processes as cases."""
    cases = []
    for path in sorted((bundled("evals") / "planted").glob("*.yaml")):
        data = plain_yaml(path.read_text(encoding="utf-8"))
        guards = "" if data["expect"] else "a process that runs well stays without a finding"
        cases.append(Case(path.stem, {"process": data["process"]}, {"pains": data["expect"]}, "evals/planted", guards))
    return cases


def _told() -> list[Case]:
    cases = []
    for path in sorted((bundled("evals") / "told_pains").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        pains = [{"pain": row["why"], "practices": row["practice"], "where": row["where"]} for row in gold["pains"]]
        story = path.with_suffix(".txt").read_text(encoding="utf-8")
        cases.append(
            Case(f"told/{path.stem}", {"story": story}, {"pains": pains}, "evals/told_pains", half=half_of(path))
        )
    return cases


def _play(door: Door, case: Case) -> dict[str, Any]:
    given: Any = case.given.get("story")
    if given is None:
        given = from_data({"schema": "process/1", **expanded(case.given["process"])})
    result = door.redesign(given, draws=0)  # how wide an effect's range is bears on no finding
    steps = by_id(result.as_is)
    roles = {role.id: role.name for role in result.as_is.roles}
    story = case.given.get("story")
    return {
        "findings": [
            {
                "kind": finding.kind, "title": finding.title, "practices": list(finding.practices),
                "elements": list(finding.elements), "confidence": round(finding.confidence, 2),
                "names": [name_of(steps[e]) if e in steps else roles.get(e, e) for e in finding.elements],
                "bad_quotes": [q.text for q in finding.quotes if not exact(q, story, result.as_is)],
            }
            for finding in result.findings
        ]
    }  # fmt: skip


def exact(quote: Any, story: str | None, process: Any) -> bool:
    """Whether a quote's text is what stands at its place, whole words."""
    if story is None:
        return True
    if story[quote.start : quote.end] != quote.text:
        return False
    before, after = story[quote.start - 1 : quote.start], story[quote.end : quote.end + 1]
    return not (before.isalnum() and quote.text[:1].isalnum()) and not (after.isalnum() and quote.text[-1:].isalnum())


def _score(case: Case, output: Any) -> dict[str, float]:
    pains, findings = case.expected["pains"], output["findings"]
    planted = [pain for pain in pains if not pain.get("also")]
    met = sum(any(_names(pain, finding) for finding in findings) for pain in planted)
    right = sum(any(_names(pain, finding) for pain in pains) for finding in findings)
    recall = met / len(planted) if planted else 1.0
    precision = right / len(findings) if findings else 1.0
    both = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    quotes = float(not any(finding["bad_quotes"] for finding in findings))
    return {"recall": recall, "precision": precision, "f1": both, "quotes": quotes}


def _why(case: Case, output: Any) -> list[str]:
    pains, findings = case.expected["pains"], output["findings"]
    missed = [p["pain"] for p in pains if not p.get("also") and not any(_names(p, finding) for finding in findings)]
    beside = [f["title"] for f in findings if not any(_names(pain, f) for pain in pains)]
    cut = [quote for finding in findings for quote in finding["bad_quotes"]]
    told = (("not found", missed), ("not among the pains", beside), ("no words of the story", cut))
    return [f"{what}: {text}" for what, texts in told for text in texts]


def _names(pain: dict[str, Any], finding: dict[str, Any]) -> bool:
    named = finding["kind"] in pain.get("kinds", ()) or set(pain.get("practices", ())) & set(finding["practices"])
    here = set(pain.get("elements", ())) & set(finding["elements"])
    where = any(similarity(a, b) >= ALIKE for a in pain.get("where", ()) for b in finding["names"])
    return bool(named) and bool(here or where)


MEANS = {
    "recall": "Share of the pains put into the case that a finding names at the right place.",
    "precision": "Share of the findings that name a pain that is there.",
    "f1": "Recall and precision in one figure (their harmonic mean).",
    "quotes": "1 when every quoted word stands in the story at its place, uncut.",
}


SUITES = (
    Suite(
        "pains", "Processes and told stories with pains put into them: found, and nothing invented.", _load, _play,
        _score, PROMPTS, frozenset({"quotes"}), every=2, why=_why,
        means=MEANS,
    ),
)  # fmt: skip
