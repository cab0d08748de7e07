"""Page one where a model read the whole story: what to decide, each change with what it takes away today, who decides
and who begins, the first 30 days, what stays, what is not to be done, and the questions that decide something.

It says what was told, what is worked out from that with the sum, and what rests on an assumption; nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from assistant.english.tables import classed
from assistant.process.model import Process
from assistant.redesign.consulting import LEFT_ALONE
from assistant.redesign.guards import CAUGHT, CONFIRM
from assistant.redesign.planning import AVOID, LAST_DAY
from assistant.redesign.quoting import handed_on, shortened
from assistant.redesign.two_forms import instead
from assistant.reports.alternatives import chosen
from assistant.reports.front import begins, by_when, kept_lines, sharp

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Alternative, Finding, Proposal, Shown

YOU = "you"
"""Who decides where nobody was named: whoever reads the page."""
MOST_QUESTIONS, ASKED_BEFORE = 6, 3
"""Questions of the page, and the days before a change on which it is asked whether it may be."""
MOST_WORDS, FEWEST = 20, 3
"""Words of a sentence that is read at once, and of the shortest part that stands by itself."""
TOUCHES = "It touches what must stay: have the new way confirmed before it starts."
CHECK_GOES = "A check goes: look first what it found."
SAVED = re.compile(r"\b(?:fewer|less|saved|spared|sooner|earlier)\b", re.I)
MONEY = re.compile(r"[€$£]|\b(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?|francs?|cents?)\b", re.I)
SPARED = re.compile(
    r"^\W*[\d.,]+ (?:min|h|hours?|d|days?|w|weeks?|months?|minutes?)\b|\b\w+ings?\b|\b(?:less|fewer)\b", re.I
)
GAINED = re.compile(r"\b(?:more|extra|additional|earlier|hands|capacity|income|sales|profit)\b", re.I)
"""What a result says that is spared by a change, and what is gained by it."""
ORDINARY = classed("reading", "no-names")
"""Words that begin a case and are no names."""
WISH = re.compile(r"^“(?P<wish>.+?)” (?P<holds>does not hold|holds in part|holds): (?P<why>.+)$", re.S)


def boss(redesign: Redesign) -> dict[str, Any]:
    """Page one and the changes one by one as plain data; empty where the recommended way is not a model's."""
    best = chosen(redesign)
    if best is None or not any(proposal.own for proposal in best.proposals):
        return {}
    changes = [_change(number, proposals, redesign) for number, proposals in enumerate(_by_reason(best.proposals), 1)]
    decider = _decider(redesign, best)
    return {
        "root": getattr(redesign, "root", ""),
        "decision": _decision(redesign, best),
        "changes": changes,
        "unanswered": _unanswered(redesign, best),
        "more": list(getattr(getattr(redesign, "paper", None), "more", ())),
        "days": _days(changes, decider, bool(redesign.questions)),
        "stays": [_stay(line) for line in kept_lines(best.guards)],
        "wishes": [*_wishes(redesign), *_avoided(redesign)],
        "scope": _after(redesign, LEFT_ALONE),
        "questions": _questions(redesign),
    }


def sound(redesign: Redesign) -> dict[str, Any]:
    """Page one where a model that read the whole story found nothing that hurts; empty otherwise."""
    why = getattr(redesign, "sound", "")
    if not why:
        return {}
    return {
        "why": why,
        "quote": redesign.sound_quote,
        "stays": list(redesign.stays),
        "wishes": _wishes(redesign),
        "scope": _after(redesign, LEFT_ALONE),
        "questions": _questions(redesign),
    }


def _by_reason(proposals: Sequence[Proposal]) -> list[list[Proposal]]:
    """The changes, those that answer one pain together."""
    groups: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        groups.setdefault(proposal.because[0] if proposal.because else proposal.id, []).append(proposal)
    return list(groups.values())


