"""Enablers: which technology fits a step, and which one asked for does not, with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.english.alike import stem
from assistant.process.blocks import Task
from assistant.redesign.view import View
from assistant.redesign.words import content, says

NAMES = {
    "E01": "Rules or a decision table",
    "E02": "Workflow or portal",
    "E03": "API, EDI or e-invoice",
    "E04": "Robotic process automation",
    "E05": "Document AI",
    "E06": "Drafts by generative AI",
    "E07": "Summaries by generative AI",
    "E08": "Guided intake",
    "E09": "Machine-learned score",
    "E10": "Forecast",
    "E11": "Anomaly detection",
    "E12": "Optimisation and scheduling",
    "E13": "Process mining",
    "E14": "Sensors (IoT)",
    "E15": "Blockchain",
    "E16": "Dashboard",
    "E17": "Digital twin",
    "E18": "Smart robots",
}
CUSTOMER = frozenset(stem(word) for word in "customer client buyer user applicant citizen patient guest caller".split())
ASKED = {
    "E15": r"\bblock ?chain|\bdistributed ledger|\bsmart contract",
    "E04": r"\brpa\b|\brobotic process",
    "E05": r"\bdocument ai\b|\bocr\b",
    "E06": r"\bgenerative ai\b|\bgen[- ]?ai\b|\bchat ?gpt\b|\bllm\b",
    "E09": r"\bmachine learning\b|\bpredictive\b",
    "E14": r"\biot\b|\bsensors?\b",
    "E17": r"\bdigital twin\b",
    "E18": r"\b(?:physical|warehouse|smart) robots?\b",
}


@dataclass(frozen=True)
class Fit:
    """Whether an enabler fits, where, and why or why not."""

    code: str
    name: str
    fits: bool
    elements: tuple[str, ...]
    reason: str

    def document(self) -> dict[str, object]:
        """As JSON data."""
        return {
            "code": self.code,
            "name": self.name,
            "fits": self.fits,
            "elements": list(self.elements),
            "reason": self.reason,
        }


def asked_for(view: View, text: str) -> tuple[Fit, ...]:
    """What a goal or wish asks for by name, judged against the process."""
    return tuple(fit(view, code) for code, pattern in ASKED.items() if re.search(pattern, text, re.I))


def fit(view: View, code: str) -> Fit:
    """Whether an enabler fits the process, by what is known of it."""
    if code == "E15":
        return _blockchain(view)
    rare = view.settings.automation_exceptions
    tests = {
        "E04": (lambda t: bool(t.rule_based) and (t.exception_rate or 0) <= rare and _often(view, t),
                "stable screens, work by rule, a thousand cases a year and at most one exception in ten"),
        "E05": (lambda t: t.medium in ("paper", "fax", "email") and not t.judgement,
                "documents of a kind with fields that can be checked"),
        "E06": (lambda t: bool(t.language_heavy), "language work that a person reviews"),
        "E09": (lambda t: bool(t.judgement) and _often(view, t), "a decision made often, with a history of outcomes"),
        "E14": (lambda t: t.physical, "a physical state that is known too late today"),
        "E17": (lambda t: False, "a live feed from the real work; without one it is a simulation"),
        "E18": (lambda t: t.physical and _often(view, t), "physical work that repeats without variety"),
    }  # fmt: skip
    test, needs = tests.get(code, (lambda t: False, "a reason in the process"))
    found = tuple(t.id for t in view.tasks.values() if t.id not in view.protection.reasons and test(t))
    reason = f"It needs {needs}. " + (
        "These steps are like that." if found else "No step here is known to be like that."
    )
    return Fit(code, NAMES[code], bool(found), found, reason)


def _often(view: View, task: Task) -> bool:
    return view.yearly is not None and view.yearly * view.rates[task.id] >= view.settings.automation_volume


def _blockchain(view: View) -> Fit:
    """Only where several firms that trust no common store share a record; customers alone do not make it so."""
    served = {word for customer in view.process.customers for word in content(customer.name)} | CUSTOMER
    outside = {str(view.party_of(step)) for step in view.steps.values() if view.party_of(step)}
    outside |= {role.name for role in view.process.roles if role.kind == "external"}
    firms = sorted(name for name in outside if not content(name) & served)
    if len(firms) < 2:
        who = "one company" + (f" with {firms[0]}" if firms else "")
        reason = (
            f"Declined: the work is done by {who}. A blockchain helps where several firms that trust no common store "
            "must keep one record; here a shared database with a log does the same for less."
        )
        return Fit("E15", NAMES["E15"], False, (), reason)
    reason = (
        f"Doubtful: {len(firms)} outside firms take part. It fits only where they have no store they all trust and "
        "the custody of goods or papers must be proven; first ask whether one of them could keep a shared record."
    )
    return Fit("E15", NAMES["E15"], False, (), reason)


def misfit(code: str, task: Task) -> str | None:
    """Why an enabler does not fit a step, or None when it may."""
    if code in ("E04", "E01") and (task.judgement or task.rule_based is False):
        return f"{task.name} needs judgement, which rules do not have"
    if code == "E06" and (task.is_control or task.legal_basis):
        return f"{task.name} is a control: a draft is no check"
    if code == "E18" and not task.physical:
        return f"{task.name} is no physical work"
    if code == "E03" and says(task.name, frozenset({"negotiate", "agree", "meet"})):
        return f"{task.name} is done between people"
    return None
