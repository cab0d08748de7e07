"""The alternatives side by side: what each would do to time, cost, quality and flexibility, and the verdict on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from assistant.handover.kpis import gap
from assistant.handover.monday import lead
from assistant.process.edits import SetValue
from assistant.process.figures import plural
from assistant.process.tree import tasks
from assistant.redesign.customers import spared
from assistant.redesign.decided import NAME
from assistant.redesign.recommending import BY_WORDS, UNPRICED, same_changes
from assistant.redesign.shapes import DIMENSIONS
from assistant.redesign.wholes import told_beyond
from assistant.reports.charts import Bar, effects
from assistant.reports.evidence import NOTABLE
from assistant.reports.format import Tone, amount, badge, change, count, interval, relative, running_through, sure, tone

if TYPE_CHECKING:
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Alternative, Effect

TITLES = {"time": "Time", "cost": "Cost", "quality": "Quality", "flexibility": "Flexibility"}
MEASURES = {
    "cycle_time": "how long a case takes", "cost_per_case": "cost of a case",
    "work_time": "work on a case, as nobody gave a price",
    "error_free": "cases without an undetected error", "rework": "cases with work done again",
    "flexibility_index": "how easily people and ways can change, 0 to 100",
}  # fmt: skip
ONLY_SHARE = "a play that fills in what nobody told comes to another time than was told, so only its share is shown"
POINTS = ("share", "points")
NOT_KNOWN = Tone("open", "?", "not known")
WORDS = {
    "better": Tone("good", "▲", "better"), "worse": Tone("bad", "▼", "worse"), "mixed": Tone("open", "◆", "mixed"),
    "no evidence": Tone("open", "◇", "no evidence"),
}  # fmt: skip


def chosen(redesign: Redesign) -> Alternative | None:
    """The recommended alternative, or None."""
    return next(
        (alternative for alternative in redesign.alternatives if alternative.name == redesign.recommended), None
    )


def changed(redesign: Redesign) -> tuple[Alternative, ...]:
    """The alternatives that change anything: one that equals today is none a reader has to see."""
    return tuple(alternative for alternative in redesign.alternatives if alternative.proposals)


NONE = "No alternative can be recommended on what is known today."
TRY_FIRST = "Nothing can be decided for good on what is known today: try what stands above, answer what is asked below."
SOUND = "The process is sound: there is nothing to decide."


def headline(redesign: Redesign) -> dict[str, Any]:
    """The result in one sentence that says no more than the verdict does, and a tile a dimension."""
    best = chosen(redesign)
    if best is None:
        sound = getattr(redesign, "sound", "")
        why = redesign.why_recommended
        text = SOUND if sound else TRY_FIRST if lead(redesign) else NONE
        tone_ = NOT_KNOWN if UNPRICED in why else WORDS["no evidence"]
        return {"text": text, "why": why, "name": "", "verdict": tone_._asdict(), "tiles": []}
    sized = BY_WORDS not in redesign.why_recommended
    return {
        "text": _sentence(redesign, best) if sized else by_words(redesign, best),
        "why": _why(best) if sized else "",
        "name": label(best.name),
        "verdict": verdict(best)._asdict(),
        "tiles": [effect(best.effects[name]) for name in DIMENSIONS if name in best.effects],
    }


def by_words(redesign: Redesign, best: Alternative) -> str:
    """The result in one sentence where it rests on what was told and not on figures."""
    told, more = answered(redesign, best), perhaps(redesign)
    beside = f"; {plural(more, 'point')} more may hurt, which a word from you settles" if more else ""
    return f"{plural(len(best.proposals), 'change')} would take away {told} you told of{beside}."


def answered(redesign: Redesign, best: Alternative) -> str:
    """How many of the pains told the alternative answers: `all 4 pains`, `3 of 4 pains`; `4 pains` where more was heard
    that may hurt, so that nobody can say that these are all."""
    said = [f for f in redesign.findings if f.details.get("told") or f.details.get("counted")]
    pains = [f for f in said if not f.details.get("asked")]
    reasons = {name for proposal in best.proposals for name in proposal.because}
    met = sum(finding.id in reasons for finding in pains)
    if met == len(pains) and any(finding.details.get("asked") for finding in redesign.findings):
        return plural(met, "pain")
    return f"all {plural(met, 'pain')}" if met == len(pains) > 1 else f"{met} of {plural(len(pains), 'pain')}"


def perhaps(redesign: Redesign) -> int:
    """How many points the teller spoke of of which it is not sure that they hurt, each once."""
    unsure = sum(bool(finding.details.get("asked") and finding.quotes) for finding in redesign.findings)
    return unsure + sum(question.id.startswith("meant:") for question in redesign.questions)


def brings(redesign: Redesign, best: Alternative | None) -> dict[str, Any]:
    """What the recommended way brings, as one figure with its range: time where it moves, else what does."""
    name = "What a change would bring"
    if best is None:
        return {
            "name": name,
            "value": "not known yet",
            "source": "the questions below decide",
            "badge": badge("unknown")._asdict(),
        }
    moved = [best.effects[key] for key in DIMENSIONS if key in best.effects and best.effects[key].better is not None]
    one = next((effect_ for effect_ in moved if effect_.dimension != "flexibility"), best.effects["time"])
    name = f"“{label(best.name)}” brings"
    if BY_WORDS in redesign.why_recommended:
        source = "as you told them; what they cost today stands with each change, no saving is computed"
        return {"name": name, "value": f"{answered(redesign, best)} answered", "source": source,
                "badge": badge("stated")._asdict()}  # fmt: skip
    if one.change is None:
        return {
            "name": name,
            "value": "not known in figures",
            "source": one.reason,
            "badge": badge("unknown")._asdict(),
        }
    bounds = sure(one.low, one.high, one.unit, rough=_rough(one)) if one.unit != "share" else ""
    value = bounds or change(one.change, one.unit)
    if one not in moved and NOTHING.match(value):
        return {"name": name, "value": "no figure moves", "source": _why_none_moves(best),
                "badge": badge(one.basis)._asdict()}  # fmt: skip
    what = MEASURES.get(one.measure, one.measure.replace("_", " "))
    range_ = "the range covers what nobody told, and chance" if one.low is not None else "worked out"
    return {
        "name": name,
        "value": value,
        "source": f"{what}; from a play of many cases, {range_}",
        "badge": badge(one.basis)._asdict(),
    }


NOTHING = re.compile(r"\W*0\s|no\s")
"""How a change is told that is none."""


def _why_none_moves(best: Alternative) -> str:
    """Why a way changes no figure: only rules are noted at its steps, or the play shows no difference."""
    if only_noted(best):
        return "what was decided is a rule noted at a step; no play can size it"
    return "a play of many cases shows none"


def only_noted(best: Alternative) -> bool:
    """Whether a way changes no step, and only notes rules at them."""
    return all(isinstance(edit, SetValue) and edit.field == "note" for edit in best.edits)


def side_by_side(redesign: Redesign) -> dict[str, Any]:
    """The alternatives as one table: a column each, a row a dimension."""
    shown = changed(redesign)
    rows = []
    for key in DIMENSIONS:
        cells = [effect(alternative.effects[key]) if key in alternative.effects else None for alternative in shown]
        known = [cell for cell in cells if cell is not None]
        if known:
            rows.append({"title": TITLES[key], "measure": known[0]["measure"], "cells": known})
    columns = [
        {"name": label(alternative.name), "recommended": alternative.name == redesign.recommended}
        for alternative in shown
    ]
    return {"columns": columns, "rows": rows}


BECAME = {"adopted": "taken", "other alternative": "in another alternative", "question": "asked", "refused": "refused"}


OF_AN_EDIT = re.compile(r"^Edit \d+ \([^)]*\) does not fit: ")
UNSIZED = "nobody can say yet what it brings"


def _begun(text: str) -> str:
    """A text as the sentence it is read as, without the words of the machinery."""
    text = UNSIZED if text == "no evidence" else OF_AN_EDIT.sub("", text)
    return text[:1].upper() + text[1:]


def ideas(redesign: Redesign) -> dict[str, Any]:
    """What became of every idea: taken, kept for another alternative, asked about, or refused and by what."""
    fates = getattr(redesign, "proposals", ())
    rows = [
        {"title": fate.proposal.title, "practice": fate.proposal.name,
         "became": BECAME[fate.became], "where": label(fate.where or ""), "reason": _begun(fate.reason)}
        for fate in fates
    ]  # fmt: skip
    counted = {word: sum(row["became"] == word for row in rows) for word in BECAME.values()}
    said = ", ".join(f"{number} {word}" for word, number in counted.items() if number)
    return {"rows": rows, "said": f"{count(len(rows), 'idea')}: {said}." if rows else ""}


def _sentence(redesign: Redesign, best: Alternative) -> str:
    """The headline: no more than the figures hold, and what they hang on where most of them nobody gave."""
    assumed = redesign.completed.elapsed_filled >= NOTABLE
    time, name = best.effects.get("time"), label(best.name)
    if time is None or time.before is None or time.after is None:
        return _chosen(redesign, name) + "."
    before, after = amount(time.before, time.unit), amount(time.after, time.unit)
    bounds = sure(time.low, time.high, time.unit, rough=_rough(time))
    span = "".join(f"; {part}" for part in (bounds, running_through(time.through, time.unit)) if part)
    if time.better is None:
        return _not_faster(redesign, best, before)
    if gap(redesign.as_is, redesign.results.get("as-is")) and time.better:
        return f"“{name}” would take {interval(-(time.high or 0), -(time.low or 0), time.unit)} off a case."
    verb = "bring" if time.better else "lengthen"
    hold = "If the figures that had to be assumed hold, " if assumed else ""
    return f"{hold}“{name}” would {verb} a case from {before} to {after} ({relative(time.change, time.before)}{span})."


def _rough(one: Effect) -> bool:
    """Whether a change rests on figures that nobody here gave."""
    return one.rests_on in ("estimated", "library")


def _chosen(redesign: Redesign, name: str) -> str:
    """That it is recommended; what was decided is no longer."""
    return f"“{name}” stands below" if redesign.recommended == NAME else f"“{name}” is recommended"


def _not_faster(redesign: Redesign, best: Alternative, before: str) -> str:
    """The headline where the gain is not in time: it says in what it is."""
    name = label(best.name)
    cost = best.effects.get("cost")
    if cost is not None and cost.better and cost.low is not None and cost.high is not None:
        what = "work on" if cost.measure == "work_time" else "cost of"
        saved = interval(-cost.high, -cost.low, cost.unit)
        return f"“{name}” would take {saved} off the {what} a case; that it takes less time is not shown."
    if only_noted(best):
        return f"{_chosen(redesign, name)}: rules at the steps as they are; what they save shows when they are tried."
    return f"{_chosen(redesign, name)}; that a case would take less time than today's {before} is not shown."


def _why(one: Alternative) -> str:
    """The verdict's reason, without the word it begins with."""
    head = f"{one.word}: "
    text = one.verdict[len(head) :] if one.verdict.startswith(head) else one.verdict
    text = re.sub(
        r"[;,] easier to change \(\d+ of 100 instead of \d+\)|[;,] harder to change \(\d+ of 100 instead of \d+\)",
        "",
        text,
    )  # it says nothing to whoever decides
    return text[:1].upper() + text[1:]