def _change(number: int, proposals: list[Proposal], redesign: Redesign) -> dict[str, Any]:
    """A pain, or several (`also`), and what is done about it: one change, or several that belong together."""
    findings = {finding.id: finding for finding in redesign.findings}
    reasons = list(
        dict.fromkeys(findings[name] for proposal in proposals for name in proposal.because if name in findings)
    )
    pain = reasons[0] if reasons else None
    process = redesign.as_is
    return {
        "number": number,
        "title": "; ".join([proposals[0].title, *(_small(proposal.title) for proposal in proposals[1:])]),
        "pain": pain.title if pain else "",
        "also": [other.title for other in reasons[1:]],
        "quote": _quote(pain),
        "cause": str(pain.details.get("cause_told") or "") if pain else "",
        "costs": _costs(reasons),
        "brings": _brings(reasons, proposals),
        "decides": _large(_first(proposal.plan.decides for proposal in proposals) or process.owner or YOU),
        "begins": _large(_first(proposal.plan.begins or begins(proposal, process) for proposal in proposals)),
        "steps": [_step(proposal, redesign) for proposal in proposals],
        "meanwhile": [_small(title) for title in _smaller(proposals, redesign)],
        "measure": _measure(reasons),
    }


def _quote(pain: Finding | None) -> str:
    """The first words of the story behind a pain that may be handed on."""
    words = (shortened(quote.text) for quote in (pain.quotes if pain else ()))
    return next(filter(handed_on, words), "")


def _asked_first(proposal: Proposal) -> str:
    if any(risk.endswith(CONFIRM) for risk in proposal.risks):
        return TOUCHES
    return CHECK_GOES if any(risk.endswith(CAUGHT) for risk in proposal.risks) else ""


def _step(proposal: Proposal, redesign: Redesign) -> dict[str, Any]:
    """How one change is run; `left`: why the first page does without it; `otherwise`: whether it runs it otherwise than
    it was drawn."""
    plan, written = proposal.plan, getattr(redesign, "paper", None)
    return {
        "left": written.left.get(proposal.id, "") if written else "",
        "otherwise": written is not None and proposal.id in written.otherwise,
        "title": proposal.title,
        "why": proposal.notes[0] if proposal.notes else "",
        "rules": list(plan.rules),
        "unless": [[_when(case), then] for case, then in plan.unless],
        "risks": [list(pair) for pair in plan.risks] or [[risk, ""] for risk in proposal.risks[:1]],
        "asked": _asked_first(proposal),
        "needs": "; ".join(proposal.needs.organisation),
        "first": proposal.first,
        "day": plan.day or int(by_when(proposal).removeprefix("day ")),
        "who": _doer(proposal, redesign.as_is),
    }


def _doer(proposal: Proposal, process: Process) -> str:
    """Who takes the first step: the role its sentence begins with, else whoever begins the change."""
    first = re.sub(r"^the\s+", "", proposal.first, flags=re.I).lower()
    named = [role.name for role in process.roles if first.startswith(f"{role.name.lower()} ")]
    return max(named, key=len) if named else proposal.plan.begins or begins(proposal, process)


def _costs(pains: Sequence[Finding]) -> dict[str, Any] | None:
    """What pains cost today: the sums where some were shown, else what was said of the first."""
    if not pains:
        return None
    pain = pains[0]
    if sums := _today(pains):
        figures = [_figure(shown) for shown in sums]
        label = "It costs today" if MONEY.search(sums[0].result) else "What it comes to today"
        return {**figures[0], "more": figures[1:], "label": label}
    effect = str(pain.details.get("effect") or "")
    basis = "counted" if "=" in effect else "told" if re.search(r"\d", effect) else ""
    return {"sum": effect.rstrip("."), "result": "", "counts": "", "assumed": [], "basis": basis, "more": [],
            "label": "What it does today"}  # fmt: skip


def _today(pains: Sequence[Finding]) -> list[Shown]:
    """The sums of what pains cost; one that says what would be saved belongs to what the change brings."""
    sums = (shown for pain in pains for shown in pain.details.get("sums", ()))
    return [shown for shown in dict.fromkeys(sums) if not SAVED.search(shown.result)]


def _brings(pains: Sequence[Finding], proposals: list[Proposal]) -> dict[str, Any] | None:
    """What the change takes away of that, in time and in money; the same sum is not written twice."""
    sums = next((proposal.plan.brings for proposal in proposals if proposal.plan.brings), ())
    if not sums:
        return None
    today = {shown.text for shown in _today(pains)}
    first = sums[0].result
    saved = (MONEY.search(first) or SPARED.search(first)) and not GAINED.search(first)
    label = f"The change would {'save' if saved else 'bring'}"
    figures = [
        {**_figure(shown), "sum": "all of it", "result": "", "basis": ""} if shown.text in today else _figure(shown)
        for shown in sums
    ]
    more = [figure for figure in figures[1:] if figure["result"]]
    return {**figures[0], "more": more, "label": label}


