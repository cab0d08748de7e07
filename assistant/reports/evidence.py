"""What the report says about the evidence: findings with their share, what is open, assumed or overlooked, how made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.handover.inputs import yearly_cases
from assistant.handover.kpis import gap
from assistant.handover.monday import way_of
from assistant.process.describe import FIELDS, name_of
from assistant.process.expected import expected
from assistant.process.figures import plural
from assistant.process.model import Process
from assistant.process.questions import LEFT_OPEN
from assistant.process.tree import branches, by_id
from assistant.redesign.consulting import LEFT_ALONE
from assistant.redesign.customers import CUSTOMERS_SAY
from assistant.redesign.estimates import filled_in_words, hours_in_words, priced
from assistant.redesign.findings import heaviest_first
from assistant.redesign.planning import AVOID
from assistant.redesign.quoting import shortened
from assistant.redesign.result import BY_RULES
from assistant.redesign.shapes import MOST_NAMED, meant
from assistant.redesign.unknowns import could_be
from assistant.redesign.wholes import told_beyond
from assistant.reports.format import amount, badge, count, listed, share
from assistant.simulation.run import BESIDE

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Evidence, Filled, Finding, Shown
    from assistant.simulation.results import Result

MOST_FINDINGS, MOST_QUESTIONS, MOST_SHARP, MOST_QUOTES = 12, 7, 12, 2
MOULDS = ("work", "who", "capacity", "price")
"""Questions of one form, asked of step after step: they stand in one table to fill in."""
REST_UNTOLD = "Where the rest lies was not told: what is played holds for these steps alone."
DAY = 86400.0
COUNTED = frozenset("error_at_source work_for_nothing held_up_by_few typed_again late_check one_pile".split())
"""Kinds of remark whose share is a share of all cases."""
OF_NO_CASES = re.compile(
    r"(?:%|per ?cent|half|third|quarter|fifth|tenth|thirds|quarters|\d)\s+(?:of\s+)?(?:\w+\s+){0,3}?"
    r"(?:time|hours?|days?|weeks?|shifts?|mornings?|afternoons?|evenings?|effort|work|budget|money|costs?|turnover)\b",
    re.I,
)
"""Words that say of what a share is: of hours, effort or money, and not of cases."""
SURE, NOTABLE, SOME = 0.75, 0.5, 0.2
MOST_ALIKE = 4
"""Places named of which the same was assumed."""
PRACTICE = re.compile(r"Practice: [^.]+\. ")
"""How the reason of a question names the practice: a word of the trade that answers nothing."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def findings(redesign: Redesign, page: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """The findings, the weightiest first, each with its bar; those beyond a dozen are only named. What is only asked
    about is no finding: it stands apart, in a line each. `above`: page one told it with its words and a better way."""
    above = {told["pain"] for told in page}
    ranked, perhaps = claimed(redesign.findings)
    most = max((finding.share or 0 for finding in ranked), default=0)
    year = Year(redesign)
    return {
        "shown": [
            _finding(finding, number, most, redesign.as_is)
            | {
                "yearly": year.of(finding),
                "above": finding.title in above,
                "sums": [worked_out(shown) for shown in finding.details.get("sums", ())],
            }
            for number, finding in enumerate(ranked[:MOST_FINDINGS], 1)
        ],
        "rest": [finding.title for finding in ranked[MOST_FINDINGS:]],
        "perhaps": [finding.title for finding in perhaps],
        "count": count(len(ranked), "finding"),
        "voices": _voices(redesign),
    }


def _voices(redesign: Redesign) -> list[str]:
    """What customers say, in a line each; none where nobody was heard."""
    from assistant.feedback.links import linked_steps
    from assistant.feedback.plainly import voices

    heard = getattr(redesign, "customers", None)
    return list(voices(heard, {step.id: step.name for step in linked_steps(redesign.as_is)})) if heard else []


def claimed(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings that are claimed, the heaviest first, and those that are only asked about."""
    asked = [finding for finding in findings if finding.details.get("asked")]
    return heaviest_first(finding for finding in findings if finding not in asked), asked