def verdict(one: Alternative) -> Tone:
    """The verdict's word with its sign."""
    return WORDS.get(one.word, Tone("open", "◇", one.word or "undecided"))


def effect(one: Effect) -> dict[str, Any]:
    """One dimension before and after, ready to be set: figures with units, the change with its interval, its basis."""
    same = one.change is not None and one.change == 0
    return {
        "dimension": TITLES.get(one.dimension, one.dimension),
        "measure": MEASURES.get(one.measure, one.measure.replace("_", " ")),
        "before": _level(one.before, one.unit),
        "after": _level(one.after, one.unit),
        "change": "" if one.change is None else "no change" if same else change(one.change, one.unit),
        "relative": "" if one.unit in POINTS or same else relative(one.change, one.before),
        "interval": "" if same else sure(one.low, one.high, one.unit, rough=_rough(one)),
        "through": running_through(one.through, one.unit),
        "tone": (NOT_KNOWN if one.change is None else tone(one.better, 0 if one.small else one.change))._asdict(),
        "known": one.change is not None,
        "badge": badge(one.basis)._asdict(),
        "rests_word": badge(one.rests_on).word if one.rests_on not in ("", "computed") else "",
        "depends": getattr(one, "depends", ""),
        "reason": "" if one.basis == "simulated" else one.reason,
        "why_not": one.reason,
    }