def _figure(shown: Shown) -> dict[str, Any]:
    left = spelled(shown.text.partition("=")[0].strip())
    basis = "estimate" if shown.assumed else "counted"
    assumed = [spelled(assumption) for assumption in shown.assumed]
    return {"sum": left, "result": spelled(shown.result), "counts": _plain(shown.counts), "assumed": assumed,
            "basis": basis, "more": []}  # fmt: skip


def _plain(counts: str) -> str:
    """What a sum counts, without the words of the form: `counted: the waits; not counted: the letters`."""
    text = re.sub(r"^\s*counted:\s*", "", counts, flags=re.I)
    return spelled(re.sub(r"\bnot counted:\s*", "without ", text, flags=re.I))


def spelled(text: str) -> str:
    """Units of time as a letter writes them: `5 d a case` is `5 days a case`."""

    def words(match: re.Match[str]) -> str:
        one = {"d": "day", "h": "hour", "w": "week"}[match[2]]
        return f"{match[1]} {one}{'' if match[1] == '1' else 's'}"

    return re.sub(r"(\d[\d,.]*) ([dhw])\b(?!['’])", words, text)


def _smaller(proposals: list[Proposal], redesign: Redesign) -> list[str]:
    """Other forms of the changes that keep roles and systems: what can be done until the change is there."""
    others = {other.id: other for way in redesign.alternatives for other in way.proposals if other.keeps_roles}
    return [
        other.title
        for other in others.values()
        if any(instead(other, taken) and not taken.keeps_roles for taken in proposals)
    ]


def _measure(reasons: Iterable[Finding]) -> dict[str, str]:
    for finding in reasons:
        if measure := finding.details.get("measure"):
            what, today, way = measure
            return {"what": spelled(what), "today": spelled(today), "way": way}
    return {}


# --- what is to be decided --------------------------------------------------------------------------------------------


def _decision(redesign: Redesign, best: Alternative) -> dict[str, list[str]]:
    """What is to be decided. The model's own sentence stands only where all it proposed is recommended."""
    taken = {proposal.id for proposal in best.proposals}
    made = [fate.proposal for fate in redesign.proposals if fate.proposal.own]
    open_ = [p for p in made if p.id not in taken and not any(instead(p, proposal) for proposal in best.proposals)]
    said = getattr(redesign, "decision", None)
    if said is not None and not open_:
        found = {name: sentences(text) for name, text in said.document().items()}
        for name in ("costs", "gives_up"):  # they go on a sentence: it costs the administration …
            if found[name] and not said.document()[name][:1].isupper():
                found[name][0] = f"{found[name][0][:1].lower()}{found[name][0][1:]}"
        return found
    titles = [f"{_large(proposals[0].title).rstrip('.')}." for proposals in _by_reason(best.proposals)]
    return {"text": titles, "brings": [], "costs": [], "gives_up": []}


def sentences(text: str) -> list[str]:
    """A long sentence in short ones: at its semicolons, and a list of more than twenty words at its commas."""
    parts = [part.strip(" .") for part in re.split(r";\s+|(?<=[a-z)])\.\s+(?=[A-Z])", text) if part.strip(" .")]
    short: list[str] = []
    for part in parts:
        items = re.split(r",\s+(?:and\s+)?|\s+and\s+(?=\d)", part)
        figures = all(re.match(r"(?:(?:up to|about)\s+)?\d", item) for item in items)
        listed = (figures or re.search(r",\s+and\s", part)) and all(len(item.split()) >= FEWEST for item in items)
        whole = len(part.split()) <= MOST_WORDS or not listed
        short += [part] if whole else items
    return [spelled(f"{_large(part)}.") for part in short]


def _decider(redesign: Redesign, best: Alternative) -> str:
    """Who decides on the whole: the owner told of, else whoever may decide most of it, else the reader."""
    named = Counter(proposal.plan.decides for proposal in best.proposals if proposal.plan.decides)
    return redesign.as_is.owner or (named.most_common(1)[0][0] if named else YOU)