def _finding(finding: Finding, number: int, most: float, process: Process) -> dict[str, Any]:
    part = finding.share
    return {
        "number": number,
        "title": finding.title,
        "where": _where(finding, process),
        "width": round(100 * part / most, 1) if part and most else 0,
        "share": f"{share(part)} of the {_of(finding.share_of)}" if part is not None else "",
        "evidence": [
            evidence(ground)
            for ground in dict.fromkeys(finding.because)
            if not ground.text.startswith("told: ") and ground.unit != CUSTOMERS_SAY
        ],
        "cure": str(finding.details.get("cure") or ""),
        "customers": [ground.text for ground in finding.because if ground.unit == CUSTOMERS_SAY],
        "quotes": [shortened(quote.text) for quote in getattr(finding, "quotes", ())][:MOST_QUOTES],
        "practices": way_of(finding),
        "confidence": confidence(finding.confidence),
        "waste": finding.waste if finding.waste != "none" else "",
    }


def worked_out(shown: Shown) -> str:
    """A sum with what it counts and what of it nobody told."""
    assumed = f"; assumed: {listed(shown.assumed)}" if shown.assumed else ""
    return f"{shown.text}{f' ({shown.counts}{assumed})' if shown.counts else assumed}"


def _where(finding: Finding, process: Process) -> str:
    """The places a title leaves out, a few of them; empty where it names them."""
    names = element_names(process, meant(finding))
    left = [name for name in names if name[name.find("“") + 1 : name.rfind("”")] not in finding.title]
    return listed(left[:MOST_NAMED]) if left and len(left) == len(names) else ""


class Year:
    """What a finding means in a year, where the cases of a year and its own figures were told."""

    def __init__(self, redesign: Redesign) -> None:
        self.process, self.completed = redesign.as_is, redesign.completed
        self.cases = yearly_cases(self.process, self.completed.process)
        self.remarks = {remark.span.start: remark for remark in self.process.remarks if remark.span is not None}

    def of(self, finding: Finding) -> str:
        """The yearly effect in a sentence; empty where figures are missing."""
        if self.cases is None or finding.details.get("effect"):  # whoever read the story said what it comes to
            return ""
        if finding.share and finding.share_of == "time" and self.completed.elapsed_filled < NOTABLE:
            seconds = finding.share * expected(self.completed.process).elapsed.value * self.cases
            what = "days of waiting" if finding.waste == "waiting" else "days"
            return f"Over {amount(self.cases, 'cases')} a year that is about {amount(seconds / DAY, what)}"
        if finding.share and finding.share_of == "cost" and priced(self.process) and self.completed.work_filled < SOME:
            money = finding.share * expected(self.completed.process).cost.value * self.cases
            return f"Over {amount(self.cases, 'cases')} a year that is about {amount(money, self.process.currency)}"
        return self._cases(finding)

    def _cases(self, finding: Finding) -> str:
        """How many cases a year a share told with the pain comes to."""
        for quote in getattr(finding, "quotes", ()):
            remark = self.remarks.get(quote.start)
            shares = [figure.value for figure in remark.figures if figure.unit == "share"] if remark else []
            if remark and OF_NO_CASES.search(remark.text):
                continue  # a third of her hours is no third of the cases
            if remark and remark.kind in COUNTED and len(shares) == 1 and self.cases:
                return f"In a year that is about {amount(shares[0] * self.cases, '')} of {amount(self.cases, 'cases')}"
        return ""


def _of(kind: str | None) -> str:
    return {"time": "elapsed time of a case", "cost": "cost of a case"}.get(kind or "", kind or "whole")


def confidence(value: float) -> str:
    """A confidence of 0 to 1 in words."""
    return "sure" if value >= SURE else "fairly sure" if value >= NOTABLE else "not sure: ask"