def effect_in(redesign: Redesign, one: Effect) -> dict[str, Any]:
    """One dimension as a redesign shows it: beside a paper that adds up told times, a play shows between what the time
    lies (its share only where it comes to another time than told), so that there is one figure for one thing."""
    shown = effect(one)
    if one.dimension != "time" or not shown["relative"] or getattr(redesign, "paper", None) is None:
        return shown
    today = redesign.results.get("as-is")
    if told_beyond(redesign.as_is, today):
        moved = shown["interval"] or f"{shown['relative']}, {shown['change']}"
        part = f"{moved} of the {shown['before']} told for the whole, as far as single steps were told"
        return shown | {"before": "", "after": "", "relative": "", "change": part, "interval": ""}
    if gap(redesign.as_is, today):
        return shown | {"before": "", "after": "", "interval": "", "reason": ONLY_SHARE}
    if shown["interval"]:
        shown |= {"before": "", "after": "", "relative": "", "change": shown["interval"], "interval": ""}
    return shown


def _level(value: float | None, unit: str) -> str:
    """A figure before or after; an index keeps a decimal, so that its change adds up."""
    return f"{value:.1f}" if unit == "points" and value is not None else amount(value, unit)


def label(name: str) -> str:
    """An alternative's name as a title."""
    return name[:1].upper() + name[1:]


