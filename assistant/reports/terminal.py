"""What the terminal shows: plain lines, no colour and no control codes, that say where to read on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.handover.monday import lead, others
from assistant.process.blocks import Loop, Task
from assistant.process.figures import noun
from assistant.process.tree import tasks, walk
from assistant.redesign.estimates import priced
from assistant.redesign.recommending import NOTHING, UNPRICED, WORTH_TRYING
from assistant.redesign.what_became import NONE_MADE
from assistant.reports.alternatives import SOUND, changed, effect, effect_in, ideas, label, same_as, verdict
from assistant.reports.boss import boss, sound
from assistant.reports.evidence import beside, claimed, confidence, trust
from assistant.reports.format import amount, count, interval, share
from assistant.reports.front import fill_in, sharp
from assistant.reports.paper import first_words
from assistant.reports.quoted_names import Names

if TYPE_CHECKING:
    from assistant.process.model import Process
    from assistant.redesign.compare import Comparison
    from assistant.redesign.engine import Redesign
    from assistant.redesign.shapes import Alternative, Effect, Proposal
    from assistant.simulation.results import Estimate, Result, RoleResult

MOST, MOST_ASKED = 5, 3
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def summary(redesign: Redesign, written: Sequence[Path] = ()) -> str:
    """What is to be decided, what was read, what hurts, the alternatives, what to ask, and where the files are."""
    words, healthy = first_words(redesign), getattr(redesign, "sound", "")
    if healthy:
        middle = [words or _sound(redesign), _steps_read(redesign)]
    elif words:
        middle = [words, _read(redesign), _findings(redesign), _alternatives(redesign)]
    elif page := boss(redesign):
        middle = [_decision(page), _read(redesign), _findings(redesign), _alternatives(redesign)]
    else:
        middle = [_lead(redesign), _read(redesign), _findings(redesign), _alternatives(redesign)]
    parts = ["\n".join(getattr(redesign, "by_rules", ())), *middle, _questions(redesign)]
    processes = (redesign.as_is, *(alternative.process for alternative in redesign.alternatives))
    told = Names(*processes).quoted("\n\n".join(part for part in parts if part))
    return clean("\n\n".join(part for part in (told, _files(written)) if part))


def clean(text: str) -> str:
    """Without control characters: what a user wrote must not steer the terminal."""
    return _CONTROL.sub("", text).replace("\u00a0", " ")


def _lead(redesign: Redesign) -> str:
    """The heaviest pain in the teller's words, a better way, what to do on Monday, and what else to try."""
    first = lead(redesign)
    if not first:
        return ""
    lines = [f"You said: “{first['quote']}”", f"{first['pain']}.", f"A better way: {first['better']}."]
    lines.append(f"On Monday: {first['monday']}.")
    for told in others(redesign):
        lines += ["", f"You also said: “{told['quote']}”", f"{told['pain']}.", f"To try: {told['monday']}."]
    return "\n".join(lines)


def _sound(redesign: Redesign) -> str:
    """That nothing is to be changed, why, and what to leave alone."""
    page = sound(redesign)
    lines = [f"{SOUND} {page['why']}", *(f"  Leave as it is: {line}" for line in page["stays"])]
    return "\n".join([*lines, *(f"  {w['wish']}: it {w['holds']}. {w['why']}" for w in page["wishes"])])


def _decision(page: dict[str, Any]) -> str:
    """What is to be decided, what that brings and costs, and the first step."""
    told = page["decision"]
    rows = (("To decide", "text"), ("It brings", "brings"), ("It costs", "costs"), ("It gives up", "gives_up"))
    lines = [f"{name + ':':<12} {' '.join(told[key])}" for name, key in rows if told[key]]
    first = page["days"][1] if len(page["days"]) > 1 else page["days"][0]
    what = re.sub(r"^[0-9]+: ", "", first["what"])
    who = "" if what.startswith(f"{first['who']} ") else f", {first['who']}"  # `Murat: Murat starts the bath`
    lines.append(f"{'First step:':<12} {first['when']}{who}: {what}")
    return "\n".join(lines)


def _steps_read(redesign: Redesign) -> str:
    process = redesign.as_is
    return f"{process.name}: {count(len(tasks(process)), 'step')}, {count(len(process.roles), 'role')}."