def _unanswered(redesign: Redesign, best: Alternative) -> list[str]:
    """The pains told that nothing recommended answers: they are named, not hidden."""
    met = {name for proposal in best.proposals for name in proposal.because}
    return [finding.title for finding in redesign.findings if finding.details.get("told") and finding.id not in met]


def _days(changes: Sequence[dict[str, Any]], decider: str, asked: bool) -> list[dict[str, str]]:
    """What happens by which day of the first 30, who does it, in the order of the days."""
    settle = ", and who gets the open questions answered" if asked else ""
    rows: list[tuple[int, str, str]] = [(1, f"Decide on {_numbers(changes)}{settle}", decider)]
    for change in changes:
        rows += [
            (max(2, step["day"] - ASKED_BEFORE), _leave(change, step), change["decides"])
            for step in change["steps"] if step["asked"]
        ]  # fmt: skip
        rows += [
            (step["day"], f"{change['number']}: {step['first'] or step['title']}", step["who"])
            for step in change["steps"]
        ]
    rows.append((LAST_DAY, "Compare what is counted with day 1: go on, change or go back", decider))
    ordered = sorted(rows, key=lambda row: row[0])
    return [{"when": f"day {day}", "what": _large(what), "who": _large(who)} for day, what, who in ordered]


def _leave(change: dict[str, Any], step: dict[str, Any]) -> str:
    """What must be allowed before a step begins, and what is done when it is not."""
    return f"{change['number']}: Say whether this may be done: {_small(step['title'])}. If no, it stays as it is today"


def _numbers(changes: Sequence[dict[str, Any]]) -> str:
    return f"changes 1 to {len(changes)}" if len(changes) > 1 else "the change"


# --- what is wanted, what stays, what is open -------------------------------------------------------------------------


def _wishes(redesign: Redesign) -> list[dict[str, str]]:
    """What the teller or somebody in the story wants, whether it holds, and why; those that do not hold first."""
    found = [match.groupdict() for note in redesign.notes if (match := WISH.match(note))]
    found = [{**wish, "wish": _large(wish["wish"]), "why": _large(wish["why"])} for wish in found]
    return sorted(found, key=lambda wish: ("does not hold", "holds in part", "holds").index(wish["holds"]))


def _avoided(redesign: Redesign) -> list[dict[str, str]]:
    """What somebody could think of and what should not be done, in the form of wishes."""
    pairs = [line.partition(": ") for line in _after(redesign, AVOID)]
    return [{"wish": what, "holds": "does not hold", "why": _large(why)} for what, _, why in pairs]


def _stay(line: str) -> str:
    """What stays and why, without the words of the story once more."""
    return re.sub(r" must stay:", ":", re.sub(r"\s*\(“[^”]*”\)", "", line))


def _after(redesign: Redesign, mark: str) -> list[str]:
    return [note.removeprefix(mark) for note in redesign.notes if note.startswith(mark)]


def _questions(redesign: Redesign) -> list[dict[str, str]]:
    """The sharpest questions, each with what it decides."""
    why: dict[str, str] = {}
    for question in redesign.questions:  # asked twice, what it decides stands with one of the two
        if not _decides(why.get(question.text, "")):
            why[question.text] = question.why
    own = {
        question.text
        for question in redesign.questions
        if question.id.startswith(("consultant:", "contradiction:", "unclear:"))
    }
    asked = [row["text"] for row in sharp(redesign)]
    asked = [text for text in asked if text in own] or asked
    return [{"text": text, "decides": _decides(why.get(text, "")), "why": ""} for text in asked[:MOST_QUESTIONS]]


def _decides(why: str) -> str:
    told = re.match(r"It decides about: (.+)\.$", why)
    return told[1] if told else ""


def _when(case: str) -> str:
    """A case that runs otherwise, as the beginning of a sentence."""
    if re.match(r"(?:if|when|where|while|as|in|for|until|on|at)\b", case, re.I):
        return _large(case)
    return f"If {_small(case) if case.partition(' ')[0].lower() in ORDINARY else case}"


def _first(names: Iterable[str]) -> str:
    return next((name for name in names if name), "")


def _large(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _small(title: str) -> str:
    """A title within a sentence."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