def alternatives(redesign: Redesign) -> list[dict[str, Any]]:
    """Each alternative as one card."""
    return [
        {
            "name": label(alternative.name),
            "key": alternative.name,
            "stance": alternative.stance,
            "recommended": alternative.name == redesign.recommended,
            "dominated": alternative.dominated,
            "verdict": verdict(alternative)._asdict(),
            "why": _why(alternative),
            "reason": redesign.why_recommended if alternative.name == redesign.recommended else "",
            "effects": [
                effect_in(redesign, alternative.effects[name]) for name in DIMENSIONS if name in alternative.effects
            ],
            "proposals": [{"title": proposal.title, "practice": proposal.name} for proposal in alternative.proposals],
            "titles": [proposal.title for proposal in alternative.proposals],
            "same_as": same_as(redesign, alternative),
            "by_software": [step.document() for step in getattr(alternative, "by_software", ())],
            "by_people": list(getattr(alternative, "by_people", ())),
            "guards": list(alternative.guards),
            "dropped": list(alternative.dropped),
            "conflicts": list(alternative.conflicts),
            "complaints": spared(getattr(redesign, "complaints", ()), alternative.name),
        }
        for alternative in changed(redesign)
    ]


def same_as(redesign: Redesign, one: Alternative) -> str:
    """That an alternative comes to the same changes as one before it, and why; empty when it does not."""
    for other in changed(redesign):
        if other is one:
            return ""
        if same_changes(one, other):
            why = (
                "nothing bolder is supported by what was told"
                if one.stance == "rethink"
                else _no_more_software(redesign)
            )
            return f"The same as “{label(other.name)}”: {why}."
    return ""


def _no_more_software(redesign: Redesign) -> str:
    """Why software changes nothing more: no step suits it, or what does stands in the other way."""
    if any(task.rule_based for task in tasks(redesign.completed.process)):
        return "nothing that software would do was proposed beyond it"
    return "no step here is known to suit software: often done, by rule, with few exceptions"


def effect_charts(redesign: Redesign) -> list[dict[str, Any]]:
    """A small chart a dimension with every alternative in it; one without any figure is left out."""
    charts = []
    for name in DIMENSIONS:
        bars = tuple(
            _bar(alternative, alternative.effects[name])
            for alternative in changed(redesign)
            if name in alternative.effects
        )
        if any(bar.value is not None for bar in bars):
            charts.append({"title": TITLES[name], "svg": effects(TITLES[name], bars)})
    return charts


def _bar(one: Alternative, change_: Effect) -> Bar:
    """The change as a share of today's value, turned so that right is better."""
    value, low, high = (_share(part, change_) for part in (change_.change, change_.low, change_.high))
    if value is not None and _less_is_better(change_):
        value, low, high = -value, None if high is None else -high, None if low is None else -low
    told = change(change_.change, change_.unit)
    if change_.unit not in POINTS:
        told = relative(change_.change, change_.before) or told
    still = change_.small or not change_.change
    text = told if change_.better is not None else "unchanged" if still else "no evidence"
    text += ", in nothing better than another one" if one.dominated else ""
    key = tone(change_.better, 0 if still else change_.change).key
    return Bar(label(one.name), value, low, high, key, one.dominated, text)


def _share(part: float | None, change_: Effect) -> float | None:
    if part is None or change_.before is None:
        return None
    return part / abs(change_.before) if change_.before else part


def _less_is_better(change_: Effect) -> bool:
    """Which way the measure points: told by the judgement where there is one, else by its dimension."""
    if change_.better is not None and change_.change:
        return change_.better == (change_.change < 0)
    return change_.dimension in ("time", "cost") or change_.measure == "rework"