def evidence(one: Evidence) -> dict[str, Any]:
    """One thing seen: its words, its value with unit when the words do not hold it, and its badge."""
    value = one.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    told = amount(float(value or 0), one.unit) if is_number else str(value or "")
    if is_number and _says(one.text, float(value or 0), one.unit):
        told = ""
    return {
        "text": one.text,
        "value": "" if not told or told.replace("\u00a0", " ") in one.text.replace("\u00a0", " ") else told,
        "badge": badge(one.basis)._asdict(),
    }


def _says(text: str, value: float, unit: str) -> bool:
    """Whether a sentence holds its figure already, be it rounded otherwise."""
    scaled = value * 100 if unit == "share" else value
    found = [float(number.replace(",", "")) for number in _NUMBER.findall(text)]
    return any(number in (round(scaled), round(scaled, 1), scaled) for number in found)


def element_names(process: Process, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The elements by the names a reader knows; ids nobody knows are left out."""
    steps, ways = by_id(process), branches(process)
    names = [name_of(steps[key]) if key in steps else f"the way “{ways[key][1].when}”" for key in ids
             if key in steps or (key in ways and ways[key][1].when)]  # fmt: skip
    return tuple(dict.fromkeys(names))


def trust(redesign: Redesign) -> dict[str, Any]:
    """How much of the simulated result rests on figures nobody gave."""
    completed = redesign.completed
    elapsed, work = completed.elapsed_filled, completed.work_filled
    text = (
        filled_in_words(completed) or "Every figure the simulation used was given by the people who told the process."
    )
    level, advice = _advice(elapsed, work)
    today = redesign.results.get("as-is")
    if told_beyond(redesign.as_is, today):
        text = text.replace("of the time a case takes", "of the time told step by step")
        level, advice = "low", f"{gap(redesign.as_is, today)} {REST_UNTOLD}"
    # these stand where what is out of scope, or must stay, is said, or nowhere
    apart = ("“", LEFT_ALONE, AVOID, "masked before", "Must stay: ", *BY_RULES)
    over = [note for note in redesign.notes if "rest on estimates" not in note and not note.startswith(apart)]
    over = [note if note.endswith((".", "?", "!", "…")) else f"{note}." for note in dict.fromkeys(over)]
    return {"text": text, "advice": " ".join([advice, *over]), "level": level, "share": round(100 * elapsed, 1)}


def _advice(elapsed: float, work: float) -> tuple[str, str]:
    """How to read the sizes, by the share of elapsed and of hands-on time that nobody gave."""
    if elapsed >= NOTABLE:
        return "low", "Read the sizes below as directions, and measure before you decide."
    if work >= NOTABLE:
        return "fair", "Times below rest mostly on what you said; read costs and work loads as directions."
    if max(elapsed, work) >= SOME:
        return "fair", "Directions are sound; sizes may move when the open questions are answered."
    return "high", "The sizes below rest mostly on what you said."


def overlooked(redesign: Redesign) -> list[dict[str, Any]]:
    """What the matching library entry has and the story lacks, by kind, each with its reason."""
    titles = {"step": "Steps", "control": "Controls", "exception": "Exceptions", "role": "Roles", "kpi": "Measures",
              "data": "Records"}  # fmt: skip
    groups: dict[str, list[dict[str, str]]] = {}
    for sentence in redesign.overlooked:
        groups.setdefault(sentence.kind, []).append({"text": sentence.text, "why": sentence.why})
    return [{"title": titles.get(kind, kind), "items": items} for kind, items in groups.items()]


def questions(redesign: Redesign) -> dict[str, Any]:
    """The open questions, the weightiest first, each with why it is asked; a few up front, then the rest.

    `sharp` are those that stand in no table to fill in; `in_table` says in a sentence what stands there.
    """
    told = [{"text": _text(question), "decides": "", "why": _why_asked(question)} for question in redesign.questions]
    moulds = [str(getattr(question, "id", "")).partition(":")[0] in MOULDS for question in redesign.questions]
    sharp = [row for row, mould in zip(told, moulds, strict=True) if not mould]
    in_table = f"The table above asks for {count(sum(moulds), 'figure')} more." if any(moulds) else ""
    return {"first": told[:MOST_QUESTIONS], "rest": told[MOST_QUESTIONS:], "sharp": sharp[:MOST_SHARP],
            "in_table": in_table}  # fmt: skip


def _why_asked(question: Any) -> str:
    """Why it is asked: without the name of a practice, and without what the question says itself."""
    why = PRACTICE.sub("", getattr(question, "why", "") or "")
    first, mark, rest = why.partition(". ")
    return rest if mark and first.rstrip(".") in _text(question) else why


def _text(question: Any) -> str:
    return question if isinstance(question, str) else str(question.text)


def assumptions(redesign: Redesign) -> dict[str, Any]:
    """What was taken as given: sentences from the reading, and each figure that was filled in with its source."""
    told = [
        {"text": assumption.text, "badge": badge(assumption.basis.value)._asdict()}
        for assumption in redesign.as_is.assumptions
        if not assumption.text.startswith(LEFT_OPEN)
    ]
    filled = [_filled(filling, redesign) for filling in redesign.completed.filled]
    return {"told": told, "filled": filled, "together": _together(filled)}


def _together(filled: Sequence[Mapping[str, Any]]) -> list[str]:
    """What was filled in alike, in one line: one figure for twenty steps is no twenty lines."""
    alike: dict[tuple[str, str, str, str], list[str]] = {}
    for row in filled:
        key = (row["field"], row["value"], row["badge"]["word"], row["source"])
        alike.setdefault(key, []).append(_inside(row["where"]))
    return [
        f"{field[:1].upper()}{field[1:]} of {listed(places, MOST_ALIKE)}: {value} ({word}; {source})"
        for (field, value, word, source), places in alike.items()
    ]


def _inside(place: str) -> str:
    """A place within a sentence."""
    return re.sub(r"^The (?=process$|(?:way|wait|repetition|decision|end)\b)", "the ", place)


def _filled(one: Filled, redesign: Redesign) -> dict[str, Any]:
    process = redesign.as_is
    names = element_names(process, (one.element,))
    role = process.role(one.element)
    where = names[0] if names else role.name if role else "the process"
    value = (
        amount(one.value, one.unit) if isinstance(one.value, int | float) else hours_in_words(one.value or "no limit")
    )
    value = could_be(one, redesign.completed.process) or value
    return {
        "where": where[:1].upper() + where[1:],
        "field": FIELDS.get(one.field, one.field.replace("_", " ")),
        "value": value,
        "badge": badge(one.basis.value)._asdict(),
        "source": one.source,
    }


def beside(results: Mapping[str, Result]) -> list[str]:
    """Why the first of processes played together has other figures than in a play of its own; empty when it has not."""
    first = next(iter(results.values()), None)
    return [note for note in first.notes if note.startswith(BESIDE)] if first is not None else []


def made(redesign: Redesign) -> list[tuple[str, str]]:
    """How the report came to be: what read the words, which library entry was nearest, how it was simulated."""
    run = next(iter(redesign.results.values()), None)
    entry = redesign.entry
    lines = [("Made by", str(redesign.made_by))]
    if entry is not None:
        lines.append(("Nearest library entry", " ".join(filter(None, (entry.code, entry.name)))))
        lines.append(("Evidence grade of that entry", f"{entry.grade}, version {entry.version}"))
    if run is not None:
        plays = f"{run.replications} replications of {plural(run.cases, 'case')}, seed {run.seed}"
        lines.append(("Simulation", f"{plays}; the same random numbers for today and every alternative"))
        lines += [("Warm-up", note) for note in beside(redesign.results)]
        lines.append(
            (
                "Intervals",
                "A range of an effect covers what the figures nobody told could be (each drawn from its range) and "
                "chance, not what was told wrongly; intervals of single figures are 95 % over replications",
            )
        )
    return lines