def _read(redesign: Redesign) -> str:
    known = trust(redesign)
    return f"{_steps_read(redesign)}\n{known['text']} {known['advice']}"


def _findings(redesign: Redesign) -> str:
    ranked, perhaps = claimed(redesign.findings)
    if not ranked and not perhaps:
        return "What hurts: nothing was found in what was told."
    lines = [f"What hurts ({count(len(ranked), 'finding')}):" if ranked else "What hurts: nothing for certain."]
    for number, finding in enumerate(ranked[:MOST], 1):
        part = f"{share(finding.share)} of {finding.share_of}, " if finding.share else ""
        lines.append(f"  {number}. {finding.title} ({part}{confidence(finding.confidence)})")
    if len(ranked) > MOST:
        lines.append(f"  and {len(ranked) - MOST} more in the report")
    if perhaps:
        lines += [
            "May hurt as well; a word from you settles each:",
            *(f"  - {finding.title}" for finding in perhaps[:MOST_ASKED]),
        ]
    return "\n".join(lines)


def _alternatives(redesign: Redesign) -> str:
    if not changed(redesign):
        why = redesign.why_recommended
        return why if why.startswith(NONE_MADE) else NONE_MADE if why == NOTHING else f"{NONE_MADE} {why}".rstrip()
    lines = ["Alternatives:"]
    for alternative in changed(redesign):
        lines += _alternative(redesign, alternative, same_as(redesign, alternative))
    if redesign.recommended is None:
        why = redesign.why_recommended
        told = UNPRICED in why or why.startswith(WORTH_TRYING)
        lines.append(f"  {why if told else 'No alternative is recommended on what is known today.'}")
    elif redesign.why_recommended:
        lines.append(f"  {redesign.why_recommended}")
    if said := ideas(redesign)["said"]:
        lines.append(f"  {said} The report says what became of each.")
    lines += [f"  {note}" for note in beside(redesign.results)]
    return "\n".join(lines)


def _alternative(redesign: Redesign, one: Alternative, same: str) -> list[str]:
    mark = " (recommended)" if one.name == redesign.recommended else ""
    if same:
        return [f"  {label(one.name)}{mark}: {same[:1].lower()}{same[1:]}"]
    lines = [f"  {label(one.name)}{mark}: {one.verdict or verdict(one).word}"]
    lines += [f"    - {_change(proposal)}" for proposal in one.proposals]
    rows = [effect_in(redesign, each) for each in one.effects.values()]
    if rows and not any(row["known"] for row in rows) and len({row["why_not"] for row in rows}) == 1:
        return [*lines, f"    Time, cost and quality are not known: {rows[0]['why_not']}"]
    return lines + [f"    {line}" for line in _effect_lines(rows)]


def _change(proposal: Proposal) -> str:
    """A change by its title, with what it takes for granted."""
    return f"{proposal.title}, if {proposal.assumes}" if proposal.assumes else proposal.title


def effect_lines(effects: Sequence[Effect]) -> list[str]:
    """Each dimension as one line: before, after, change, interval, and whether that is better."""
    return _effect_lines([effect(row) for row in effects])


def _effect_lines(rows: Sequence[dict[str, Any]]) -> list[str]:
    lines = []
    for shown in rows:
        if not shown["known"]:
            lines.append(f"{shown['dimension'] + ':':<12} not known: {shown['why_not']}")
            continue
        change = shown["relative"] or shown["change"]
        why = shown["interval"] or ("" if shown["before"] else shown["reason"])
        sure = "".join(f"; {words}" for words in (why, shown["through"]) if words)
        moves = f"{shown['before']} -> {shown['after']}, {change}{sure}" if shown["before"] else f"{change}{sure}"
        lines.append(f"{shown['dimension'] + ':':<12} {moves} ({shown['tone']['word']})")
    return lines


def _questions(redesign: Redesign) -> str:
    healthy = sound(redesign)
    asked = [question["text"] for question in (healthy["questions"] if healthy else sharp(redesign))][:MOST_ASKED]
    rows = 0 if healthy else len(fill_in(redesign.as_is)["steps"])  # nothing hangs on them where all is well
    if rows:
        table = f"A table of {count(rows, 'line')} to fill in is at the end of the report."
        asked.append(f"How long do the steps take, without the waiting, and who does them? {table}")
    if not asked:
        return ""
    lines = ["Worth answering first:", *(f"  {number}. {text}" for number, text in enumerate(asked, 1))]
    return "\n".join(lines)


def _files(written: Sequence[Path]) -> str:
    if not written:
        return ""
    first = [path for path in written if path.name == "report.html"]
    rest = ", ".join(path.name for path in written if path not in first)
    where = f"Report: {first[0]}" if first else f"Files in {written[0].parent}"
    return f"{where}\nBeside it: {rest}" if rest else where


def simulation_lines(result: Result, said: Sequence[str] = (), played: Process | None = None) -> str:
    """A simulation as lines: the main measures with their intervals, how busy each role is, how cases end.

    `said` is what a reader has to know about the figures that were put in. A measure that rests on nothing in the
    process that was `played` is said to be not known.
    """
    unknown = {} if played is None else not_known(played)
    head = (
        f"{result.replications} replications of {result.cases:,} cases, seed {result.seed}; in brackets 95 % intervals."
    )
    measures = (
        ("Cycle time", result.cycle_time), ("Waiting time", result.waiting_time), ("Work time", result.work_time),
        ("Cost per case", result.cost_per_case), ("Flow efficiency", result.flow_efficiency),
        ("Throughput", result.throughput_per_day), ("Error-free cases", result.error_free),
        ("Cases with rework", result.rework),
    )  # fmt: skip
    lines = [head, *(f"  {name + ':':<18} {unknown.get(name) or estimate(value)}" for name, value in measures)]
    spread = f"median {amount(result.cycle_time.p50, 's')}, nine of ten within {amount(result.cycle_time.p90, 's')}"
    lines.insert(2, f"  {'':<18} {spread}")
    if result.roles:
        lines.append("How busy:")
        lines += [f"  {name + ':':<18} {_busy(role)}" for name, role in result.roles.items()]
    if result.outcomes:
        lines.append("How cases end:")
        lines += [f"  {name + ':':<18} {estimate(value)}" for name, value in result.outcomes.items()]
    lines += [f"Note: {note}" for note in (*said, *result.notes)]
    return clean("\n".join(lines))


def not_known(process: Process) -> dict[str, str]:
    """The measures about which a play of this process says nothing, each with what is missing."""
    steps = list(walk(process))
    erring = any(isinstance(step, Task) and step.error_rate for step in steps)
    again = any(isinstance(step, Loop) and step.p is not None for step in steps)
    found = {}
    if not priced(process):
        found["Cost per case"] = "not known: no price is known"
    if not erring:
        found["Error-free cases"] = "not known: no error rate is known"
    if not erring and not again:
        found["Cases with rework"] = "not known: no error rate and no share of work done again is known"
    return found


def _busy(role: RoleResult) -> str:
    """How busy a role is: of what its people can do, or (nobody said how many they are) as people at work."""
    wait = f"work waits {amount(role.queue_wait.mean, 's')} for it"
    if role.load.mean >= 1:
        return f"{estimate(role.load)} of its time, which is more work than time; {wait}"
    if not role.utilisation.mean:
        people = amount(role.busy.mean, "")
        return f"{people} {noun(1 if people == '1' else 2, 'person', 'people')} at work on average; {wait}"
    return f"{estimate(role.utilisation)} of its time; {wait}"


def estimate(value: Estimate) -> str:
    """A figure with its interval: '3.4 days (3.1 to 3.6 days)'."""
    bounds = interval(value.low, value.high, value.unit)
    told = amount(value.mean, value.unit)
    return told if bounds == told else f"{told} ({bounds})"


def comparison_lines(found: Comparison) -> str:
    """Two processes compared, as lines: what differs, each dimension, and the verdict with its reason."""
    effects = found.effects.values()
    changed = [f"  {line}" for line in found.changes] or ["  nothing: the two are the same"]
    lines = ["What differs:", *changed, "Effect:", *(f"  {line}" for line in effect_lines(list(effects)))]
    lines += [f"  {note}" for note in beside(found.results)]
    return clean("\n".join([*lines, f"Verdict: {found.verdict}"]))
